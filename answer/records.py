"""What an answer is made of: sentences, each with the citations it stands on."""

from dataclasses import dataclass

from answer.terms import Reading
from index.query import Query
from index.search import Hit


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation: `quote == canonical_text[start:end]` of the document, checked when it is made."""

    number: int  # [n] in the answer, from 1
    document: str  # document id
    source: str
    title: str
    doc_number: str | None  # 发文字号
    label: str  # as officials write it: "二、(一)3.", "第十三条第二款"
    clause: int  # start of the cited clause
    quote: str
    start: int
    end: int

    @property
    def reference(self) -> str:
        """The citation in one line: 《…》（文号）二、(一)3."""
        number = f"（{self.doc_number}）" if self.doc_number else ""
        return f"《{self.title}》{number}{self.label}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer with the numbers of the citations behind it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What a question asks for by name, in the words of a quotation."""

    name: str  # what it is: 普惠率, 时间, 牵头, 条款的说法, 条件
    words: str  # verbatim of the quotation, bodies joined by 、
    citation: int  # number of the citation that holds it
    note: str = ""  # what the words mean, in Chinese

    @property
    def line(self) -> str:
        """The point in one line: 普惠率：90%以上[1]; 条款的说法：可以推迟到岗（允许）[1]."""
        note = f"（{self.note}）" if self.note else ""
        return f"{self.name}：{self.words}{note}[{self.citation}]"


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence of a language model that was not said, and why."""

    text: str
    fault: str  # in Chinese


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal that says what is missing."""

    question: str
    refused: bool
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]  # empty where refused
    hits: tuple[Hit, ...]  # ten nearest clauses, best first, each once
    query: Query
    missing: str | None  # where refused: what the library lacks, in Chinese
    milliseconds: float
    cautions: tuple[str, ...] = ()  # what to mind about an answer that was given, in Chinese
    removed: tuple[Removed, ...] = ()  # what a language model said and the clauses do not bear out
    readings: tuple[Reading, ...] = ()  # everyday words of the question and the terms they are read as
    searched: str = ""  # where refused: where was looked, in Chinese
    close: bool = False  # refused, but the nearest hits may well be what is asked for
    shortfalls: tuple[str, ...] = ()  # where refused: why each of the hits is no basis, in Chinese
    points: tuple[Point, ...] = ()  # the figure, time, bodies or force asked for, in the words of the quotations
    model: str | None = None  # the language model that worded the answer; None where it is quoted

    @property
    def text(self) -> str:
        """The answer as one text: each sentence followed by its numbers, [1][2]."""
        return "".join(each.text + "".join(f"[{n}]" for n in each.citations) for each in self.statements)
