"""Evidence: the sentences that an answer may be quoted from, best first."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of
from index.search import Hit, Result
from index.sentences import sentences


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a clause, with what search thought of it."""

    hit: Hit
    start: int
    end: int
    text: str  # verbatim
    score: float
    dense: float
    lexical: float


def evidence(library: Library, result: Result) -> tuple[Evidence, ...]:
    """The sentences of the hits that search scored, within the places and years the question names, best first.

    A clause asked for by its number is evidence as a whole.
    """
    asked = [hit for hit in result.hits if hit.score >= library.weights.lookup]
    if asked:
        return tuple(piece for hit in asked for piece in _whole(hit))
    hits = {(hit.clause.document, hit.clause.ordinal): hit for hit in result.hits}
    found = []
    for scored in result.passages:
        passage = scored.passage
        hit = hits.get((passage.document, passage.clause))
        if hit and in_scope(result.query, scored.document):
            piece = (hit, passage.start, passage.end, passage.text, scored.score, scored.dense, scored.lexical)
            found.append(Evidence(*piece))
    return tuple(found)


def in_scope(query: Query, row: DocumentRow) -> bool:
    """Tell whether a document is of the places and years that a question names."""
    if query.regions and row.metadata.region not in query.regions:
        return False
    return not query.years or not years_of(row.metadata) or bool(set(query.years) & set(years_of(row.metadata)))


def _whole(hit: Hit) -> Iterable[Evidence]:
    offset = hit.clause.clause.start
    text = hit.clause.text
    for start, end in sentences(text, 0, len(text)):
        yield Evidence(hit, offset + start, offset + end, text[start:end], hit.score, hit.dense, hit.lexical)
