"""Pieces of text with places on a page, put to lines in reading order: rows, and columns if there are two."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.reading.ofd_text import Piece
from ingest.reading.page_lines import CELL_GAP, SAME_LINE, Cell, Line

_WORD_GAP = 0.2  # em; a wider gap between letters parts words
_LETTER = re.compile(r"[A-Za-z0-9]")
_MOST_ROWS = 1000  # of a page that may be set in columns
_COLUMN_ROWS = 6  # fewest of a column
_COLUMN_FILL = 0.75  # share of a column's width that its lines take up: cells of tables take up less
_NARROWEST = 12.0  # em of a column; cells of tables are narrower
_WIDEST_GAP = 4.0  # em between columns; cells may be further apart
_ALIKE = 0.8  # width of the narrower column to that of the wider one
_MIDDLE = (0.4, 0.6)  # share of the text's width within which columns part
_TRIES = 60  # places within that are tried


@dataclass(frozen=True, slots=True)
class _Row:
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


def lines_of(
    page: int, height: float, pieces: Sequence[Piece], repeated: Collection[str] = ()
) -> tuple[list[Line], list[Line]]:
    """Put the pieces of a page to lines: those of the text in reading order, and those that stand apart from it.

    Apart stand turned texts and those of the templates in `repeated`.
    """
    running: list[Piece] = []
    other: list[Piece] = []
    for piece in pieces:
        (other if piece.turned or piece.template in repeated else running).append(piece)
    rows, apart = [_row(found) for found in _rows(running)], [_row(found) for found in _rows(other)]
    columns = _columns(rows) if len(rows) <= _MOST_ROWS else None
    lines: list[Line] = []
    for i, row in enumerate(rows):
        if columns is not None and i == columns.start:
            lines += _in_columns(page, height, rows, columns)
        if columns is None or not columns.start <= i < columns.end:
            lines.append(Line(page, row.cells, row.y, row.size, height))
    return lines, [Line(page, row.cells, row.y, row.size, height) for row in apart]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Sort pieces into rows, from the top."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.left)):
        first = rows[-1][0] if rows else None
        if first is not None and first.y - piece.y < SAME_LINE * max(first.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _row(pieces: Sequence[Piece]) -> _Row:
    """Join the pieces of a row from left to right to cells."""
    cells: list[Cell] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        gap = piece.left - cells[-1].right if cells else 0.0
        if cells and gap < CELL_GAP * piece.size:
            words = _LETTER.match(cells[-1].text[-1]) and _LETTER.match(piece.text)
            space = " " if words and gap > _WORD_GAP * piece.size else ""
            right = max(piece.right, cells[-1].right)
            cells[-1] = Cell(cells[-1].text + space + piece.text, cells[-1].left, right)
        else:
            cells.append(Cell(piece.text, piece.left, piece.right))
    largest = max(pieces, key=lambda piece: piece.size)
    return _Row(largest.y, largest.size, tuple(cells))


def _in_columns(page: int, height: float, rows: Sequence[_Row], columns: _Columns) -> list[Line]:
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


def _columns(rows: Sequence[_Row]) -> _Columns | None:
    """Find the longest run of rows that is plainly set in two columns of prose."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) < 2 * _COLUMN_ROWS:
        return None
    start, end = min(cell.left for cell in cells), max(cell.right for cell in cells)
    first, last = (start + share * (end - start) for share in _MIDDLE)
    places = [first + (last - first) * i / _TRIES for i in range(_TRIES + 1)]
    found = [columns for x in places for run in _runs(rows, x) if (columns := _measure(rows, run, x)) is not None]
    return max(found, key=lambda columns: columns.end - columns.start, default=None)


def _runs(rows: Sequence[_Row], x: float) -> list[tuple[int, int]]:
    """Find the runs of rows without a cell across a place."""
    crossed = [i for i, row in enumerate(rows) if any(cell.left < x < cell.right for cell in row.cells)]
    bounds = zip([-1, *crossed], [*crossed, len(rows)], strict=True)
    return [(before + 1, after) for before, after in bounds if after - before > _COLUMN_ROWS]


def _measure(rows: Sequence[_Row], run: tuple[int, int], x: float) -> _Columns | None:
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
