"""Ranges of a text to show: what to mark, which words to set off, which excerpt of a long clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EXCERPT = 260
"""Characters of a clause that a list of hits shows."""


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


def excerpt(start: int, end: int, focus: tuple[int, int], width: int = EXCERPT) -> tuple[int, int]:
    """The part of a clause `[start, end)` to show: `width` characters that hold the focus, or as much of it.

    >>> excerpt(0, 1000, (500, 540), width=100)
    (470, 570)
    """
    if end - start <= width:
        return start, end
    first = min(max(focus[0], start), end)
    length = min(max(focus[1] - first, 0), width)
    begin = max(start, min(first - (width - length) // 2, end - width))
    return begin, begin + width
