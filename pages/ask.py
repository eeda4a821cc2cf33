"""问答: a question in everyday words, its answer with citations, the nearest clauses."""

import os
from typing import cast

import streamlit as st

from answer import Answer, Statement, answer
from answer.language_model import ChatModel, settings_in
from answer.modelled import answer_with
from index.library import Library
from index.records import facets_of
from index.search import Filters
from ingest.errors import QuestionError
from pages.parts import frame, look, recall, samples, shelf
from pages.parts.addresses import filter_parameters
from pages.parts.answer_markup import answer_card, spoken_so_far
from pages.parts.filtering import filter_bar
from pages.parts.hits_markup import hit_list
from pages.parts.markup import label, tag
from pages.parts.tables import columns_of


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    held = shelf.sample_ids(documents)
    look.title("问政策，找依据", "用平常的话提问，回答逐句摘自文库里的文件，并注明条款。")
    look.sample_notice(len(held), len(documents))
    if not documents:
        look.notice("文库里还没有文件。", tag("a", "到文库添加文件", href="library"))
        return
    recall.begin("ask", "question")
    sent = _question()
    filters = filter_bar(facets_of(documents))
    question = st.session_state.question
    wanted = {"q": question} if question.strip() else {}
    recall.keep("ask", question, {**wanted, **filter_parameters(filters)})
    if question.strip():
        _answer(library, question, filters, held)
    elif sent:
        look.notice("请输入问题。", kind="warning")
    else:
        _examples(library, held)


def _question() -> bool:
    """Draw the question box; tell whether it was just sent."""
    with st.form("ask", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        placeholder = "例如：下课能不能多歇一会儿？"
        box.text_input("问题", key="question", placeholder=placeholder, label_visibility="collapsed")
        return button.form_submit_button("查依据", type="primary", width="stretch")


def _answer(library: Library, question: str, filters: Filters, held: frozenset[str]) -> None:
    try:
        found = _found(library, question, filters)
    except QuestionError as error:
        look.notice(f"{error}。", kind="error")
        return
    rows = {row.id: row for row in library.snapshot().documents}
    look.draw(answer_card(found, rows, held, columns_of(found.citations, library.document)))
    _hits(found, held)


def _found(library: Library, question: str, filters: Filters) -> Answer:
    """The answer; in a language model's words where one is set, each sentence drawn once it has been checked."""
    settings = settings_in(os.environ)
    if settings is None:
        return answer(library, question, filters=filters)
    known = st.session_state.get("worded")
    key = (question, filters, library.snapshot().state)
    if known and known[0] == key:
        return cast(Answer, known[1])
    place, spoken = st.empty(), []
    with place.container():
        look.notice(f"正在用语言模型 {settings.model} 组织答案，逐句核对后显示……")

    def said(statement: Statement) -> None:
        spoken.append(statement.text)
        with place.container():
            look.draw(spoken_so_far(spoken))

    found = answer_with(library, question, ChatModel(settings), filters=filters, said=said)
    place.empty()
    st.session_state.worded = (key, found)
    return found


def _hits(found: Answer, held: frozenset[str]) -> None:
    if not found.hits:
        look.notice("筛选范围内没有条款，请放宽筛选。")
        return
    words = "最接近的条款（不足以作为依据）" if found.refused else "相关条款"
    look.draw(tag("h2", words, class_="yj-section"))
    look.draw(hit_list(found.hits, found.question, held))


def _examples(library: Library, held: frozenset[str]) -> None:
    snapshot = library.snapshot()
    questions = samples.questions_for(snapshot.documents, snapshot.clauses, held)
    if not questions:
        return
    look.draw(tag("h2", "可以这样问", class_="yj-section"))
    with st.container(horizontal=True, key="examples"):
        for number, question in enumerate(questions):
            st.button(label(question), key=f"example-{number}", on_click=_take, args=(question,))


def _take(question: str) -> None:
    st.session_state.question = question


frame.page(main)
