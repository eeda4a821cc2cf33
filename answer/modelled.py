"""Answers that a language model words: sentence by sentence checked against the clauses; else the extractive answer."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from answer.answering import answer
from answer.citing import cited
from answer.language_model import Talk
from answer.prompt import SYSTEM, prompt
from answer.records import Answer, Citation, Removed, Statement
from answer.verify import Checked, Source, check, sentences_of
from index.hits import Hit
from index.library import Library
from index.search import Filters
from index.sentences import sentences
from ingest.errors import LanguageModelError

CLAUSES = 6
"""Clauses that a model is given."""

_LONGEST_CLAUSE = 1500  # characters of a clause that are given
_NO_BASIS = "没有依据"

Said = Callable[[Statement], None]


def answer_with(
    library: Library,
    question: str,
    talk: Talk,
    *,
    filters: Filters | None = None,
    chosen: Mapping[str, str] | None = None,
    said: Said | None = None,
) -> Answer:
    """Answer a question in a model's words, each sentence borne out by the clauses it cites.

    `said` is called with each sentence once it has been checked. What fails is left out and listed in
    `Answer.removed`; where nothing is left, or the model fails, the answer is the extractive one, with a word about it.
    A refusal stays a refusal: the model is not asked. Raises QuestionError as `answer` does.
    """
    began = time.perf_counter()
    plain = answer(library, question, filters=filters, chosen=chosen)
    if plain.refused or (plain.hits and not plain.statements):
        return plain
    hits = _given(plain)
    sources = [_source(number, hit) for number, hit in enumerate(hits, 1)]
    kept, removed, trouble = _heard(talk, question, sources, said)
    if trouble or not kept:
        why = trouble or "语言模型的回答都没有依据，没有采用"
        cautions = (f"{why}，以下是原文摘引", *plain.cautions)
        return replace(plain, cautions=cautions, removed=removed, milliseconds=_spent(began))
    statements, citations = _cited(kept, hits)
    return replace(
        plain,
        statements=statements,
        citations=citations,
        points=(),
        removed=removed,
        model=talk.name,
        milliseconds=_spent(began),
    )


def _heard(
    talk: Talk, question: str, sources: Sequence[Source], said: Said | None
) -> tuple[list[Checked], tuple[Removed, ...], str | None]:
    """What a model says: sentences that are borne out, those that are not, and in Chinese what broke it off."""
    kept: list[Checked] = []
    removed: list[Removed] = []
    trouble: str | None = None
    try:
        for sentence in sentences_of(talk.stream(SYSTEM, prompt(question, sources))):
            checked = check(sentence, sources)
            if checked.fault is None:
                kept.append(checked)
                if said:
                    said(Statement(checked.text, checked.citations))
            elif _NO_BASIS not in checked.text:
                removed.append(Removed(checked.text, checked.fault))
    except LanguageModelError as error:
        trouble = str(error)
    return kept, tuple(removed), trouble


def _spent(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _given(plain: Answer) -> list[Hit]:
    """The clauses that the extractive answer cites, then the nearest others."""
    cited = {(each.document, each.clause) for each in plain.citations}
    first = [hit for hit in plain.hits if (hit.document.id, hit.clause.clause.start) in cited]
    return [*first, *(hit for hit in plain.hits if hit not in first)][:CLAUSES]


def _source(number: int, hit: Hit) -> Source:
    metadata, clause = hit.document.metadata, hit.clause.clause
    about = [metadata.title, metadata.number, metadata.issuer, metadata.region, clause.citation_label or clause.label]
    about += [metadata.published or "", *(str(year) for year in metadata.period or ())]
    return Source(number, hit.clause.text[:_LONGEST_CLAUSE], " ".join(filter(None, [*about, *clause.path])))


def _cited(kept: Sequence[Checked], hits: Sequence[Hit]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The sentences with citations numbered in the order they come, each quoting what bears its sentence out best."""
    numbers: dict[tuple[int, int, int], int] = {}
    citations: list[Citation] = []
    statements = []
    for checked in kept:
        own = []
        for source in checked.citations:
            hit = hits[source - 1]
            start, end = _best(checked.text, hit)
            key = (source, start, end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(cited(numbers[key], hit, start, end))
            own.append(numbers[key])
        statements.append(Statement(checked.text, tuple(own)))
    return tuple(statements), tuple(citations)


def _best(text: str, hit: Hit) -> tuple[int, int]:
    """The sentence of a clause that shares most pairs of characters with a text; a range of the canonical text."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    clause = hit.clause

    def shared(place: tuple[int, int]) -> int:
        words = clause.text[place[0] : place[1]]
        return sum(words[i : i + 2] in pairs for i in range(len(words) - 1))

    places = list(sentences(clause.text, 0, len(clause.text))) or [(0, len(clause.text))]
    start, end = max(places, key=shared)
    return clause.clause.start + start, clause.clause.start + end
