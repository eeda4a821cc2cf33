"""Lines of pages put to paragraphs, tables and furniture: what formats of fixed pages (PDF, OFD) have in common."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from ingest.reading.blocks import Block
from ingest.reading.glyphs import is_garbled, unify
from ingest.reading.page_lines import Line
from ingest.reading.page_margins import margin_lines
from ingest.reading.page_paragraphs import Shape, continues, join, shape_of
from ingest.reading.page_tables import rows_of, table_runs


@dataclass(slots=True)
class Flow:
    """The paragraphs made so far; furniture that interrupts a paragraph waits for its end."""

    blocks: list[Block] = field(default_factory=list)
    page_starts: list[tuple[int, int]] = field(default_factory=list)  # index of a block, offset in it
    loose_tables: set[int] = field(default_factory=set)  # pages with rows that could not be made a table
    _waiting: list[Block] = field(default_factory=list)
    _last: Line | None = None  # of the open paragraph, which is the last block

    def add(self, pages: Sequence[Sequence[Line]], furniture: Set[int] = frozenset()) -> int:
        """Add all pages; return how many glyphs were replaced by the characters they stand for.

        `furniture` are the `id`s of lines known to be no content, besides those of the margins.
        """
        margins = margin_lines(pages) | furniture
        body = [[line for line in lines if id(line) not in margins] for lines in pages]
        shapes = _shapes([line for lines in body for line in lines if not line.rows])
        for lines, content in zip(pages, body, strict=True):
            marginal = [line for line in lines if id(line) in margins]
            self._wait(line for line in marginal if line.y > line.height / 2)
            self._add_page(content, shapes)
            self._wait(line for line in marginal if line.y <= line.height / 2)
        self._close()
        self.page_starts[0] = (0, 0)
        unified = [unify(block.text) for block in self.blocks]
        self.blocks = [
            Block(text, block.furniture, block.table) for (text, _), block in zip(unified, self.blocks, strict=True)
        ]
        return sum(count for _, count in unified)

    def _add_page(self, lines: Sequence[Line], shapes: Mapping[tuple[float, int], Shape]) -> None:
        runs = dict(table_runs(lines))
        begun, i = False, 0
        while i < len(lines):
            end = runs.get(i, i + 1)
            if lines[i].rows:
                start = self._add_ruled(lines[i])
            elif i in runs:
                start = self._add_rows(lines[i:end])
            else:
                start = self._add_line(lines[i], shapes[_area(lines[i])])
            if not begun:
                self.page_starts.append(start)
                begun = True
            i = end
        if not begun:  # a page of pictures, or of furniture only
            self._close()
            self.page_starts.append((max(len(self.blocks) - 1, 0), 0))

    def _add_line(self, line: Line, shape: Shape) -> tuple[int, int]:
        if len(line.cells) > 2:
            self.loose_tables.add(line.page)
        if self._last is not None and continues(self._last, line, shape):
            text = self.blocks[-1].text
            joined = join(text, line.text)
            self.blocks[-1] = Block(joined)
            start = len(joined) - len(line.text)
        else:
            self._close()
            self.blocks.append(Block(line.text))
            start = 0
        self._last = line
        return len(self.blocks) - 1, start

    def _add_rows(self, lines: Sequence[Line]) -> tuple[int, int]:
        self._close()
        self.blocks.append(Block("\n".join(map("\t".join, rows_of(lines))), table=True))
        return len(self.blocks) - 1, 0

    def _add_ruled(self, line: Line) -> tuple[int, int]:
        """Add a ruled table; one as wide as the table that the page before ended with goes on with it."""
        text = "\n".join(map("\t".join, line.rows))
        last = self.blocks[-1] if self.blocks else None
        width = len(line.rows[0]) - 1
        if last and last.table and not self._waiting and last.text.split("\n")[0].count("\t") == width:
            start = len(last.text) + 1
            self.blocks[-1] = Block(f"{last.text}\n{text}", table=True)
            return len(self.blocks) - 1, start
        self._close()
        self.blocks.append(Block(text, table=True))
        return len(self.blocks) - 1, 0

    def _wait(self, lines: Iterable[Line]) -> None:
        self._waiting += [Block(line.text, furniture=True) for line in lines]
        if self._last is None:
            self._close()

    def _close(self) -> None:
        self._last = None
        self.blocks += self._waiting
        self._waiting = []


def _shapes(lines: Sequence[Line]) -> dict[tuple[float, int], Shape]:
    """Measure each text area: a document may turn to landscape for its tables, or to columns."""
    return {area: shape_of([line for line in lines if _area(line) == area]) for area in set(map(_area, lines))}


def _area(line: Line) -> tuple[float, int]:
    return line.height, line.columns


def page_warnings(pages: Sequence[Sequence[Line]], replaced: int, loose_tables: set[int]) -> tuple[str, ...]:
    """Say which pages have no text, came out garbled or may hold a table, and how many glyphs were replaced."""
    texts = ["".join(line.text for line in lines) for lines in pages]
    numbered = (
        ("没有文字（可能是图片或扫描页），未收录", [i for i, text in enumerate(texts) if not text]),
        ("的文字可能是乱码，请核对原文", [i for i, text in enumerate(texts) if is_garbled(text)]),
        ("可能有表格，未能按行列读出，请核对原文", sorted(loose_tables)),
    )
    found = [f"第 {listed(numbers)} 页{what}" for what, numbers in numbered if numbers]
    if replaced:
        found.append(f"有 {replaced} 个部首字形已换成对应汉字（如 ⽂ 换成 文）")
    return tuple(found)


def listed(numbers: Sequence[int]) -> str:
    """Write the numbers of pages, which count from 0, as a reader counts them.

    >>> listed([1, 2, 4])
    '2—3、5'
    """
    return "、".join(_ranges([number + 1 for number in numbers]))


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Write consecutive numbers short: 3, 4, 5 is 3—5."""
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield str(numbers[start]) if start == i - 1 else f"{numbers[start]}—{numbers[i - 1]}"
            start = i
