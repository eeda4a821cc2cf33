"""The body of a Word document: WordprocessingML elements to blocks (ECMA-376, part 1, chapter 17)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.reading.blocks import Block, table_blocks
from ingest.reading.numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_NO_TEXT = (
    "del moveFrom delText instrText delInstrText pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr "
    "rt txbxContent commentReference annotationRef"
)
_LEFT_OUT = frozenset(W + name for name in _NO_TEXT.split())
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})
_WHITE = frozenset({"FFFFFF", "FEFEFE"})
_BACKGROUNDS = frozenset({W + "tc", W + "txbxContent"})
_PRIVATE = range(0xE000, 0xF900)  # where symbol fonts keep their signs


class Body:
    """A walk over a document's XML that counts what it could not read."""

    def __init__(self, numbering: Numbering, styles: Element | None = None) -> None:
        self._numbering = numbering
        self._hiding = hiding_styles(styles)
        self._hidden = self._symbols = 0
        self.hidden = 0  # characters

    def warnings(self) -> tuple[str, ...]:
        """Say what was left out or could not be read."""
        counts = (
            (self._numbering.unread, "段使用了自动编号，编号未能读出，请核对"),
            (self._hidden, "处隐藏文字未收录"),
            (self._symbols, "个符号字体的字符以 □ 代替"),
        )
        return tuple(f"有 {count} {what}" for count, what in counts if count)

    def blocks(self, parent: Element) -> list[Block]:
        """List the paragraphs and tables under an element, in document order; blank ones are left out."""
        blocks: list[Block] = []
        held = ""  # text of paragraphs whose end mark is deleted: they run on into the next
        for child in _content(parent):
            if child.tag == W + "tbl":
                blocks += self._table(child)
                continue
            text = held + self._paragraph(child)
            held = text if _mark_deleted(child) else ""
            if not held:
                blocks += _lines(text)
            for box in _text_boxes(child):
                blocks += self.blocks(box)
        return blocks + list(_lines(held))

    def _paragraph(self, paragraph: Element) -> str:
        text = self._text(paragraph)
        return self._numbering.label(paragraph) + text if text.strip() else text

    def _text(self, element: Element) -> str:
        return "".join(self._inline(child) for child in element)

    def _inline(self, element: Element) -> str:
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:  # comments of XML have no name
            return ""
        if tag in (W + "t", _MATH_TEXT):
            return element.text or ""
        if tag in _CHARACTERS:
            return _CHARACTERS[tag]
        if tag == W + "br":
            return "\n" if element.get(W + "type", "textWrapping") == "textWrapping" else ""
        if tag == W + "sym":
            return self._symbol(element)
        if tag == _ALTERNATIVES:
            return "".join(self._text(choice) for choice in _chosen(element))
        if tag == W + "r" and (_is_hidden(element) or _is_white(element) or self._styled_away(element)):
            text = "".join(self._text(element).split())
            self._hidden += 1 if text else 0
            self.hidden += len(text)
            return ""
        return self._text(element)

    def _styled_away(self, run: Element) -> bool:
        """Whether the run's character style, or its paragraph's style, hides text."""
        style = run.find(f"{W}rPr/{W}rStyle")
        return style is not None and style.get(W + "val") in self._hiding

    def _symbol(self, element: Element) -> str:
        code = int(element.get(W + "char", "0"), 16)
        if code and code not in _PRIVATE:
            return chr(code)
        self._symbols += 1
        return "□"

    def _table(self, table: Element) -> list[Block]:
        """Read a table; one that holds another table, or has one row or column, only lays out the page."""
        rows = [child for child in _content(table, W + "tr") if not _row_deleted(child)]
        grid = [list(_content(row, W + "tc")) for row in rows]
        nested = any(cell.find(f".//{W}tbl") is not None for cells in grid for cell in cells)
        if nested or len(grid) < 2 or max(map(len, grid)) < 2:
            return [block for cells in grid for cell in cells for block in self.blocks(cell)]
        return table_blocks(self._fill(rows))

    def _fill(self, rows: list[Element]) -> list[list[str]]:
        """Lay out the cells: one merged downwards is repeated in each row, one merged across is followed by blanks."""
        filled: list[list[str]] = []
        above: dict[int, str] = {}
        for row in rows:
            cells = [""] * _number(row, "trPr/gridBefore", 0)
            for cell in _content(row, W + "tc"):
                place = len(cells)
                text = " ".join(block.text for block in self.blocks(cell))
                if _goes_on(cell):
                    if _number(cell, "tcPr/tcW", 1, "w") == 0 and not text:
                        continue  # LibreOffice's trace of a cell that is merged across: the span has counted it
                    text = above.get(place, text)
                above[place] = text
                cells += [text, *[""] * (_number(cell, "tcPr/gridSpan", 1) - 1)]
            filled.append(cells)
        return filled


def _goes_on(cell: Element) -> bool:
    """Tell whether a cell goes on with the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _content(parent: Element, *wanted: str) -> Iterator[Element]:
    """Visit the children of a kind (paragraphs and tables, unless told), also those inside content controls."""
    tags = wanted or (W + "p", W + "tbl")
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag == _ALTERNATIVES:
            for choice in _chosen(child):
                yield from _content(choice, *tags)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "smartTag", W + "ins", W + "moveTo"):
            yield from _content(child, *tags)


def _chosen(alternatives: Element) -> list[Element]:
    """Choose one of the renderings of the same content: the first, which Word itself shows."""
    return [child for child in alternatives if isinstance(child.tag, str)][:1]


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in _chosen(element) if element.tag == _ALTERNATIVES else element:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag not in (W + "del", W + "moveFrom"):
            yield from _text_boxes(child)


def _lines(text: str) -> Iterator[Block]:
    """Cut at soft line ends."""
    return (Block(line) for line in text.split("\n") if line.strip())


def _is_hidden(run: Element) -> bool:
    return _vanishes(run)


def hiding_styles(styles: Element | None) -> frozenset[str | None]:
    """The ids of styles that hide text."""
    named = () if styles is None else styles.iterfind(f"{W}style")
    return frozenset(style.get(W + "styleId") for style in named if _vanishes(style))


def _vanishes(element: Element) -> bool:
    vanish = element.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in _OFF


def _is_white(run: Element) -> bool:
    """Whether a run is written in white where nothing is known to be behind it: no shading, table or text box."""
    color = run.find(f"{W}rPr/{W}color")
    if color is None or color.get(W + "val", "").upper() not in _WHITE:
        return False
    if any(run.find(f"{W}rPr/{W}{name}") is not None for name in ("shd", "highlight")):
        return False
    above = run.getparent()  # type: ignore[attr-defined]  # elements of lxml know their parents
    while above is not None:
        if above.tag in _BACKGROUNDS or above.find(f"{W}pPr/{W}shd") is not None:
            return False
        above = above.getparent()
    return True


def _mark_deleted(paragraph: Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _row_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _number(element: Element, path: str, default: int, attribute: str = "val") -> int:
    found = element.find("/".join(W + step for step in path.split("/")))
    value = found.get(W + attribute, "") if found is not None else ""
    return min(int(value), 100) if value.isdecimal() else default
