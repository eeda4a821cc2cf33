"""Pages set in two columns: the rows that are, read down the left column first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.reading.page_lines import CELL_GAP, SAME_LINE, Cell, Line

_MOST_ROWS = 1000  # of a page that may be set in columns
_COLUMN_ROWS = 6  # fewest of a column
_COLUMN_FILL = 0.75  # share of a column's width that its lines take up: cells of tables take up less
_NARROWEST = 12.0  # em of a column; cells of tables are narrower
_WIDEST_GAP = 4.0  # em between columns; cells may be further apart
_ALIKE = 0.8  # width of the narrower column to that of the wider one
_MIDDLE = (0.4, 0.6)  # share of the text's width within which columns part
_TRIES = 60  # places within that are tried


@dataclass(frozen=True, slots=True)
class Row:
    """Cells at one height; lengths in points or millimetres, y upwards."""

    y: float
    size: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Rows [start, end) that are set in two columns, parted at x; `shift` is from the left one to the right one."""

    start: int
    end: int
    x: float
    shift: float


def in_columns(page: int, height: float, rows: Sequence[Row]) -> list[Line]:
    """The lines of a page of which some rows are set in two columns, in reading order; empty for other pages."""
    columns = _columns(rows) if len(rows) <= _MOST_ROWS else None
    if columns is None:
        return []
    lines: list[Line] = []
    for i, row in enumerate(rows):
        if i == columns.start:
            lines += _in_columns(page, height, rows, columns)
        if not columns.start <= i < columns.end:
            lines.append(Line(page, row.cells, row.y, row.size, height))
    return lines


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Lines put to rows by their height, from the top, cells from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (-each.y, each.left)):
        if rows and rows[-1][0].y - line.y < SAME_LINE * max(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(row) for row in rows]


def _row(lines: Sequence[Line]) -> Row:
    cells = sorted((cell for line in lines for cell in line.cells), key=lambda cell: cell.left)
    return Row(lines[0].y, max(line.size for line in lines), tuple(cells))


def _in_columns(page: int, height: float, rows: Sequence[Row], columns: _Columns) -> list[Line]:
    """Read the left column, then the right one, moved to the left one's place."""
    left, right = [], []
    for row in rows[columns.start : columns.end]:
        own = tuple(cell for cell in row.cells if cell.right <= columns.x)
        other = tuple(
            Cell(cell.text, cell.left - columns.shift, cell.right - columns.shift)
            for cell in row.cells
            if cell.right > columns.x
        )
        left += [Line(page, own, row.y, row.size, height, 2)] if own else []
        right += [Line(page, other, row.y, row.size, height, 2)] if other else []
    return left + right


def _columns(rows: Sequence[Row]) -> _Columns | None:
    """Find the longest run of rows that is plainly set in two columns of prose."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) < 2 * _COLUMN_ROWS:
        return None
    start, end = min(cell.left for cell in cells), max(cell.right for cell in cells)
    first, last = (start + share * (end - start) for share in _MIDDLE)
    places = [first + (last - first) * i / _TRIES for i in range(_TRIES + 1)]
    found = [columns for x in places for run in _runs(rows, x) if (columns := _measure(rows, run, x)) is not None]
    return max(found, key=lambda columns: columns.end - columns.start, default=None)


def _runs(rows: Sequence[Row], x: float) -> list[tuple[int, int]]:
    """Find the runs of rows without a cell across a place."""
    crossed = [i for i, row in enumerate(rows) if any(cell.left < x < cell.right for cell in row.cells)]
    bounds = zip([-1, *crossed], [*crossed, len(rows)], strict=True)
    return [(before + 1, after) for before, after in bounds if after - before > _COLUMN_ROWS]


def _measure(rows: Sequence[Row], run: tuple[int, int], x: float) -> _Columns | None:
    """Judge whether a run of rows is two columns: as wide as each other, filled with lines, well apart."""
    sides: list[list[Sequence[Cell]]] = [[], []]
    for row in rows[run[0] : run[1]]:
        left, right = ([cell for cell in row.cells if (cell.right > x) == beyond] for beyond in (False, True))
        sides[0] += [left] if left else []
        sides[1] += [right] if right else []
    if min(map(len, sides)) < _COLUMN_ROWS:
        return None
    edges = [(min(r[0].left for r in side), max(r[-1].right for r in side)) for side in sides]
    widths = [edge[1] - edge[0] for edge in edges]
    em = median(row.size for row in rows[run[0] : run[1]])
    if not CELL_GAP * em <= edges[1][0] - edges[0][1] <= _WIDEST_GAP * em:
        return None
    if min(widths) < max(_ALIKE * max(widths), _NARROWEST * em):
        return None
    for side, across in zip(sides, widths, strict=True):
        if sum(cell.right - cell.left for cells in side for cell in cells) < _COLUMN_FILL * across * len(side):
            return None
    return _Columns(*run, x, edges[1][0] - edges[0][0])
