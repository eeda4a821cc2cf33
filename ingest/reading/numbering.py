"""Automatic numbers of Word lists, counted as Word does (ECMA-376, part 1, 17.9): a list's 一、 is not in the text."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.reading.numerals import FORMATS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9  # of a Word list
_CLOSED = tuple("、）)．。》〉】〕")  # a number that ends so needs no space before the text
_UNSEEN = frozenset({"bullet", "none"})  # signs, not numbers


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str  # e.g. "第%1条"; %k stands for the number of level k
    suffix: str
    legal: bool  # the numbers of the levels above are arabic in this label
    style: str | None  # the paragraph style that belongs to this level


@dataclass(slots=True)
class _List:
    """A list definition (w:abstractNum) and how far it has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document; ask `label` for each paragraph, in document order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.unread = 0  # paragraphs whose number is in a format that is not known
        root = list(numbering) if numbering is not None else []
        self._definitions = {_id(a, "abstractNumId"): _List(_levels(a)) for a in root if a.tag == _W + "abstractNum"}
        self._instances = {_id(n, "numId"): n for n in root if n.tag == _W + "num"}
        self._styles = {_id(s, "styleId"): s for s in (styles if styles is not None else []) if s.tag == _W + "style"}
        self._begun: set[str] = set()

    def label(self, paragraph: Element) -> str:
        """Count the paragraph and write out its number, "" if it has none."""
        number, depth = self._place(paragraph)
        if number in (None, "0"):
            return ""
        instance = self._instances.get(number or "")
        found = self._definitions.get(_value(instance, "abstractNumId") or "")
        if number is None or instance is None or found is None:
            self.unread += 1
            return ""
        self._begin(number, instance, found)
        level = found.levels.get(depth)
        if level is None:
            self.unread += 1
            return ""
        found.counts = {k: n for k, n in found.counts.items() if k <= depth}
        found.counts[depth] = found.counts.get(depth, level.start - 1) + 1
        return self._write(found, level, depth)

    def _begin(self, number: str, instance: Element, found: _List) -> None:
        """Apply the new start that an instance of a list may bring, when it is first met."""
        if number in self._begun:
            return
        self._begun.add(number)
        for override in instance.findall(_W + "lvlOverride"):
            level, start = int(_id(override, "ilvl") or 0), _value(override, "startOverride")
            replacing = override.find(_W + "lvl")
            if replacing is not None:
                found.levels[level] = _level(replacing)
            if start is not None:
                found.counts = {k: n for k, n in found.counts.items() if k < level} | {level: int(start) - 1}

    def _write(self, found: _List, level: _Level, depth: int) -> str:
        if level.format in _UNSEEN and "%" not in level.text:
            return ""
        label = level.text
        for k in range(_LEVELS):
            if f"%{k + 1}" not in label:
                continue
            shown = found.levels.get(k, level)
            writer = FORMATS.get("decimal" if level.legal and k < depth else shown.format)
            if writer is None:
                self.unread += 1
                return ""
            label = label.replace(f"%{k + 1}", writer(found.counts.get(k, shown.start)))
        return label if level.suffix == "nothing" or not label or label.endswith(_CLOSED) else label + " "

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """Find list and level: from the paragraph itself, else from its style and the styles that is based on."""
        properties = paragraph.find(f"{_W}pPr")
        own = _list_place(properties)
        if own[0] is not None:
            return own[0], own[1] or 0
        style, seen = _value(properties, "pStyle"), set[str]()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            number, level = _list_place(self._styles[style].find(f"{_W}pPr"))
            if number is not None:
                return number, self._linked_level(number, style) if level is None else level
            style = _value(self._styles[style], "basedOn")
        return None, 0

    def _linked_level(self, number: str, style: str) -> int:
        """Find the level that names the style (w:pStyle): heading styles say only which list they belong to."""
        wanted = _value(self._instances.get(number), "abstractNumId") or ""
        levels = self._definitions[wanted].levels if wanted in self._definitions else {}
        return next((depth for depth, level in levels.items() if level.style == style), 0)


def _list_place(properties: Element | None) -> tuple[str | None, int | None]:
    place = properties.find(_W + "numPr") if properties is not None else None
    level = _value(place, "ilvl")
    return _value(place, "numId"), int(level) if level is not None and level.isdecimal() else None


def _levels(definition: Element) -> dict[int, _Level]:
    return {int(_id(level, "ilvl") or 0): _level(level) for level in definition.findall(_W + "lvl")}


def _level(level: Element) -> _Level:
    start = _value(level, "start") or "1"
    return _Level(
        start=int(start) if start.isdecimal() else 1,
        format=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText") or "",
        suffix=_value(level, "suff") or "tab",
        legal=level.find(_W + "isLgl") is not None,
        style=_value(level, "pStyle"),
    )


def _id(element: Element, name: str) -> str:
    return element.get(_W + name, "")


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(_W + name) if parent is not None else None
    return child.get(_W + "val") if child is not None else None
