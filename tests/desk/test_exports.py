"""What the desk writes: Excel that can't act, Word, Markdown, drafts with comments."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import load_workbook

from desk.check import check
from desk.compare import compare
from desk.draft_file import Draft, commented, read_draft
from desk.duties import duties
from desk.lineup import grouped
from desk.spreadsheet import Sheet, workbook
from desk.tables import basket_sheet, comparison_sheets, duty_sheet, markdown, target_sheet, wording_sheet
from desk.targets import targets
from desk.word_tables import word_table
from desk.wording import precedents
from index.library import Library
from index.snapshot import Snapshot
from ingest.errors import ReadError


def test_spreadsheets_hold_every_row_and_nothing_acts(samples: Snapshot, sample_library: Library) -> None:
    found = precedents(sample_library, "延长课间")
    two = [row.id for row in samples.documents if "教育工作要点" in row.metadata.title][:2]
    sheets = [
        target_sheet(grouped(targets(samples))),
        duty_sheet(duties(samples)),
        wording_sheet(found),
        basket_sheet([found[0].groups[0].wordings[0].quotation]),
        *comparison_sheets(compare(samples, two)),
    ]
    book = load_workbook(BytesIO(workbook(sheets)))
    for sheet in sheets:
        page = book[sheet.name]
        assert page.max_row == len(sheet.rows) + 1
        assert [cell.value for cell in page[1]] == list(sheet.columns)
        assert page.freeze_panes == "A2"
    numbers = [cell.value for cell in book["指标"]["D"][1:]]
    assert all(isinstance(value, int | float) for value in numbers)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "  =HYPERLINK(1)", "\t=1"])
def test_cells_that_could_act_are_guarded(cell: str) -> None:
    book = load_workbook(BytesIO(workbook([Sheet("甲", ("乙",), [(cell + "\x07",)])])))
    held = book["甲"]["A2"]
    assert held.value.startswith("'")
    assert held.data_type == "s"


def test_a_table_in_word_has_a_head_on_each_page() -> None:
    data = word_table("对比", ["甲", "乙"], [[[("延续", False)], [("新增\x07", True)]]], ["注"])
    file = Document(BytesIO(data))
    (table,) = file.tables
    assert [cell.text for cell in table.rows[1].cells] == ["延续", "新增"]
    assert file.sections[0].page_width > file.sections[0].page_height
    assert b"w:tblHeader" in ZipFile(BytesIO(data)).read("word/document.xml")


def test_markdown_of_a_basket_has_a_note_for_each_quotation(sample_library: Library) -> None:
    (found,) = precedents(sample_library, "延长课间")
    chosen = [group.wordings[0].quotation for group in found.groups[:3]]
    text = markdown("摘*录*", chosen)
    assert text.startswith("# 摘\\*录\\*")
    assert text.count("[^1]") == 2
    for n, each in enumerate(chosen, 1):
        assert f"[^{n}]: 《{each.title}》" in text.replace("\\", "")


def draft_file(*paragraphs: list[str]) -> bytes:
    file = Document()
    for runs in paragraphs:
        paragraph = file.add_paragraph()
        for n, words in enumerate(runs):
            paragraph.add_run(words).bold = n % 2 == 1
    table = file.add_table(rows=1, cols=1)
    table.rows[0].cells[0].text = "依据《云川市中小学校课后服务管理办法》第九十九条。"
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_draft_keeps_its_text_and_gets_its_comments(samples: Snapshot) -> None:
    data = draft_file(
        ["各校："],
        ["按照《云川市中小学课后", "服务管理办法》第八条，", "“学校每周一至周五均应当提供课后服务，每天不少于3小时”。"],
    )
    draft = read_draft("草稿.docx", data)
    report = check(samples, draft.paragraphs, today=date(2026, 11, 27))
    assert [each.kind for each in report.findings] == ["title_inexact", "quotation_altered", "place_missing"]
    written = Document(BytesIO(commented(report.findings, draft)))
    assert [each.text for each in written.paragraphs] == [each.text for each in Document(BytesIO(data)).paragraphs]
    comments = [comment.text for comment in written.comments]
    assert len(comments) == 3
    assert any("每天不少于2小时" in words for words in comments)
    xml = ZipFile(BytesIO(commented(report.findings, draft))).read("word/document.xml").decode()
    assert xml.count("<w:commentRangeStart") == 3
    marked = written.paragraphs[1].runs
    assert "".join(run.text for run in marked if run.bold) == "服务管理办法》第八条，"


def test_a_picture_and_a_note_in_a_draft_stay(samples: Snapshot) -> None:
    file = Document()
    run = file.add_paragraph().add_run("按照《云川市智慧校园建设导则》执行。")
    note = OxmlElement("w:footnoteReference")
    note.set(qn("w:id"), "2")
    run._r.append(note)
    out = BytesIO()
    file.save(out)
    draft = read_draft("草稿.docx", out.getvalue())
    report = check(samples, draft.paragraphs)
    assert [each.kind for each in report.findings] == ["title_unknown"]
    written = commented(report.findings, draft)
    xml = ZipFile(BytesIO(written)).read("word/document.xml").decode()
    assert xml.count("<w:footnoteReference") == 1
    assert len(list(Document(BytesIO(written)).comments)) == 1


def test_a_draft_is_what_it_holds_and_not_what_its_name_says(samples: Snapshot) -> None:
    text = read_draft("草稿.docx", "按照《云川市智慧校园建设导则》执行。".encode())
    assert text.docx is None
    written = Document(BytesIO(commented(check(samples, text.paragraphs).findings, text)))
    assert len(list(written.comments)) == 1
    word = read_draft("草稿.txt", draft_file(["各校："]))
    assert word.docx is not None
    assert word.paragraphs[0] == "各校："


def test_a_pasted_draft_becomes_a_word_file(samples: Snapshot) -> None:
    draft = Draft(("《云川市智慧校园建设导则》要求高。\x07",))
    report = check(samples, draft.paragraphs)
    written = Document(BytesIO(commented(report.findings, draft)))
    assert written.paragraphs[0].text == "《云川市智慧校园建设导则》要求高。"
    assert len(list(written.comments)) == 1


def test_a_damaged_draft_is_said() -> None:
    with pytest.raises(ReadError):
        read_draft("草稿.docx", b"PK\x03\x04 nothing")
