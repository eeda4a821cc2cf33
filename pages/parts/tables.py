"""Rows of tables as they are read: each value under the heading of its column."""

from collections.abc import Callable, Iterable, Sequence

from answer import Citation
from ingest.document import Document
from ingest.errors import UnknownDocument


def columns_of(citations: Iterable[Citation], document: Callable[[str], Document]) -> dict[int, tuple[str, ...]]:
    """The column headings of the table rows among the citations, by number; `document` looks one up by its id."""
    found = {}
    for each in citations:
        if "\t" in each.quote:
            try:
                names = columns(document(each.document), each.clause, each.quote)
            except UnknownDocument:  # removed since the question was answered
                continue
            if names:
                found[each.number] = names
    return found


def columns(document: Document, start: int, quote: str) -> tuple[str, ...]:
    """Headings over the row that begins at `start`, one for each of its cells.

    Empty where it is no whole row of a table, or where the table has no headings or other ones.
    """
    above: tuple[str, ...] = ()
    for row in document.clauses:
        if row.role == "table_header":
            above = cells(document.text_of(row))
        elif row.role not in {"table", "furniture"}:  # a table goes on behind the foot of a page
            above = ()
        if row.start == start:
            whole = row.role == "table" and document.text_of(row).strip("\n") == quote.strip("\n")
            return above if whole and len(above) == len(cells(quote)) else ()
    return ()


def cells(row: str) -> tuple[str, ...]:
    r"""The cells of a row, which tabs part.

    >>> cells("合计\t\t35\n")
    ('合计', '', '35')
    """
    return tuple(cell.strip() for cell in row.strip("\n").split("\t"))


def spoken(row: str, names: Sequence[str]) -> str:
    r"""A row in one line, each value after the name of its column; empty cells left out.

    >>> spoken("近视率\t\t50.1%", ["指标", "2024年", "2025年"])
    '指标：近视率；2025年：50.1%'
    """
    pairs = zip(names, cells(row), strict=True)
    return "；".join(f"{name}：{value}" if name else value for name, value in pairs if value)
