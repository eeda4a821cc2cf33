"""Lines to paragraphs: a page breaks lines where they are full, not where the author ended them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.reading.page_lines import Line, width

SLACK = 0.8  # em; a line is full when the next word, had it stayed, would reach so near to the right edge
FLUSH_SLACK = 3.0  # em; the same in a document with indents, when the next line has none
INDENT = 1.2  # em; a line that begins so far from the left edge is indented
_SAME_SIZE = 1.5  # points
_GAP = 1.9  # of the usual distance between lines
_MOST_CELLS = 2  # of a line of prose: 第一条 may stand apart from its text
_CONTENTS = re.compile(r"(?:\.{4}|…{2}|·{4}|\. \. \.)[ .…·]*\d{1,4}$")  # a line of a table of contents
_CLOSED = re.compile(r"[。！？；：!?;:][”」』）)]?$")
_HEADING = re.compile(
    r"[一二三四五六七八九十百]{1,4}\s*[、．.]|[（(][一二三四五六七八九十]{1,4}[）)]|\d{1,2}\s*[．、]|\d{1,2}\.(?!\d)|[（(]\d{1,2}[）)]|[①-⑳⑴-⒇]"
    r"|第[一二三四五六七八九十百千零〇]{1,8}[编章节条](?:之[一二三四五六七八九十])?(?:\s|$)|附件|附：|[★●◆■▲]"
)
_WORD = re.compile(r"[!-~]+[。，、；：！？）》”]?|.[。，、；：！？）》”]?")  # what may not be broken
_WORD_END, _WORD_START = re.compile(r"[A-Za-z0-9,.;:%)]$"), re.compile(r"[A-Za-z0-9(]")


@dataclass(frozen=True, slots=True)
class Shape:
    """The text area of a document's pages of one width, and its manner of marking paragraphs."""

    left: float
    right: float
    pitch: float  # usual distance between lines, points
    indents: bool  # paragraphs begin with an indent


def shape_of(lines: Sequence[Line]) -> Shape:
    """Measure the text area: the commonest left edge, and the right edge that most of the long lines reach."""
    if not lines:
        return Shape(0, 0, 0, indents=False)
    left = _commonest([line.left for line in lines], prefer_larger=False)
    farthest = max(line.right for line in lines)
    long = [line.right for line in lines if len(line.cells) == 1 and line.right - left > (farthest - left) / 2]
    right = _commonest(long or [farthest], prefer_larger=True)
    pairs = list(pairwise(lines))
    steps = [a.y - b.y for a, b in pairs if a.page == b.page and a.y > b.y]
    shape = Shape(left, right, _commonest(steps, prefer_larger=False) if steps else 0, indents=False)
    starts = [b for a, b in pairs if not _is_full(a, b, shape)]
    indented = sum(_is_indented(line, shape) for line in starts)
    return Shape(left, right, shape.pitch, indents=indented > len(starts) / 2)


def continues(last: Line, line: Line, shape: Shape) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if (last.height, last.columns) != (line.height, line.columns):
        return False
    if abs(last.size - line.size) > _SAME_SIZE or not _is_full(last, line, shape):
        return False
    if max(len(last.cells), len(line.cells)) > _MOST_CELLS or _CONTENTS.search(last.text):
        return False
    if last.page == line.page and shape.pitch and last.y - line.y > _GAP * shape.pitch:
        return False
    closed, heading = _CLOSED.search(last.text) is not None, _HEADING.match(line.text) is not None
    if _is_indented(line, shape):  # a heading that happens to fill its line ends there all the same
        return not closed and not heading and not (shape.indents and _HEADING.match(last.text))
    return not heading or (not closed and (shape.indents or line.text[0] == "第" or line.text[0].isdecimal()))


def join(text: str, line: str) -> str:
    """Join a line to its paragraph: a space between words, none between Han."""
    space = " " if _WORD_END.search(text) and _WORD_START.match(line) else ""
    return text + space + line


def _is_full(line: Line, following: Line, shape: Shape) -> bool:
    """Tell whether the following word did not fit on a line. A line from the right half of the page is a cell."""
    word = _WORD.match(following.text)
    slack = FLUSH_SLACK if shape.indents and not _is_indented(following, shape) else SLACK
    reach = line.right + width(word.group() if word else "", line.size)
    return reach > shape.right - slack * line.size and line.left < (shape.left + shape.right) / 2


def _is_indented(line: Line, shape: Shape) -> bool:
    return line.left > shape.left + INDENT * line.size


def _commonest(values: Sequence[float], *, prefer_larger: bool) -> float:
    """Find the value that most others lie near (within three points)."""
    counts = Counter(round(value / 3) for value in values)
    near = {place: counts[place - 1] + counts[place] + counts[place + 1] for place in counts}
    best = max(near, key=lambda place: (near[place], place if prefer_larger else -place))
    members = [value for value in values if abs(round(value / 3) - best) <= 1]
    return median(members)
