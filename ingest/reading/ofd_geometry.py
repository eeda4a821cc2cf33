"""Numbers and places in OFD: boxes, transformations, places of characters (GB/T 33190-2016, 7.3 and 11.3).

Lengths are millimetres, y downwards from the head of the page.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from xml.etree.ElementTree import Element

from ingest.reading.page_lines import width

_PARTS = re.compile(r"[\s,]+")
_LONGEST_COUNT = 9  # digits


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


A4 = Box(0, 0, 210, 297)


@dataclass(frozen=True, slots=True)
class Frame:
    """A map from an object's coordinates to the page's: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Map a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, element: Element) -> "Frame":
        """The frame of what is drawn in an object: first its CTM, then the corner of its Boundary."""
        boundary = numbers(element.get("Boundary", ""), 4)
        a, b, c, d, e, f = numbers(element.get("CTM", ""), 6) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        if boundary:
            e, f = e + boundary[0], f + boundary[1]
        x, y = self.point(e, f)
        return Frame(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            x,
            y,
        )

    def box(self, element: Element) -> Box:
        """The place of an object's Boundary on the page."""
        left, top, across, down = numbers(element.get("Boundary", ""), 4) or [0.0] * 4
        corners = [self.point(x, y) for x in (left, left + across) for y in (top, top + down)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


def number(text: str | None, default: float = 0.0) -> float:
    """Read a number; the default where it is none, or none that a page could hold."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < 1e6 else default


def numbers(text: str, count: int) -> list[float]:
    """Read so many numbers; none at all where there are fewer."""
    parts = _PARTS.split(text.strip())
    return [number(part) for part in parts[:count]] if len(parts) >= count else []


def box_of(text: str) -> Box:
    """Read a box (ST_Box): left, top, width, height; an empty one where it is no box."""
    left, top, across, down = numbers(text, 4) or [0.0] * 4
    return Box(left, top, left + across, top + down)


def deltas(text: str) -> Iterator[float]:
    """Read the steps between characters (DeltaX, DeltaY); `g n d` stands for n times d.

    >>> list(deltas("g 2 5.5 4"))
    [5.5, 5.5, 4.0]
    """
    parts = iter(_PARTS.split(text.strip()))
    for part in parts:
        if part.lower() == "g":
            count, step = next(parts, "")[:_LONGEST_COUNT], number(next(parts, ""))
            yield from repeat(step, int(count) if count.isdecimal() else 0)
        elif part:
            yield number(part)


def places(text: str, code: Element, start: tuple[float, float], em: float) -> list[tuple[float, float]]:
    """Find where each character of a TextCode is drawn, in the object's coordinates; `em` is a character's width.

    Steps that are missing are those before them; a text without any is set solid.
    """
    x, y = start
    across, down = (_steps(code.get(name, ""), len(text) - 1) for name in ("DeltaX", "DeltaY"))
    if not any(across) and not any(down):
        across = [width(character, em) for character in text[:-1]]
    found = [(x, y)]
    for i in range(len(text) - 1):
        x, y = x + across[i], y + down[i]
        found.append((x, y))
    return found


def _steps(text: str, count: int) -> list[float]:
    steps = list(islice(deltas(text), max(count, 0)))
    return steps + [steps[-1] if steps else 0.0] * (count - len(steps))
