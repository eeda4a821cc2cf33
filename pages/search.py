"""检索: the clauses that match a question or hold a phrase, as a list to copy and to download."""

import streamlit as st

from index.library import Library
from index.records import facets_of
from index.search import Filters, Result
from ingest.errors import QuestionError
from pages.parts import frame, look, recall, shelf
from pages.parts.addresses import filter_parameters
from pages.parts.export import LONGEST, csv_of
from pages.parts.filtering import filter_bar
from pages.parts.hits_markup import hit_list
from pages.parts.markup import tag

STEP = 20
"""Hits more, each time more are asked for."""


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    held = shelf.sample_ids(documents)
    look.title("检索条款", "按意思找，或者按原文词句逐字找；结果可以复制、可以下载。")
    look.sample_notice(len(held), len(documents))
    if not documents:
        look.notice("文库里还没有文件。", tag("a", "到文库添加文件", href="library"))
        return
    if recall.begin("search", "searched"):
        st.session_state.exact = st.query_params.get("exact") == "1"
    sent = _question()
    filters = filter_bar(facets_of(documents))
    question, exact = st.session_state.searched, st.session_state.exact
    wanted = {"q": question, **({"exact": "1"} if exact else {})} if question.strip() else {}
    recall.keep("search", question, {**wanted, **filter_parameters(filters)})
    if question.strip():
        _results(library, question, filters, held, exact=exact)
    elif sent:
        look.notice("请输入要找的词句。", kind="warning")


def _question() -> bool:
    """Draw the search box; tell whether it was just sent."""
    with st.form("search", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        placeholder = "词语、句子、文号或“《…》第几条”"
        box.text_input("检索", key="searched", placeholder=placeholder, label_visibility="collapsed")
        sent = button.form_submit_button("检索", type="primary", width="stretch")
        st.checkbox("原文逐字一致", key="exact", help="只列出含有所填词句的条款，全角半角、大小写不计")
    return sent


def _results(library: Library, question: str, filters: Filters, held: frozenset[str], *, exact: bool) -> None:
    shown = _shown(question, filters, exact=exact)
    try:
        result = library.search(question, k=max(shown, LONGEST), filters=filters, exact=exact)
    except QuestionError as error:
        look.notice(f"{error}。", kind="error")
        return
    if not result.hits:
        advice = "可以去掉“原文逐字一致”按意思再找，或者放宽筛选。" if exact else "请换个说法，或者放宽筛选。"
        look.notice("没有找到条款。", advice)
        return
    _head(result, shown, exact=exact)
    look.draw(hit_list(result.hits[:shown], question, held))
    if shown < result.total and st.button(f"再列{STEP}条", key="more"):
        st.session_state.shown = (question, filters, exact, shown + STEP)
        st.rerun()


def _shown(question: str, filters: Filters, *, exact: bool) -> int:
    """How many hits to list: more only as long as the same is searched for."""
    *same, shown = st.session_state.get("shown", (None, STEP))
    return shown if same == [question, filters, exact] else STEP


def _head(result: Result, shown: int, *, exact: bool) -> None:
    """How many there are, and the download of all, those not yet listed too."""
    number = min(len(result.hits), LONGEST)
    count = f"共{result.total}条含有这些词句" if exact else "按相关程度排列"
    words, button = st.columns([3, 1], vertical_alignment="center")
    with words:
        look.draw(tag("p", f"{count}，列出{min(shown, len(result.hits))}条", class_="yj-count"))
    button.download_button(
        f"下载表格（CSV，{number}条）",
        csv_of(result.hits[:LONGEST]),
        "引据检索结果.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )


frame.page(main)
