"""Pieces of text with places on a page, put to lines in reading order: rows, and columns if there are two."""

import re
from collections.abc import Collection, Sequence

from ingest.reading.ofd_text import Piece
from ingest.reading.page_columns import Row, in_columns
from ingest.reading.page_lines import CELL_GAP, SAME_LINE, Cell, Line

_WORD_GAP = 0.2  # em; a wider gap between letters parts words
_LETTER = re.compile(r"[A-Za-z0-9]")


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
    lines = in_columns(page, height, rows) or [Line(page, row.cells, row.y, row.size, height) for row in rows]
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


def _row(pieces: Sequence[Piece]) -> Row:
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
    return Row(largest.y, largest.size, tuple(cells))
