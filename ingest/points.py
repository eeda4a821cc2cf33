"""Points inside a clause that have no line of their own: 一是…；二是…；三是…"""

import re
from collections.abc import Iterator

from ingest.document import Point
from ingest.numerals import chinese_number

_FAMILIES = (
    re.compile(r"(?:^|(?<=[。；;：:，,）)\s]))([一二三四五六七八九十]{1,2})(?:是|要)"),
    re.compile(r"([①-⑳])"),
    re.compile(r"[（(](\d{1,2})[)）]"),
)


def inline_points(text: str, offset: int) -> tuple[Point, ...]:
    """Find the points of the first family that counts 1, 2, … in a clause; `offset` is added to their places.

    >>> [(p.label, p.start, p.end) for p in inline_points("抓好三事。一是查；二是改；三是评。", 0)]
    [('一是', 5, 9), ('二是', 9, 13), ('三是', 13, 17)]
    """
    for family in _FAMILIES:
        starts = list(_in_sequence(family, text))
        if len(starts) > 1:
            ends = [match.start() for match in starts[1:]] + [len(text)]
            return tuple(
                Point(
                    match[0], offset + match.start(), offset + match.start() + len(text[match.start() : end].rstrip())
                )
                for match, end in zip(starts, ends, strict=True)
            )
    return ()


def _in_sequence(family: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    expected = 1
    for match in family.finditer(text):
        if _number(match[1]) == expected:
            yield match
            expected += 1


def _number(numeral: str) -> int:
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    return int(numeral) if numeral.isdigit() else chinese_number(numeral)
