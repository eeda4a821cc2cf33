"""Texts as they are compared: width, punctuation and spaces set aside, each character with its place."""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_KEPT = "%‰"  # punctuation to Unicode, but part of a figure
_INSIDE_NUMBERS = {"、": ","} | dict.fromkeys("-‐‑‒–—―−~〜", "-") | {mark: mark for mark in ".,:/"}
_STATEMENT_END = "|"  # a symbol, not punctuation: stays, and so keeps statements apart


@dataclass(frozen=True, slots=True)
class Comparable:
    """A text folded for comparing, and for each of its characters the place in the text it came from."""

    folded: str
    places: tuple[int, ...]  # as long as `folded`

    def find(self, wanted: "Comparable") -> tuple[int, int] | None:
        """Find a folded text and return its range in the original text; None if it isn't there.

        A number is not found inside a longer one.
        """
        start = self.folded.find(wanted.folded) if wanted.folded else -1
        while start >= 0:
            end = start + len(wanted.folded)
            if not (_splits_number(self.folded, start) or _splits_number(self.folded, end)):
                return self.places[start], self.places[end - 1] + 1
            start = self.folded.find(wanted.folded, start + 1)
        return None


def comparable(text: str) -> Comparable:
    """Fold width (NFKC), and drop spaces and punctuation except % ‰ and the marks inside numbers.

    >>> comparable("提升（１５%），2—3岁、 1.5万").folded
    '提升15%2-3岁1.5万'
    """
    folded = [(part, place) for place, each in enumerate(text) for part in unicodedata.normalize("NFKC", each)]
    kept: list[tuple[str, int]] = []
    for number, (part, place) in enumerate(folded):
        before = folded[number - 1][0] if number else ""
        after = folded[number + 1][0] if number + 1 < len(folded) else ""
        if mark := _mark(part, before, after):
            kept.append((mark, place))
    return Comparable("".join(part for part, _ in kept), tuple(place for _, place in kept))


def holds(statements: list[str], fact: str) -> bool:
    """Tell whether one of the statements holds a fact, compared as `comparable` folds them.

    >>> holds(["课间10分钟延长为１５ 分钟。"], "15分钟"), holds(["共115分钟"], "15分钟")
    (True, False)
    """
    return comparable(_STATEMENT_END.join(statements)).find(comparable(fact)) is not None


def _mark(part: str, before: str, after: str) -> str:
    """What stays of a character between two others; nothing of a space or of punctuation outside numbers."""
    if part in _INSIDE_NUMBERS:
        inside = (before.isdecimal() or before in _KEPT) and after.isdecimal() and before != ""
        return _INSIDE_NUMBERS[part] if inside else ""
    if part in _KEPT or unicodedata.category(part)[0] not in "PZC":
        return part
    return ""


def _splits_number(folded: str, place: int) -> bool:
    """Tell whether a cut before `place` runs through a number: 1|5, 1|.5, 1.|5."""
    around = folded[max(place - 2, 0) : place + 2]
    cut = min(place, 2)
    digits = [each.isdecimal() for each in around]
    if not 0 < cut < len(around):
        return False
    if digits[cut - 1] and digits[cut]:
        return True
    points = [left == "." for left in around]
    behind = points[cut] and digits[cut - 1] and cut + 1 < len(around) and digits[cut + 1]
    ahead = points[cut - 1] and digits[cut] and cut > 1 and digits[cut - 2]
    return behind or ahead
