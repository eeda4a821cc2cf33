"""Texts as they are compared: width, punctuation and spaces set aside, each character with its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_FIGURE_SIGNS = "%‰"  # punctuation to Unicode, but part of a figure
_DASHES = "-‐‑‒–—―−~〜"
_BETWEEN_DIGITS = {"、": ",", "——": "-"} | dict.fromkeys(_DASHES, "-") | {mark: mark for mark in ".,:/"}
_APART = " "  # stands for any other punctuation between digits: 〔2023〕1号
_STATEMENT_END = "|"  # a symbol, not punctuation: stays, and so keeps statements apart
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Comparable:
    """A text folded for comparing, and for each of its characters the place in the text it came from."""

    folded: str
    places: tuple[int, ...]  # as long as `folded`

    def find(self, wanted: "Comparable") -> tuple[int, int] | None:
        """Find a folded text and return its range in the original text; None if it isn't there.

        A number is not found inside a longer one.
        """
        if not wanted.folded:
            return None
        within = {place for match in _NUMBER.finditer(self.folded) for place in range(match.start() + 1, match.end())}
        start = self.folded.find(wanted.folded)
        while start >= 0:
            end = start + len(wanted.folded)
            if start not in within and end not in within:
                return self.places[start], self.places[end - 1] + 1
            start = self.folded.find(wanted.folded, start + 1)
        return None


def comparable(text: str) -> Comparable:
    """Fold width (NFKC), and drop spaces and punctuation except % ‰; between digits, marks of one meaning fold to one.

    >>> comparable("提升（１５%），2—3岁、 1.5万").folded
    '提升15%2-3岁1.5万'
    >>> comparable("教基〔2023〕1号").folded == comparable("教基[2023]1号").folded
    True
    """
    kept: list[tuple[str, int]] = []
    gap, gap_place = "", 0
    for place, each in enumerate(text):
        for part in unicodedata.normalize("NFKC", each):
            if _is_dropped(part):
                gap, gap_place = gap + part, place
                continue
            if gap and kept and part.isdecimal() and kept[-1][0].isdecimal():
                kept.append((_BETWEEN_DIGITS.get(gap, _APART), gap_place))
            gap = ""
            kept.append((part, place))
    return Comparable("".join(part for part, _ in kept), tuple(place for _, place in kept))


def holds(statements: Sequence[str], fact: str) -> bool:
    """Tell whether one of the statements holds a fact, compared as `comparable` folds them.

    >>> holds(["课间10分钟延长为１５ 分钟。"], "15分钟"), holds(["共115分钟"], "15分钟")
    (True, False)
    """
    return comparable(_STATEMENT_END.join(statements)).find(comparable(fact)) is not None


def _is_dropped(part: str) -> bool:
    return part in _BETWEEN_DIGITS or (part not in _FIGURE_SIGNS and unicodedata.category(part)[0] in "PZC")
