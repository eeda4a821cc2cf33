"""Workbooks: .xls by xlrd, .xlsx by openpyxl, .ods from its XML. The only module that knows the two libraries."""

import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, time
from io import BytesIO

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Reading
from ingest.errors import DamagedFile, EmptyFile, EncryptedFile
from ingest.reading.archive import check_archive
from ingest.reading.blocks import assemble
from ingest.reading.opendocument import sheets_of
from ingest.reading.sheets import (
    Grid,
    Sheet,
    blocks_of,
    check_size,
    date_words,
    hidden_warnings,
    number_words,
    visible,
)

_PROGRAM = "Excel 或 WPS 表格"
_CURE = f"请用 {_PROGRAM} 打开，另存为 .xlsx 后再添加"
_TRUE_FALSE = {True: "是", False: "否"}


def read_xlsx(file: str, data: bytes) -> Reading:
    """Read a workbook of Excel 2007 or later; of formulas, the values that were saved with them."""
    check_archive(file, data, _PROGRAM)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of styles and extensions that hold no text
            book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(file) from error
    check_size(file, sum(len(sheet._cells) for sheet in book.worksheets))
    return _reading(file, "xlsx", [_openpyxl_sheet(sheet) for sheet in book.worksheets])


def _openpyxl_sheet(sheet: Worksheet) -> Sheet:
    """`_cells` holds the cells that exist; to ask for rows would make those up to the farthest."""
    words = {
        (row - 1, column - 1): _cell_words(cell.value, cell.number_format)
        for (row, column), cell in sorted(sheet._cells.items())
        if cell.value is not None
    }
    rows = {number - 1 for number, row in sheet.row_dimensions.items() if row.hidden}
    columns = {
        number - 1
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min or 0, min(column.max or 0, 16_384) + 1)
    }
    merged = tuple((a.min_row - 1, a.max_row - 1, a.min_col - 1, a.max_col - 1) for a in sheet.merged_cells.ranges)
    return _shown(Sheet(sheet.title, words, merged), rows, columns, visible_sheet=sheet.sheet_state == "visible")


def _cell_words(value: object, format_: str) -> str:
    if isinstance(value, bool):
        return _TRUE_FALSE[value]
    if isinstance(value, int | float):
        return number_words(value, format_ or "")
    if isinstance(value, date | time):  # a datetime is a date
        return date_words(value)
    return str(value).strip()


def read_xls(file: str, data: bytes) -> Reading:
    """Read a workbook of Excel 97 to 2003."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=False)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise EncryptedFile(file, "文件设有打开密码", f"请在 {_PROGRAM} 中取消密码后再添加") from error
        raise _damaged(file) from error
    except (IndexError, KeyError, ValueError, AssertionError, OverflowError, UnicodeDecodeError) as error:
        raise _damaged(file) from error
    check_size(file, sum(sheet.nrows * min(sheet.ncols, 64) for sheet in book.sheets()) // 4)
    return _reading(file, "xls", [_xlrd_sheet(book, sheet) for sheet in book.sheets()])


def _xlrd_sheet(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    words: Grid = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if said := _xlrd_words(book, cell):
                words[row, column] = said
    rows = {number for number, row in sheet.rowinfo_map.items() if row.hidden}
    columns = {number for number, column in sheet.colinfo_map.items() if column.hidden}
    merged = tuple((top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return _shown(Sheet(sheet.name, words, merged), rows, columns, visible_sheet=sheet.visibility == 0)


def _xlrd_words(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> str:
    format_ = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_words(cell.value, format_.format_str if format_ else "")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return date_words(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return number_words(cell.value, "")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _TRUE_FALSE[bool(cell.value)]
    return str(cell.value).strip() if cell.ctype == xlrd.XL_CELL_TEXT else ""


def read_ods(file: str, data: bytes) -> Reading:
    """Read an OpenDocument spreadsheet."""
    check_archive(file, data, _PROGRAM)
    sheets = sheets_of(file, data)
    check_size(file, sum(len(sheet.grid) for sheet in sheets))
    return _reading(file, "ods", sheets)


def _shown(sheet: Sheet, rows: set[int], columns: set[int], *, visible_sheet: bool) -> Sheet:
    """A sheet without its hidden rows and columns, whose characters are counted."""
    if not visible_sheet:
        return Sheet(sheet.name, {}, (), visible(sheet.grid.values()))
    hidden = {place for place in sheet.grid if place[0] in rows or place[1] in columns}
    grid = {place: words for place, words in sheet.grid.items() if place not in hidden}
    return Sheet(sheet.name, grid, sheet.merged, visible(sheet.grid[place] for place in hidden))


def _reading(file: str, format_: str, sheets: Sequence[Sheet]) -> Reading:
    assembly = assemble(blocks_of(sheets))
    if not assembly.text.strip():
        raise EmptyFile(file, "表格里没有内容", "请检查文件是否保存完整")
    return Reading(
        text=assembly.text,
        format=format_,
        tables=assembly.tables,
        furniture=assembly.furniture,
        warnings=hidden_warnings(sheets),
        hidden=sum(sheet.hidden for sheet in sheets),
    )


def _damaged(file: str) -> DamagedFile:
    return DamagedFile(file, "表格文件不完整或已损坏，打不开", _CURE)
