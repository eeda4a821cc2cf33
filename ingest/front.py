"""The rows of a document that name it: titles, fields of the web page, red head, signature, notes, imprint."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest import parts
from ingest.document import Clause
from ingest.lines import fields_of

_BEFORE_ATTACHMENTS = re.compile(r"附\s*件\s*[:：]?\s*")
_NUMBERED = re.compile(r"\d{1,2}\s*[.．、]\s*|附件\s*\d{0,2}\s*[:：]\s*")
_LEADING_NUMBER = re.compile(rf"{parts.NUMBER.pattern}\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with the range of the canonical text that shows it."""

    value: str
    start: int
    end: int


@dataclass(slots=True)
class Front:
    """What the rows outside the clauses say, in the order of the text."""

    titles: list[list[Shown]] = field(default_factory=list)  # lines, a list for each title block
    fields: dict[str, Shown] = field(default_factory=dict)  # web fields: 来源, 时间, 文号 …
    red_head: Shown | None = None  # the issuer that 《X文件》 at the top names
    signatures: list[Shown] = field(default_factory=list)  # of the document itself, not of its attachments
    signed: Shown | None = None
    notes: list[Shown] = field(default_factory=list)  # 题注: （2024年5月30日…联合印发）
    numbers: list[Shown] = field(default_factory=list)
    addressees: Shown | None = None
    copied_to: Shown | None = None
    imprint: Shown | None = None  # the line: office, date, 印发
    attachments: list[str] = field(default_factory=list)


def front_of(text: str, rows: Sequence[Clause]) -> Front:
    """Gather what names a document."""
    front = Front()
    inside = False  # an attachment
    for i, row in enumerate(rows):
        words = text[row.start : row.end].strip("#>*_\u200b\ufeff \t\u3000")
        shown = Shown(words, row.start, row.end)
        inside = inside or row.role == "attachment"
        if row.role == "title":
            _add_title(front, shown, follows=bool(i) and rows[i - 1].role in {"title", "title_note"}, inside=inside)
        elif row.role == "furniture":
            for name, value in fields_of(words).items():
                if value:
                    front.fields.setdefault(name, Shown(value, row.start, row.end))
        elif row.role in {"distribution", "imprint"} or not inside:
            _add(front, row.role, shown)
    return front


def _add_title(front: Front, shown: Shown, *, follows: bool, inside: bool) -> None:
    words = shown.value
    if not inside and (parts.is_number(words) or parts.is_red_head(words)):
        if number := parts.number_in(words):
            front.numbers.append(Shown(number, shown.start, shown.end))
        elif parts.is_red_head(words) and front.red_head is None:
            front.red_head = Shown(words.removesuffix("文件").strip(), shown.start, shown.end)
        return
    if number_first := _LEADING_NUMBER.match(words):
        front.numbers.append(Shown(parts.number_in(words) or "", shown.start, shown.end))
        shown = Shown(words[number_first.end() :], shown.start, shown.end)
    if front.titles and follows:
        front.titles[-1].append(shown)
    else:
        front.titles.append([shown])


def _add(front: Front, role: str, shown: Shown) -> None:
    words = shown.value
    if role == "title_note":
        front.notes.append(shown)
    elif role == "signature":
        front.signatures += [Shown(name, shown.start, shown.end) for name in _names(words)]
    elif role == "signature_date":
        front.signed = shown
    elif role == "addressee" and front.addressees is None:
        front.addressees = Shown(words.rstrip(":："), shown.start, shown.end)
    elif role == "imprint" and front.imprint is None and parts.iso_date(words):
        front.imprint = shown
    elif role == "distribution" and front.copied_to is None and re.match(r"抄\s*[送报]", words):
        names = re.sub(r"^抄\s*[送报]\s*[:：]\s*|[。.]\s*$", "", words)
        front.copied_to = Shown(re.sub(r"\s*\n\s*", "", names), shown.start, shown.end)
    elif role == "attachment_list":
        front.attachments += _listed(words)


def _names(words: str) -> list[str]:
    """Names that stand side by side on a line; blanks that only spread the letters of one name are dropped."""
    names = re.split(r"[\s\u3000]{2,}|\t|[\s\u3000](?=\S{4})", words.strip())
    return (
        [re.sub(r"\s", "", name) for name in names if name]
        if all(len(name) > 1 for name in names)
        else [re.sub(r"\s", "", words)]
    )


def _listed(words: str) -> list[str]:
    """Titles of a list of attachments.

    >>> _listed("附件：1.招生计划表")
    ['招生计划表']
    """
    lines = (line.strip() for line in _BEFORE_ATTACHMENTS.sub("", words, count=1).split("\n"))
    found: list[str] = []
    for line in filter(None, lines):
        if _NUMBERED.match(line) or not found:
            found.append(_NUMBERED.sub("", line, count=1))
        else:
            found[-1] += line  # a long title goes on
    return [re.sub(r"\s+", "", title).rstrip("；;。") for title in found]
