"""The data that reading and structuring hand on: readings, clauses, metadata, documents.

Every range is `[start, end)` in characters of the canonical text, which is never edited.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

BODY_ROLES = frozenset({"body", "preamble", "table", "cover_notice"})
"""Roles of the rows that are searched, quoted and cited."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a canonical text: one line a row, cells parted by tabs or (Markdown) bars, the first its header."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text that was recognised from a picture (OCR)."""

    start: int
    end: int
    confidence: float  # 0 to 1, as the program that recognised it says


def confidence_in(recognised: Iterable[Recognised], start: int, end: int) -> float | None:
    """Mean confidence, by characters, of what of a range was recognised; None where nothing was.

    >>> confidence_in([Recognised(0, 10, 0.9), Recognised(10, 20, 0.5)], 5, 20)
    0.6333333333333333
    """
    inside = [(min(each.end, end) - max(each.start, start), each.confidence) for each in recognised]
    shares = [(length, confidence) for length, confidence in inside if length > 0]
    total = sum(length for length, _ in shares)
    return sum(length * confidence for length, confidence in shares) / total if total else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file.

    `text` is the canonical text; `furniture` are ranges the reader knows to be no content
    (navigation, running heads, page numbers); `pages` holds the start of each page, where there are pages.
    """

    text: str
    format: str  # a key of `ingest.reading.READERS`
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    tables: tuple[Table, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    title: str | None = None  # the title the file format itself carries, e.g. <title>
    warnings: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    quality: tuple[float, ...] = ()  # of each page, 0 (no readable text) to 1 (clean), where there are pages
    hidden: int = 0  # visible-if-shown characters left out because the file hides them


@dataclass(frozen=True, slots=True)
class Point:
    """A point inside a clause that has a number but no line of its own: 一是…, or an item （一）… of an article."""

    label: str  # "一是", "第(一)项"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One row of a document: a clause, a heading, a title line or furniture. The rows tile the text.

    `label` is the number as officials write it ("二、(一)3.", "第十三条第二款"), empty where there is none;
    `path` are the headings above it, outermost first.
    """

    role: str
    path: tuple[str, ...]
    label: str
    start: int
    end: int
    level: int = 0
    responsible_units: tuple[str, ...] = ()  # 责任单位
    points: tuple[Point, ...] = ()
    citation_label: str = ""  # `label`, or where that is empty a description: "一、第2段", "前言"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a value of the metadata."""

    field: str  # name of a field of Metadata
    guessed: bool  # inferred from what the text says elsewhere, or taken from outside the text
    start: int | None = None  # range of the canonical text that shows it; None where it is outside of the text
    end: int | None = None
    source: str = "text"  # or "properties" (of the file), "name" (of the file)
    words: str = ""  # what stands there, or what the guess was taken from


@dataclass(frozen=True, slots=True)
class Part:
    """A document inside a file: the text itself, what a notice wraps, an attachment. Parts tile the rows."""

    mark: str  # "附件1", empty for what is no attachment
    title: str  # empty where it has none
    start: int
    end: int
    fingerprint: str = ""  # of its words; equal where the same text was issued again, empty for a short text


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document prints about itself; None where it is unknown, never guessed in silence."""

    title: str
    issuer: str | None = None  # 发文机关
    region: str | None = None  # "泉州市"; "全国" for national law
    province: str | None = None
    number: str | None = None  # 发文字号, e.g. 晋政办〔2022〕45号
    index_number: str | None = None  # 索引号
    published: str | None = None  # ISO date
    signed: str | None = None  # 成文日期, ISO date
    effective: str | None = None  # 施行日期, ISO date
    period: tuple[int, int] | None = None  # first and last year the document is about
    kind: str | None = None  # 工作要点, 行动方案, 工作总结, 通知, 办法, 条例 …
    cover_title: str | None = None  # title of the notice that wraps the document
    cover_kind: str | None = None
    addressees: str | None = None  # 主送机关, as printed
    copied_to: str | None = None  # 抄送机关, as printed
    imprinted: str | None = None  # 印发日期, ISO date
    valid_for: str | None = None  # 有效期, as printed: "5年", "至2027年12月31日"
    expires: str | None = None  # last day in force, ISO date
    repeals: tuple[str, ...] = ()  # sentences that end the force of other documents, verbatim
    attachments: tuple[str, ...] = ()  # titles of the attachments as the text lists them
    interprets: str | None = None  # title of the policy that a 解读 explains
    evidence: tuple[Evidence, ...] = ()

    def shown_by(self, field: str) -> Evidence | None:
        """What shows the value of a field."""
        return next((each for each in self.evidence if each.field == field), None)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The account of a file's characters, blanks left out: nothing may be lost."""

    characters: int  # non-blank characters of the canonical text
    accounted: int  # of these, in exactly one row
    by_role: dict[str, int] = field(default_factory=dict)
    clauses: int = 0  # rows that can be cited
    warnings: tuple[str, ...] = ()
    numbering: tuple[str, ...] = ()  # of the warnings, those about numbers that jump or repeat
    pages: int = 0
    quality: tuple[float, ...] = ()  # of each page, 0 to 1
    tables: int = 0
    recognised: int = 0  # non-blank characters that were recognised from pictures
    hidden: int = 0  # characters left out because the file hides them

    @property
    def coverage(self) -> float:
        """Share of characters in exactly one row, 0 to 1."""
        return self.accounted / self.characters if self.characters else 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read and structured."""

    source: str  # path relative to the folder that was ingested, with "/" between parts
    content_hash: str  # SHA-256 of the file's bytes
    reading: Reading
    metadata: Metadata
    clauses: tuple[Clause, ...]
    receipt: Receipt
    parts: tuple[Part, ...] = ()

    @property
    def id(self) -> str:
        """The document's name: the same on every machine and in every run."""
        return document_id(self.source)

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.reading.text

    def text_of(self, piece: Clause | Point) -> str:
        """The verbatim text of a clause or point."""
        return self.reading.text[piece.start : piece.end]

    def part_of(self, piece: Clause | Point) -> Part | None:
        """The document inside the file that a row belongs to."""
        return next((part for part in self.parts if part.start <= piece.start < part.end), None)

    def citable(self) -> Iterator[Clause]:
        """The clauses that are searched and cited, in document order."""
        return (clause for clause in self.clauses if clause.role in BODY_ROLES)


def document_id(source: str) -> str:
    """Name a document by its source: the first 12 hexadecimal digits of SHA-256."""
    return sha256(source.encode()).hexdigest()[:12]
