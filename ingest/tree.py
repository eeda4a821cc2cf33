"""The tree of numbered clauses: rows that tile the text, each with its path and label."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Clause, Point, Reading
from ingest.lines import Line
from ingest.markers import Kind, Marker, marker_at
from ingest.numerals import to_chinese
from ingest.points import inline_points
from ingest.runin import heading_length
from ingest.units import responsible_units
from ingest.zones import Roles

_MERGED = {"attachment_list", "distribution"}
_NEW_SCOPE = {"title", "attachment"}


@dataclass(slots=True)
class _Node:
    """A numbered heading, or an unnumbered Markdown one (kind None), while its rows are gathered."""

    kind: Kind | None
    number: int
    label: str
    path: tuple[str, ...]
    heading: int  # index of its heading row
    only_heading: bool  # nothing but the heading stood on its line
    children: int = 0
    rows: list[int] = field(default_factory=list)  # its own paragraphs


class TreeBuilder:
    """Builds the rows of one document, line by line."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._headers = {table.start for table in reading.tables}
        self._rows: list[Clause] = []
        self._stack: list[_Node] = []
        self._nodes: list[_Node] = []
        self._loose: list[int] = []  # paragraphs above the first number of the scope
        self._scope: tuple[str, ...] = ()
        self._numbered = False
        self._last: dict[Kind, int] = {}
        self.warnings: list[str] = []

    def build(self, lines: Sequence[Line], roles: Roles) -> tuple[Clause, ...]:
        """Turn lines and their roles into rows, in the order of the text."""
        for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
            if role is None or role == "table":
                opens_more = self._opens_more(lines, roles, i)
                self._add_text(line, opens_more=opens_more, table=role == "table")
            else:
                self._add_zone(line, role)
        self._close_scope()
        for node in self._nodes:
            self._finish(node)
        return tuple(self._rows)

    @staticmethod
    def _opens_more(lines: Sequence[Line], roles: Roles, i: int) -> bool:
        """Whether the next line is an unnumbered paragraph or a table."""
        if i + 1 == len(lines) or roles[i + 1] not in {None, "table"}:
            return False
        return roles[i + 1] == "table" or marker_at(lines[i + 1].words) is None

    def _add_zone(self, line: Line, role: str) -> None:
        previous = self._rows[-1] if self._rows else None
        if role in _MERGED and previous and previous.role == role:
            self._rows[-1] = replace(previous, end=line.end)
            return
        if role in _NEW_SCOPE and (not previous or previous.role not in _NEW_SCOPE):
            self._close_scope()
            self._scope = ()
        if role in _NEW_SCOPE and (role == "attachment" or self._scope):
            self._scope = (" ".join([*self._scope, line.words]),)
        name = "印发通知" if role == "cover_notice" else ""
        self._rows.append(Clause(role, (), "", line.start, line.end, citation_label=name))

    def _close_scope(self) -> None:
        """Numbers begin anew; paragraphs of a scope that had no number at all are its body."""
        for n, i in enumerate(self._loose, 1):
            row = self._rows[i]
            if row.role == "preamble":
                name = f"第{n}段" if not self._numbered else "前言" if n == 1 else f"前言第{n}段"
                role = "preamble" if self._numbered else "body"
                self._rows[i] = replace(row, role=role, citation_label=self._in_scope(name))
        self._stack, self._loose, self._last, self._numbered = [], [], {}, False

    def _in_scope(self, label: str) -> str:
        return " ".join([*self._scope, label])

    def _add_text(self, line: Line, *, opens_more: bool, table: bool) -> None:
        marker = None if table else marker_at(line.words, self._last.get(Kind.ARTICLE, 0) + 1)
        if table:
            header = line.start in self._headers
            self._add_paragraph(line.start, line.end, "table_header" if header else "table")
        elif marker and self._in_article() and marker.kind > Kind.ARTICLE:
            self._add_item(line, marker)
        elif marker:
            self._open(line, marker, opens_more=opens_more)
        elif line.depth:
            self._open_unnumbered(line)
        else:
            self._add_paragraph(line.start, line.end)

    def _in_article(self) -> bool:
        return any(node.kind is Kind.ARTICLE for node in self._stack)

    def _open(self, line: Line, marker: Marker, *, opens_more: bool) -> None:
        self._numbered = True
        self._check_sequence(marker)
        self._pop_to(marker.kind)
        words = line.words[marker.length :]
        taken = self._heading_length(marker, words, opens_more=opens_more)
        body_start = line.start + line.indent + marker.length + taken
        body_start += len(self._text[body_start : line.end]) - len(self._text[body_start : line.end].lstrip())
        heading_end = line.start + len(self._text[line.start : body_start].rstrip())
        self._push(marker.kind, marker.number, marker.label, line, heading_end, only=body_start >= line.end)
        if body_start < line.end:
            self._add_paragraph(body_start, line.end)

    @staticmethod
    def _heading_length(marker: Marker, words: str, *, opens_more: bool) -> int:
        if marker.kind < Kind.ARTICLE:
            return len(words)
        if marker.kind is Kind.ARTICLE:
            length = heading_length(words, opens_more=False)
            return length if words[:1] in "【（(" and length < len(words) else 0
        return heading_length(words, opens_more=opens_more)

    def _open_unnumbered(self, line: Line) -> None:
        """A Markdown heading without a number: as deep as its sign says, above all numbers."""
        while self._stack and not (self._stack[-1].kind is None and self._stack[-1].number < line.depth):
            self._stack.pop()
        self._numbered = True
        self._push(None, line.depth, "", line, line.end, only=True)

    def _push(self, kind: Kind | None, number: int, label: str, line: Line, heading_end: int, *, only: bool) -> None:
        above = self._stack[-1] if self._stack else None
        if above:
            above.children += 1
        heading = self._text[line.start + line.indent : heading_end].strip()
        over = above.path if above else self._scope
        full = label if kind is Kind.ARTICLE or not above else above.label + label
        node = _Node(kind, number, full, (*over, heading), len(self._rows), only)
        self._rows.append(Clause("heading", over, full, line.start, heading_end, level=len(over) + 1))
        self._stack.append(node)
        self._nodes.append(node)

    def _pop_to(self, kind: Kind) -> None:
        """Close what a number of this kind can't stand under."""
        kinds = [node.kind for node in self._stack]
        if kind in kinds:
            del self._stack[kinds.index(kind) :]
            return
        while self._stack and (above := self._stack[-1].kind) is not None and above > kind:
            self._stack.pop()

    def _check_sequence(self, marker: Marker) -> None:
        """Numbers count on, within their heading or through the document, or begin again at 1."""
        last = self._last.get(marker.kind, 0)
        if marker.kind <= Kind.ARABIC and marker.number not in {1, last + 1} and "之" not in marker.label:
            what = "跳号" if marker.number > last else "重号或倒号"
            self.warnings.append(
                f"编号{what}：“{marker.label}”之前是第{last}号" if last else f"编号{what}：从“{marker.label}”起"
            )
        self._last[marker.kind] = marker.number
        for kind in Kind:
            if (kind > marker.kind and kind not in {Kind.ARTICLE, Kind.ARABIC}) or (
                kind is Kind.ARABIC and marker.kind is Kind.CHINESE_BRACKET
            ):
                self._last.pop(kind, None)

    def _add_item(self, line: Line, marker: Marker) -> None:
        """An item of an article (项, 目) is a point of the paragraph (款) above it."""
        article = next(node for node in self._stack if node.kind is Kind.ARTICLE)
        if not article.rows:
            self._add_paragraph(line.start, line.end)
        row = self._rows[article.rows[-1]]
        unit = "项" if marker.kind in {Kind.CHINESE_BRACKET, Kind.CHINESE} else "目"
        point = Point(f"第{marker.label.rstrip('.、')}{unit}", line.start, line.end)
        self._rows[article.rows[-1]] = replace(row, end=line.end, points=(*row.points, point))

    def _add_paragraph(self, start: int, end: int, role: str = "body") -> None:
        node = self._stack[-1] if self._stack else None
        if node:
            node.rows.append(len(self._rows))
        elif role == "body":
            self._loose.append(len(self._rows))
            role = "preamble"
        path = node.path if node else self._scope
        text = self._text[start:end]
        points = inline_points(text, start) if role == "body" else ()
        self._rows.append(
            Clause(role, path, "", start, end, len(path), responsible_units(text), points, self._in_scope("表头"))
        )

    def _finish(self, node: _Node) -> None:
        """Give the paragraphs of a heading their labels, now that all of them are known."""
        if (
            node.only_heading
            and not node.rows
            and not node.children
            and node.kind is not None
            and node.kind > Kind.ARTICLE
        ):
            self._turn_to_body(node)
        text_rows = [i for i in node.rows if self._rows[i].role == "body"]
        for n, i in enumerate(text_rows, 1):
            label, citation = self._labels(node, n, len(text_rows))
            self._rows[i] = replace(self._rows[i], label=label, citation_label=self._scoped(node, citation))
        lines = (i for i in node.rows if self._rows[i].role == "table")
        for n, i in enumerate(lines, 1):
            citation = f"{node.label or node.path[-1]}表第{n}行"
            self._rows[i] = replace(self._rows[i], label=node.label, citation_label=self._scoped(node, citation))

    def _labels(self, node: _Node, n: int, count: int) -> tuple[str, str]:
        """Label and citation label of the n-th of a heading's paragraphs."""
        if node.kind is Kind.ARTICLE:
            label = node.label if count == 1 else f"{node.label}第{to_chinese(n)}款"
            return label, label
        named = node.label or f"“{node.path[-1]}”"
        if count == 1 or (n == 1 and not node.only_heading):
            return node.label, named
        return "", f"{named}第{n}段"

    def _scoped(self, node: _Node, label: str) -> str:
        first = node.path[0]
        scope = first if self._rows[node.heading].path[:1] == (first,) and _is_attachment(first) else ""
        return f"{scope} {label}".strip()

    def _turn_to_body(self, node: _Node) -> None:
        """A numbered line with nothing beneath it is a clause, not a heading."""
        heading = self._rows[node.heading]
        words = self._text[heading.start : heading.end]
        sign = len(words) - len(words.lstrip("# ")) if words.startswith("#") else 0
        marker = marker_at(words[sign:])
        if not marker or sign + marker.length >= len(words):
            return
        split = heading.start + sign + marker.length
        path = (*heading.path, words[sign : sign + marker.length].strip())
        self._rows[node.heading] = replace(heading, end=heading.start + len(words[: sign + marker.length].rstrip()))
        body = Clause(
            "body", path, "", split, heading.end, len(path), responsible_units(self._text[split : heading.end])
        )
        self._rows.append(body)
        node.rows.append(len(self._rows) - 1)


def _is_attachment(heading: str) -> bool:
    return heading.startswith("附")
