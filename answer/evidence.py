"""Evidence: the sentences that an answer may be quoted from, best first."""

from dataclasses import dataclass

from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of
from index.search import Hit, Result


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
    asked: bool = False  # asked for by its number, not found by what it says


def evidence(library: Library, result: Result) -> tuple[Evidence, ...]:
    """The sentences of the hits that search scored, within the places and years the question names, best first.

    An article asked for by its number is evidence as a whole, of the newest version that the library holds.
    """
    if asked := asked_for(library, result):
        newest = asked[0].document.id
        return tuple(_whole(hit) for hit in asked if hit.document.id == newest)
    hits = {(hit.clause.document, hit.clause.ordinal): hit for hit in result.hits}
    found: list[Evidence] = []
    covers: list[Evidence] = []
    for scored in result.passages:
        passage = scored.passage
        hit = hits.get((passage.document, passage.clause))
        if hit and in_scope(result.query, scored.document):
            piece = (hit, passage.start, passage.end, passage.text, scored.score, scored.dense, scored.lexical)
            (covers if hit.clause.clause.role == "cover_notice" else found).append(Evidence(*piece))
    return tuple(found or covers)


def in_scope(query: Query, row: DocumentRow) -> bool:
    """Tell whether a document is of the places and years that a question names."""
    if query.regions and row.metadata.region not in query.regions:
        return False
    return not query.years or not years_of(row.metadata) or bool(set(query.years) & set(years_of(row.metadata)))


def asked_for(library: Library, result: Result) -> list[Hit]:
    """Hits that the question asks for by their number, and not for what they say."""
    return [hit for hit in result.hits if hit.score >= library.weights.lookup + 1]


def _whole(hit: Hit) -> Evidence:
    clause = hit.clause.clause
    return Evidence(hit, clause.start, clause.end, hit.clause.text, hit.score, hit.dense, hit.lexical, asked=True)
