"""Tables that ruling lines draw on a PDF page: which text lies in which cell. The only door to pdfplumber."""

import logging
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table

from ingest.reading.page_lines import Cell, Fragment, Line
from ingest.reading.page_paragraphs import join

FEWEST_RULES = 6
"""Ruling lines of a page from which it is looked at for tables: two rows of two cells have six."""

MOST_PAGES = 300
"""Pages of a file that are looked at; finding tables takes up to half a second each."""

_NEAR = 2.0  # points: edges so near are one
_SAME_ROW = 0.5  # em
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its remarks on odd files are no use to a librarian

_Box = tuple[float, float, float, float]  # left, top, right, bottom; points, y downwards from the top of the page


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where it stands, its cells, and the edges of its columns and rows."""

    box: _Box
    cells: tuple[_Box, ...]
    lefts: tuple[float, ...]
    tops: tuple[float, ...]


def grids(data: bytes, numbers: Sequence[int]) -> dict[int, list[Grid]]:
    """The ruled tables of pages, by their numbers from 0; a page that can't be looked at has none."""
    found: dict[int, list[Grid]] = {}
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            for number in numbers[:MOST_PAGES]:
                page = document.pages[number]
                found[number] = list(_grids(page))
                page.close()
    except Exception:  # pdfminer raises nearly anything on odd files: their tables are read by alignment then
        return found
    return found


def _grids(page: PlumberPage) -> Iterator[Grid]:
    if page.rotation:
        return
    for table in page.find_tables():
        grid = _grid(table)
        if len(grid.lefts) > 1 and len(grid.tops) > 1:
            yield grid


def _grid(table: Table) -> Grid:
    cells = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in table.cells)
    return Grid(table.bbox, cells, _edges([cell[0] for cell in cells]), _edges([cell[1] for cell in cells]))


def _edges(values: Sequence[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)


def part(
    fragments: Sequence[Fragment], height: float, tables: Sequence[Grid]
) -> tuple[list[Fragment], list[list[Fragment]]]:
    """Part the fragments of a page into those outside of tables and those of each table."""
    outside: list[Fragment] = []
    inside: list[list[Fragment]] = [[] for _ in tables]
    for fragment in fragments:
        x, y = _middle(fragment, height)
        place = next((i for i, grid in enumerate(tables) if _holds(grid.box, x, y)), None)
        (outside if place is None else inside[place]).append(fragment)
    return outside, inside


def table_line(page: int, height: float, grid: Grid, fragments: Sequence[Fragment]) -> Line | None:
    """A ruled table as a line that holds rows; None where it has no text or no two rows and columns with text."""
    words: dict[_Box, list[Fragment]] = {}
    for fragment in fragments:
        words.setdefault(_cell_of(grid, *_middle(fragment, height)), []).append(fragment)
    rows = [[""] * len(grid.lefts) for _ in grid.tops]
    for cell, held in words.items():
        text = _text(held)
        column = bisect_right(grid.lefts, cell[0] + _NEAR) - 1
        first = bisect_right(grid.tops, cell[1] + _NEAR) - 1
        for row in range(first, len(grid.tops)):
            if row == first or grid.tops[row] < cell[3] - _NEAR:
                rows[row][column] = f"{rows[row][column]} {text}".strip()
    rows = _own(rows, words, grid)
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    if len(rows) < 2 or len(columns) < 2:
        return None
    size = max(fragment.size for fragment in fragments)
    box = grid.box
    whole = Cell(" ".join(cell for row in rows for cell in row if cell), box[0], box[2])
    return Line(page, (whole,), height - box[1], size, height, rows=tuple(zip(*columns, strict=True)))


def _own(rows: list[list[str]], words: dict[_Box, list[Fragment]], grid: Grid) -> list[list[str]]:
    """The rows in which some cell begins; one that only cells from above reach into is none."""
    begun = {bisect_right(grid.tops, cell[1] + _NEAR) - 1 for cell in words}
    return [row for number, row in enumerate(rows) if number in begun]


def _cell_of(grid: Grid, x: float, y: float) -> _Box:
    """The cell that a point lies in, else the nearest."""
    holding = next((cell for cell in grid.cells if _holds(cell, x, y)), None)
    return holding or min(grid.cells, key=lambda c: abs((c[0] + c[2]) / 2 - x) + abs((c[1] + c[3]) / 2 - y))


def _text(fragments: Sequence[Fragment]) -> str:
    """The words of a cell: lines from the top, each from the left, joined as those of a paragraph are."""
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda each: -each.y):
        if lines and abs(lines[-1][0].y - fragment.y) < _SAME_ROW * fragment.size:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    text = ""
    for line in lines:
        words = "".join(each.text for each in sorted(line, key=lambda each: each.x)).strip()
        text = join(text, words) if text else words
    return " ".join(text.split())


def _middle(fragment: Fragment, height: float) -> tuple[float, float]:
    """A point inside the first character of a fragment; y downwards."""
    return fragment.x + 0.25 * fragment.size, height - (fragment.y + 0.35 * fragment.size)


def _holds(box: _Box, x: float, y: float) -> bool:
    return box[0] - _NEAR <= x <= box[2] + _NEAR and box[1] - _NEAR <= y <= box[3] + _NEAR
