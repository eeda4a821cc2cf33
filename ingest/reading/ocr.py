"""Text recognised from pictures of pages by tesseract, line by line, with its confidence."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from PIL import Image, ImageFilter, ImageOps

from ingest.reading import pulse
from ingest.reading.programs import ProgramFailed, find, run

SECONDS = 120
"""Time that one page may take."""

LANGUAGE = "chi_sim"
INSTALL = (
    "本机没有文字识别程序：请安装 tesseract 和简体中文包（Windows 从其官网下载；"
    "Debian、Ubuntu 用 apt install tesseract-ocr tesseract-ocr-chi-sim），再重新添加"
)
DOUBTFUL = 0.8
"""Confidence, 0 to 1, under which recognised text must be checked against the original."""

_LAYOUTS = ("3", "6")  # page segmentation: automatic; where that finds nothing, as on a page of two lines, one block
_DARK = 128  # grey, of 255, under which a pixel is ink
_MARGIN = 40  # pixels around what is written
_NOISE = 0.3  # confidence, 0 to 1, of lines that are read out of grain
_SOFTEN = 1.2  # pixels: grain goes, strokes stay; measured, docs/quality.md
_LONGEST_SIDE = 6000  # pixels; A4 at 500 dpi
_LEAST_WIDTH = 1200  # pixels; narrower writing is enlarged
_WIDE = r"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…"
_BETWEEN = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}0-9A-Za-z])|(?<=[0-9A-Za-z])\s+(?=[{_WIDE}])")
_AROUND = re.compile(r"\s*([,:;?!()<>\[\]〈〉.])\s*")
_PUNCTUATION = dict(zip(",:;?!()〈〉", "，：；？！（）（）", strict=True))
_NEAR_HAN = re.compile(rf"(?<=[{_WIDE}])[,:;?!()〈〉]|[,:;?!()〈〉](?=[{_WIDE}])")
_COUNT_MARK = re.compile(r"^([一二三四五六七八九十]{1,3})\s*[丶,，.．]\s*(?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPENERS = ("，", "。", "、", "：", "；", "（", "《")
_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百]{1,5}条)(?=[\u4e00-\u9fff])(?!所|规定|的|第|至|和|或|及|中)")
_PERCENT = re.compile(r"(?<=\d)%[06o](?!\d)")  # the sign is read as %6 or %0
_FULL_STOP = re.compile(r"(?<=[\u4e00-\u9fff）])\.$")


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line of a picture; lengths in pixels, y downwards from the top."""

    text: str
    confidence: float  # 0 to 1, as tesseract says, weighted by characters
    left: float
    top: float
    right: float
    bottom: float


@cache
def is_installed() -> bool:
    """Tell whether tesseract and its simplified Chinese are on this machine."""
    program = find("tesseract")
    if program is None:
        return False
    try:
        return LANGUAGE in run([program, "--list-langs"], seconds=20).decode("utf-8", "replace").split()
    except ProgramFailed:
        return False


def recognise(picture: Image.Image) -> list[RecognisedLine]:
    """Recognise the lines of a picture of a page, from top to bottom. Raises ProgramFailed."""
    box = _inked(picture)
    if box is None:
        return []
    prepared, factor = _prepared(picture.crop(box))
    stream = io.BytesIO()
    prepared.save(stream, "PNG")
    for layout in _LAYOUTS:
        command = [find("tesseract") or "tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", layout, "tsv"]
        said = run(command, seconds=SECONDS, data=stream.getvalue(), settings={"OMP_THREAD_LIMIT": "1"})
        pulse.beat()
        found = [_moved(line, box) for line in _lines(said.decode("utf-8", "replace"), factor)]
        if any(line.confidence > _NOISE for line in found):
            return found
    return []


def _inked(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The part of a page that is written on, with some margin; None of an empty page. Specks don't count."""
    grey = picture.convert("L").filter(ImageFilter.MedianFilter(5))
    box = grey.point(lambda value: 255 if value < _DARK else 0).getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    return max(left - _MARGIN, 0), max(top - _MARGIN, 0), right + _MARGIN, bottom + _MARGIN


def _moved(line: RecognisedLine, box: tuple[int, int, int, int]) -> RecognisedLine:
    x, y = box[0], box[1]
    return replace(line, left=line.left + x, right=line.right + x, top=line.top + y, bottom=line.bottom + y)


def _prepared(picture: Image.Image) -> tuple[Image.Image, float]:
    """The picture in grey with full contrast, in a size that tesseract reads well, and by how much it grew."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1).filter(ImageFilter.GaussianBlur(_SOFTEN))
    longest = max(grey.size)
    factor = min(max(1.0, _LEAST_WIDTH / max(grey.width, 1)), 3.0)
    factor = min(factor, _LONGEST_SIDE / max(longest, 1))
    if abs(factor - 1) < 0.05:
        return grey, 1.0
    size = (max(round(grey.width * factor), 1), max(round(grey.height * factor), 1))
    return grey.resize(size, Image.Resampling.LANCZOS), factor


def _lines(table: str, factor: float) -> Iterator[RecognisedLine]:
    """Lines of tesseract's table: a row a word, with block, paragraph and line it belongs to."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows:
        if row.get("level") == "5" and (row.get("text") or "").strip():
            words.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    for line in words.values():
        text = clean(" ".join(word["text"] for word in line))
        weights = [len(word["text"]) for word in line]
        confidence = sum(float(w["conf"]) * n for w, n in zip(line, weights, strict=True)) / sum(weights) / 100
        left, top = min(int(word["left"]) for word in line), min(int(word["top"]) for word in line)
        right = max(int(word["left"]) + int(word["width"]) for word in line)
        bottom = max(int(word["top"]) + int(word["height"]) for word in line)
        sides = (left / factor, top / factor, right / factor, bottom / factor)
        yield RecognisedLine(text, min(max(confidence, 0.0), 1.0), *sides)


def clean(text: str) -> str:
    """Take out the blanks between characters, and set Chinese punctuation between Han.

    >>> clean("一 丶 规范 课后 服务 , 每天 2 小时 (含 自习)")
    '一、规范课后服务，每天2小时（含自习）'
    """
    joined = _BETWEEN.sub("", text.strip())
    if _HAN.search(joined):
        joined = _AROUND.sub(r"\1", joined)
        joined = _NEAR_HAN.sub(lambda mark: _PUNCTUATION[mark[0]], joined)
        joined = _BETWEEN.sub("", _FULL_STOP.sub("。", _quoted(joined)))
        joined = _PERCENT.sub("%", joined)
    return _ARTICLE.sub(r"\1 ", _COUNT_MARK.sub(r"\1、", joined))


def _quoted(text: str) -> str:
    """Straight quotation marks as Chinese ones, an opening one first.

    >>> _quoted('落实"双减"政策')
    '落实“双减”政策'
    """
    parts = text.split('"')
    marks = ("“" if i % 2 == 0 else "”" for i in range(len(parts) - 1))
    if len(parts) % 2 == 0:  # one of a pair stands on another line
        marks = iter("”" if parts[0] and not parts[0].endswith(_OPENERS) else "“" for _ in parts[1:])
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))
