"""From a question to an answer whose every sentence is quoted from a cited clause."""

import time

from answer.basis import judge
from answer.caution import cautions
from answer.compose import compose
from answer.evidence import evidence
from answer.records import Answer
from answer.refusal import missing_basis
from answer.shortfall import searched, shortfalls
from index.library import Library
from index.search import Filters

HITS = 10


def answer(library: Library, question: str, *, filters: Filters | None = None) -> Answer:
    """Answer a question from the library in its own words, or refuse and say what is missing.

    Raises QuestionError where the question is empty or too long.
    """
    began = time.perf_counter()
    result = library.search(question, k=HITS, filters=filters)
    found, judged = evidence(library, result), judge(library, result)
    missing = missing_basis(library, result, found, judged)
    statements, citations = compose(library, result.query, found, missing)
    if not missing and not citations:  # the library changed while it was asked
        missing = "文库刚刚有改动，请再问一次"
        statements, citations = compose(library, result.query, found, missing)
    return Answer(
        question=question,
        refused=missing is not None,
        statements=statements,
        citations=citations,
        hits=result.hits,
        query=result.query,
        missing=missing,
        cautions=() if missing else cautions(library, result, found, citations, judged),
        searched=searched(library, result, filters) if missing else "",
        shortfalls=shortfalls(result, judged) if missing else (),
        milliseconds=(time.perf_counter() - began) * 1000,
    )
