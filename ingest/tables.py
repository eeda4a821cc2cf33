"""Tables inside a document: which of their lines are the header, and what they are called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.document import Table
from ingest.lines import Line
from ingest.parts import is_sentence

MOST_HEADERS = 3
"""Lines of a header; cells merged across and down take two or three."""

_LONGEST_HEAD = 24  # characters of a cell of a header
_LONGEST_CAPTION = 40
_CAPTION = re.compile(
    r"(?:附?表\s*\d{0,2}\s*[-—.:：]?\s*)?.{2,}(?:表|一览|名单|目录|明细|安排|标准|清单|情况|计划|分工)(?:[（(].{1,20}[)）])?|附?表\s*\d{1,2}.*"
)
_BARS = re.compile(r"\s*\|\s*")
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of a table stands."""

    is_header: bool
    name: str  # of its table, "《…》" with a caption, else "表" or "表2"
    caption: str  # empty where the table has none
    number: int  # of the row, from 1; 0 for a header


def places_of(lines: Sequence[Line], roles: Sequence[str | None], tables: Sequence[Table]) -> Mapping[int, Place]:
    """The place of each line of a table, by where the line begins."""
    found: dict[int, Place] = {}
    starts = {line.start: i for i, line in enumerate(lines)}
    for table in sorted(tables, key=lambda each: each.start):
        inside = [i for i in _indices(lines, starts, table) if roles[i] == "table"]
        if not inside:
            continue
        caption = _caption(lines, roles, inside[0])
        heads = header_count([_cells(lines[i].text) for i in inside[: MOST_HEADERS + 1]])
        for n, i in enumerate(inside):
            name = f"《{caption}》" if caption else "表"
            found[lines[i].start] = Place(n < heads, name, caption, max(n - heads + 1, 0))
    return found


def _indices(lines: Sequence[Line], starts: Mapping[int, int], table: Table) -> Iterator[int]:
    first = starts.get(table.start)
    if first is None:  # the table begins with blanks
        first = next((i for start, i in starts.items() if table.start <= start < table.end), len(lines))
    while first < len(lines) and lines[first].start < table.end:
        yield first
        first += 1


def _caption(lines: Sequence[Line], roles: Sequence[str | None], first: int) -> str:
    """The words of the line above a table, where they name it."""
    above = next((i for i in range(first - 1, max(first - 3, -1), -1) if roles[i] != "furniture"), None)
    if above is None or roles[above] is not None or lines[above].marker:
        return ""
    words = lines[above].words.strip("【】[]：: ")
    if len(words) > _LONGEST_CAPTION or not words or is_sentence(words) or not _CAPTION.fullmatch(words):
        return ""
    return words.strip("《》")


def header_count(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first rows of a table are its header.

    >>> header_count([["学校", "计划数", ""], ["学校", "男", "女"], ["一小", "20", "18"]])
    2
    >>> header_count([["学校", "计划数"], ["一小", "38"]])
    1
    """
    count = 1
    while count < min(len(rows) - 1, MOST_HEADERS) and _goes_on(rows[count - 1], rows[count]):
        count += 1
    return count


def _goes_on(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row divides the header above it: words only, some of them repeated from above, others below blanks."""
    if any(_NUMBER.search(cell) or len(cell) > _LONGEST_HEAD for cell in (*above, *row)):
        return False
    pairs = list(zip_longest(above, row, fillvalue=""))
    divided = any(not upper and lower for upper, lower in pairs)
    return divided and all(lower or not upper for upper, lower in pairs[:1])


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in _BARS.split(line.strip("| "))]
