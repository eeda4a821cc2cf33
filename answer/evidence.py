"""Evidence: the sentences that an answer may be quoted from, best first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.hits import Hit, Result
from index.lexical import token_count
from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of

LEXICAL = 0.03
"""Weight of BM25 in the score of evidence."""
_LABEL = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]+[）)、.．]+\s*")
_SCRAP = re.compile(r"[（(][^（）()]*[)）]?|[^。；]{0,5}[。；]?|[\W_\d]+")
_PURPOSE = re.compile(
    r"^为(?:了|贯彻|落实|规范|加强|进一步|保障|促进|推进|推动|做好).{10,}制定本(?:办法|条例|细则|规定|方案|意见)"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a clause, with what search thought of it."""

    hit: Hit
    start: int
    end: int
    text: str  # verbatim
    score: float  # cosine + LEXICAL x BM25 / sqrt(n-grams of the question): one scale for all questions
    asked: bool = False  # asked for by its number or its unit, not found by what it says
    heading: str = ""  # said before the quotation, where that names nothing by itself

    def span(self, start: int, end: int) -> "Evidence":
        """The same evidence over another range of its clause; the range is in the canonical text."""
        offset = self.hit.clause.clause.start
        return replace(self, start=start, end=end, text=self.hit.clause.text[start - offset : end - offset])

    def under_heading(self) -> "Evidence":
        """The same evidence, said behind the heading that its clause stands under: what names only bodies needs it."""
        path = self.hit.clause.clause.path
        return replace(self, heading=_LABEL.sub("", path[-1]).strip("。：: ") if path else "")


def evidence(library: Library, result: Result) -> tuple[Evidence, ...]:
    """The sentences of the hits that search scored, within the places and years the question names, best first.

    An article asked for by its number is evidence as a whole, of the version that comes first. Scraps, and what
    only hands on or states a purpose, are evidence only where there is no other.
    """
    if asked := asked_for(library, result):
        return tuple(piece for hit in asked for piece in _whole(result.query, hit))
    hits = {(hit.clause.document, hit.clause.ordinal): hit for hit in result.hits}
    scale = LEXICAL / max(token_count(result.query.content), 1) ** 0.5
    found: list[Evidence] = []
    poor: list[Evidence] = []
    for scored in result.passages:
        passage = scored.passage
        hit = hits.get((passage.document, passage.clause))
        if hit and in_scope(result.query, scored.document):
            score = scored.dense + scale * scored.lexical
            piece = Evidence(hit, passage.start, passage.end, passage.text, score)
            (poor if _is_poor(piece) else found).append(piece)
    return tuple(found or poor)


def _is_poor(piece: Evidence) -> bool:
    role = piece.hit.clause.clause.role
    return role == "cover_notice" or bool(_SCRAP.fullmatch(piece.text) or _PURPOSE.match(piece.text))


def in_scope(query: Query, row: DocumentRow) -> bool:
    """Tell whether a document is of the places and years that a question names."""
    if query.regions and row.metadata.region not in query.regions:
        return False
    return not query.years or not years_of(row.metadata) or bool(set(query.years) & set(years_of(row.metadata)))


def asked_for(library: Library, result: Result) -> list[Hit]:
    """Hits that the question asks for by their number, of the version that comes first where there are several."""
    lookup = library.weights.lookup
    first = [hit for hit in result.hits if hit.score >= lookup + 1.6]
    return first or [hit for hit in result.hits if hit.score >= lookup + 1]


def _whole(query: Query, hit: Hit) -> Iterable[Evidence]:
    """The clause whole; of an item asked for, what leads in to the list, and the item."""
    clause = hit.clause.clause
    piece = Evidence(hit, clause.start, clause.end, hit.clause.text, hit.score, asked=True)
    items = {each.item for each in query.articles if each.item and clause.label.startswith(each.label)}
    wanted = [point for point in clause.points if point.label in items]
    if not wanted:
        return [piece]
    lead = piece.span(
        clause.start, clause.start + len(hit.clause.text[: clause.points[0].start - clause.start].rstrip())
    )
    return [lead, *(piece.span(point.start, point.end) for point in wanted)]
