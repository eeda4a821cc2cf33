"""Ranges of a text to show: what to mark, which words to set off, which excerpt of a long clause."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EXCERPT = 260
"""Characters of a clause that a list of hits shows."""
_SENTENCE_ENDS = "。！？；\n"
_EMPTY_LINES = re.compile(r"\n(?:[ \t\u3000]*\n)+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and how it is shown."""

    text: str
    marked: bool = False
    word: bool = False


def pieces(text: str, start: int, end: int, mark: tuple[int, int] | None) -> list[Piece]:
    """Cut `text[start:end]` where the marked range begins and ends; the pieces join to the whole.

    >>> [(each.text, each.marked) for each in pieces("abcdef", 1, 5, (2, 4))]
    [('b', False), ('cd', True), ('e', False)]
    """
    first, last = mark if mark else (start, start)
    first, last = min(max(first, start), end), min(max(last, start), end)
    cuts = [(start, first, False), (first, last, True), (last, end, False)]
    return [Piece(text[a:b], marked) for a, b, marked in cuts if a < b]


def with_words(cut: Iterable[Piece], words: Sequence[str]) -> list[Piece]:
    """Cut pieces further, so that each of the words stands alone; longer words first.

    >>> [(each.text, each.word) for each in with_words([Piece("课间15分钟")], ["分钟"])]
    [('课间15', False), ('分钟', True)]
    """
    found: list[Piece] = []
    for piece in cut:
        found += _words_of(piece, [word for word in words if word])
    return found


def _words_of(piece: Piece, words: Sequence[str]) -> list[Piece]:
    found: list[Piece] = []
    begin = position = 0
    text = piece.text
    while position < len(text):
        word = max((each for each in words if text.startswith(each, position)), key=len, default="")
        if word:
            if begin < position:
                found.append(Piece(text[begin:position], piece.marked))
            found.append(Piece(word, piece.marked, word=True))
            begin = position + len(word)
        position += max(len(word), 1)
    return [*found, Piece(text[begin:], piece.marked)] if begin < len(text) else found


def excerpt(text: str, focus: tuple[int, int], width: int = EXCERPT) -> tuple[int, int]:
    """The part of a clause to show: at most `width` characters from a sentence's beginning, the focus in it.

    A focus that is longer is shown from its beginning.

    >>> excerpt("甲。" * 50 + "乙丙。" + "丁。" * 50, (100, 103), width=20)
    (92, 112)
    """
    if len(text) <= width:
        return 0, len(text)
    first = min(max(focus[0], 0), len(text))
    length = min(max(focus[1] - first, 0), width)
    begin = max(0, min(first - (width - length) // 2, len(text) - width))
    if begin:
        ends = [found for mark in _SENTENCE_ENDS if (found := text.find(mark, begin - 1, first)) >= 0]
        begin = min(ends) + 1 if ends else first
    return begin, min(begin + width, len(text))


def folded(text: str) -> str:
    r"""Words as they are shown: empty lines left out.

    >>> folded("（一）甲；\n\n（二）乙")
    '（一）甲；\n（二）乙'
    """
    return _EMPTY_LINES.sub("\n", text)
