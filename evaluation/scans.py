"""Pages of our own samples drawn as scans (A4, 22 lines of 28 characters, noise), and how well they are read back."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from ingest.reading import read_bytes

LINES, CHARACTERS = 22, 28
"""Of a page of GB/T 9704-2012."""

_FONT_SIZE = 16  # points: 3号
_INCH = 72.0
_PAGE = (8.27, 11.69)  # inches
_MARGIN = (1.1, 1.46)  # inches, left and top
_NO_LINE_START = "，。；：、！？）》”』」"


@dataclass(frozen=True, slots=True)
class Noise:
    """What a scanner does to a page."""

    dpi: int = 200
    grain: float = 12.0  # standard deviation of grey, of 255
    specks: float = 0.002  # share of pixels that are black or white by chance
    askew: float = 0.7  # degrees
    quality: int = 60  # of the JPEG


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text read back from its pages."""

    name: str
    pages: int
    characters: int
    accuracy: float  # 1 - edit distance / characters, blanks left out
    confidence: float  # mean, as the program says
    seconds: float


def typeset(text: str) -> list[list[str]]:
    """Break a text into pages of lines; paragraphs begin with two blanks, a closing mark does not begin a line."""
    lines: list[str] = []
    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        rest = f"\u3000\u3000{paragraph}"
        while rest:
            take = CHARACTERS
            while take < len(rest) and rest[take] in _NO_LINE_START:
                take -= 1
            lines.append(rest[:take])
            rest = rest[take:]
    return [lines[i : i + LINES] for i in range(0, len(lines), LINES)]


def drawn(lines: Sequence[str], font: Path, noise: Noise, seed: int) -> bytes:
    """Draw a page as a JPEG."""
    size = (round(_PAGE[0] * noise.dpi), round(_PAGE[1] * noise.dpi))
    page = Image.new("L", size, 255)
    pen, letter = ImageDraw.Draw(page), ImageFont.truetype(str(font), round(_FONT_SIZE / _INCH * noise.dpi))
    pitch = (size[1] - 2 * _MARGIN[1] * noise.dpi) / LINES
    for row, line in enumerate(lines):
        pen.text((_MARGIN[0] * noise.dpi, _MARGIN[1] * noise.dpi + row * pitch), line, fill=30, font=letter)
    turn = random.Random(seed).uniform(-noise.askew, noise.askew)
    turned = np.asarray(page.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC), dtype=np.float32)
    dice = np.random.default_rng(seed)
    grey = turned + dice.normal(0, noise.grain, turned.shape)
    chance = dice.random(turned.shape)
    grey[chance < noise.specks / 2], grey[chance > 1 - noise.specks / 2] = 0, 255
    stream = BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=noise.quality)
    return stream.getvalue()


def read_back(name: str, text: str, font: Path, noise: Noise) -> Scanned:
    """Draw a text as pages, recognise them, compare."""
    began = time.perf_counter()
    pages = typeset(text)
    readings = [read_bytes(f"{name}-{i}.jpg", drawn(page, font, noise, seed=i)) for i, page in enumerate(pages)]
    gold = _plain("".join("".join(page) for page in pages))
    found = _plain("".join(reading.text for reading in readings))
    quality = [reading.quality[0] for reading in readings]
    accuracy = 1 - Levenshtein.distance(gold, found) / len(gold)
    seconds = time.perf_counter() - began
    return Scanned(name, len(pages), len(gold), accuracy, sum(quality) / len(quality), seconds)


def read_samples(folder: Path, font: Path, noise: Noise) -> Iterator[Scanned]:
    """Read back each text file of a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield read_back(path.stem, read_bytes(path.name, path.read_bytes()).text, font, noise)


def _plain(text: str) -> str:
    return "".join(text.split())
