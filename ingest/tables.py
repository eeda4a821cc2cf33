"""Tables inside a document: which of their lines are the header, and what they are called."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.document import Table
from ingest.lines import Line
from ingest.parts import is_sentence

MOST_HEADERS = 3
"""Lines of a header; cells merged across and down take two or three."""

Rows = Sequence[Sequence[str]]  # the cells of each

_LONGEST_HEAD = 24  # characters of a cell of a header
_LONGEST_CAPTION = 40
_LOOKED_AT = 40  # rows of a table that tell whether it goes on
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


def places_of(
    lines: Sequence[Line], roles: Sequence[str | None], tables: Sequence[Table], pages: Sequence[int] = ()
) -> Mapping[int, Place]:
    """The place of each line of a table, by where the line begins; `pages` says where pages begin.

    A table goes on in the next one where nothing but furniture stands between and it has no header of its own.
    """
    found: dict[int, Place] = {}
    starts = {line.start: i for i, line in enumerate(lines)}
    before: _Part | None = None
    for table in sorted(tables, key=lambda each: each.start):
        inside = [i for i in _indices(lines, starts, table) if roles[i] == "table"]
        if not inside:
            continue
        rows = [_cells(lines[i].text) for i in inside]
        repeated = _repeated(before, rows, inside[0], lines, roles, pages)
        if before and repeated is not None:
            heads, part = repeated, before.going_on(rows[repeated:], inside[-1])
        else:
            heads = header_count(rows[: MOST_HEADERS + 1])
            part = _Part(_caption(lines, roles, inside[0]), rows[:heads], rows[heads:], len(rows) - heads, inside[-1])
        name, first = f"《{part.caption}》" if part.caption else "表", part.count - (len(rows) - heads)
        for n, i in enumerate(inside):
            found[lines[i].start] = Place(n < heads, name, part.caption, first + n - heads + 1 if n >= heads else 0)
        before = part
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A table as far as it has been read; it may go on behind a page's end."""

    caption: str
    heads: Rows
    body: Rows  # its last ones
    count: int  # rows so far, headers left out
    last: int  # index of its last line

    def going_on(self, rows: Rows, last: int) -> "_Part":
        body = [*self.body, *rows][-_LOOKED_AT:]
        return _Part(self.caption, self.heads, body, self.count + len(rows), last)


def _repeated(
    before: _Part | None,
    rows: Rows,
    first: int,
    lines: Sequence[Line],
    roles: Sequence[str | None],
    pages: Sequence[int],
) -> int | None:
    if before is None or any(roles[i] != "furniture" for i in range(before.last + 1, first)):
        return None
    turned = bisect(pages, lines[before.last].start) < bisect(pages, lines[first].start)
    return headers_repeated(before.heads, before.body, rows, turned)


def headers_repeated(heads: Rows, body: Rows, rows: Rows, page_turned: bool) -> int | None:
    """How many header rows a table repeats where it goes on in another one; None where another table begins.

    On another page it may have more or fewer columns, since what is blank on a page is left out.

    >>> headers_repeated([["学校", "计划数"]], [["一小", "38"]], [["二小", "40"]], False)
    0
    >>> headers_repeated([["学校", "计划数"]], [["一小", "38"]], [["学校", "计划数"], ["二小", "40"]], False)
    1
    >>> headers_repeated([["学校", "计划数"]], [["一小", "38"]], [["镇", "学校数"], ["东镇", "4"]], True)
    """
    alike = len({len(row) for row in (*heads, *body, *rows)}) == 1
    if not body or not (alike or page_turned):
        return None
    if [_filled(row) for row in rows[: len(heads)]] == [_filled(row) for row in heads]:
        return len(heads)
    return None if _is_header(rows[0], body, alike=alike) else 0


def _is_header(row: Sequence[str], body: Rows, *, alike: bool) -> bool:
    """Whether a row that follows others has words where all of those have figures."""
    if len(_filled(row)) == 1:
        return False
    if alike:
        figures = [n for n in range(len(row)) if all(_NUMBER.search(each[n]) for each in body)]
        return bool(figures) and not any(_NUMBER.search(row[n]) for n in figures)
    return all(_has_number(each) for each in body) and not _has_number(row)


def _has_number(row: Sequence[str]) -> bool:
    return any(map(_NUMBER.search, row))


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell]


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
