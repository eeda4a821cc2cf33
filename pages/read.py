"""阅读: a document with its outline, the place asked for marked and scrolled to."""

from collections.abc import Sequence

import streamlit as st

from index.records import DocumentRow
from ingest.errors import UnknownDocument
from pages.parts import frame, look, shelf
from pages.parts.adding import dates_apart, matching
from pages.parts.addresses import ask_address, place_in
from pages.parts.documents_markup import shelf_list
from pages.parts.markup import tag
from pages.parts.reading_markup import head, page

LISTED = 300
"""Documents that the page lists; others are searched for."""
FEW = 20
"""Documents that are looked over without a search box."""


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    held = shelf.sample_ids(documents)
    place = place_in(st.query_params)
    if place is None:
        look.title("阅读", "选一份文件，从头到尾看。")
        look.sample_notice(len(held), len(documents))
        _shelf(documents, held)
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


def _shelf(documents: Sequence[DocumentRow], held: frozenset[str]) -> None:
    """The documents to choose from; where they are many, with a box to find one."""
    wanted = ""
    if len(documents) > FEW:
        placeholder = "标题、文号、地区、发文机关"
        wanted = st.text_input("查找文件", placeholder=placeholder, label_visibility="collapsed", key="wanted-here")
    found = matching(documents, wanted)
    if not found:
        look.draw(tag("p", "没有这样的文件。" if documents else "文库里还没有文件。"))
        return
    look.draw(shelf_list(found[:LISTED], held, dates_apart(documents)))
    if len(found) > LISTED:
        look.draw(tag("p", f"共{len(found)}份，列出前{LISTED}份，其余请在上面查找。", class_="yj-count"))


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
