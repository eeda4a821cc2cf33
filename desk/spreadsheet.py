"""Tables as Excel files: a sheet each, head bold and fixed, columns that can be filtered, cells that can't act."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from answer.office_text import printable
from desk.cells import guarded

Value = str | int | float | None
LONGEST_CELL = 32_000
"""Characters; Excel holds 32,767."""
_WIDEST, _NARROWEST = 60, 8  # characters of a column
_LINE, _HIGHEST = 15, 400  # points of a line and a row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table: names of columns, and rows of as many values."""

    name: str  # of at most 31 characters
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write an .xlsx file of these sheets; numbers stay numbers, text that could act is guarded."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book, sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(sheet: Sheet) -> bytes:
    """Write a sheet as CSV that spreadsheet programs open as UTF-8, cells guarded."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    page.append(list(sheet.columns))
    for row in sheet.rows:
        page.append([_cell(value) for value in row])
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F2EEE5")
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    widths = [_column_width(name, [row[n] for row in sheet.rows]) for n, name in enumerate(sheet.columns)]
    for n, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(n)].width = width
    for n, row in enumerate(sheet.rows, 2):  # not every program fits rows to wrapped text by itself
        lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True))
        page.row_dimensions[n].height = min(lines * _LINE, _HIGHEST)
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.auto_filter.ref = page.dimensions


def _cell(value: Value) -> Value:
    return guarded(printable(value)[:LONGEST_CELL]) if isinstance(value, str) else value


def _column_width(name: str, values: Sequence[Value]) -> int:
    return min(max(*map(_width, [name, *values]), _NARROWEST) + 2, _WIDEST)


def _lines(value: Value, width: int) -> int:
    """Lines that a value takes in a column."""
    words = value if isinstance(value, str) else ""
    return sum(max(-(-_width(line) // max(int(0.9 * width), 1)), 1) for line in words.split("\n"))


def _width(value: Value) -> int:
    """Columns that a value takes; a Han takes two."""
    words = "" if value is None else str(value)
    return sum(2 if ord(char) > 0x2E80 else 1 for char in words)
