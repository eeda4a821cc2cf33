"""Texts of an OFD page: from TextObjects to pieces of lines with places in points (GB/T 33190-2016, 11)."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from xml.etree.ElementTree import Element

from ingest.reading.ofd_geometry import Box, Frame, number, places
from ingest.reading.ofd_package import children, text_at
from ingest.reading.page_lines import CELL_GAP, SAME_LINE, width

POINTS = 72 / 25.4  # in a millimetre
_SMALLEST = 0.3  # mm; what is set smaller is not meant to be read
_LEVEL = math.radians(11)  # text that runs up or down more steeply is turned
_BACK = 0.5  # em; a step back by more begins another line
_WIDE_STEP = 2.0  # of the usual step between characters; a wider one, if over a gap, parts cells
_BREAKS = re.compile(r"\s*[\r\n]+\s*|\t")  # of the XML, not of the text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text as it is drawn, in millimetres on the page."""

    text: str
    points: list[tuple[float, float]]  # of each character, on its base line
    size: float
    stretch: float  # width of the characters to their height
    angle: float  # of the line of writing, radians, clockwise from left to right

    @property
    def middle(self) -> tuple[float, float]:
        """A point in the ink."""
        (x, y), (last_x, last_y) = self.points[0], self.points[-1]
        rise = 0.3 * self.size
        return (
            (x + last_x) / 2 + rise * (math.sin(self.angle) + math.cos(self.angle)),
            (y + last_y) / 2 - rise * (math.cos(self.angle) - math.sin(self.angle)),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; lengths in points, y upwards from the foot of the page."""

    text: str
    left: float
    right: float
    y: float
    size: float
    turned: bool = False  # runs up or down the page
    template: str = ""  # ID of the template it is from


def drawn_in(element: Element, frame: Frame) -> list[Drawn]:
    """Give the texts of a TextObject; those of nothing but blanks are left out."""
    inner = frame.inside(element)
    size, stretch = number(element.get("Size")), number(element.get("HScale"), 1.0) or 1.0
    height = size * math.hypot(inner.c, inner.d)
    angle = math.atan2(inner.b, inner.a)
    shape = math.hypot(inner.a, inner.b) / (math.hypot(inner.c, inner.d) or 1.0)
    found: list[Drawn] = []
    x = y = 0.0
    for code in children(element, "TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = characters(code)
        if text.strip():
            points = [inner.point(*place) for place in places(text, code, (x, y), size * stretch)]
            found.append(Drawn(text, points, height, stretch * shape, angle))
    return found


def characters(code: Element) -> str:
    """The characters of a TextCode, without the line breaks of its XML."""
    return _BREAKS.sub("", code.text or "")


def glyphs_without_characters(element: Element) -> int:
    """Count the glyphs a TextObject draws beyond its characters: their text is unknown."""
    written = sum(len(characters(code)) for code in children(element, "TextCode"))
    mapped = 0
    for change in children(element, "CGTransform"):
        count = number(change.get("CodeCount"), 1.0) if text_at(change, "Glyphs") else 0.0
        mapped = max(mapped, int(number(change.get("CodePosition")) + count))
    return max(mapped - written, 0)


def is_unknown(character: str) -> bool:
    """Tell whether a character has no meaning outside its font: it is of the Private Use Area."""
    return "\ue000" <= character <= "\uf8ff"


def is_legible(drawn: Drawn, page: Box) -> bool:
    """Tell whether a text is on the page at all, and large enough to be seen."""
    return drawn.size >= _SMALLEST and any(page.holds(x, y) for x, y in drawn.points)


def pieces_of(texts: Sequence[tuple[Drawn, str]], page: Box) -> tuple[list[Piece], float]:
    """Cut the texts of a page to pieces; give them and the height of the page in points.

    A page whose texts are turned, as landscape tables are, is turned back. With each text goes the ID of the
    template it is from. What is drawn twice at one place, to look bold, is given once.
    """
    turn = _usual_turn(drawn for drawn, _ in texts)
    height = page.right - page.left if turn % 2 else page.bottom - page.top
    found: list[Piece] = []
    seen: dict[str, list[Piece]] = {}
    for drawn, template in texts:
        for piece in _cut(_turned(drawn, turn), template, _corner(page, turn)):
            twins = seen.setdefault(piece.text, [])
            if not any(_same_place(piece, twin) for twin in twins[-8:]):
                found.append(piece)
                twins.append(piece)
    return found, float(round(height * POINTS)) or 1.0


def _usual_turn(texts: Iterable[Drawn]) -> int:
    """How many right angles, clockwise, most characters of a page are turned by."""
    counts = [0] * 4
    for drawn in texts:
        counts[round(drawn.angle / (math.pi / 2)) % 4] += len(drawn.text)
    return max(range(4), key=lambda turn: (counts[turn], -turn))


def _turned(drawn: Drawn, turn: int) -> Drawn:
    points = drawn.points
    for _ in range(turn):
        points = [(y, -x) for x, y in points]
    angle = (drawn.angle - turn * math.pi / 2 + math.pi) % (2 * math.pi) - math.pi
    return Drawn(drawn.text, points, drawn.size, drawn.stretch, angle)


def _cut(drawn: Drawn, template: str, corner: tuple[float, float]) -> Iterator[Piece]:
    left, foot = corner
    turned = abs(drawn.angle) > _LEVEL
    whole = turned or _is_vertical(drawn)
    ends = [] if whole else _breaks(drawn)
    for start, end in zip([0, *ends], [*ends, len(drawn.text)], strict=True):
        text = drawn.text[start:end]
        if not text.strip():
            continue
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip()) - 1
        (x, y), (last_x, _) = drawn.points[first], drawn.points[last]
        right = (x if whole else last_x) + width(drawn.text[last], drawn.size * drawn.stretch)
        yield Piece(
            text.strip(),
            (x - left) * POINTS,
            (right - left) * POINTS,
            (foot - y) * POINTS,
            drawn.size * POINTS,
            turned,
            template,
        )


def _corner(page: Box, turn: int) -> tuple[float, float]:
    """The left edge and the foot of a page that was turned back."""
    return (
        (page.left, page.bottom),
        (page.top, -page.left),
        (-page.right, -page.top),
        (-page.bottom, page.right),
    )[turn]


def _is_vertical(drawn: Drawn) -> bool:
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(drawn.points)]
    return bool(steps) and all(abs(x) < 0.3 * drawn.size and y > SAME_LINE * drawn.size for x, y in steps)


def _breaks(drawn: Drawn) -> list[int]:
    """Find the characters that begin another piece: on another line, further back, or after a wide gap."""
    points, em = drawn.points, drawn.size * drawn.stretch
    steps = [b[0] - a[0] for a, b in pairwise(points)]
    usual = median(steps) if steps else 0.0
    found = []
    for i, step in enumerate(steps):
        gap = step - width(drawn.text[i], em)
        wide = gap > CELL_GAP * drawn.size and step > _WIDE_STEP * max(usual, 0.0)
        if wide or step < -_BACK * drawn.size or abs(points[i + 1][1] - points[i][1]) > SAME_LINE * drawn.size:
            found.append(i + 1)
    return found


def _same_place(a: Piece, b: Piece) -> bool:
    near = 0.15 * a.size
    return abs(a.left - b.left) < near and abs(a.y - b.y) < near
