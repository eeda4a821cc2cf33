"""Blocks: what readers cut a file into, and how blocks become a canonical text with its ranges."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.document import Table

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or a piece of furniture: whole lines of the canonical text."""

    text: str
    furniture: bool = False
    table: bool = False


@dataclass(frozen=True, slots=True)
class Assembly:
    """A canonical text and the ranges in it that its blocks take up."""

    text: str
    starts: tuple[int, ...]  # of each block
    tables: tuple[Table, ...]
    furniture: tuple[tuple[int, int], ...]


def assemble(blocks: Iterable[Block]) -> Assembly:
    r"""Put blocks on lines of their own.

    >>> assemble([Block("首页", furniture=True), Block("正文")]).text
    '首页\n正文'
    """
    starts: list[int] = []
    tables: list[Table] = []
    furniture: list[tuple[int, int]] = []
    texts: list[str] = []
    position = 0
    for block in blocks:
        end = position + len(block.text)
        starts.append(position)
        texts.append(block.text)
        if block.furniture:
            furniture.append((position, end))
        elif block.table:
            tables.append(Table(position, end))
        position = end + 1
    return Assembly("\n".join(texts), tuple(starts), tuple(tables), tuple(furniture))


def table_blocks(rows: Sequence[Sequence[str]], *, furniture: bool = False) -> list[Block]:
    """Turn the cells of a table into blocks: a line a row, cells parted by tabs.

    White space inside a cell becomes one space, blank rows and columns are left out. Leading rows with a single
    filled cell are captions and become paragraphs before the table; what has fewer than two rows or
    columns left is no table, and becomes paragraphs.
    """
    filled = [cells for cells in ([_BLANKS.sub(" ", cell).strip() for cell in row] for row in rows) if any(cells)]
    first = next((i for i, cells in enumerate(filled) if _filled(cells) > 1), len(filled))
    captions, body = filled[:first], filled[first:]
    if len(body) < 2 or max(len(cells) for cells in body) < 2:
        captions, body = filled, []
    blocks = [Block(" ".join(cell for cell in cells if cell), furniture=furniture) for cells in captions]
    if body:
        columns = [column for column in zip_longest(*body, fillvalue="") if any(column)]
        lines = map("\t".join, zip(*columns, strict=True))
        blocks.append(Block("\n".join(lines), furniture=furniture, table=True))
    return blocks


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)
