"""Tables as Word files, on sheets that lie across: comparisons, duties, targets."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from answer.office_text import printable
from answer.word_file import BODY, HEAD, TITLE, set_font

_MARKED = RGBColor(0xA2, 0x32, 0x2A)

Piece = tuple[str, bool]
"""Words of a cell, and whether they are marked."""


def word_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[Sequence[Piece]]], notes: Sequence[str] = ()
) -> bytes:
    """Write a .docx: title, a table whose head repeats on each page, and notes. A cell is a sequence of pieces."""
    file = Document()
    _lie_across(file)
    heading = file.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(heading.add_run(printable(title)), TITLE, Pt(18))
    table = file.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, [(name, False)], HEAD)
    _repeat(table.rows[0]._tr)
    for row in rows:
        for cell, pieces in zip(table.add_row().cells, row, strict=True):
            _fill(cell, pieces, BODY)
    for words in notes:
        set_font(file.add_paragraph().add_run(printable(words)), BODY, Pt(10.5))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _lie_across(file: DocumentFile) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)


def _fill(cell: _Cell, pieces: Sequence[Piece], font: str) -> None:
    paragraph = cell.paragraphs[0]
    for words, marked in pieces:
        run = paragraph.add_run(printable(words))
        set_font(run, font, Pt(10.5))
        if marked:
            run.font.color.rgb = _MARKED
            run.font.bold = True


def _repeat(row) -> None:  # type: ignore[no-untyped-def]
    """Let a row stand on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)
