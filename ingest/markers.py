"""The numbers that clauses begin with: 一、 （一） 1. （1） ① and 第X编章节条, in all their spellings.

Levels of official documents: GB/T 9704-2012, 7.3.3; of statutes: 立法法, 编 章 节 条 款 项 目.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from ingest.numerals import CHINESE, chinese_number


class Kind(IntEnum):
    """Families of numbers, outermost first as the standards order them."""

    PART = 0  # 第一编, 第一部分
    CHAPTER = 1  # 第一章
    SECTION = 2  # 第一节
    ARTICLE = 3  # 第一条
    CHINESE = 4  # 一、
    CHINESE_BRACKET = 5  # （一）
    ARABIC = 6  # 1.
    ARABIC_BRACKET = 7  # （1） 1) ⑴
    CIRCLED = 8  # ①


@dataclass(frozen=True, slots=True)
class Marker:
    """A clause number at the start of a line."""

    kind: Kind
    number: int
    label: str  # as officials write it: "一、", "(一)", "1.", "第十三条之一"
    length: int  # characters of the line it takes, white space after it included


_NUMERAL = f"[{CHINESE}]{{1,8}}"
_SPACE = r"[ \t\u3000]*"
_STATUTE = re.compile(rf"第{_SPACE}({_NUMERAL}|\d{{1,4}}){_SPACE}(编|部分|章|节|条)(之{_NUMERAL})?({_SPACE})")
_CHINESE = re.compile(rf"({_NUMERAL}){_SPACE}、{_SPACE}")
_CHINESE_BRACKET = re.compile(rf"[（(]{_SPACE}({_NUMERAL}){_SPACE}[）)]{_SPACE}、?")
_ARABIC = re.compile(rf"(\d{{1,3}}){_SPACE}[.．、]{_SPACE}(?!\d)")
_ARABIC_BRACKET = re.compile(rf"(?:[（(]{_SPACE}(\d{{1,3}}){_SPACE}[）)]|(\d{{1,3}})[）)]){_SPACE}")
_ONE_CHARACTER = (
    ("①", "⑳", Kind.CIRCLED),
    ("⑴", "⒇", Kind.ARABIC_BRACKET),
    ("⒈", "⒛", Kind.ARABIC),
    ("㈠", "㈩", Kind.CHINESE_BRACKET),
)
_STATUTE_KINDS = {
    "编": Kind.PART,
    "部分": Kind.PART,
    "章": Kind.CHAPTER,
    "节": Kind.SECTION,
    "条": Kind.ARTICLE,
}
_REFERENCE = re.compile(r"(?:第|所|规定|的|、|和|至|或|及|与|中|[（(]?一?[)）]?款)")
_COUNTED = re.compile(rf"[{CHINESE}]+(?:年级|等奖|学期|孩|类|线|级|把手)")


def marker_at(line: str, expected_article: int | None = None) -> Marker | None:
    """Read the clause number that a line begins with; None where it begins with text.

    `expected_article` is the number the next 第X条 would have: a 第X条 with no space behind it is taken
    for an article only in sequence, since such lines are often cross-references (第三十条所称…).

    >>> marker_at("（一)加强领导。").label, marker_at("3．推进"), marker_at("3.5万人")
    ('(一)', Marker(kind=<Kind.ARABIC: 6>, number=3, label='3.', length=2), None)
    """
    return (
        _statute(line, expected_article)
        or _chinese(line)
        or _numeral(line, _CHINESE_BRACKET, Kind.CHINESE_BRACKET)
        or _digits(line, _ARABIC, Kind.ARABIC)
        or _digits(line, _ARABIC_BRACKET, Kind.ARABIC_BRACKET)
        or _one_character(line)
    )


def _statute(line: str, expected_article: int | None) -> Marker | None:
    match = _STATUTE.match(line)
    if not match:
        return None
    numeral, unit, inserted, space = match.groups()
    number = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    rest = line[match.end() :]
    if not space and rest and unit == "条":
        out_of_sequence = expected_article is not None and number != expected_article and not inserted
        if _REFERENCE.match(rest) or out_of_sequence:
            return None
    if not space and rest and unit != "条" and (_REFERENCE.match(rest) or "。" in rest):
        return None
    label = f"第{numeral}{unit}{inserted or ''}"
    return Marker(_STATUTE_KINDS[unit], number, label, match.end())


def _chinese(line: str) -> Marker | None:
    match = _CHINESE.match(line)
    if not match or _COUNTED.match(line[match.end() :]):
        return None
    return Marker(Kind.CHINESE, chinese_number(match[1]), f"{match[1]}、", match.end())


def _numeral(line: str, pattern: re.Pattern[str], kind: Kind) -> Marker | None:
    match = pattern.match(line)
    return Marker(kind, chinese_number(match[1]), f"({match[1]})", match.end()) if match else None


def _digits(line: str, pattern: re.Pattern[str], kind: Kind) -> Marker | None:
    match = pattern.match(line)
    if not match:
        return None
    digits = next(group for group in match.groups() if group)
    label = f"{digits}." if kind is Kind.ARABIC else f"({digits})"
    return Marker(kind, int(digits), label, match.end())


def _one_character(line: str) -> Marker | None:
    for first, last, kind in _ONE_CHARACTER:
        if line and first <= line[0] <= last:
            number = ord(line[0]) - ord(first) + 1
            label = {Kind.ARABIC: f"{number}.", Kind.ARABIC_BRACKET: f"({number})"}.get(kind, line[0])
            return Marker(kind, number, label, len(line) - len(line[1:].lstrip(" \t\u3000、.．")))
    return None
