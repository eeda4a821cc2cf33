"""OpenDocument spreadsheets (ISO/IEC 26300-1, 9.1): their cells from content.xml, repeated ones bounded."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from ingest.errors import DamagedFile
from ingest.reading.sheets import Area, Grid, Sheet, check_size, visible

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_REPEATED = 1000  # times that a filled row or cell is written out
_CURE = "请用 WPS 表格或 LibreOffice 打开，另存为 .xlsx 后再添加"

_Element = Any  # an element of lxml, which has no types


def sheets_of(file: str, data: bytes) -> list[Sheet]:
    """The sheets of a spreadsheet. Raises DamagedFile, FileTooLarge."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("content.xml"), parser)
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise DamagedFile(file, "表格文件不完整或已损坏，打不开", _CURE) from error
    hidden_styles = {
        style.get("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name")
        for style in root.iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}style")
        if any(properties.get(f"{_TABLE}display") == "false" for properties in style)
    }
    return [_sheet(file, table, hidden_styles) for table in root.iter(f"{_TABLE}table")]


def _sheet(file: str, table: _Element, hidden_styles: set[str | None]) -> Sheet:
    shown: Grid = {}
    left_out: list[str] = []
    merged: list[Area] = []
    unseen = _hidden_columns(table)
    row = 0
    for element in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(element))
        repeated = _count(element, "number-rows-repeated")
        concealed = element.get(f"{_TABLE}visibility") in {"collapse", "filter"}
        for copy in range(min(repeated, _MOST_REPEATED) if cells else 0):
            for column, words, down, across in cells:
                if concealed or column in unseen:
                    left_out.append(words)
                else:
                    shown[row + copy, column] = words
                    if down > 1 or across > 1:
                        merged.append((row + copy, row + copy + down - 1, column, column + across - 1))
        check_size(file, len(shown))
        row += repeated
    name = table.get(f"{_TABLE}name", "")
    if table.get(f"{_TABLE}style-name") in hidden_styles:
        return Sheet(name, {}, (), visible([*shown.values(), *left_out]))
    return Sheet(name, shown, tuple(merged), visible(left_out))


def _cells(row: _Element) -> Iterator[tuple[int, str, int, int]]:
    """The filled cells of a row: column, words, rows and columns that it spans."""
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _count(cell, "number-columns-repeated")
        words = _words(cell) if cell.tag == f"{_TABLE}table-cell" else ""
        if words:
            spans = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            yield from ((column + copy, words, *spans) for copy in range(min(repeated, _MOST_REPEATED)))
        column += repeated


def _words(cell: _Element) -> str:
    paragraphs = cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list")
    return " ".join("".join(_text(paragraph)).strip() for paragraph in paragraphs).strip()


def _text(element: _Element) -> Iterator[str]:
    """The text of a paragraph; notes (annotations) are no text of the cell."""
    if element.tag == f"{_OFFICE}annotation":
        return
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " "
        elif isinstance(child.tag, str):
            yield from _text(child)
        yield child.tail or ""


def _hidden_columns(table: _Element) -> set[int]:
    found: set[int] = set()
    place = 0
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = _count(column, "number-columns-repeated")
        if column.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            found |= set(range(place, place + min(repeated, _MOST_REPEATED)))
        place += repeated
    return found


def _count(element: _Element, name: str) -> int:
    value = element.get(f"{_TABLE}{name}", "1")
    return min(max(int(value), 1), 2_000_000) if value.isdecimal() else 1
