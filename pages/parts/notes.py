"""What people left for the librarian: gaps of the library and what they said of answers; both to be exported."""

import csv
import io
from collections.abc import Sequence

import streamlit as st

from answer.feedback import json_lines, open_rows, question_rows
from desk.cells import guarded
from index.library import Library
from index.notebook import Feedback, Gap, Notebook
from pages.parts import look
from pages.parts.addresses import ask_address
from pages.parts.markup import Markup, table, tag

SHOWN = 50
"""Gaps and pieces of feedback that are listed; the files hold all."""
_SAID = {"right": "答得对", "wrong": "答错了", "incomplete": "不完整"}


def notes(library: Library) -> None:
    """Draw gaps and feedback, where there are any."""
    notebook = Notebook(library.folder)
    gaps, feedback = notebook.gaps(), notebook.feedback()
    if not gaps and not feedback:
        return
    look.draw(tag("h2", "缺口和评价", class_="yj-section"))
    if gaps:
        look.draw(gap_table(gaps[:SHOWN]))
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "下载缺口清单（CSV）", csv_of_gaps(gaps), "引据缺口清单.csv", "text/csv", on_click="ignore"
            )
            with st.popover("补上了，划掉"):
                done = st.selectbox("哪个问题", [gap.question for gap in gaps], index=None, key="closing")
                st.button("划掉", key="close-gap", disabled=not done, on_click=_close, args=(notebook,))
    if feedback:
        look.draw(feedback_table(feedback[::-1][:SHOWN]))
        with st.container(horizontal=True, gap="small"):
            right = json_lines(question_rows(feedback))
            st.download_button("下载答得对的（评测题，JSONL）", right, "引据评测题.jsonl", on_click="ignore")
            rest = json_lines(open_rows(feedback))
            st.download_button("下载待处理的（JSONL）", rest, "引据待处理评价.jsonl", on_click="ignore")


def gap_table(gaps: Sequence[Gap]) -> Markup:
    """Gaps with what is missing and how often they were recorded."""
    rows = ((_asked(gap.question), gap.missing, str(gap.times), gap.last[:10]) for gap in gaps)
    return table(("没有依据的问题", "缺什么", "次数", "最近"), rows, class_="yj-notes")


def feedback_table(feedback: Sequence[Feedback]) -> Markup:
    """What was said of answers, latest first."""
    rows = ((_asked(each.question), _SAID[each.verdict], each.words, each.at[:10]) for each in feedback)
    return table(("问题", "评价", "说明", "时间"), rows, class_="yj-notes")


def _asked(question: str) -> Markup:
    return tag("a", question, href=ask_address(question))


def csv_of_gaps(gaps: Sequence[Gap]) -> bytes:
    """All gaps as a CSV file that spreadsheet programs open as UTF-8; no cell acts as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("问题", "缺什么", "次数", "首次", "最近"))
    writer.writerows([guarded(g.question), guarded(g.missing), g.times, g.first, g.last] for g in gaps)
    return out.getvalue().encode("utf-8-sig")


def _close(notebook: Notebook) -> None:
    if question := st.session_state.get("closing"):
        notebook.close_gap(question)
