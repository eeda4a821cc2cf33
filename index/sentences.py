"""Sentences of a clause, as ranges: what is embedded, scored as evidence and quoted."""

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？!?；;]+[”’」』）)》]*|\n+")
_SHORT = 6
_LONGEST_BRACKET = 160  # characters; a bracket that is never closed holds no sentence back for longer


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut `text[start:end]` into sentences without the white space around them, in order.

    A piece of fewer than six characters goes with the one after it.

    >>> text = "加强党的建设。好。抓好三件事；办实事。"
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['加强党的建设。', '好。抓好三件事；', '办实事。']
    >>> text = "规划学校布局。（牵头单位：编办；配合单位：教育局）"
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['规划学校布局。', '（牵头单位：编办；配合单位：教育局）']
    """
    opened: int | None = None
    last = start
    for piece_start, last in _pieces(text, start, end):
        opened = piece_start if opened is None else opened
        if last - opened >= _SHORT:
            yield opened, last
            opened = None
    if opened is not None:
        yield opened, last


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _END.finditer(text, start, end):
        if _inside_bracket(text[position : match.end()]):
            continue
        if trimmed := _trimmed(text, position, match.end()):
            yield trimmed
        position = match.end()
    if trimmed := _trimmed(text, position, end):
        yield trimmed


def _inside_bracket(piece: str) -> bool:
    """Tell whether a piece ends inside a bracket that it opened: （牵头单位：市委编办；配合单位：市教育局）."""
    if piece[-1] == "\n" or len(piece) > _LONGEST_BRACKET:
        return False
    return sum(piece.count(char) for char in "（(") > sum(piece.count(char) for char in "）)")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A range without the space and Markdown emphasis around it."""
    piece = text[start:end]
    stripped = piece.strip().strip("*").strip()
    if not stripped:
        return None
    start += piece.index(stripped)
    return start, start + len(stripped)
