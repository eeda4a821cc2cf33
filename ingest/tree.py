"""The tree of numbered clauses: rows that tile the text, each with its path and label."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Clause, Point, Reading
from ingest.glued import NEW_SCOPE, numbers_of
from ingest.lines import Line
from ingest.markers import Kind, Marker
from ingest.node import Node, finish
from ingest.numbering import Numbering, few
from ingest.parts import attachment_head
from ingest.points import inline_points
from ingest.runin import heading_length
from ingest.tables import Place, places_of
from ingest.units import responsible_units
from ingest.zone_head import Roles

_MERGED = {"attachment_list", "distribution"}


class TreeBuilder:
    """Builds the rows of one document, line by line."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._tables, self._pages = reading.tables, reading.pages
        self._rows: list[Clause] = []
        self._items: dict[int, list[Point]] = {}  # items on lines of their own, by the row they go into
        self._stack: list[Node] = []
        self._nodes: list[Node] = []
        self._loose: list[int] = []  # paragraphs and table rows above the first number of the scope
        self._attachment: tuple[str, str] | None = None  # mark and title of the one that is being read
        self._numbered = False
        self._numbers = Numbering()
        self.warnings: list[str] = []

    def build(self, lines: Sequence[Line], roles: Roles) -> tuple[Clause, ...]:
        """Turn lines and their roles into rows, in the order of the text."""
        markers, doubts = numbers_of(lines, roles)
        places = places_of(lines, roles, self._tables, self._pages)
        for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
            if role == "table":
                self._add_row(line, places.get(line.start))
            elif role is not None:
                self._add_zone(line, role)
            else:
                following = roles[i + 1] if i + 1 < len(lines) else "end"
                opens_more = following == "table" or (following is None and markers[i + 1] is None)
                self._add_text(line, markers[i], opens_more=opens_more)
        self._close_scope()
        self._put_items()
        for node in self._nodes:
            finish(node, self._rows, self._text)
        self.warnings = [*few(self._numbers.warnings), *few(doubts)]
        return tuple(self._rows)

    def _add_zone(self, line: Line, role: str) -> None:
        previous = self._rows[-1] if self._rows else None
        if role in _MERGED and previous and previous.role == role:
            self._rows[-1] = replace(previous, end=line.end)
            return
        if role in NEW_SCOPE and (role == "attachment" or not previous or previous.role not in NEW_SCOPE):
            self._close_scope()
            self._attachment = None
        if role == "attachment":
            self._attachment = attachment_head(line.words) or (line.words, "")
        elif role == "title" and self._attachment:
            self._attachment = (self._attachment[0], self._attachment[1] + "".join(line.words.split()))
        name = "印发通知" if role == "cover_notice" else ""
        self._rows.append(Clause(role, (), "", line.start, line.end, citation_label=name))

    def _close_scope(self) -> None:
        """Numbers begin anew; paragraphs of a scope that had no number at all are its body."""
        for n, i in enumerate((i for i in self._loose if self._rows[i].role == "preamble"), 1):
            name = f"第{n}段" if not self._numbered else "前言" if n == 1 else f"前言第{n}段"
            role = "preamble" if self._numbered else "body"
            self._rows[i] = replace(self._rows[i], role=role, citation_label=self._in_scope(name))
        for n, i in enumerate((i for i in self._loose if self._rows[i].role == "table"), 1):
            row = self._rows[i]
            self._rows[i] = replace(row, citation_label=self._in_scope(row.citation_label or f"表第{n}行"))
        self._stack, self._loose, self._numbered = [], [], False
        self._numbers.begin_anew()

    @property
    def _scope(self) -> tuple[str, ...]:
        """The attachment as it is cited: 附件1《…》."""
        if self._attachment is None:
            return ()
        mark, title = self._attachment
        return (f"{mark}{title if title[:1] in {'', '《'} else f'《{title}》'}",)

    def _in_scope(self, label: str) -> str:
        return "".join([*self._scope, label])

    def _add_text(self, line: Line, marker: Marker | None, *, opens_more: bool) -> None:
        if marker and marker.kind > Kind.ARTICLE and (article := self._open_article()):
            self._add_item(article, line, marker)
        elif marker:
            self._open(line, marker, opens_more=opens_more)
        elif line.depth:
            self._open_unnumbered(line)
        else:
            self._add_paragraph(line.start, line.end)

    def _open_article(self) -> Node | None:
        for node in self._stack:
            if node.kind is Kind.ARTICLE:
                return node
        return None

    def _open(self, line: Line, marker: Marker, *, opens_more: bool) -> None:
        self._numbered = True
        self._numbers.count(marker)
        self._pop_to(marker.kind)
        words = line.words[marker.length :]
        taken = marker.length + _heading_length(marker, words, opens_more=opens_more)
        name = line.words[:taken].strip()
        taken += len(line.words[taken:]) - len(line.words[taken:].lstrip())
        only = taken >= len(line.words)
        body = line.end if only else line.start + line.indent + taken
        self._push(marker, line, name, body)
        if not only:
            self._add_paragraph(body, line.end)

    def _open_unnumbered(self, line: Line) -> None:
        """A Markdown heading without a number: as deep as its sign says, above all numbers."""
        while self._stack and not (self._stack[-1].kind is None and self._stack[-1].depth < line.depth):
            self._stack.pop()
        self._numbered = True
        self._push(None, line, line.words, line.end)

    def _push(self, marker: Marker | None, line: Line, name: str, body: int) -> None:
        """Open a heading of that name; what is not heading of its line begins at `body`."""
        above = self._stack[-1] if self._stack else None
        if above:
            above.children += 1
        over = above.path if above else self._scope
        label = marker.label if marker else ""
        full = label if (marker and marker.kind is Kind.ARTICLE) or not above else above.label + label
        split = line.start + line.indent + (marker.length if marker else 0)
        kind, depth, only = marker.kind if marker else None, line.depth, body >= line.end
        node = Node(kind, depth, full, (*over, name), len(self._rows), split, only)
        end = line.start + len(self._text[line.start : body].rstrip())
        self._rows.append(Clause("heading", over, full, line.start, end, level=len(over) + 1))
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

    def _add_item(self, article: Node, line: Line, marker: Marker) -> None:
        """An item of an article (项, and 目 under it) is a point of the paragraph (款) above it."""
        if not article.rows or article.rows[-1] + 1 < len(self._rows):  # none yet, or a page number in between
            article.continued |= {len(self._rows)} if article.rows else frozenset()
            self._add_paragraph(line.start, line.end)
        row = article.rows[-1]
        article.items = tuple(sorted({*article.items, marker.kind}))
        depth = article.items.index(marker.kind)
        number = marker.label.rstrip(".、") if depth > 1 or marker.kind <= Kind.CHINESE_BRACKET else marker.number
        unit = "目" if depth else "项"
        self._items.setdefault(row, []).append(Point(f"第{number}{unit}", line.start, line.end))

    def _put_items(self) -> None:
        for i, items in self._items.items():
            row = self._rows[i]
            self._rows[i] = replace(row, end=max(row.end, items[-1].end), points=(*row.points, *items))

    def _add_row(self, line: Line, place: Place | None) -> None:
        """A line of a table; its rows are cited by their number, under the table's caption."""
        self._add_paragraph(line.start, line.end, "table_header" if place and place.is_header else "table")
        row = self._rows[-1]
        path = (*row.path, place.caption) if place and place.caption else row.path
        name = row.citation_label if row.role == "table_header" or not place else f"{place.name}第{place.number}行"
        self._rows[-1] = replace(row, path=path, level=len(path), citation_label=name)

    def _add_paragraph(self, start: int, end: int, role: str = "body") -> None:
        node = self._stack[-1] if self._stack else None
        (node.rows if node else self._loose).append(len(self._rows))
        if role == "body" and not node:
            role = "preamble"
        path = node.path if node else self._scope
        text = self._text[start:end]
        points = inline_points(text, start) if role == "body" else ()
        name = self._in_scope("表头") if role == "table_header" else ""
        self._rows.append(Clause(role, path, "", start, end, len(path), responsible_units(text), points, name))


def _heading_length(marker: Marker, words: str, *, opens_more: bool) -> int:
    if marker.kind < Kind.ARTICLE:
        return len(words)
    if marker.kind is Kind.ARTICLE:
        length = heading_length(words, opens_more=False)
        return length if words[:1] in "【（(" and length < len(words) else 0
    return heading_length(words, opens_more=opens_more)
