"""From a question to an answer whose every sentence is quoted from a cited clause."""

import time

from answer.caution import cautions
from answer.compose import compose
from answer.evidence import evidence
from answer.records import Answer
from answer.refusal import missing_basis
from index.library import Library
from index.search import Filters

HITS = 10


def answer(library: Library, question: str, *, filters: Filters | None = None) -> Answer:
    """Answer a question from the library in its own words, or refuse and say what is missing.

    Raises QuestionError where the question is empty or too long.
    """
    began = time.perf_counter()
    result = library.search(question, k=HITS, filters=filters)
    found = evidence(library, result)
    missing = missing_basis(library, result, found)
    statements, citations = compose(library, result.query, found, missing)
    if not missing and not citations:  # the library changed while it was asked
        missing = "文库刚刚有改动，请再问一次"
        statements, citations = compose(library, result.query, found, missing)
    minded = () if missing else cautions(library, result, found, citations)
    spent = (time.perf_counter() - began) * 1000
    return Answer(
        question, missing is not None, statements, citations, result.hits, result.query, missing, spent, minded
    )
