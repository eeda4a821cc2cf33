"""阅读: a document with its outline, the place asked for marked and scrolled to."""

import streamlit as st

from ingest.errors import UnknownDocument
from pages.parts import frame, look, shelf
from pages.parts.addresses import ask_address, place_in
from pages.parts.documents_markup import shelf_list
from pages.parts.markup import tag
from pages.parts.reading_markup import head, page

LISTED = 300
"""Documents that the page lists; more are looked up in the library."""


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    held = shelf.sample_ids(documents)
    place = place_in(st.query_params)
    if place is None:
        look.title("阅读", "选一份文件，从头到尾看。")
        look.sample_notice(len(held), len(documents))
        look.draw(shelf_list(documents[:LISTED], held) if documents else tag("p", "文库里还没有文件。"))
        if len(documents) > LISTED:
            look.draw(tag("p", tag("a", f"共{len(documents)}份，其余到文库查找", href="library"), class_="yj-count"))
        return
    _way_back()
    try:
        document = library.document(place.document)
    except UnknownDocument:
        look.notice(
            "文库里没有这份文件，可能已经移除。", tag("a", "到文库查看现有的文件", href="library"), kind="warning"
        )
        return
    st.set_page_config(page_title=f"{document.metadata.title} · 引据")
    look.sample_notice(len(held & {place.document}), 1)
    look.draw(head(document, sample=place.document in held))
    look.draw(page(document, place))


def _way_back() -> None:
    """The link back to the question that led here, or to the library."""
    question = st.query_params.get("q", "")
    if question:
        st.session_state.asked = question
        back = tag("a", f"← 回到问题：{question[:60]}", href=ask_address(question))
    else:
        back = tag("a", "← 文库", href="library")
    look.draw(tag("p", back, class_="yj-back"))


frame.page(main)
