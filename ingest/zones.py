"""What lines are for, apart from the numbered text: title, furniture, 主送, 落款, 附件, 版记.

Works on lines only; the tree of numbers is built afterwards (`ingest.tree`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from ingest import parts
from ingest.document import Reading
from ingest.furniture import field_at, fields_of, is_foot, is_furniture
from ingest.lines import Line
from ingest.markers import Kind, marker_at
from ingest.zone_head import NOTE, Roles, label_head, label_summary
from ingest.zone_tail import label_tail

_CLOSING = re.compile(
    r"(?:特此|专此)(?:通知|公告|通告|通报|报告|函复|函告|批复|说明|决定).{0,6}|以上(?:请示|报告).{0,12}。?"
)


_BLANKS = re.compile(r"\s+")
_LIST_WITHIN = 40  # lines above an attachment where the list of them stands
_LONGEST_COVER = 3  # paragraphs


def label_lines(lines: Sequence[Line], reading: Reading) -> Roles:
    """Give each line outside the numbered text its role."""
    furniture = _inside(lines, reading.furniture)
    tables = _inside(lines, ((table.start, table.end) for table in reading.tables))
    roles: Roles = [_given(line, *inside) for line, *inside in zip(lines, furniture, tables, strict=True)]
    _label_contents(lines, roles)
    label_summary(lines, roles)
    _label_field_tables(lines, roles)
    body = label_head(lines, roles, reading.title)
    _label_body(lines, roles, body)
    label_tail(lines, roles, body)
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


def _label_field_tables(lines: Sequence[Line], roles: Roles) -> None:
    """Mark the table of fields (索引号, 发布机构 …) that web pages put above a document."""
    for i, line in enumerate(lines):
        above = roles[i - 1] if i else None
        if roles[i] == "table" and above != "table" and (fields_of(line.words) or above == "field_table"):
            roles[i] = "field_table"
        elif roles[i] is None and parts.is_sentence(line.words):
            break
    roles[:] = ["furniture" if role == "field_table" else role for role in roles]


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
            words = lines[j].words
            dated = parts.is_date(words) or parts.is_month(words) or not parts.is_signatory(words)
            roles[j] = "signature_date" if dated else "signature"
        return _label_title(lines, roles, signed, sure=False)
    return None


def _opens_attachment(lines: Sequence[Line], roles: Roles, i: int) -> bool:
    """Tell whether a line behind the signature is mark and title of an attachment, and not a list of them."""
    head = parts.attachment_head(lines[i].words)
    if not head or "signature_date" not in roles[:i]:
        return False
    return bool(re.search(r"\d|[一二三四五六七八九十]", head[0])) or _is_listed(lines, roles, i, head[1])


def _is_listed(lines: Sequence[Line], roles: Roles, i: int, title: str) -> bool:
    """Tell whether the list of attachments, which stands shortly before line i, names a title."""
    above = range(max(0, i - _LIST_WITHIN), i)
    listed = "".join(lines[j].words for j in above if roles[j] == "attachment_list")
    return bool(listed) and _BLANKS.sub("", title) in _BLANKS.sub("", listed)


def _signature_end(lines: Sequence[Line], roles: Roles, i: int) -> int | None:
    """Index behind a signature that begins at line i: one to five bodies, then the date."""
    for j in range(i, min(i + 6, len(lines))):
        words = lines[j].words
        if roles[j] is not None:
            return None
        if parts.is_date(words) or (j > i and parts.is_month(words)):
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
            if parts.is_imprint(words) or (not sure and (field_at(words) or is_foot(words))):
                break
            found.append(i)
        i += 1
    joined = "".join(lines[j].words for j in found)
    if not found or not (
        sure
        or parts.kind_of(joined)
        or any(parts.is_title_like(lines[j].words) for j in found)
        or _is_listed(lines, roles, found[0], lines[found[0]].words)
    ):
        return None
    for j in found:
        roles[j] = "title_note" if NOTE.match(lines[j].words) else "title"
    return found[0]


def _label_attachment_list(lines: Sequence[Line], roles: Roles, i: int) -> None:
    roles[i] = "attachment_list"
    for j in range(i + 1, len(lines)):
        words = lines[j].words
        marker = lines[j].marker
        numbered = marker is not None and marker.kind is Kind.ARABIC and len(words) <= 80 and words[-1] not in "。；"
        bracketed = bool(re.fullmatch(r"[（(].{1,30}[)）]", words)) and not parts.is_disclosure(words)
        goes_on = len(words) <= 20 and j > i + 1 and bool(parts.kind_of(lines[j - 1].words + words)) and not marker
        goes_on = goes_on and not parts.kind_of(lines[j - 1].words) and not parts.is_attachment_mark(words)
        if roles[j] is not None or not (numbered or bracketed or goes_on):
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
