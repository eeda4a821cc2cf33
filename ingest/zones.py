"""What lines are for, apart from the numbered text: title, furniture, 主送, 落款, 附件, 版记.

Works on lines only; the tree of numbers is built afterwards (`ingest.tree`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from ingest import parts
from ingest.document import Reading
from ingest.furniture import field_at, fields_of, is_foot, is_furniture, is_stamp
from ingest.lines import Line
from ingest.markers import Kind, marker_at

Roles = list[str | None]
"""One role a line; None where the line is part of the numbered text."""

_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_NOTE = re.compile(rf"[（(]?\s*{_DATE}.*(?:通过|修正|修订|公布|施行|批准|发布|印发|废止|颁布)|[（(]{_DATE}[)）]")
_NOTE_OPENING = re.compile(rf"[（(]\s*{_DATE}[^）)]*$")
_SPEECH = re.compile(rf"[—\-－–（(]{{0,4}}\s*{_DATE}.{{0,4}}在.*(?:会|会议)上?[)）]?$")
_DAY = re.compile(
    r"[（(\[【]?\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[\s\u3000]+\d{1,2}:\d{2}(?::\d{2})?)?\s*[)）\]】]?"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST_HEADLINE = 6
"""Chinese characters of a headline on a page."""

_CLOSING = re.compile(
    r"(?:特此|专此)(?:通知|公告|通告|通报|报告|函复|函告|批复|说明|决定).{0,6}|以上(?:请示|报告).{0,12}。?"
)


_LONGEST_COVER = 3  # paragraphs


def label_lines(lines: Sequence[Line], reading: Reading) -> Roles:
    """Give each line outside the numbered text its role."""
    furniture = _inside(lines, reading.furniture)
    tables = _inside(lines, ((table.start, table.end) for table in reading.tables))
    roles: Roles = [_given(line, *inside) for line, *inside in zip(lines, furniture, tables, strict=True)]
    _label_contents(lines, roles)
    _label_summary(lines, roles)
    _label_field_tables(lines, roles)
    body = _label_head(lines, roles, reading.title)
    _label_body(lines, roles, body)
    _label_tail(lines, roles, body)
    return roles


def _inside(lines: Sequence[Line], ranges: Iterable[tuple[int, int]]) -> list[bool]:
    """Whether each line begins in one of the ranges."""
    ordered = sorted(ranges)
    ends = list(accumulate((end for _, end in ordered), max))
    places = (bisect_right(ordered, line.start, key=lambda each: each[0]) for line in lines)
    return [place > 0 and ends[place - 1] > line.start for place, line in zip(places, lines, strict=True)]


def _given(line: Line, in_furniture: bool, in_table: bool) -> str | None:
    """The role that the reader, or the words of the line alone, give it."""
    if in_furniture:
        return "furniture"
    return "table" if in_table else "furniture" if is_furniture(line.words) else None


def _label_contents(lines: Sequence[Line], roles: Roles) -> None:
    """Mark a table of contents (目录): the chapter lines up to where the first of them comes again."""
    for i, line in enumerate(lines):
        if re.sub(r"\s", "", line.words) != "目录":
            continue
        roles[i] = "contents"
        first = None
        for j in range(i + 1, len(lines)):
            words = re.sub(r"[\s.…·]+\d*$", "", lines[j].words)
            marker = marker_at(words)
            if words == first or not marker or (marker.kind > Kind.SECTION and len(words) > 40):
                return
            first = first or words
            roles[j] = "contents"


def _label_summary(lines: Sequence[Line], roles: Roles) -> None:
    """Mark what a site says of a document in front of it: from 内容概述 to 内容全文."""
    names = [re.sub(r"\s", "", line.words) if len(line.words) <= 12 else "" for line in lines[:40]]
    if "内容概述" in names and "内容全文" in names:
        for i in range(names.index("内容概述"), names.index("内容全文") + 1):
            roles[i] = "furniture"


def _label_field_tables(lines: Sequence[Line], roles: Roles) -> None:
    """Mark the table of fields (索引号, 发布机构 …) that web pages put above a document."""
    for i, line in enumerate(lines):
        above = roles[i - 1] if i else None
        if roles[i] == "table" and above != "table" and (fields_of(line.words) or above == "field_table"):
            roles[i] = "field_table"
        elif roles[i] is None and parts.is_sentence(line.words):
            break
    roles[:] = ["furniture" if role == "field_table" else role for role in roles]


def _label_head(lines: Sequence[Line], roles: Roles, given_title: str | None) -> int:
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
    return any(pattern.match(words) for pattern in (_NOTE, _NOTE_OPENING, _SPEECH)) or bool(_DAY.fullmatch(words))


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


def _label_body(lines: Sequence[Line], roles: Roles, body: int) -> None:
    """Label 主送, 落款, 附件, and the titles that follow them; then what the notice in front says."""
    nested: int | None = None
    for i in range(body, len(lines)):
        if roles[i] is None:
            opened = _label_line(lines, roles, i, first=i <= body + 1)
            nested = opened if nested is None else nested
    if nested is not None:
        _label_cover(lines, roles, body, nested)


def _label_line(lines: Sequence[Line], roles: Roles, i: int, *, first: bool) -> int | None:
    """Label a line, and what goes with it; return where a nested document's title begins behind it."""
    words = lines[i].words
    if first and parts.is_addressee(words) and not lines[i].marker:
        roles[i] = "addressee"
    elif _CLOSING.fullmatch(words):
        roles[i] = "closing"
    elif parts.is_disclosure(words):
        roles[i] = "disclosure_note"
        return _label_title(lines, roles, i + 1, sure=False)
    elif parts.is_attachment_mark(words):
        roles[i] = "attachment"
        _label_title(lines, roles, i + 1, sure=True)
        return i
    elif _opens_attachment(lines, roles, i):
        roles[i] = "attachment"
        return i
    elif parts.is_attachment_list(words):
        _label_attachment_list(lines, roles, i)
    elif signed := _signature_end(lines, roles, i):
        for j in range(i, signed):
            dated = parts.is_date(lines[j].words) or not parts.is_signatory(lines[j].words)
            roles[j] = "signature_date" if dated else "signature"
        return _label_title(lines, roles, signed, sure=False)
    return None


def _opens_attachment(lines: Sequence[Line], roles: Roles, i: int) -> bool:
    """Tell whether a line behind the signature is mark and title of an attachment, and not a list of them."""
    head = parts.attachment_head(lines[i].words)
    if not head or "signature_date" not in roles[:i]:
        return False
    listed = "".join(lines[j].words for j in range(i) if roles[j] == "attachment_list")
    return bool(re.search(r"\d|[一二三四五六七八九十]", head[0])) or re.sub(r"\s", "", head[1]) in re.sub(
        r"\s", "", listed
    )


def _signature_end(lines: Sequence[Line], roles: Roles, i: int) -> int | None:
    """Index behind a signature that begins at line i: one to five bodies, then the date."""
    for j in range(i, min(i + 6, len(lines))):
        words = lines[j].words
        if roles[j] is not None:
            return None
        if parts.is_date(words):
            return j + 1
        if j + 1 < len(lines) and len(words) <= 8 and parts.is_date(words + lines[j + 1].words):  # 二○一二 / 年五月七日
            return j + 2
        if lines[j].marker or not parts.is_signatory(words):
            return None
    return None


def _label_title(lines: Sequence[Line], roles: Roles, i: int, *, sure: bool) -> int | None:
    """Label the title of a document that begins at line i; `sure` where a mark says that one does."""
    found: list[int] = []
    while i < len(lines) and len(found) < 5 and roles[i] in {None, "furniture", "disclosure_note"}:
        words = lines[i].words
        if roles[i] is None and parts.is_disclosure(words):
            roles[i] = "disclosure_note"
        elif roles[i] is None:
            if lines[i].marker or parts.is_sentence(words) or parts.is_addressee(words):
                break
            if parts.is_attachment_mark(words) or parts.is_attachment_list(words) or parts.is_distribution(words):
                break
            if parts.is_imprint(words) or (field_at(words) and not sure):
                break
            found.append(i)
        i += 1
    joined = "".join(lines[j].words for j in found)
    if not found or not (sure or parts.kind_of(joined) or any(parts.is_title_like(lines[j].words) for j in found)):
        return None
    for j in found:
        roles[j] = "title_note" if _NOTE.match(lines[j].words) else "title"
    return found[0]


def _label_attachment_list(lines: Sequence[Line], roles: Roles, i: int) -> None:
    roles[i] = "attachment_list"
    for j in range(i + 1, len(lines)):
        words = lines[j].words
        marker = lines[j].marker
        numbered = marker is not None and marker.kind is Kind.ARABIC and len(words) <= 80 and words[-1] not in "。；"
        bracketed = bool(re.fullmatch(r"[（(].{1,30}[)）]", words)) and not parts.is_disclosure(words)
        if roles[j] is not None or not (numbered or bracketed):
            return
        roles[j] = "attachment_list"


def _label_cover(lines: Sequence[Line], roles: Roles, body: int, nested: int) -> None:
    """A notice that only hands on what follows: its paragraphs are no clauses of the text."""
    front = [i for i in range(body, nested) if roles[i] is None]
    if any(lines[i].marker for i in front):
        return
    if roles[nested] == "attachment" and len(front) > _LONGEST_COVER:  # it may say more than what it hands on
        return
    if any(parts.is_cover_sentence(lines[i].words) for i in front):
        for i in front:
            roles[i] = "cover_notice"


def _label_tail(lines: Sequence[Line], roles: Roles, body: int) -> None:
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
    foot = next((i for i in range(last, len(lines)) if roles[i] is None and is_foot(lines[i].words)), len(lines))
    imprint = next((i for i in range(body, len(lines)) if roles[i] == "imprint"), len(lines))
    for i in range(last, len(lines)):
        if roles[i] is None and (i >= foot or (i > imprint and not _HAN.search(lines[i].words))):
            roles[i] = "furniture"


def _is_text(line: Line) -> bool:
    return bool(line.marker) or "。" in line.words or (len(line.words) > 40 and not is_foot(line.words))
