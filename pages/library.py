"""文库: the documents with their receipts; adding files, removing documents."""

import streamlit as st

from index.kin import kin_of
from index.library import Library
from index.records import DocumentRow
from ingest.errors import UnknownDocument
from pages.parts import frame, look, shelf
from pages.parts.adding import Outcome, add_files, dates_apart, matching
from pages.parts.documents_markup import document_card, outcome_list
from pages.parts.markup import Markup, tag
from pages.parts.notes import notes

PAGE = 20
"""Documents on one page of the list."""
FORMATS = (
    "可以添加 TXT、Markdown、网页（HTML、MHT）、PDF、OFD、Word（docx、doc、wps、rtf、odt）、Excel（xlsx、xls、ods），"
    "以及装着这些文件的 ZIP 压缩包。一次可选多份，每份不超过50 MB。",
    "同名文件会更新原有的一份。",
)


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    held = shelf.sample_ids(documents)
    look.title("文库", "每份文件都有入库回执：多少字，多少条款，有没有遗漏。")
    look.sample_notice(len(held), len(documents))
    _adding(library)
    _outcomes(st.session_state.get("outcomes", []))
    look.draw(tag("h2", f"现有文件（{len(documents)}份）", class_="yj-section"))
    if not documents:
        look.notice("文库里还没有文件，请在上面添加。")
        return
    wanted = st.text_input(
        "查找文件", placeholder="标题、文号、地区、发文机关", label_visibility="collapsed", key="wanted"
    )
    found = matching(documents, wanted)
    if not found:
        look.notice("没有这样的文件。")
    apart, kin = dates_apart(documents), kin_of(documents)
    for row in _page_of(found):
        told = apart.get(row.id, "")
        card = document_card(row, sample=row.id in held, apart=told, kin=kin.get(row.id))
        _document(library, row, card, f"《{row.metadata.title}》" + (f"（{told}）" if told else ""))
    notes(library)


def _adding(library: Library) -> None:
    """Choose files and add them, with progress."""
    round_ = st.session_state.setdefault("round", 0)
    with st.form(f"add-{round_}", border=False):
        files = st.file_uploader(
            "添加文件", accept_multiple_files=True, key=f"files-{round_}", label_visibility="collapsed"
        )
        sent = st.form_submit_button("添加到文库", type="primary")
    look.draw(tag("p", *FORMATS, class_="yj-hint"))
    if sent and not files:
        look.notice("请先选择文件。", kind="warning")
    if sent and files:
        bar = st.progress(0.0, text="正在添加")
        given = [(file.name, file.getvalue) for file in files]
        st.session_state.outcomes = add_files(library, given, lambda share, words: bar.progress(share, text=words))
        st.session_state.round = round_ + 1  # an empty file box
        st.rerun()


def _outcomes(outcomes: list[Outcome]) -> None:
    if outcomes:
        failed = sum(each.status == "failed" for each in outcomes)
        words = f"{len(outcomes)}份文件处理完毕" + (f"，{failed}份没有添加" if failed else "") + "。"
        look.notice(words, outcome_list(outcomes), kind="warning" if failed else "good")


def _page_of(found: list[DocumentRow]) -> list[DocumentRow]:
    pages = -(-len(found) // PAGE)
    if pages < 2:
        return found
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="yj-pages"):
        look.draw(tag("span", "第"), width="content")
        number = st.number_input("第几页", 1, pages, 1, key="page", label_visibility="collapsed", width=140)
        look.draw(tag("span", f"页，共{pages}页"), width="content")
    return found[(number - 1) * PAGE : number * PAGE]


def _document(library: Library, row: DocumentRow, drawn: Markup, named: str) -> None:
    """A document and the button that removes it, which asks once more."""
    with st.container(border=True, key=f"document-{row.id}"):
        card, button = st.columns([6, 1], vertical_alignment="top")
        with card:
            look.draw(drawn)
        button.button("移除", key=f"remove-{row.id}", on_click=_ask_removal, args=(row.id,), type="tertiary")
        if st.session_state.get("removing") == row.id:
            look.notice(f"要从文库移除{named}吗？移除后检索不到它；原文件不受影响。", kind="warning")
            with st.container(horizontal=True):
                st.button("确认移除", key=f"sure-{row.id}", type="primary", on_click=_remove, args=(library, row))
                st.button("取消", key=f"keep-{row.id}", on_click=_ask_removal, args=(None,))


def _ask_removal(document: str | None) -> None:
    st.session_state.removing = document


def _remove(library: Library, row: DocumentRow) -> None:
    st.session_state.removing = None
    st.session_state.outcomes = []
    try:
        library.remove(row.id)
    except UnknownDocument:
        return  # another window was faster: it is gone, as was asked


frame.page(main)
