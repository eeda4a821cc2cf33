"""问答: a question in everyday words, its answer with citations, the nearest clauses."""

import os
from typing import cast

import streamlit as st

from answer import Answer, Statement, answer
from answer.explain import explain
from answer.kept import changes, opened
from answer.language_model import ChatModel, settings_in
from answer.modelled import answer_with
from answer.terms import reworded
from index.library import Library
from index.notebook import Notebook
from index.records import facets_of
from index.search import Filters
from ingest.errors import QuestionError
from pages.parts import asking, frame, look, recall, samples, shelf
from pages.parts.addresses import filter_parameters
from pages.parts.answer_markup import answer_card, spoken_so_far
from pages.parts.answer_tools import gap_button, tools
from pages.parts.citation_markup import Sources, clauses_of
from pages.parts.explained import explanation
from pages.parts.filtering import filter_bar
from pages.parts.hits_markup import hit_list
from pages.parts.kept_markup import kept_card
from pages.parts.markup import label, tag
from pages.parts.tables import columns_of


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    held = shelf.sample_ids(documents)
    look.title("问政策，找依据", "用平常的话提问，回答逐句摘自文库里的文件，并注明条款。")
    look.sample_notice(len(held), len(documents))
    if name := st.query_params.get("kept"):
        _kept(library, name)
        return
    if not documents:
        look.notice("文库里还没有文件。", tag("a", "到文库添加文件", href="library"))
        return
    recall.begin("ask", "question")
    sent = asking.question_box(library)
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
    asking.visit_list(question)


def _answer(library: Library, question: str, filters: Filters, held: frozenset[str]) -> None:
    asking.follow_up_notice(question)
    try:
        found = _found(library, question, filters)
    except QuestionError as error:
        look.notice(f"{error}。", kind="error")
        return
    snapshot = library.snapshot()
    rows = {row.id: row for row in snapshot.documents}
    columns = columns_of(found.citations, library.document)
    look.draw(answer_card(found, Sources(rows, held, columns, clauses_of(found.citations, snapshot.clauses))))
    asking.reading_choices(question, found.readings)
    if found.refused:
        gap_button(library, found)
    else:
        tools(library, found, rows)
    _hits(found, held)
    if st.toggle("这个回答是怎么来的", key="explained"):
        asked = reworded(question, asking.chosen_readings(question))
        look.draw(explanation(explain(library, asked, filters=filters)))
    asking.remember(question)


def _found(library: Library, question: str, filters: Filters) -> Answer:
    """The answer; in a language model's words where one is set, each sentence drawn once it has been checked."""
    settings, chosen = settings_in(os.environ), asking.chosen_readings(question)
    if settings is None:
        return answer(library, question, filters=filters, chosen=chosen)
    known = st.session_state.get("worded")
    key = (question, filters, tuple(chosen.items()), library.snapshot().state)
    if known and known[0] == key:
        return cast(Answer, known[1])
    place, spoken = st.empty(), []
    with place.container():
        look.notice(f"正在用语言模型 {settings.model} 组织答案，逐句核对后显示……")

    def said(statement: Statement) -> None:
        spoken.append(statement.text)
        with place.container():
            look.draw(spoken_so_far(spoken))

    found = answer_with(library, question, ChatModel(settings), filters=filters, chosen=chosen, said=said)
    place.empty()
    st.session_state.worded = (key, found)
    return found


def _hits(found: Answer, held: frozenset[str]) -> None:
    if not found.hits:
        look.notice("筛选范围内没有条款，请放宽筛选。")
        return
    refused = "最接近的条款（可能有关，请看原文）" if found.close else "最接近的条款（不足以作为依据）"
    words = refused if found.refused else "相关条款"
    look.draw(tag("h2", words, class_="yj-section"))
    look.draw(hit_list(found.hits, found.question, held, found.shortfalls))


def _kept(library: Library, name: str) -> None:
    """An answer that was kept, and what has changed since."""
    found = Notebook(library.folder).kept(name)
    if found is None:
        look.notice("没有这个保存的回答，地址可能写错了。", tag("a", "到问答", href="./"), kind="warning")
        return
    kept = opened(found[1])
    look.draw(kept_card(kept, found[0], changes(library, kept)))


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
