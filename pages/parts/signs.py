"""Markdown signs that strayed into a text: “**” where a heading or sentence begins or ends. They are not shown.

The canonical text keeps them: offsets and quotations stay what they are. Signs inside a sentence are shown as written.
"""

import re

from pages.parts.marking import Piece, pieces

_SIGN = re.compile(r"\*\*")
_NEAR = 24
"""Characters looked at on each side of a sign."""
NUMBER = r"(?:第?[一二三四五六七八九十百零〇千两\d]+[编章节条款项、.．]|[（(][一二三四五六七八九十\d]+[）)]|[①-⑳])"
_BEGINNING = re.compile(rf"(?:^|[。！？；：\n])[#>\-+*\s　]*{NUMBER}?[*\s　]*$")
_END = re.compile(r"[*\s　]*(?:$|[。！？；：\n])")


def unsigned(text: str) -> str:
    """A text as it is shown and copied: without stray signs.

    >>> unsigned("1. **延长课间。** 改为15分钟，**重点**保障小学")
    '1. 延长课间。 改为15分钟，**重点**保障小学'
    """
    return "".join(text[start:end] for start, end in _between(text, 0, len(text)))


def shown(text: str, start: int, end: int, mark: tuple[int, int] | None) -> list[Piece]:
    """`pieces` of `text[start:end]` without the stray signs; `text` is a whole clause or heading."""
    return [piece for begin, stop in _between(text, start, end) for piece in pieces(text, begin, stop, mark)]


def stray(text: str) -> list[int]:
    """Where stray signs stand. A sign goes with its partner on the same line: both are stray or none is.

    >>> stray("**课间** 安排"), stray("课间**十分钟**以上")
    ([0, 4], [])
    """
    found: list[int] = []
    opened: int | None = None
    for sign in _SIGN.finditer(text):
        here = sign.start()
        if opened is not None and "\n" not in text[opened:here]:
            found += [opened, here] if _at_edge(text, opened) or _at_edge(text, here) else []
            opened = None
            continue
        found += _alone(text, opened)
        opens = text[sign.end() : sign.end() + 1].strip() != ""
        found += [] if opens else _alone(text, here)
        opened = here if opens else None
    return found + _alone(text, opened)


def _alone(text: str, sign: int | None) -> list[int]:
    return [sign] if sign is not None and _at_edge(text, sign) else []


def _at_edge(text: str, sign: int) -> bool:
    """Tell whether a heading or sentence begins or ends at a sign."""
    after = sign + len("**")
    before = ("…" if sign > _NEAR else "") + text[max(0, sign - _NEAR) : sign]
    behind = text[after : after + _NEAR] + ("…" if after + _NEAR < len(text) else "")
    return bool(_BEGINNING.search(before)) or bool(_END.match(behind))


def _between(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of `text[start:end]` that are no stray signs."""
    if "**" not in text:
        return [(start, end)]
    found, begin = [], start
    for sign in stray(text):
        if start <= sign and sign + len("**") <= end:
            found.append((begin, sign))
            begin = sign + len("**")
    return [(a, b) for a, b in [*found, (begin, end)] if a < b]
