"""What a search gives: filters in, hits out, each with the reasons why it was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.lookup import Asked
from index.query import Query
from index.records import ClauseRow, DocumentRow, PassageRow, years_of


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of the library that hits must have; None lets all through."""

    region: str | None = None
    year: int | None = None
    kind: str | None = None
    issuer: str | None = None

    def admits(self, row: DocumentRow) -> bool:
        """Tell whether a document passes."""
        metadata = row.metadata
        return (
            (self.region is None or metadata.region == self.region)
            and (self.year is None or self.year in years_of(metadata))
            and (self.kind is None or metadata.kind == self.kind)
            and (self.issuer is None or metadata.issuer == self.issuer)
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found; higher scores are better."""

    clause: ClauseRow
    document: DocumentRow
    score: float
    dense: float  # cosine of its best passage, -1 to 1
    lexical: float  # BM25 of its best passage, 0 or more
    passage: PassageRow  # its best passage
    reasons: tuple[str, ...]  # in Chinese, for people
    words: tuple[str, ...]  # runs of its text that the question holds too


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its score and the parts of it; higher is better."""

    passage: PassageRow
    document: DocumentRow
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a search gave: the question as understood and the hits, best first, each clause once."""

    query: Query
    hits: tuple[Hit, ...]
    total: int  # clauses that matched at all; of exact search, all that hold the phrase
    passages: tuple[ScoredPassage, ...] = ()  # the best passages, best first, whatever their clause


def reasons_for(
    query: Query, document: DocumentRow, words: Sequence[str], dense: float, asked: Asked | None
) -> tuple[str, ...]:
    """Why a clause was found, in words: its number, the same words, place and year, meaning."""
    reasons = [asked.reason] if asked else []
    if words:
        reasons.append("原词：" + "、".join(words[:4]))
    if document.metadata.region in query.regions:
        reasons.append(f"地区：{document.metadata.region}")
    if years := sorted(set(query.years) & set(years_of(document.metadata))):
        reasons.append("年份：" + "、".join(map(str, years)))
    if dense >= 0.3 or not reasons:
        reasons.append(f"语义相近（{max(dense, 0):.2f}）")
    return tuple(reasons)
