"""What the library takes in and hands back: passages, rows, the model's record, facets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from ingest.document import Clause, Document, Metadata, Part, Receipt, Recognised, confidence_in
from ingest.errors import LibraryError

Value = TypeVar("Value", str, int)

STRUCTURE_VERSION = 5
"""Raise it when documents are cut into clauses or passages another way: unchanged files are then taken in anew."""

UNIT_TOLERANCE = 1e-3
"""How far the length of a normalised vector may be from 1; models in float16 round to about 5e-4."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded: a range of sentences of one clause, with context."""

    clause: int  # ordinal of its clause among the document's rows: an index into Document.clauses
    start: int
    end: int
    context: str  # heading path and title, put before the text when embedding; may be empty
    text: str  # verbatim, canonical_text[start:end]

    @property
    def embedded(self) -> str:
        """The text the embedder gets."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """What a library remembers of the model its vectors come from."""

    name: str  # for people, e.g. "yinju-zh-1"
    fingerprint: str  # hash over weights, tokenizer and prefixes: equal means equal vectors
    dim: int
    normalised: bool  # rows are of unit length (or all zero, for a text without a known token)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the library without its text and clauses."""

    id: str
    source: str
    content_hash: str
    metadata: Metadata
    receipt: Receipt
    format: str
    generation: int  # of the library, when the document was added or last replaced
    characters: int  # length of the canonical text, blanks counted
    added: str  # ISO time in UTC, when the document was added or last replaced
    parts: tuple[Part, ...] = ()
    recognised: tuple[Recognised, ...] = ()  # ranges that were recognised from pictures

    def confidence(self, start: int, end: int) -> float | None:
        """Confidence, 0 to 1, of a range of the text that was recognised from pictures; None of printed text."""
        return confidence_in(self.recognised, start, end)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A row of a document, as the library names it."""

    id: str  # "document:start"
    document: str
    ordinal: int  # index into Document.clauses
    clause: Clause
    text: str  # verbatim, canonical_text[clause.start:clause.end]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage of the library; `id` is its id in the vector index and is never given again."""

    id: int
    document: str
    clause: int  # ordinal of its clause
    start: int
    end: int
    text: str
    context: str


@dataclass(frozen=True, slots=True)
class Facets:
    """Values that searches can be filtered by, each with its number of documents, most frequent first."""

    regions: dict[str, int]
    years: dict[int, int]
    kinds: dict[str, int]
    issuers: dict[str, int]


def clause_id(document: str, start: int) -> str:
    """Name a clause: the same on every machine as long as the file is the same.

    >>> clause_id("0a1b2c3d4e5f", 120)
    '0a1b2c3d4e5f:120'
    """
    return f"{document}:{start}"


def check_pieces(document: Document, passages: Iterable[Passage]) -> None:
    """Raise LibraryError unless clauses and passages are what they say of the canonical text."""
    text, starts = document.text, set[int]()
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half of a surrogate pair
        raise _misfit(document, f"character {error.start}") from error
    for clause in document.clauses:
        if clause.start in starts or not 0 <= clause.start <= clause.end <= len(text):
            raise _misfit(document, f"row {clause.start}:{clause.end}")
        starts.add(clause.start)
    for passage in passages:
        start, end = passage.start, passage.end
        known = 0 <= passage.clause < len(document.clauses)
        if not known or text[start:end] != passage.text or not _holds(document.clauses[passage.clause], start, end):
            raise _misfit(document, f"passage {start}:{end} of row {passage.clause}")


def _holds(clause: Clause, start: int, end: int) -> bool:
    return clause.start <= start <= end <= clause.end


def _misfit(document: Document, piece: str) -> LibraryError:
    return LibraryError(f"{document.source}: {piece} does not fit the text: please report the file")


def years_of(metadata: Metadata) -> tuple[int, ...]:
    """Years a document is found under: those of its period, or where it names none, that of its publication.

    >>> years_of(Metadata(title="行动方案", published="2022-03-01", period=(2022, 2024)))
    (2022, 2023, 2024)
    >>> years_of(Metadata(title="通知", published="2022-03-01"))
    (2022,)
    """
    if metadata.period is not None:
        first, last = metadata.period
        return tuple(range(first, last + 1))
    year = (metadata.published or "")[:4]
    return (int(year),) if len(year) == 4 and year.isdecimal() else ()


def facets_of(documents: Iterable[DocumentRow]) -> Facets:
    """Count the documents under each value; unknown values are not counted."""
    metadata = [document.metadata for document in documents]
    return Facets(
        regions=_counted(each.region for each in metadata),
        years=_counted(year for each in metadata for year in years_of(each)),
        kinds=_counted(each.kind for each in metadata),
        issuers=_counted(each.issuer for each in metadata),
    )


def _counted(values: Iterable[Value | None]) -> dict[Value, int]:
    return dict(Counter(value for value in values if value is not None).most_common())
