"""A document in the order it is read: blocks of its rows, and its outline. Blocks tile the rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.document import BODY_ROLES, Clause, Document
from pages.parts.signs import NUMBER, unsigned

Kind = Literal["title", "heading", "text", "table", "aside", "closing"]

TABLE_ROLES = frozenset({"table", "table_header", "field_table"})
ASIDE_ROLES = frozenset({"furniture", "contents"})
CLOSING_ROLES = frozenset({"signature", "signature_date"})
TITLE_ROLES = frozenset({"title", "title_note"})
DEEPEST = 3
"""Levels of headings in an outline."""
OPENING = 16
"""Characters that an outline shows of a clause whose heading is its number alone."""
_BARE = re.compile(rf"{NUMBER}(?:之[一二三四五六七八九十]+)?")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are drawn as one: a paragraph with its run-in heading, a table, a run of furniture."""

    kind: Kind
    rows: tuple[Clause, ...]

    @property
    def start(self) -> int:
        """Where its first row begins."""
        return self.rows[0].start


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an outline, and the row it leads to."""

    level: int  # 1 is outermost
    text: str
    start: int


def blocks(document: Document) -> list[Block]:
    """All rows of a document as blocks, in order."""
    found: list[Block] = []
    for row in document.clauses:
        kind = _kind(row)
        if found and _continues(document.text, found[-1], kind, row):
            previous = found.pop()
            found.append(Block("text" if previous.kind == "heading" else kind, (*previous.rows, row)))
        else:
            found.append(Block(kind, (row,)))
    return found


def _kind(row: Clause) -> Kind:
    if row.role in TITLE_ROLES:
        return "title"
    if row.role == "heading":
        return "heading"
    if row.role in TABLE_ROLES:
        return "table"
    if row.role in ASIDE_ROLES:
        return "aside"
    return "closing" if row.role in CLOSING_ROLES else "text"


def _continues(text: str, block: Block, kind: Kind, row: Clause) -> bool:
    """Tell whether a row is drawn with the block before it."""
    last = block.rows[-1]
    if block.kind == "heading":  # run-in: the clause goes on where its heading ends
        return kind == "text" and "\n" not in text[last.end : row.start]
    if kind == "table":
        return block.kind == "table" and row.role != "table_header"
    return kind == block.kind and kind in {"aside", "title", "closing"}


def outline(document: Document, *, deepest: int = DEEPEST) -> list[Entry]:
    """Headings of a document; an article without one by its number and first words."""
    return list(_entries(document, deepest))


def _entries(document: Document, deepest: int) -> Iterator[Entry]:
    rows = document.clauses
    for i, row in enumerate(rows):
        if row.role == "attachment" or (row.role == "heading" and row.level <= deepest):
            words = " ".join(unsigned(document.text_of(row)).lstrip("# ").split())
            if _BARE.fullmatch(words) and i + 1 < len(rows) and rows[i + 1].role in BODY_ROLES:
                words = f"{words}　{_opening(unsigned(document.text_of(rows[i + 1])))}"
            yield Entry(max(row.level, 1), words.rstrip("。：:"), row.start)


def _opening(words: str) -> str:
    first = words.strip().split("\n")[0]
    return first if len(first) <= OPENING else first[:OPENING] + "…"


def row_at(document: Document, start: int | None) -> Clause | None:
    """The row that begins at a place or holds it; None where there is none."""
    if start is None:
        return None
    return next((row for row in document.clauses if row.start <= start < row.end), None)


def cells(document: Document, row: Clause) -> list[tuple[int, int]]:
    """Ranges of the cells of a table row, which tabs part."""
    ranges, start = [], row.start
    for words in document.text_of(row).split("\t"):
        ranges.append((start, start + len(words)))
        start += len(words) + 1
    return ranges
