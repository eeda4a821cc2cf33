"""Numbers of statutes with no space behind them (第四条学校应当…): which open a clause, and which are words.

Such lines are often cross-references (第三十条违规招生的…) or everyday words (第二节课…), so the other numbers decide.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.lines import Line
from ingest.markers import Kind, Marker

NEW_SCOPE = frozenset({"title", "attachment"})
"""Roles of the lines behind which numbers begin anew."""

LARGEST_JUMP = 3
"""Numbers that may be missing, and one more, before an article that nothing goes on from is doubted."""

_UNIT = re.compile("编|部分|章|节|条")
_EVERYDAY = frozenset({"节", "部分"})

_Found = list[tuple[int, Marker]]


def numbers_of(lines: Sequence[Line], roles: Sequence[str | None]) -> tuple[list[Marker | None], tuple[str, ...]]:
    """The number of each line of the numbered text, and a warning for each 第X条 that was taken for words."""
    markers = [line.marker if role is None else None for line, role in zip(lines, roles, strict=True)]
    warnings: list[str] = []
    for scope in _scopes(markers, roles):
        for unit, found in _by_unit(scope).items():
            for i, last in _doubted(unit, found):
                marker, markers[i] = markers[i], None
                if marker and unit == "条":
                    warnings.append(f"“{marker.label}”接在第{last}条之后，没有作为条号：请核对原文")
    return markers, tuple(warnings)


def _scopes(markers: Sequence[Marker | None], roles: Sequence[str | None]) -> Iterator[_Found]:
    """Cut the statutes' numbers where a title or an attachment begins."""
    scope: _Found = []
    for i, (marker, role) in enumerate(zip(markers, roles, strict=True)):
        if role in NEW_SCOPE and scope:
            yield scope
            scope = []
        if marker and marker.kind <= Kind.ARTICLE:
            scope.append((i, marker))
    if scope:
        yield scope


def _by_unit(scope: _Found) -> dict[str, _Found]:
    found: dict[str, _Found] = defaultdict(list)
    for i, marker in scope:
        match = _UNIT.search(marker.label)
        found[match[0] if match else ""].append((i, marker))
    return found


def _doubted(unit: str, found: _Found) -> Iterator[tuple[int, int]]:
    """The lines whose number is none, each with the number before it."""
    if unit != "条" and unit not in _EVERYDAY:
        return
    is_number = _is_article if unit == "条" else _is_section
    places = _last_places(found)
    last = 0
    for n, (i, marker) in enumerate(found):
        following = found[n + 1][1].number if n + 1 < len(found) else 0
        comes_later = places[n].get(last + 1, -1) > n
        if not marker.glued or is_number(marker, last, following, comes_later=comes_later):
            last = marker.number
        else:
            yield i, last


def _last_places(found: _Found) -> list[dict[int, int]]:
    """For each number, where each number stands last in the same count from 1 on."""
    places: list[dict[int, int]] = []
    count: dict[int, int] = {}
    for n, (_, marker) in enumerate(found):
        if marker.number == 1:
            count = {}
        count[marker.number] = n
        places.append(count)
    return places


def _is_article(marker: Marker, last: int, following: int, *, comes_later: bool) -> bool:
    """In sequence; or a count from 1; or a jump that the next number goes on from, or a small one."""
    number = marker.number
    if number == last + 1 or "之" in marker.label:
        return True
    if number == 1:
        return following == 2 and last > 1
    return not comes_later and (following == number + 1 or (0 < last < number <= last + LARGEST_JUMP))


def _is_section(marker: Marker, last: int, following: int, *, comes_later: bool) -> bool:
    """In sequence, and not the only one."""
    del comes_later
    return following == 2 if marker.number == 1 else marker.number == last + 1
