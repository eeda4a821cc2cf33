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
    glued: bool = False  # 第X条 with no space behind it: words may be meant, as in 第三十条所称…


_NUMERAL = f"[{CHINESE}]{{1,8}}"
_SPACE = r"[ \t\u3000]*"
_STATUTE = re.compile(
    rf"第{_SPACE}({_NUMERAL}|\d{{1,4}}){_SPACE}(编|部分|章|节|条)(之{_NUMERAL})?({_SPACE}[:：]?{_SPACE})"
)
_CHINESE = re.compile(rf"({_NUMERAL}){_SPACE}、{_SPACE}")
_CHINESE_BRACKET = re.compile(rf"[（(]{_SPACE}({_NUMERAL}){_SPACE}[）)]{_SPACE}、?")
_ARABIC = re.compile(rf"(\d{{1,3}}){_SPACE}[.．、]{_SPACE}(?!\d(?!\d{{3}}年|\d{{3}}[—\-－–~～至]))")
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
_REFERENCE = re.compile(
    rf"第(?:{_NUMERAL}|\d+)[款项目条章节]|所(?![有在属需])|规定|的|、|和|至(?![少今])|或|及|与|"
    rf"中(?![小学央国外等高考职心层]|[{CHINESE}])|[（(]?一?[)）]?款|(?:修改|改)为|增加一|删去"
)
"""What follows 第X条 where it is spoken of, and does not open an article."""

_HEADING_LIKE = re.compile(r"[^。；;，,：:！!？?]{1,24}")
_COUNTED = re.compile(rf"[{CHINESE}]+(?:年级|等奖|学期|孩|类|线|级|把手)|[{CHINESE}]+(?:、[{CHINESE}]+)*、[{CHINESE}]")
"""What follows the 、 of 一、二年级 and 一、二、三产业."""

_NEXT_COUNTED = re.compile(rf"([{CHINESE}])(?:周?岁|[日号天月周名人点])")
"""What follows the 、 of 十二、三岁, where the two numerals are neighbours."""

_OPENING = frozenset(f"第（({CHINESE}")


def marker_at(line: str) -> Marker | None:
    """Read the clause number that a line begins with; None where it begins with text.

    >>> marker_at("（一)加强领导。").label, marker_at("3．推进").length, marker_at("3.5万人")
    ('(一)', 2, None)
    """
    first = line[:1]
    if first == "第":
        return _statute(line)
    if first in _OPENING and first:
        return _chinese(line) or _numeral(line, _CHINESE_BRACKET, Kind.CHINESE_BRACKET) or _bracketed(line)
    if first.isdigit():
        return _digits(line, _ARABIC, Kind.ARABIC) or _bracketed(line) or _one_character(line)
    return _one_character(line)


def _statute(line: str) -> Marker | None:
    match = _STATUTE.match(line)
    if not match:
        return None
    numeral, unit, inserted, space = match.groups()
    rest = line[match.end() :]
    glued = bool(rest) and not space
    if glued and (_REFERENCE.match(rest) or (unit != "条" and not _HEADING_LIKE.fullmatch(rest))):
        return None
    number = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    return Marker(_STATUTE_KINDS[unit], number, f"第{numeral}{unit}{inserted or ''}", match.end(), glued)


def _chinese(line: str) -> Marker | None:
    match = _CHINESE.match(line)
    if not match or _COUNTED.match(line, match.end()):
        return None
    number = chinese_number(match[1])
    following = _NEXT_COUNTED.match(line, match.end())
    if following and chinese_number(following[1]) == number % 10 + 1:
        return None
    return Marker(Kind.CHINESE, number, f"{match[1]}、", match.end())


def _bracketed(line: str) -> Marker | None:
    return _digits(line, _ARABIC_BRACKET, Kind.ARABIC_BRACKET)


def _numeral(line: str, pattern: re.Pattern[str], kind: Kind) -> Marker | None:
    match = pattern.match(line)
    return Marker(kind, chinese_number(match[1]), f"({match[1]})", match.end()) if match else None


def _digits(line: str, pattern: re.Pattern[str], kind: Kind) -> Marker | None:
    match = pattern.match(line)
    if not match:
        return None
    number = int(next(group for group in match.groups() if group))
    digits = str(number)  # written 1 where the text has １
    label = f"{digits}." if kind is Kind.ARABIC else f"({digits})"
    return Marker(kind, number, label, match.end())


def _one_character(line: str) -> Marker | None:
    for first, last, kind in _ONE_CHARACTER:
        if line and first <= line[0] <= last:
            number = ord(line[0]) - ord(first) + 1
            label = {Kind.ARABIC: f"{number}.", Kind.ARABIC_BRACKET: f"({number})"}.get(kind, line[0])
            return Marker(kind, number, label, len(line) - len(line[1:].lstrip(" \t\u3000、.．")))
    return None
