"""A numbered heading while its rows are gathered, and the labels they get once all of them are known."""

from dataclasses import dataclass, field, replace

from ingest.document import Clause
from ingest.markers import Kind
from ingest.numerals import to_chinese
from ingest.units import responsible_units


@dataclass(slots=True)
class Node:
    """A numbered heading, or an unnumbered Markdown one (kind None)."""

    kind: Kind | None
    depth: int  # of an unnumbered one, 1 to 6
    label: str
    path: tuple[str, ...]
    heading: int  # index of its heading row
    split: int  # where its words begin, behind the number
    only_heading: bool  # nothing but the heading stood on its line
    children: int = 0
    rows: list[int] = field(default_factory=list)  # its own paragraphs
    items: tuple[Kind, ...] = ()  # families that count the items of an article so far
    continued: frozenset[int] = frozenset()  # of its rows, those that go on with the paragraph before


def finish(node: Node, rows: list[Clause], text: str) -> None:
    """Give the paragraphs of a heading their labels; a numbered line with nothing beneath it becomes a clause."""
    if node.only_heading and not node.rows and not node.children and node.kind is not None and node.kind > Kind.ARTICLE:
        _turn_to_body(node, rows, text)
        return
    paragraphs = [i for i in node.rows if rows[i].role == "body"]
    count, n = len(paragraphs) - len(node.continued), 0
    for i in paragraphs:
        n += i not in node.continued
        label, citation = _labels(node, n, count)
        rows[i] = replace(rows[i], label=label, citation_label=_scoped(node, rows, citation))
    lines = (i for i in node.rows if rows[i].role == "table")
    for n, i in enumerate(lines, 1):
        citation = f"{node.label or node.path[-1]}{rows[i].citation_label or f'表第{n}行'}"
        rows[i] = replace(rows[i], label=node.label, citation_label=_scoped(node, rows, citation))


def _labels(node: Node, n: int, count: int) -> tuple[str, str]:
    """Label and citation label of the n-th of a heading's paragraphs."""
    if node.kind is Kind.ARTICLE:
        label = node.label if count == 1 else f"{node.label}第{to_chinese(n) if n < 10_000 else n}款"
        return label, label
    named = node.label or f"“{node.path[-1]}”"
    if count == 1 or (n == 1 and not node.only_heading):
        return node.label, named
    return "", f"{named}第{n}段"


def _scoped(node: Node, rows: list[Clause], label: str) -> str:
    first = node.path[0]
    scope = first if rows[node.heading].path[:1] == (first,) and first.startswith("附") else ""
    return f"{scope}{label}"


def _turn_to_body(node: Node, rows: list[Clause], text: str) -> None:
    heading = rows[node.heading]
    number = text[heading.start : node.split].rstrip()
    if node.split >= heading.end:
        return
    path = (*heading.path, number.strip("#>*_\u200b\ufeff \t\u3000"))
    end = heading.start + len(number)
    rows[node.heading] = Clause("heading", heading.path, heading.label, heading.start, end, heading.level)
    units, citation = responsible_units(text[node.split : heading.end]), _scoped(node, rows, node.label)
    rows.append(Clause("body", path, node.label, node.split, heading.end, len(path), units, (), citation))
