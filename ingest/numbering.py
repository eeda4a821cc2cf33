"""How far each family of numbers has counted, and where it jumps."""

from collections.abc import Sequence

from ingest.markers import Kind, Marker

MOST_WARNINGS = 20
"""Warnings of one sort that are given one by one; of more, only how many."""


class Numbering:
    """The last number of each family, while a document is read from its first line to its last."""

    def __init__(self) -> None:
        self._last: dict[Kind, int] = {}
        self.warnings: list[str] = []

    def begin_anew(self) -> None:
        """Numbers begin anew, in another document or attachment."""
        self._last = {}

    def count(self, marker: Marker) -> None:
        """Numbers count on, within their heading or through the document, or begin again at 1."""
        last = self._last.get(marker.kind, 0)
        if marker.kind <= Kind.ARABIC and marker.number not in {1, last + 1} and "之" not in marker.label:
            what = "跳号" if marker.number > last else "重号或倒号"
            where = f"“{marker.label}”之前是第{last}号" if last else f"从“{marker.label}”起"
            self.warnings.append(f"编号{what}：{where}")
        self._last[marker.kind] = marker.number
        for kind in _BEGIN_ANEW[marker.kind]:
            self._last.pop(kind, None)


def few(warnings: Sequence[str]) -> list[str]:
    """Cut a long list of warnings of one sort short.

    >>> few(["编号跳号"] * 22)[19:]
    ['编号跳号', '同类问题另有2处']
    """
    more = len(warnings) - MOST_WARNINGS
    return [*warnings[:MOST_WARNINGS], *([f"同类问题另有{more}处"] if more > 0 else [])]


def _begin_anew(above: Kind) -> tuple[Kind, ...]:
    """The families that begin again at 1 beneath a number; articles run through, 1. may."""
    inner = [kind for kind in Kind if kind > above and kind not in {Kind.ARTICLE, Kind.ARABIC}]
    return (*inner, Kind.ARABIC) if above is Kind.CHINESE_BRACKET else tuple(inner)


_BEGIN_ANEW = {kind: _begin_anew(kind) for kind in Kind}
