"""Exact search: clauses that hold a phrase word for word, in their text, their heading or the title."""

import numpy as np
from numpy.typing import NDArray

from index.hits import Hit, Result
from index.matching import shared_words
from index.ngrams import normalised
from index.query import Query
from index.records import PassageRow
from index.snapshot import Snapshot
from ingest.errors import QuestionError


def search_exactly(snapshot: Snapshot, query: Query, admitted: NDArray[np.bool_], k: int) -> Result:
    """Find clauses that hold the phrase, width and case aside, in the order of the library.

    A phrase in a heading finds the clause under it, one in a title the first clause of the document.
    Raises QuestionError where the phrase holds no word.
    """
    phrase = normalised(query.question.strip("“”\"「」'‘’")).strip()
    candidates = _candidates(snapshot, phrase)
    titles = {row.id: normalised(row.metadata.title) for row in snapshot.documents}
    allowed = {row.id for row, admit in zip(snapshot.documents, admitted, strict=True) if admit}
    found: list[tuple[int, str]] = []
    for i in candidates:
        row = snapshot.clauses[i]
        if row.document in allowed and (reason := _reason(snapshot, i, phrase, titles[row.document])):
            found.append((i, reason))
    hits = tuple(_hit(snapshot, query, i, phrase, reason) for i, reason in found[:k])
    return Result(query, hits, len(found))


def _candidates(snapshot: Snapshot, phrase: str) -> list[int]:
    """Clauses whose passages, with title and headings, hold all n-grams of the phrase; in order."""
    holding = snapshot.lexical.holding(phrase)
    if not holding:
        raise QuestionError("请输入要逐字查找的词句")
    kept: NDArray[np.int64] | None = None
    for texts in holding:
        clauses = np.unique(snapshot.clause_of[texts]).astype(np.int64)
        kept = clauses if kept is None else np.intersect1d(kept, clauses, assume_unique=True)
    return [] if kept is None else kept.tolist()


def _reason(snapshot: Snapshot, i: int, phrase: str, title: str) -> str | None:
    row = snapshot.clauses[i]
    if phrase in normalised(row.text):
        return "原文包含该词句"
    first_of_document = snapshot.ranges[row.document].start == i
    above = () if first_of_document else snapshot.clauses[i - 1].clause.path
    for depth, heading in enumerate(row.clause.path, 1):
        if above[:depth] != row.clause.path[:depth] and phrase in normalised(heading):
            return "条款标题包含该词句"
    return "文件标题包含该词句" if first_of_document and phrase in title else None


def _hit(snapshot: Snapshot, query: Query, i: int, phrase: str, reason: str) -> Hit:
    row = snapshot.clauses[i]
    inside = [snapshot.passages[position] for position in np.flatnonzero(snapshot.clause_of == i)]
    document = snapshot.documents[int(snapshot.document_of[np.flatnonzero(snapshot.clause_of == i)[0]])]
    words = tuple(shared_words(query.question, row.text, common=True)[:1])
    return Hit(row, document, 1.0, 0.0, 0.0, _holding(inside, phrase), (reason,), words)


def _holding(passages: list[PassageRow], phrase: str) -> PassageRow:
    return next((passage for passage in passages if phrase in normalised(passage.text)), passages[0])
