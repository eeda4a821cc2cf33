"""From a question to an answer whose every sentence is quoted from a cited clause."""

import time
from collections.abc import Mapping

from answer.basis import judge
from answer.caution import cautions
from answer.compose import compose
from answer.evidence import Evidence, evidence
from answer.point import points
from answer.records import Answer
from answer.refusal import is_close, missing_basis
from answer.shortfall import searched, shortfalls
from answer.tasks import tasks
from answer.terms import readings, reworded
from index.hits import Result
from index.library import Library
from index.search import Filters

HITS = 10
_READ = 3  # hits whose words everyday words may be read as


def answer(
    library: Library, question: str, *, filters: Filters | None = None, chosen: Mapping[str, str] | None = None
) -> Answer:
    """Answer a question from the library in its own words, or refuse and say what is missing.

    `chosen` names words of the question that its asker wants read as other terms.
    Raises QuestionError where the question is empty or too long.
    """
    began = time.perf_counter()
    result = library.search(reworded(question, chosen or {}), k=HITS, filters=filters)
    found, judged = gathered(library, result, filters), judge(library, result)
    missing = missing_basis(library, result, found, judged)
    statements, citations = compose(library, result.query, found, missing)
    if not missing and not citations:  # the library changed while it was asked
        missing = "文库刚刚有改动，请再问一次"
        statements, citations = compose(library, result.query, found, missing)
    texts = [*(each.quote for each in citations), *(hit.clause.text for hit in result.hits[:_READ])]
    return Answer(
        question=question,
        refused=missing is not None,
        statements=statements,
        citations=citations,
        hits=result.hits,
        query=result.query,
        missing=missing,
        points=() if missing else points(result.query, found[0], citations),
        readings=readings(question, texts),
        cautions=() if missing else cautions(library, result, found, citations, judged),
        searched=searched(library, result, filters) if missing else "",
        close=missing is not None and is_close(library, result, found, judged),
        shortfalls=shortfalls(result, judged) if missing else (),
        milliseconds=(time.perf_counter() - began) * 1000,
    )


def gathered(library: Library, result: Result, filters: Filters | None = None) -> tuple[Evidence, ...]:
    """What an answer may be quoted from, best first: the tasks of a unit where they are asked for, else sentences."""
    return tasks(library, result.query, filters) or evidence(library, result)
