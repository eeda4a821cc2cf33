"""Workbooks as offices keep them: captions, merged cells, hidden parts, formulas, three formats."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import xlwt

from ingest.errors import DamagedFile, FileTooLarge
from ingest.load import document_from
from ingest.reading import read_bytes
from ingest.reading.sheets import MAX_CELLS

ROWS = [["镇街", "学校", "计划数"], ["城东街道", "一小", 40], ["城东街道", "二小", 35.5]]


def xlsx(*sheets: tuple[str, list[list[object]]], **changes: object) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for change in changes.values():
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_is_caption_table_and_notes() -> None:
    reading = read_bytes("计划.xlsx", xlsx(("表", [["临溪县招生计划表"], *ROWS, ["注：以教育局公布为准。"]])))
    assert reading.text == (
        "临溪县招生计划表\n镇街\t学校\t计划数\n城东街道\t一小\t40\n城东街道\t二小\t35.5\n注：以教育局公布为准。"
    )
    table = reading.tables[0]
    assert reading.text[table.start : table.end].startswith("镇街\t学校")
    assert reading.text[table.start : table.end].endswith("35.5")


def test_names_of_sheets_stand_above_them_where_there_are_several() -> None:
    reading = read_bytes("计划.xlsx", xlsx(("小学", ROWS), ("初中", ROWS), ("空", [])))
    assert [line for line in reading.text.split("\n") if "\t" not in line] == ["小学", "初中"]
    assert reading.furniture == ()


def test_the_name_of_a_sheet_with_a_caption_is_furniture() -> None:
    captioned = [["临溪县招生计划表"], *ROWS]
    document = document_from("计划.xlsx", xlsx(("Sheet1", captioned), ("Sheet2", ROWS)))
    assert document.metadata.title == "临溪县招生计划表"
    assert document.clauses[0].role == "furniture"


def test_cells_merged_downwards_are_repeated_in_each_row() -> None:
    def merge(book: openpyxl.Workbook) -> None:
        book.worksheets[0].merge_cells("A2:A3")

    rows = [ROWS[0], ["城东街道", "一小", 40], [None, "二小", 35]]
    reading = read_bytes("计划.xlsx", xlsx(("表", rows), merge=merge))
    assert reading.text.split("\n")[2] == "城东街道\t二小\t35"


def test_hidden_sheets_rows_and_columns_are_left_out_and_counted() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.worksheets[0].row_dimensions[2].hidden = True
        book.worksheets[0].column_dimensions["C"].hidden = True
        book.worksheets[1].sheet_state = "hidden"

    reading = read_bytes("计划.xlsx", xlsx(("表", ROWS), ("内部", [["底数", "甲"]]), hide=hide))
    assert "一小" not in reading.text
    assert "计划数" not in reading.text
    assert "底数" not in reading.text
    assert reading.hidden == len("城东街道一小40计划数35.5底数甲")
    assert reading.warnings == (f"隐藏的工作表、行或列有 {reading.hidden} 个字符未收录",)


def test_dates_shares_and_formulas() -> None:
    def form(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B2"].number_format = "0.0%"

    rows = [["日期", "占比", "合计"], [date(2025, 9, 1), 0.925, "=1+1"]]
    text = read_bytes("表.xlsx", xlsx(("表", rows), form=form)).text
    assert text.split("\n")[1].startswith("2025-09-01\t92.5%")


def test_the_same_as_xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 2, "临溪县招生计划表")
    for column, word in enumerate(ROWS[0]):
        sheet.write(1, column, word)
    sheet.write_merge(2, 3, 0, 0, "城东街道")
    for row, (school, count) in enumerate([("一小", 40), ("二小", 35.5)], 2):
        sheet.write(row, 1, school)
        sheet.write(row, 2, count)
    stream = io.BytesIO()
    book.save(stream)
    made = read_bytes("计划.xls", stream.getvalue())
    assert made.format == "xls"
    assert made.text == read_bytes("计划.xlsx", xlsx(("表", [["临溪县招生计划表"], *ROWS]))).text


def ods(rows: str) -> bytes:
    names = ("table", "text", "office", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


def test_an_opendocument_sheet_with_repeated_and_merged_cells() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = (
        row(cell("镇街"), cell("学校"), cell("计划数"))
        + row(cell("城东", 'table:number-rows-spanned="2"'), cell("一小"), cell("40"))
        + row("<table:covered-table-cell/>", cell("二小"), cell("40"))
        + row(empty, more='table:number-rows-repeated="1048570"')
    )
    reading = read_bytes("计划.ods", ods(rows))
    assert reading.text == "镇街\t学校\t计划数\n城东\t一小\t40\n城东\t二小\t40"


def test_an_opendocument_bomb_is_refused() -> None:
    many = cell("甲", 'table:number-columns-repeated="1000"')
    with pytest.raises(FileTooLarge, match=f"{MAX_CELLS:,}"):
        read_bytes("计划.ods", ods(row(many, more='table:number-rows-repeated="1000"')))


def test_a_far_cell_costs_nothing() -> None:
    def far(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["XFD1048576"] = "远"

    assert read_bytes("表.xlsx", xlsx(("表", ROWS), far=far)).text.endswith("远")


@pytest.mark.parametrize("name", ["表.xlsx", "表.xls"])
def test_broken_ones_are_named(name: str) -> None:
    container = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)
    whole = xlsx(("表", ROWS))
    with pytest.raises(DamagedFile, match=name):
        read_bytes(name, whole[: len(whole) * 2 // 3] if name.endswith("x") else container)


def test_rows_are_clauses_with_their_header() -> None:
    document = document_from("计划.xlsx", xlsx(("表", [["临溪县招生计划表"], *ROWS])))
    assert document.receipt.coverage == 1
    rows = [clause for clause in document.citable() if clause.role == "table"]
    assert [document.text_of(row) for row in rows] == ["城东街道\t一小\t40", "城东街道\t二小\t35.5"]
