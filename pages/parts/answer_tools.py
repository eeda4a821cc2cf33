"""What can be done with an answer: download as Word, keep it, judge it; with a refusal: record the gap."""

from datetime import date

import streamlit as st

from answer import Answer
from answer.kept import record_of
from answer.word_file import word_file
from index.library import Library
from index.notebook import LONGEST, Notebook, Verdict
from ingest.errors import LibraryError, UsageError
from pages.parts import look
from pages.parts.addresses import kept_address
from pages.parts.answer_copy import Rows, point_lines, said_lines, source_lines
from pages.parts.markup import tag
from pages.parts.signs import unsigned
from pages.parts.wording import one_line

VERDICTS: dict[str, Verdict] = {"答得对": "right", "答错了": "wrong", "不完整": "incomplete"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def tools(library: Library, answer: Answer, rows: Rows) -> None:
    """Draw the row of buttons under an answer."""
    with st.container(horizontal=True, gap="small", key="yj-tools"):
        st.download_button(
            "下载 Word", lambda: as_word(answer, rows), f"引据_{date.today():%Y%m%d}.docx", WORD, on_click="ignore"
        )
        st.button("保存这个回答", key="keep", on_click=_keep, args=(library, answer, rows))
        with st.popover("评价"):
            _judging(library, answer, rows)
            _told(answer.question, "judged")
    _told(answer.question, "kept")


def gap_button(library: Library, answer: Answer) -> None:
    """Offer to record that the library has no basis for a question."""
    st.button("记下这个缺口，请资料员补充", key="gap", on_click=_record_gap, args=(library, answer))
    _told(answer.question, "gap")


def as_word(answer: Answer, rows: Rows) -> bytes:
    """The answer as a Word file, its quotations word for word below the sentences."""
    sources = [
        f"{line}：“{one_line(unsigned(each.quote))}”"
        for line, each in zip(source_lines(answer), answer.citations, strict=True)
    ]
    return word_file(
        one_line(answer.question), [*point_lines(answer, rows), *said_lines(answer, rows)], sources, answer.cautions
    )


def _judging(library: Library, answer: Answer, rows: Rows) -> None:
    with st.form("feedback", border=False):
        st.radio("这个回答", list(VERDICTS), horizontal=True, key="verdict")
        st.text_area("哪里不对，缺什么（可不填）", max_chars=LONGEST, key="said-of-it")
        st.form_submit_button("提交", on_click=_judge, args=(library, answer, rows))


def _judge(library: Library, answer: Answer, rows: Rows) -> None:
    verdict, words = VERDICTS[st.session_state.verdict], st.session_state["said-of-it"]
    try:
        Notebook(library.folder).record_feedback(answer.question, verdict, words, record_of(answer, rows))
    except (LibraryError, UsageError) as error:
        _tell(answer, "judged", f"没有记下来：{error}", good=False)
    else:
        _tell(answer, "judged", "评价已记下，资料员可以在文库页导出。")


def _keep(library: Library, answer: Answer, rows: Rows) -> None:
    try:
        name = Notebook(library.folder).keep(record_of(answer, rows))
    except LibraryError as error:
        _tell(answer, "kept", f"没有保存：{error}", good=False)
    else:
        _tell(answer, "kept", "已保存，以后打开会说明文件有没有变动。", kept=name)


def _record_gap(library: Library, answer: Answer) -> None:
    try:
        Notebook(library.folder).record_gap(answer.question, answer.missing or "")
    except (LibraryError, UsageError) as error:
        _tell(answer, "gap", f"没有记下来：{error}", good=False)
    else:
        _tell(answer, "gap", "已记入缺口清单，资料员可以在文库页看到。")


def _tell(answer: Answer, done: str, words: str, *, good: bool = True, kept: str = "") -> None:
    st.session_state.told = (answer.question, done, words, good, kept)


def _told(question: str, done: str) -> None:
    """Say what became of the last button that was pressed under this answer, beside that button."""
    asked, last, words, good, kept = st.session_state.get("told") or ("", "", "", True, "")
    if (asked, last) == (question, done):
        more = tag("a", "打开保存的回答", href=kept_address(kept)) if kept else ""
        look.notice(words, more, kind="good" if good else "error")
