"""A document as markup: its head, its outline and its text, the place asked for marked."""

from collections.abc import Callable

from ingest.document import BODY_ROLES, Clause, Document
from pages.parts.addresses import Place, read_address
from pages.parts.marking import folded
from pages.parts.markup import Markup, join, tag
from pages.parts.reading import TITLE_ROLES, Block, Entry, blocks, cells, outline, row_at
from pages.parts.signs import shown, unsigned
from pages.parts.wording import facts, misnamed, reference


def head(document: Document, *, sample: bool) -> Markup:
    """Title and what the document prints about itself."""
    metadata = document.metadata
    line = [tag("span", tag("b", name), value) for name, value in facts(metadata)]
    cover = tag("p", "随文印发：", metadata.cover_title, class_="yj-cover") if metadata.cover_title else ""
    mark = tag("span", "示例", class_="yj-tag yj-tag-sample") if sample else ""
    return tag(
        "header",
        tag("h1", unsigned(metadata.title), mark),
        cover,
        tag("p", *line, class_="yj-facts"),
        tag("p", "原文件：", document.source, _warned(document), class_="yj-source"),
        *(tag("p", f"{each}。", class_="yj-caution") for each in document.reading.warnings if "识别" in each),
        class_="yj-head",
    )


def _warned(document: Document) -> Markup | str:
    words = misnamed(document.source, document.reading.format)
    return tag("span", f"（{words}）", class_="yj-warned") if words else ""


def page(document: Document, place: Place) -> Markup:
    """Outline and text side by side; on a narrow page the outline folds up above the text."""
    entries = outline(document)
    reader = _Reader(document, place)
    article = tag("article", *(reader.draw(block) for block in blocks(document)), class_="yj-article")
    if not entries:
        return tag("div", article, class_="yj-read yj-read-plain")
    lines = _outline(entries)
    folded = tag("details", tag("summary", f"目录（{len(entries)}）"), lines, class_="yj-outline-folded")
    beside = tag("nav", tag("h2", "目录"), lines, class_="yj-outline", aria_label="目录")
    return tag("div", folded, beside, article, class_="yj-read")


def _outline(entries: list[Entry]) -> Markup:
    lines = (
        tag("li", tag("a", each.text, href=f"#c{each.start}"), class_=f"yj-l{min(each.level, 3)}") for each in entries
    )
    return tag("ul", *lines)


class _Reader:
    """Draws the rows of one document, knowing which place was asked for."""

    def __init__(self, document: Document, place: Place) -> None:
        self.document = document
        self.mark = (place.start, place.end) if place.start is not None and place.end is not None else None
        asked = place.clause if place.clause is not None else place.start
        self.chosen = row_at(document, asked)
        self._scrolled = False

    def draw(self, block: Block) -> Markup:
        drawn: dict[str, Callable[[Block], Markup]] = {
            "title": self._title,
            "heading": self._heading,
            "text": self._text,
            "table": self._table,
            "aside": self._aside,
            "closing": self._closing,
        }
        return drawn[block.kind](block)

    def _title(self, block: Block) -> Markup:
        return tag("div", *(tag("p", *self._words(row), id=f"c{row.start}") for row in block.rows), class_="yj-title")

    def _heading(self, block: Block) -> Markup:
        row = block.rows[0]
        level = min(max(row.level, 1), 3)
        name = f"h{level + 1}"
        return tag(name, *self._words(row), id=f"c{row.start}", class_=self._classes(f"yj-h{level}", row))

    def _text(self, block: Block) -> Markup:
        *headings, row = block.rows
        lead = [tag("strong", *self._words(each), id=f"c{each.start}", class_="yj-runin") for each in headings]
        between = "　" if headings and self.document.text[headings[-1].end : row.start] else ""
        words = tag("span", *self._words(row), id=f"c{row.start}")
        role = "" if row.role in BODY_ROLES else f"yj-role-{row.role.replace('_', '-')}"
        return tag("p", *lead, between, words, self._tools(row), class_=self._classes(role, row))

    def _table(self, block: Block) -> Markup:
        lines = []
        for row in block.rows:
            name = "th" if row.role == "table_header" else "td"
            line = (tag(name, *self._words(row, cell)) for cell in cells(self.document, row))
            lines.append(tag("tr", *line, id=f"c{row.start}", class_=self._classes("", row)))
        return tag("div", tag("table", tag("tbody", *lines)), class_="yj-table")

    def _aside(self, block: Block) -> Markup:
        lines = [tag("p", *self._words(row), id=f"c{row.start}") for row in block.rows]
        opened = self.chosen in block.rows
        return tag(
            "details", tag("summary", f"页面导航、页码等（{len(lines)}行）"), *lines, class_="yj-aside", open=opened
        )

    def _closing(self, block: Block) -> Markup:
        return tag("div", *(tag("p", *self._words(row), id=f"c{row.start}") for row in block.rows), class_="yj-closing")

    def _words(self, row: Clause, cell: tuple[int, int] | None = None) -> list[Markup]:
        text, offset = self.document.text_of(row), row.start
        start, end = cell or (row.start, row.end)
        if row.role == "heading" or row.role in TITLE_ROLES:
            start += len(text) - len(text.lstrip("# "))
        mark = (self.mark[0] - offset, self.mark[1] - offset) if self.mark else None
        cut = shown(text, start - offset, end - offset, mark)
        return [self._marked(each.text) if each.marked else join([folded(each.text)]) for each in cut]

    def _marked(self, words: str) -> Markup:
        target = "yj-target" if not self._scrolled else None
        self._scrolled = True
        return tag("mark", folded(words), class_=target)

    def _classes(self, given: str, row: Clause) -> str | None:
        names = [given] if given else []
        if row is self.chosen:
            names.append("yj-chosen")
            if self.mark is None:
                names.append("yj-target")
        return " ".join(names) or None

    def _tools(self, row: Clause) -> Markup | str:
        """Copying a clause, and the link that leads to it."""
        if row.role not in BODY_ROLES:
            return ""
        cited = reference(self.document.metadata, row.citation_label or row.label)
        link = read_address(Place(self.document.id, row.start))
        return tag(
            "span",
            tag("a", "链接", href=link, title=f"本条的链接：{row.citation_label or row.label}"),
            tag(
                "button",
                "复制",
                type="button",
                data_copy=f"{unsigned(self.document.text_of(row))}\n——{unsigned(cited)}",
                title="复制原文和出处",
            ),
            class_="yj-tools",
        )
