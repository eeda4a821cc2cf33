"""How fast files are read by the pool, and how much memory it takes: files of 5,000 characters, made for it."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import psutil
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from evaluation.scans import typeset
from ingest.document import Document
from ingest.load import File
from ingest.pool import Pool

CHARACTERS = 5000
"""Of each file."""

_WORDS = "学校应当按照规定公布课后服务内容收费标准监督电话接受家长社会监督保障学生休息时间"
_VARIANTS = 20  # files that differ; the others are copies under other names


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured of one format."""

    format: str
    files: int
    per_second: float
    memory_early: float  # MB of all processes after a tenth of the files
    memory_late: float  # MB at the end


def text_of(seed: int) -> str:
    """A text of articles, about `CHARACTERS` long."""
    dice = random.Random(seed)
    lines = [f"临溪县课后服务管理办法（第{seed}号）"]
    number = 0
    while sum(map(len, lines)) < CHARACTERS:
        number += 1
        words = "".join(dice.choice(_WORDS) for _ in range(dice.randint(40, 160)))
        lines.append(f"{number}.{words[:10]}。{words[10:]}。")
    return "\n".join(lines)


def _as_txt(text: str) -> bytes:
    return text.encode()


def _as_html(text: str) -> bytes:
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in text.split(chr(10)))}</body></html>".encode()


def _as_docx(text: str) -> bytes:
    document, stream = docx.Document(), BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def _as_pdf(text: str) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for page in typeset(text):
        canvas.setFont("STSong-Light", 16)
        for row, line in enumerate(page):
            canvas.drawString(72, 760 - row * 29, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {"txt": _as_txt, "html": _as_html, "docx": _as_docx, "pdf": _as_pdf}


def measure(format_: str, count: int) -> Speed:
    """Read `count` files of a format with two workers; the first ones, which start the workers, are not timed."""
    with tempfile.TemporaryDirectory(prefix="yinju-") as name, Pool(2) as pool:
        made = [FORMATS[format_](text_of(seed)) for seed in range(_VARIANTS)]
        paths = [Path(name) / f"{seed}.{format_}" for seed in range(_VARIANTS)]
        for path, data in zip(paths, made, strict=True):
            path.write_bytes(data)
        list(pool.load(_files(paths, format_, 8)))
        began, early = time.perf_counter(), 0.0
        for done, (_, result) in enumerate(pool.load(_files(paths, format_, count)), 1):
            if not isinstance(result, Document):
                raise result
            if done == max(count // 10, 1):
                early = _megabytes()
        return Speed(format_, count, count / (time.perf_counter() - began), early, _megabytes())


def _files(paths: list[Path], format_: str, count: int) -> Iterator[File]:
    return (File(paths[i % len(paths)], f"{i}.{format_}") for i in range(count))


def _megabytes() -> float:
    here = psutil.Process()
    total = sum(process.memory_info().rss for process in (here, *here.children(recursive=True)))
    return float(total) / 2**20
