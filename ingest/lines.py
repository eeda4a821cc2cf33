"""Lines of a canonical text, blank ones left out, with the clause number that each begins with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.markers import Marker, marker_at

_SIGN = re.compile(r"[\u200b\ufeff]*(?:#{1,6}\s+|>\s+)?(?:(\*{2,3}|__)(?=[^\s*_]))?")
_SIGNS = frozenset("\u200b\ufeff#>*_")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; `text == canonical[start:end]`.

    `words` are the text from `indent` on, where blanks stand for the sign that closes an emphasis (`**一、目标**`).
    """

    start: int
    end: int
    text: str
    indent: int  # characters before the words: a Markdown sign ("## " is 3, "**" is 2), zero-width space
    words: str
    marker: Marker | None  # the number that the words begin with

    @property
    def depth(self) -> int:
        """1 to 6 for a Markdown heading, else 0."""
        return self.text[: self.indent].count("#")


def lines_of(text: str) -> Iterator[Line]:
    """Cut a text into its non-blank lines."""
    position = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            indent, words = _without_sign(stripped) if stripped[0] in _SIGNS else (0, stripped)
            yield Line(start, start + len(stripped), stripped, indent, words, marker_at(words))
        position += len(raw) + 1


def _without_sign(text: str) -> tuple[int, str]:
    """Length of the Markdown sign a line begins with, and the words behind it, one character for one.

    >>> _without_sign("## 总则"), _without_sign("**（一）保障。**各校…"), _without_sign("**一、目标**")
    ((3, '总则'), (2, '（一）保障。  各校…'), (2, '一、目标'))
    """
    sign = _SIGN.match(text)
    if not sign or sign.end() == len(text):
        return 0, text
    words, emphasis = text[sign.end() :], sign[1]
    if emphasis is None:
        return sign.end(), words
    before, closing, after = words.partition(emphasis)
    if not closing:
        return sign.start(1), text[sign.start(1) :]
    return sign.end(), f"{before}{' ' * len(closing)}{after}".rstrip()
