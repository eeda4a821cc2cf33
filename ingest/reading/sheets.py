"""Sheets of a workbook as blocks: a caption, the table, the notes under it. What their readers have in common."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from ingest.errors import FileTooLarge
from ingest.reading.blocks import Block, table_blocks

MAX_CELLS = 500_000
"""Filled cells of a workbook that are read."""

_FARTHEST = 1000  # rows down which a merged cell is repeated

Grid = dict[tuple[int, int], str]
"""Words by row and column, both from 0; blank cells are left out."""

Area = tuple[int, int, int, int]
"""Cells merged into one: first and last row, first and last column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is shown, and how many characters of it are not."""

    name: str
    grid: Grid
    merged: tuple[Area, ...] = ()
    hidden: int = 0


def blocks_of(sheets: Sequence[Sheet]) -> Iterator[Block]:
    """The sheets as blocks; where there are several, their names stand above them, as furniture above a caption."""
    shown = [sheet for sheet in sheets if sheet.grid]
    for sheet in shown:
        blocks = list(_blocks(_rows(sheet)))
        if len(shown) > 1:  # a table with a caption of its own is not named by the sheet's tab
            yield Block(sheet.name, furniture=not blocks[0].table)
        yield from blocks


def _rows(sheet: Sheet) -> list[list[str]]:
    """The filled rows; what is merged over several rows is repeated in each, so that each can be read alone."""
    grid = dict(sheet.grid)
    filled = {row for row, _ in grid}
    for top, bottom, left, _ in sheet.merged:
        if words := grid.get((top, left)):
            for row in range(top + 1, min(bottom, top + _FARTHEST) + 1):
                if row in filled:
                    grid.setdefault((row, left), words)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), words in grid.items():
        by_row.setdefault(row, {})[column] = words
    columns = sorted({column for _, column in grid})
    return [[by_row[row].get(column, "") for column in columns] for row in sorted(by_row)]


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Rows of one cell under the table are notes; those above it are captions."""
    end = len(rows)
    while end and sum(map(bool, rows[end - 1])) < 2:
        end -= 1
    yield from table_blocks(rows[:end])
    yield from (Block(" ".join(cell.split())) for row in rows[end:] for cell in row if cell)


def check_size(file: str, cells: int) -> None:
    """Raise FileTooLarge for a workbook of more filled cells than are read."""
    if cells > MAX_CELLS:
        raise FileTooLarge(file, f"表格有 {cells:,} 个单元格，超过上限 {MAX_CELLS:,}", "请只保留需要的工作表后再添加")


def number_words(value: float, format_: str) -> str:
    """A number as the sheet shows it: whole ones without a point, shares in percent.

    >>> number_words(120.0, "General"), number_words(0.925, "0.0%"), number_words(0.1 + 0.2, "General")
    ('120', '92.5%', '0.3')
    """
    if "%" in format_:
        return f"{value * 100:.10g}%"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def date_words(value: date | datetime | time) -> str:
    """A date or time in numbers; a day without a time of day has none.

    >>> date_words(datetime(2025, 9, 1)), date_words(datetime(2025, 9, 1, 8, 30)), date_words(time(8, 30))
    ('2025-09-01', '2025-09-01 08:30', '08:30')
    """
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.strftime("%Y-%m-%d")


def hidden_warnings(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Say how much of the workbook is hidden and left out."""
    count = sum(sheet.hidden for sheet in sheets)
    return (f"隐藏的工作表、行或列有 {count:,} 个字符未收录",) if count else ()


def visible(words: Iterable[str]) -> int:
    """Count the characters of cells, blanks left out."""
    return sum(len("".join(each.split())) for each in words)
