"""Segments of sentences: the stretches between commas that each hold one point, and how alike two of them are."""

import re
from collections.abc import Iterator

from index.ngrams import normalised

_MARK = re.compile(r"[，,；;。！？!?：:\n\t]")
_LABEL = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、](?!\d)|[一二三四五六七八九十]+、)\s*"
)
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_WORDS = re.compile(r"[\W_]+")


def segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut `text[start:end]` at commas, semicolons and full stops outside brackets and titles; ranges without blanks.

    >>> text = "一是健全机制，落实责任(市教育局、财政局)。"
    >>> [text[a:b] for a, b in segments(text, 0, len(text))]
    ['健全机制', '落实责任(市教育局、财政局)']
    """
    depth, first = 0, start
    for i in range(start, end + 1):
        char = text[i] if i < end else "。"
        if char in "（(《“[":
            depth += 1
        elif char in "）)》”]":
            depth = max(depth - 1, 0)
        elif _MARK.match(char) and (not depth or char in "。\n"):
            yield from _trimmed(text, first, i)
            first, depth = i + 1, 0


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if label := _LABEL.match(text[start:end]):
        start += label.end()
    piece = text[start:end]
    if stripped := piece.strip(" \u3000\"'*"):
        start += piece.index(stripped)
        yield start, start + len(stripped)


def plain(words: str) -> str:
    """Words without what stands in brackets, punctuation and width: what is compared.

    >>> plain("加强“双师型”教师(队伍)建设")
    '加强双师型教师建设'
    """
    return _WORDS.sub("", normalised(_BRACKETED.sub("", words)))


def pairs_of(words: str) -> frozenset[str]:
    """Pairs of neighbouring characters of plain words."""
    return frozenset(words[i : i + 2] for i in range(len(words) - 1))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of pairs that both hold, 0 to 1 (Dice, "Measures of the amount of ecologic association", 1945)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
