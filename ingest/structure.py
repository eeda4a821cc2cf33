"""From a reading to rows: labels the zones, builds the tree, proves that nothing is lost."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.document import BODY_ROLES, Clause, Reading, Receipt
from ingest.lines import lines_of
from ingest.tree import TreeBuilder
from ingest.zones import label_lines


def structure(reading: Reading) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Cut a reading into rows that tile it, in the order of the text, and list what looks odd in it."""
    lines = list(lines_of(reading.text))
    builder = TreeBuilder(reading)
    rows = builder.build(lines, label_lines(lines, reading))
    return tuple(sorted(rows, key=lambda row: row.start)), tuple(builder.warnings)


def account(reading: Reading, rows: Sequence[Clause]) -> Receipt:
    """Count how many characters of a text, blanks left out, are in exactly one row; and pages, tables and the like."""
    text = reading.text
    by_role: Counter[str] = Counter()
    for row in rows:
        by_role[row.role] += _visible(text, row.start, row.end)
    visible, once = _visible(text, 0, len(text)), _in_one_row(text, rows)
    lost = (f"{visible - once}个字符没有归入条款，请核对原文",) if once < visible else ()
    return Receipt(
        characters=visible,
        accounted=once,
        by_role=dict(by_role),
        clauses=sum(row.role in BODY_ROLES for row in rows),
        warnings=lost,
        pages=len(reading.pages),
        quality=reading.quality,
        tables=len(reading.tables),
        recognised=sum(_visible(text, piece.start, piece.end) for piece in reading.recognised),
        hidden=reading.hidden,
    )


def _in_one_row(text: str, rows: Sequence[Clause]) -> int:
    """Sweep over the places where rows begin and end, and count what lies in exactly one."""
    changes = sorted([*((row.start, 1) for row in rows), *((row.end, -1) for row in rows)])
    once = depth = 0
    for (place, change), (following, _) in pairwise(changes):
        depth += change
        if depth == 1:
            once += _visible(text, place, following)
    return once


def _visible(text: str, start: int, end: int) -> int:
    return sum(map(len, text[start:end].split()))
