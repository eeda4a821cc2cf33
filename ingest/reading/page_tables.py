"""Tables on a page: lines whose cells stand under those of a first, full row."""

from collections.abc import Sequence

from ingest.reading.page_lines import Cell, Line

FEWEST_ROWS = 3
FEWEST_COLUMNS = 2
_ALIGNED = 1.0  # em; cells of a column begin, end or are centred this near to each other


def table_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Find the runs of lines that are tables, as ranges [start, end) of indices; the first line has all columns."""
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and _places(lines[start], lines[i]) is not None:
            continue
        if i - start >= FEWEST_ROWS:
            runs.append((start, i))
        start = i
    return runs


def rows_of(lines: Sequence[Line]) -> list[list[str]]:
    """Give the cells of a table's lines, each in its column; a column without a cell is empty."""
    rows = []
    for line in lines:
        row = [""] * len(lines[0].cells)
        for cell, place in zip(line.cells, _places(lines[0], line) or [], strict=True):
            row[place] = cell.text
        rows.append(row)
    return rows


def _places(header: Line, line: Line) -> list[int] | None:
    """Find the column of each cell, None if the line is no row of the table."""
    if (
        header.rows
        or line.rows
        or len(header.cells) < FEWEST_COLUMNS
        or not FEWEST_COLUMNS <= len(line.cells) <= len(header.cells)
    ):
        return None
    places: list[int] = []
    for cell in line.cells:
        after = places[-1] + 1 if places else 0
        columns = range(after, len(header.cells))
        place = next((k for k in columns if _aligned(header.cells[k], cell, _ALIGNED * line.size)), None)
        if place is None:
            return None
        places.append(place)
    return places


def _aligned(a: Cell, b: Cell, near: float) -> bool:
    return min(abs(a.left - b.left), abs(a.right - b.right), abs(a.left + a.right - b.left - b.right) / 2) < near
