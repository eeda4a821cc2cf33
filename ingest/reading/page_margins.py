"""Running heads and feet of pages, and page numbers: what repeats in the margins is no content."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from ingest.reading.page_lines import Line

MARGIN = 0.13
"""Share of a page's height, at its head and at its foot, that may hold furniture; the margins of
GB/T 9704 take 12.5% and 11.8%."""
_OUTERMOST = 3  # lines at each edge
_SAME_HEIGHT = 4.0  # points
_SURE_NUMBER = re.compile(
    r"[-‐‑–—―一－·._]{1,3}\s*\d{1,4}\s*[-‐‑–—―一－·._]{1,3}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|[一二三四五六七八九十]{1,2}\s*[-—]\s*\d{1,3}|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")


def margin_lines(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Find the lines that are page furniture; return their `id`s.

    A page number in dashes (— 2 —) or words (第2页) is one on any page. Any other text counts when it stands at the
    same height, digits aside, on at least half of the pages (and two). A bare number must rise with the pages, on two.
    """
    places: dict[tuple[str, int], list[Line]] = defaultdict(list)
    found: set[int] = set()
    for lines in pages:
        for line in _edge_lines(lines):
            text = _plain(line)
            if _SURE_NUMBER.fullmatch(text):
                found.add(id(line))
            else:
                places[(_DIGITS.sub("#", text), _height(line))].append(line)
    needed = max(2, len([lines for lines in pages if lines]) / 2)
    for lines in places.values():
        on = len({line.page for line in lines})
        if _rises(lines) if _BARE_NUMBER.fullmatch(_plain(lines[0])) else on >= needed:
            found.update(map(id, lines))
    return found


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    """Find the lines in the margins, outermost only: the edges of the drawing order tell nothing."""
    upright = sorted((line for line in lines if not line.rows), key=lambda line: line.y)
    outer = [*upright[:_OUTERMOST], *upright[-_OUTERMOST:]] if len(upright) > 2 * _OUTERMOST else upright
    return [line for line in outer if not MARGIN < line.y / line.height < 1 - MARGIN]


def _rises(lines: list[Line]) -> bool:
    """Tell whether bare numbers are those of their pages, give or take a fixed number."""
    numbers = {(int(_plain(line)), line.page) for line in lines if _plain(line).isdecimal()}
    return len(numbers) > 1 and len({number - page for number, page in numbers}) == 1


def _plain(line: Line) -> str:
    return unicodedata.normalize("NFKC", line.text).strip()


def _height(line: Line) -> int:
    return round(line.y / _SAME_HEIGHT)
