"""From elements to lines: what a browser would show of a page, one block element a line."""

import re
from collections.abc import Iterator

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from ingest.reading.blocks import Block, table_blocks
from ingest.reading.html_furniture import INLINE, Furniture

_UNSEEN = "script style noscript template iframe head title meta link object svg canvas audio video textarea input"
_LEFT_OUT = frozenset(_UNSEEN.split())
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
_BROKEN = "\x1e"  # stands for white space with a line end of the source in it
_SPACES = re.compile(r"[ \t\n\f\r]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE}) *{_BROKEN}[ {_BROKEN}]*(?={_WIDE})")
_RUN = re.compile(rf"[ {_BROKEN}]+")
_LARGEST_SPAN = 100  # rows or columns; larger spans are mistakes of the page
_LAYOUT_SHARE = 0.6  # a cell with more of a table's text than this, in several blocks, makes it a layout table
_LAYOUT_CHARACTERS = 400
_CELL_BLOCKS = "p, div, ul, ol, h1, h2, h3, h4, h5, h6"


class _Lines:
    """The blocks made so far, and the line that is being gathered."""

    def __init__(self, furniture: Furniture, root: Tag) -> None:
        self._furniture = furniture
        self._here = root
        self._blocks: list[Block] = []
        self._inline: list[str] = []
        self._inside = 0  # number of furniture elements around the present place
        self._preformatted = False

    def add_text(self, node: NavigableString) -> None:
        self._inline.append(str(node) if self._preformatted else _collapse(node))

    def add_break(self, entering: bool) -> None:
        self._inline.append("\n" if entering else "")

    def add_table(self, rows: list[list[str]]) -> None:
        self._blocks += table_blocks(rows, furniture=self._inside > 0)

    def cross(self, element: Tag, entering: bool) -> None:
        """Enter or leave an element: unless it is inline, a line ends there."""
        marked = element in self._furniture
        if marked or element.name not in INLINE:
            self.finish()
        if marked:
            self._inside += 1 if entering else -1
        if element.name == "pre":
            self._preformatted = entering
        self._here = element if entering else element.parent or element

    def finish(self) -> list[Block]:
        """End the line; give all blocks."""
        for line in _lines("".join(self._inline)):
            marked = self._inside > 0 or self._furniture.is_bar(line, self._here)
            self._blocks.append(Block(line, furniture=marked))
        self._inline.clear()
        return self._blocks


class Page:
    """A walk over a page that counts what it leaves out as hidden."""

    def __init__(self, furniture: Furniture) -> None:
        self.hidden = 0  # places
        self.hidden_characters = 0
        self._furniture = furniture
        self._verdicts: dict[int, bool] = {}  # by id of a table: is it one of data?

    def blocks(self, root: Tag) -> list[Block]:
        """List the blocks under an element, in document order; blank ones are left out."""
        lines = _Lines(self._furniture, root)
        for element, entering in self._walk(root):
            if isinstance(element, NavigableString):
                lines.add_text(element)
            elif element.name == "br":
                lines.add_break(entering)
            else:
                lines.cross(element, entering)
                if entering and self._is_data(element):
                    lines.add_table(self._grid(element))
        return lines.finish()

    def _walk(self, root: Tag) -> Iterator[tuple[Tag | NavigableString, bool]]:
        """Visit what is visible under an element, without recursion: pages nest thousands deep.

        Elements come twice, on entering (True) and leaving (False). Data tables are not entered.
        """
        stack: list[tuple[PageElement, bool]] = [(child, True) for child in reversed(root.contents)]
        while stack:
            element, entering = stack.pop()
            if isinstance(element, NavigableString):
                if not isinstance(element, PreformattedString):  # comments, declarations
                    yield element, True
            elif isinstance(element, Tag) and not entering:
                yield element, False
            elif isinstance(element, Tag) and self._shown(element):
                yield element, True
                stack.append((element, False))
                if not self._is_data(element):
                    stack += [(child, True) for child in reversed(element.contents)]

    def _is_data(self, element: Tag) -> bool:
        if element.name != "table":
            return False
        if id(element) not in self._verdicts:
            self._verdicts[id(element)] = is_data_table(element)
        return self._verdicts[id(element)]

    def _shown(self, element: Tag) -> bool:
        if element.name in _LEFT_OUT:
            return False
        concealed = element.has_attr("hidden") or _HIDDEN_STYLE.search(str(element.get("style", "")))
        if concealed and (text := element.get_text(strip=True)):
            self.hidden += 1
            self.hidden_characters += len("".join(text.split()))
        return not concealed

    def _grid(self, table: Tag) -> list[list[str]]:
        """Lay out the cells of a table.

        A cell over several rows is repeated in each, so that each row can be read alone; of a cell over several
        columns the first place holds the text and the others stay empty, so that columns stay in line.
        """
        rows: list[list[str]] = []
        pending: dict[int, tuple[int, str]] = {}  # column → rows still to fill, text
        for row in _rows(table):
            cells: list[str] = []
            for cell in _cells(row):
                _carry(cells, pending)
                text = " ".join(block.text for block in self.blocks(cell))
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                for place in range(across):
                    value = "" if place else text
                    if down > 1:
                        pending[len(cells)] = (down - 1, value)
                    cells.append(value)
            _carry(cells, pending)
            rows.append(cells)
        return rows


def is_data_table(table: Tag) -> bool:
    """Tell a table of data from one that only lays out the page.

    A layout table holds another table, or has one row or column, or one cell with most of the text in several blocks.
    """
    if table.find("table") is not None:
        return False
    rows = [_cells(row) for row in _rows(table)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    whole = len(table.get_text(strip=True))
    return not any(_is_article(cell, whole) for row in rows for cell in row)


def _is_article(cell: Tag, whole: int) -> bool:
    size = len(cell.get_text(strip=True))
    return size > max(_LAYOUT_CHARACTERS, _LAYOUT_SHARE * whole) and len(cell.select(_CELL_BLOCKS)) >= 3


def _rows(table: Tag) -> list[Tag]:
    return list(table.find_all("tr"))


def _cells(row: Tag) -> list[Tag]:
    return [child for child in row.contents if isinstance(child, Tag) and child.name in ("td", "th")]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), _LARGEST_SPAN) if value.isdecimal() else 1


def _carry(cells: list[str], pending: dict[int, tuple[int, str]]) -> None:
    """Fill the places that cells of earlier rows reach down to."""
    while len(cells) in pending:
        left, text = pending.pop(len(cells))
        if left > 1:
            pending[len(cells)] = (left - 1, text)
        cells.append(text)


def _collapse(node: NavigableString) -> str:
    return _SPACES.sub(lambda run: _BROKEN if "\n" in run.group() else " ", node)


def _lines(text: str) -> Iterator[str]:
    """Collapse white space as a browser does, and cut at <br>.

    A line end of the source between two wide characters is no space (CSS Text 3, segment break transformation).
    """
    joined = _RUN.sub(" ", _WIDE_BREAK.sub("", text))
    for line in joined.split("\n"):
        if line.strip():
            yield line.strip(" ")
