"""What the check of a draft finds: kinds of faults, each with what is said of it."""

from dataclasses import dataclass

from desk.quotation import Quotation

KINDS = {
    "number_unknown": "文库里没有这个文号",
    "number_mismatch": "文号与标题不符",
    "title_unknown": "文库里没有这份文件，无法核对",
    "title_inexact": "标题与原文不一致",
    "place_missing": "没有这一条（款、项）",
    "quotation_altered": "引文与原文不一致",
    "quotation_not_found": "原文里找不到这句话",
    "out_of_force": "文件已失效或已被替代",
    "article_moved": "条文序号在现行版本中已经变动",
}
"""Kinds of findings, each with what is said of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a draft that does not agree with the library."""

    paragraph: int  # index of the paragraph, from 0
    start: int
    end: int  # of `words` in the paragraph
    words: str
    kind: str  # a key of KINDS
    right: str  # how it should read, or where it stands now; empty where the library does not say
    source: Quotation | None = None  # the clause that shows it

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return KINDS[self.kind] + (f"：{self.right}" if self.right else "")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    citings: int
    places: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a draft that is being checked."""

    index: int
    text: str

    def finding(self, span: tuple[int, int], kind: str, right: str = "", source: Quotation | None = None) -> Finding:
        """Something that does not agree at a range of the paragraph."""
        start, end = span
        return Finding(self.index, start, end, self.text[start:end], kind, right, source)
