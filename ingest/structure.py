"""From a reading to rows: labels the zones, builds the tree, proves that nothing is lost."""

from collections import Counter
from collections.abc import Sequence

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


def account(text: str, rows: Sequence[Clause], warnings: Sequence[str] = ()) -> Receipt:
    """Count how many characters of a text, blanks left out, are in exactly one row."""
    covered = bytearray(len(text))
    by_role: Counter[str] = Counter()
    for row in rows:
        for i in range(row.start, row.end):
            covered[i] = min(covered[i] + 1, 2)
        by_role[row.role] += sum(not char.isspace() for char in text[row.start : row.end])
    visible = [i for i, char in enumerate(text) if not char.isspace()]
    once = sum(covered[i] == 1 for i in visible)
    found = list(warnings)
    if once < len(visible):
        found.append(f"{len(visible) - once}个字符没有归入条款，请核对原文")
    clauses = sum(row.role in BODY_ROLES for row in rows)
    return Receipt(len(visible), once, dict(by_role), clauses, tuple(found))
