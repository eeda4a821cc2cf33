"""Responsible units (责任单位) as clauses name them at their end."""

import re

_NAMES = r"(?:责任单位|责任部门|牵头单位|牵头部门|责任主体|配合单位|配合部门|参与单位|实施单位|落实单位|牵头|配合)"
_OPENING = re.compile(rf"[（(]\s*{_NAMES}\s*[:：]|(?:^|[。；;])\s*{_NAMES}\s*[:：]")
_PREFIX = re.compile(rf"\s*{_NAMES}\s*[:：]")


def responsible_units(text: str) -> tuple[str, ...]:
    """List the units that a clause names as responsible, in order, each once.

    >>> responsible_units("办好学校。(责任单位:市委编办,市教育局、各镇(街道)、经济开发区)")
    ('市委编办', '市教育局', '各镇(街道)', '经济开发区')
    """
    openings = list(_OPENING.finditer(text))
    if not openings:
        return ()
    tail = text[openings[0].start() :].lstrip("（(。；; ")
    units: list[str] = []
    for piece in _split(tail):
        name = _PREFIX.sub("", piece).strip(" 　。.")
        if 1 < len(name) <= 40 and name not in units:
            units.append(name)
    return tuple(units)


def _split(text: str) -> list[str]:
    """Cut at separators that stand outside brackets; stop at the bracket that closes the list."""
    pieces, piece, depth = [], "", 0
    for char in text:
        if char in "（(":
            depth += 1
        elif char in ")）":
            depth -= 1
            if depth < 0:
                break
        if depth == 0 and char in "、,，;；。\n":
            pieces.append(piece)
            piece = ""
        else:
            piece += char
    return [*pieces, piece]
