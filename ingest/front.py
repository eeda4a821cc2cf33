"""The rows of a document that name it: titles, fields of the web page, red head, signature, notes, imprint."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest import parts
from ingest.document import Clause
from ingest.furniture import fields_of
from ingest.gazetteer import place_in

_BEFORE_ATTACHMENTS = re.compile(r"附\s*[件表]\s*[:：]?\s*")
_NUMBERED = re.compile(r"\d{1,2}\s*[.．、]\s*|附件\s*\d{0,2}\s*[:：]\s*")
_LEADING_NUMBER = re.compile(rf"{parts.NUMBER.pattern}\s*(?=\S)")
_COPIED_TO = re.compile(r"抄\s*[送报]\s*[:：]\s*|[。.]\s*$")
_SIGNS = "#>*_■●▲★◆•\u200b\ufeff \t\u3000"
_SEAL = re.compile(r"\s*[（(](?:代?章|盖章|印章)[)）]$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with the range of the canonical text that shows it."""

    value: str
    start: int
    end: int
    guessed: bool = False  # the text does not print the value as such
    why: str = ""  # what a guess was taken from, in the librarian's words

    def guess(self, value: str | None = None, *, why: str) -> "Shown":
        """The same place as the source of a guess."""
        return replace(self, value=self.value if value is None else value, guessed=True, why=why)


@dataclass(slots=True)
class Front:
    """What the rows outside the clauses say, in the order of the text."""

    titles: list[list[Shown]] = field(default_factory=list)  # lines, a list for each title block
    enclosed: list[list[Shown]] = field(default_factory=list)  # title blocks of attachments
    fields: dict[str, Shown] = field(default_factory=dict)  # web fields: 来源, 时间, 文号 …
    red_head: Shown | None = None  # the issuer that 《X文件》 at the top names
    signatures: list[Shown] = field(default_factory=list)  # of the document itself, not of its attachments
    signed: Shown | None = None
    notes: list[Shown] = field(default_factory=list)  # 题注: （2024年5月30日…联合印发）
    numbers: list[Shown] = field(default_factory=list)
    addressees: Shown | None = None
    copied_to: Shown | None = None
    imprint: Shown | None = None  # the line: office, date, 印发
    attachments: list[Shown] = field(default_factory=list)

    def title_blocks(self) -> list[list[Shown]]:
        """The title blocks that have lines left."""
        return [block for block in self.titles if block]

    def named(self, *names: str) -> list[Shown]:
        """The fields of these names that the page holds, in the order of the names."""
        return [self.fields[name] for name in names if name in self.fields]


def front_of(text: str, rows: Sequence[Clause]) -> Front:
    """Gather what names a document."""
    front = Front()
    inside = False  # an attachment
    blocks = front.titles
    for i, row in enumerate(rows):
        words = text[row.start : row.end].strip(_SIGNS)
        shown = Shown(words, row.start, row.end)
        inside = inside or row.role == "attachment"
        if row.role == "title":
            follows = bool(i) and rows[i - 1].role in {"title", "title_note"}
            if not follows:
                blocks = front.enclosed if inside and front.titles else front.titles
            _add_title(front, blocks, shown, follows=follows)
        elif row.role == "furniture":
            for name, value in fields_of(words).items():
                if value:
                    front.fields.setdefault(name, Shown(value, row.start, row.end))
        elif row.role in {"distribution", "imprint", "attachment_list"} or not inside:
            _add(front, row.role, shown, follows=bool(i) and rows[i - 1].role == row.role)
    return front


def _add_title(front: Front, blocks: list[list[Shown]], shown: Shown, *, follows: bool) -> None:
    words = shown.value
    if parts.is_number(words) or parts.is_red_head(words):
        if number := parts.number_in(words):
            front.numbers.append(replace(shown, value=number))
        elif parts.is_red_head(words) and front.red_head is None:
            front.red_head = _red_head(blocks, replace(shown, value=words.removesuffix("文件").strip()))
        return
    if number_first := _LEADING_NUMBER.match(words):
        front.numbers.append(replace(shown, value=parts.number_in(words) or ""))
        shown = replace(shown, value=words[number_first.end() :])
    if blocks and follows:
        blocks[-1].append(shown)
    else:
        blocks.append([shown])


def _red_head(blocks: list[list[Shown]], shown: Shown) -> Shown:
    """The issuer over two lines: 临溪县招生委员会 / 中考办公室文件."""
    above = blocks[-1][-1] if blocks and blocks[-1] else None
    if above is None or not parts.is_organisation(above.value) or place_in(shown.value):
        return shown
    blocks[-1].pop()
    return Shown(above.value + shown.value, above.start, shown.end)


def _add(front: Front, role: str, shown: Shown, *, follows: bool) -> None:
    words = shown.value
    if role == "title_note":
        front.notes.append(shown)
        if number := parts.number_in(words):
            front.numbers.append(replace(shown, value=number))
    elif role == "signature":
        front.signatures += [replace(shown, value=name) for name in _names(words)]
    elif role == "signature_date":
        front.signed = _continued(front.signed if follows else None, shown)
    elif role == "addressee":
        front.addressees = _continued(front.addressees, replace(shown, value=words.rstrip(":：")))
    elif role == "imprint" and front.imprint is None and parts.iso_date(words):
        front.imprint = shown
    elif role == "distribution" and front.copied_to is None and re.match(r"抄\s*[送报]", words):
        names = re.sub(r"\s*\n\s*", "", _COPIED_TO.sub("", words))
        front.copied_to = replace(shown, value=names.split("。")[0])
    elif role == "attachment_list":
        front.attachments += [replace(shown, value=title) for title in listed(words)]


def _continued(first: Shown | None, second: Shown) -> Shown:
    return second if first is None else replace(first, value=first.value + second.value, end=second.end)


def _names(words: str) -> list[str]:
    """Names that stand side by side on a line; blanks that only spread the letters of one name are dropped.

    >>> _names("临溪县教育局  临溪县财政局"), _names("临 溪 县 教 育 局")
    (['临溪县教育局', '临溪县财政局'], ['临溪县教育局'])
    """
    words = _SEAL.sub("", words.strip())
    names = [name for name in re.split(r"[\s\u3000、]+", words) if name]
    whole = all(parts.is_signatory(name) for name in names)
    return names if whole else [re.sub(r"\s", "", words)]


def listed(words: str) -> list[str]:
    """Titles of a list of attachments.

    >>> listed("附件：1.招生计划表")
    ['招生计划表']
    """
    lines = (line.strip() for line in _BEFORE_ATTACHMENTS.sub("", words, count=1).split("\n"))
    found: list[str] = []
    for line in filter(None, lines):
        if _NUMBERED.match(line) or not found:
            found.append(_NUMBERED.sub("", line, count=1))
        else:
            found[-1] += line  # a long title goes on
    return [title for title in (re.sub(r"\s+", "", title).rstrip("；;。") for title in found) if title]
