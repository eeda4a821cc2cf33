"""Fragments of text with places on a page, put together to lines and cells."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SAME_LINE = 0.45  # em; a smaller step up or down stays on the line
CELL_GAP = 1.0  # em; a wider gap parts cells of a table
_WIDE = frozenset("WFA")  # East Asian Width: these take a full em in Chinese fonts


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text as the page draws it; lengths in points, y upwards from the foot of the page."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a line without wide gaps."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page."""

    page: int  # from 0
    cells: tuple[Cell, ...]
    y: float
    size: float
    height: float  # of the page
    columns: int = 1  # side by side where the line stands; lines of the right one are moved under the left one
    rows: tuple[tuple[str, ...], ...] = ()  # of a ruled table, which stands in the place of a line

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where the line ends, as far as the widths of its characters can be told."""
        return self.cells[-1].right


def width(text: str, size: float) -> float:
    """Estimate the width of a text: one em for a wide character, half an em for others."""
    return size * sum(1.0 if unicodedata.east_asian_width(character) in _WIDE else 0.5 for character in text)


def lines_of(page: int, height: float, fragments: Iterable[Fragment]) -> list[Line]:
    """Put fragments to lines in the order they are drawn in; a step back or to another height begins a line."""
    lines: list[Line] = []
    current: list[Fragment] = []
    for fragment in fragments:
        if not fragment.text.strip():
            continue
        if current and not _continues(current[-1], fragment):
            lines.append(_line(page, height, current))
            current = []
        current.append(fragment)
    if current:
        lines.append(_line(page, height, current))
    return lines


def _continues(last: Fragment, fragment: Fragment) -> bool:
    size = max(last.size, fragment.size)
    return abs(fragment.y - last.y) < SAME_LINE * size and fragment.x > last.x - size


def _line(page: int, height: float, fragments: list[Fragment]) -> Line:
    cells: list[Cell] = []
    for fragment in fragments:
        blank = len(fragment.text) - len(fragment.text.lstrip())
        # pypdf writes a gap it sees as one space before the text, but gives the place of the text;
        # ideographic spaces are drawn, and indent.
        left = fragment.x + width(fragment.text[:blank].replace(" ", ""), fragment.size)
        right = max(fragment.x + width(fragment.text.strip(" "), fragment.size), left)
        if cells and left - cells[-1].right < CELL_GAP * fragment.size:
            joined = (cells[-1].text + fragment.text).rstrip()
            cells[-1] = Cell(joined, cells[-1].left, max(right, cells[-1].right))
        else:
            cells.append(Cell(fragment.text.strip(), left, right))
    size = max(fragment.size for fragment in fragments)
    return Line(page, tuple(cells), fragments[0].y, size, height)
