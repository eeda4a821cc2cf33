"""The lines behind the text: 抄送, 印发, and what a web page puts at its foot."""

import re
from collections.abc import Sequence

from ingest import parts
from ingest.furniture import field_at, is_foot
from ingest.lines import Line
from ingest.zone_head import Roles

_HAN = re.compile(r"[\u4e00-\u9fff]")


def label_tail(lines: Sequence[Line], roles: Roles, body: int) -> None:
    """Label 抄送, 印发 and what the web page puts behind the text."""
    last_marker = max((i for i in range(body, len(lines)) if roles[i] is None and lines[i].marker), default=-1)
    distribution = False
    for i in range(max(body, last_marker), len(lines)):
        words = lines[i].words
        if roles[i] not in {None, "signature"}:
            distribution = distribution and roles[i] not in {"title", "attachment"}
        elif parts.is_imprint(words):
            roles[i], distribution = "imprint", False
        elif i > last_marker and (distribution or parts.is_distribution(words)):
            roles[i], distribution = "distribution", True
        elif i > last_marker and field_at(words) and len(words) <= 60 and i >= len(lines) - 8:
            roles[i] = "furniture"
    _label_foot(lines, roles, body)


def _label_foot(lines: Sequence[Line], roles: Roles, body: int) -> None:
    """What stands behind the text from the first line on that belongs to the foot of the page is furniture."""
    last = len(lines)
    while last > body and roles[last - 1] in {None, "furniture"} and not _is_text(lines[last - 1]):
        last -= 1
    foot = next((i for i in range(last, len(lines)) if is_foot(lines[i].words)), len(lines))
    imprint = next((i for i in range(body, len(lines)) if roles[i] == "imprint"), len(lines))
    for i in range(last, len(lines)):
        if roles[i] is None and (i >= foot or (i > imprint and not _HAN.search(lines[i].words))):
            roles[i] = "furniture"


def _is_text(line: Line) -> bool:
    words = line.words
    return bool(line.marker) or "。" in words or (len(words) > 40 and not is_foot(words) and bool(_HAN.search(words)))
