"""The question box of 问答: follow-ups are made whole by the question before, words are read as their asker chooses."""

import streamlit as st

from answer.follow_up import made_whole
from answer.terms import Reading
from index.library import Library
from ingest.errors import QuestionError
from pages.parts import look
from pages.parts.addresses import ask_address
from pages.parts.markup import label, tag

LONGEST_VISIT = 30
"""Questions of a visit that are kept."""


def question_box(library: Library) -> bool:
    """Draw the question box; tell whether it was just sent."""
    with st.form("ask", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        placeholder = "例如：下课能不能多歇一会儿？"
        box.text_input("问题", key="question", placeholder=placeholder, label_visibility="collapsed")
        return button.form_submit_button("查依据", type="primary", width="stretch", on_click=_sent, args=(library,))


def _sent(library: Library) -> None:
    """Put the whole question into the box where a follow-up was sent, to be seen and corrected there."""
    question, before = st.session_state.question, st.session_state.get("before", "")
    st.session_state.followed = None
    try:
        whole = made_whole(question, before, library.snapshot().documents)
    except QuestionError:
        return  # it is said where the question is answered
    if whole:
        st.session_state.followed = (whole, question, before)
        st.session_state.question = whole


def follow_up_notice(question: str) -> None:
    """Say that a follow-up was made whole, and offer to ask it as it was typed."""
    whole, typed, before = st.session_state.get("followed") or (None, "", "")
    if whole == question:
        look.draw(
            tag(
                "p",
                f"接着“{before}”，把“{typed}”理解为“{whole}”。",
                tag("a", "只按原话查", href=ask_address(typed)),
                class_="yj-hint yj-followed",
            )
        )


def remember(question: str) -> None:
    """Note a question that was answered: follow-ups refer to it, and the visit lists it."""
    st.session_state.before = question
    asked: list[str] = st.session_state.setdefault("visit", [])
    if question in asked:
        asked.remove(question)
    asked.insert(0, question)
    del asked[LONGEST_VISIT:]


def visit_list(question: str) -> None:
    """The other questions of this visit, each a link."""
    others = [each for each in st.session_state.get("visit", []) if each != question]
    if others:
        lines = (tag("li", tag("a", each, href=ask_address(each))) for each in others)
        look.draw(
            tag("details", tag("summary", f"本次问过的问题（{len(others)}）"), tag("ul", *lines), class_="yj-visit")
        )


def chosen_readings(question: str) -> dict[str, str]:
    """The words of this question that its asker has chosen another term for."""
    asked, chosen = st.session_state.get("chosen", ("", {}))
    return dict(chosen) if asked == question else {}


def reading_choices(question: str, found: tuple[Reading, ...]) -> None:
    """Offer to correct how everyday words were read."""
    chosen = chosen_readings(question)
    if not found and not chosen:
        return
    with st.popover("理解得不对？", type="tertiary"):
        look.draw(tag("p", "换一个说法再查：", class_="yj-hint"))
        for reading in found:
            if reading.word not in chosen:
                st.selectbox(
                    label(f"“{reading.word}”理解为"),
                    [reading.term, *reading.others],
                    index=None,
                    placeholder=reading.term,
                    key=f"reading-{reading.word}",
                    on_change=_choose,
                    args=(question, reading.word),
                )
        for word, term in chosen.items():
            st.button(
                label(f"“{word}”已按“{term}”查，恢复原词"),
                key=f"unread-{word}",
                on_click=_unread,
                args=(question, word),
            )


def _choose(question: str, word: str) -> None:
    term = st.session_state.get(f"reading-{word}")
    if term:
        st.session_state.chosen = (question, {**chosen_readings(question), word: term})


def _unread(question: str, word: str) -> None:
    chosen = chosen_readings(question)
    chosen.pop(word, None)
    st.session_state.chosen = (question, chosen)
