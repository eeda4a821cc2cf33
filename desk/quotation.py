"""A verbatim quotation with all that a drafter needs of its source."""

from dataclasses import dataclass
from functools import cache

from index.records import ClauseRow, DocumentRow, years_of
from ingest.gazetteer import place_named

RANKS = ("国家", "省级", "市级", "县级", "未知")
"""Ranks of issuers, highest first."""


_ENDINGS = ((RANKS[1], ("省", "自治区")), (RANKS[2], ("市", "州", "盟")), (RANKS[3], ("县", "区", "旗")))
"""Ranks of places that no list knows, by the end of their names."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """`quote == canonical_text[start:end]` of its document, checked when it is made."""

    document: str  # document id
    source: str
    title: str
    number: str | None  # 发文字号
    issuer: str | None
    region: str | None
    years: tuple[int, ...]
    published: str | None
    rank: str  # of the issuer: one of RANKS
    label: str  # of the clause, as officials write it
    clause: int  # start of the clause
    start: int
    end: int
    quote: str
    sentence: str  # verbatim, holds the quote

    @property
    def reference(self) -> str:
        """The citation in one line: 《…》（文号）二、(一)3."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.label}"

    @property
    def when(self) -> str:
        """The day of publication, else the last year it is about, for sorting; empty where unknown."""
        return self.published or (str(self.years[-1]) if self.years else "")


def quotation(
    row: ClauseRow, document: DocumentRow, start: int, end: int, *, context: tuple[int, int] | None = None
) -> Quotation:
    """Quote `canonical_text[start:end]` of a clause; `context` is the range of its sentence in the clause's text."""
    clause, metadata = row.clause, document.metadata
    if not clause.start <= start <= end <= clause.end:
        raise ValueError(f"{start}:{end} lies outside of clause {clause.start}:{clause.end}")
    quote = row.text[start - clause.start : end - clause.start]
    return Quotation(
        document=document.id,
        source=document.source,
        title=metadata.title,
        number=metadata.number,
        issuer=metadata.issuer,
        region=metadata.region,
        years=years_of(metadata),
        published=metadata.published,
        rank=rank_of(document),
        label=clause.citation_label or clause.label,
        clause=clause.start,
        start=start,
        end=end,
        quote=quote,
        sentence=row.text[context[0] : context[1]] if context else quote,
    )


def rank_of(document: DocumentRow) -> str:
    """The rank of a document's issuer, by the place it speaks for."""
    return _rank(document.metadata.region)


@cache
def _rank(region: str | None) -> str:
    if region in {"全国", "国家"}:
        return RANKS[0]
    place = place_named(region) if region else None
    if place is None:
        return next((rank for rank, ending in _ENDINGS if (region or "").endswith(ending)), RANKS[4])
    if place.name == place.province:
        return RANKS[1]
    return RANKS[3] if place.prefecture and place.prefecture != place.name else RANKS[2]
