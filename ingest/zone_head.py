"""The lines above the text proper: titles, fields and stamps of the page, notes on dates, a speech's occasion."""

import re
from collections.abc import Sequence

from ingest import parts
from ingest.furniture import field_at, is_stamp
from ingest.lines import Line

Roles = list[str | None]
"""One role a line; None where the line is part of the numbered text."""

_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
NOTE = re.compile(rf"[（(]?\s*{_DATE}.*(?:通过|修正|修订|公布|施行|批准|发布|印发|废止|颁布)|[（(]{_DATE}[)）]")
_NOTE_OPENING = re.compile(rf"[（(]\s*{_DATE}[^）)]*$")
_SPEECH = re.compile(rf"[—\-－–（(]{{0,4}}\s*{_DATE}.{{0,4}}在.*(?:会|会议)上?[)）]?$")
_DAY = re.compile(
    r"[（(\[【]?\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[\s\u3000]+\d{1,2}:\d{2}(?::\d{2})?)?\s*[)）\]】]?"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST_HEADLINE = 6
"""Chinese characters of a headline on a page."""


def label_summary(lines: Sequence[Line], roles: Roles) -> None:
    """Mark what a site says of a document in front of it: from 内容概述 to 内容全文."""
    names = [re.sub(r"\s", "", line.words) if len(line.words) <= 12 else "" for line in lines[:40]]
    if "内容概述" in names and "内容全文" in names:
        for i in range(names.index("内容概述"), names.index("内容全文") + 1):
            roles[i] = "furniture"


def label_head(lines: Sequence[Line], roles: Roles, given_title: str | None) -> int:
    """Label the lines before the text proper; return the index of its first line."""
    head: list[int] = []
    body = len(lines)
    for i, line in enumerate(lines):
        if roles[i] in {"furniture", "contents"}:
            continue
        if roles[i] == "table" or _opens_text(line, given_title):
            body = i
            break
        head.append(i)
    _label_head_lines(lines, roles, head, given_title)
    return body


def _label_head_lines(lines: Sequence[Line], roles: Roles, head: Sequence[int], given_title: str | None) -> None:
    fields = {i for i in head if field_at(lines[i].words) or is_stamp(lines[i].words)}
    last_field = max(fields, default=-1)
    headline = _headline(lines, head, fields, given_title)
    note_open = speech = False
    for i in head:
        words = lines[i].words
        if i in fields:
            roles[i] = "furniture"
        elif parts.is_attachment_mark(words):
            roles[i] = "attachment"
        elif note_open or speech or _is_note(words):
            roles[i] = "title_note"
            speech = speech or bool(_SPEECH.match(words))
            note_open = (note_open or bool(_NOTE_OPENING.match(words))) and words[-1] not in "）)"
        elif headline is not None and headline < i < last_field:
            roles[i] = "title_note" if _HAN.search(words) else "furniture"
        elif i != headline and (
            not _HAN.search(words) or (i < last_field and not _belongs_to_title(words, given_title))
        ):
            roles[i] = "furniture"
        else:
            roles[i] = "title"


def _headline(lines: Sequence[Line], head: Sequence[int], fields: set[int], given_title: str | None) -> int | None:
    """The line above the fields of the page that is its title, where none looks like the title of a document."""
    if not fields or any(_belongs_to_title(lines[i].words, given_title) for i in head if i not in fields):
        return None
    if any(i > max(fields) and _HAN.search(lines[i].words) for i in head):
        return None
    above = [i for i in head if i < min(fields)]
    run = [i for i in above if len(_HAN.findall(lines[i].words)) >= _SHORTEST_HEADLINE]
    return run[0] if run else None


def _is_note(words: str) -> bool:
    return any(pattern.match(words) for pattern in (NOTE, _NOTE_OPENING, _SPEECH)) or bool(_DAY.fullmatch(words))


def _belongs_to_title(words: str, given_title: str | None) -> bool:
    return words == given_title or parts.is_title_like(words) or parts.is_number(words) or parts.is_red_head(words)


def _opens_text(line: Line, given_title: str | None) -> bool:
    """Tell whether a line of the head is where the text begins."""
    words = line.words
    if words == given_title or line.depth == 1 or field_at(words) or parts.is_number(words):
        return False
    if _is_note(words) or is_stamp(words) or parts.is_attachment_mark(words):
        return False
    return bool(line.marker) or line.depth > 1 or parts.is_addressee(words) or parts.is_sentence(words)
