"""Pages of pictures: recognised lines as lines of pages, and where they stand in the text. Door to pypdfium2."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2
from PIL import Image

from ingest.document import Recognised
from ingest.reading.ocr import RecognisedLine, recognise
from ingest.reading.page_lines import Cell, Line, width
from ingest.reading.programs import ProgramFailed

DPI = 300
"""Resolution at which pages are drawn for recognition."""

MAX_PAGES = 200
"""Pages of a file that are recognised."""

_MOST_PIXELS = 40_000_000  # of a page: A2 at 300 dpi
_READABLE = 0.6  # mean confidence from which a page lies the right way up
_MARGIN = 80.0  # points from the left edge at which the text of a recognised page is taken to begin
_LONG_ENOUGH = 8  # characters of a line that tells how wide they are
_SAME_ROW = 0.5  # of a line's height
_LOCK = threading.Lock()  # pdfium is not safe with threads


@dataclass(frozen=True, slots=True)
class Page:
    """A recognised page."""

    lines: list[Line]
    confidences: list[float]  # of each line

    @property
    def quality(self) -> float:
        """Mean confidence over its characters, 0 to 1."""
        weights = [len(line.text) for line in self.lines]
        total = sum(weights)
        return sum(c * n for c, n in zip(self.confidences, weights, strict=True)) / total if total else 0.0


def pdf_pages(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Page]]:
    """Draw pages of a PDF, counted from 0, and recognise them; one that fails is left out."""
    with _LOCK:
        document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers[:MAX_PAGES]:
            with _LOCK:
                page = document[number]
                across, up = page.get_size()
                scale = min(DPI / 72, (_MOST_PIXELS / max(across * up, 1)) ** 0.5)
                picture = page.render(scale=scale, grayscale=True).to_pil()
            found = page_of(number, picture, 72 / DPI if scale == DPI / 72 else 1 / scale)
            if found is not None:
                yield number, found
    finally:
        with _LOCK:
            document.close()


def page_of(number: int, picture: Image.Image, point: float) -> Page | None:
    """Recognise a picture as the page of that number; `point` is the length of a pixel in points."""
    picture, found = _upright(picture)
    if found is None:
        return None
    height = picture.height * point
    rows = _rows(found)
    size = _em(found) * point
    shift = _MARGIN - _left(rows) * point  # pages lie askew on the glass: their left edges are put in line
    lines = [
        Line(
            number,
            tuple(Cell(each.text, each.left * point + shift, each.right * point + shift) for each in row),
            height - row[0].bottom * point,
            size,
            height,
        )
        for row in rows
    ]
    return Page(lines, [_mean(row) for row in rows])


def _upright(picture: Image.Image) -> tuple[Image.Image, list[RecognisedLine] | None]:
    """Recognise a picture; one that gives nothing readable as it lies is tried turned, and the best kept."""
    best: tuple[float, Image.Image, list[RecognisedLine] | None] = (-1.0, picture, None)
    for turn in (0, 270, 90, 180):
        turned = picture.rotate(turn, expand=True) if turn else picture
        try:
            found = recognise(turned)
        except ProgramFailed:
            continue
        quality = _mean(found) if found else 0.0
        if quality > best[0]:
            best = quality, turned, found
        if quality > _READABLE:
            break
        if turn == 0 and not found:  # an empty page is empty whichever way it lies
            break
    return best[1], best[2]


def _em(lines: Sequence[RecognisedLine]) -> float:
    """The width of a character in pixels: boxes of lines are as high as what happens to stand in them."""
    widths = [(line.right - line.left) / width(line.text, 1.0) for line in lines if len(line.text) >= _LONG_ENOUGH]
    return median(widths) if widths else median([line.bottom - line.top for line in lines] or [1.0])


def _left(rows: Sequence[Sequence[RecognisedLine]]) -> float:
    """Where most lines begin, in pixels."""
    lefts = sorted(row[0].left for row in rows)
    return lefts[len(lefts) // 4] if lefts else 0.0


def _rows(lines: Sequence[RecognisedLine]) -> list[list[RecognisedLine]]:
    """Lines that stand side by side are cells of one row."""
    rows: list[list[RecognisedLine]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        middle = (line.top + line.bottom) / 2
        if (
            last
            and abs(middle - (last.top + last.bottom) / 2) < _SAME_ROW * (last.bottom - last.top)
            and line.left > last.right
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _mean(row: Sequence[RecognisedLine]) -> float:
    weights = [max(len(line.text), 1) for line in row]
    return sum(line.confidence * n for line, n in zip(row, weights, strict=True)) / sum(weights)


def recognised_in(text: str, pages: Sequence[Page]) -> tuple[Recognised, ...]:
    """Where the recognised lines stand in the canonical text; they are looked for in order, each behind the last."""
    found: list[Recognised] = []
    taken: list[tuple[int, int]] = []
    position = 0
    for page in pages:
        for line, confidence in zip(page.lines, page.confidences, strict=True):
            for cell in line.cells:
                start = text.find(cell.text, position)
                start = start if start >= 0 else text.find(cell.text)
                end = start + len(cell.text)
                if start < 0 or any(first < end and start < last for first, last in taken[-40:]):
                    continue
                taken.append((start, end))
                found.append(Recognised(start, end, round(confidence, 3)))
                position = end if start >= position else position
    return tuple(sorted(found, key=lambda each: each.start))
