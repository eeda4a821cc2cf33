"""核对: what a draft cites, checked against the library."""

from collections.abc import Sequence

import streamlit as st

from desk.check import Finding, Report, check
from desk.draft_file import Draft, commented, read_draft
from index.library import Library
from ingest.errors import ReadError
from pages.parts import look
from pages.parts.answer_tools import WORD
from pages.parts.desk_markup import source_line, with_differences
from pages.parts.markup import Markup, tag
from pages.parts.signs import unsigned

LONGEST = 200_000
"""Characters of a draft that is pasted."""


def draw(library: Library) -> None:
    """Draw the tool."""
    st.text_area("草稿", key="checked", placeholder="把草稿贴在这里，或者上传文件", height=180, max_chars=LONGEST)
    upload = st.file_uploader("或者上传草稿（Word 最好）", key="draft-file")
    pasted = st.session_state.checked
    if upload is None and not pasted.strip():
        return
    try:
        draft = read_draft(upload.name, upload.getvalue()) if upload else Draft(tuple(pasted.split("\n")))
    except ReadError as error:
        look.notice(str(error), kind="error")
        return
    with st.spinner("正在核对……"):
        report = check(library.snapshot(), draft.paragraphs)
    _report(report, draft.paragraphs)
    st.download_button(
        "下载带批注的 Word",
        lambda: commented(report.findings, draft),
        "引据核对.docx",
        WORD,
        on_click="ignore",
    )


def _report(report: Report, paragraphs: Sequence[str]) -> None:
    looked = f"核对了{report.citings}处引用、{report.places}处条款、{report.quotations}处引文"
    if not report.findings:
        kind = "good" if report.citings + report.quotations else "info"
        look.notice(f"{looked}，没有发现问题。" if kind == "good" else "草稿里没有引用标题、文号或原话。", kind=kind)
        return
    look.notice(f"{looked}，有{len(report.findings)}处要看一看。", kind="warning")
    look.draw(tag("ol", *(_finding(each, paragraphs) for each in report.findings), class_="yj-findings"))


def _finding(each: Finding, paragraphs: Sequence[str]) -> Markup:
    text = paragraphs[each.paragraph]
    start, end = max(each.start - 24, 0), min(each.end + 24, len(text))
    context = tag(
        "p",
        "…" if start else "",
        text[start : each.start],
        tag("mark", each.words),
        text[each.end : end],
        "…" if end < len(text) else "",
        class_="yj-context",
    )
    shown = ""
    if each.source:
        marked = with_differences(unsigned(each.source.quote), each.words)
        shown = tag("div", tag("blockquote", marked), source_line(each.source))
    right = "" if each.kind == "quotation_altered" else each.right
    return tag("li", tag("h3", _message(each, right)), context, shown)


def _message(each: Finding, right: str) -> str:
    return f"第{each.paragraph + 1}段：{each.message if right else each.message.partition('：')[0]}"
