"""An answer as a Word file in the layout of official documents, GB/T 9704-2012."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from answer.office_text import printable

BODY, HEAD, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_THREE, _TWO, _FOUR = Pt(16), Pt(22), Pt(14)  # 三号, 二号, 四号
_LINE = Pt(29)  # 22 lines on a page
_INDENT = Pt(32)  # two characters of 三号


def word_file(title: str, said: Sequence[str], sources: Sequence[str], notes: Sequence[str] = ()) -> bytes:
    """Write a .docx: title, the sentences of an answer, what to mind, and its sources.

    Text area 156 x 225 mm with margins of 37 (top), 35, 28 (left) and 26 mm; page numbers as — 1 —.
    """
    file = Document()
    _lay_out(file)
    _paragraph(file, title, font=TITLE, size=_TWO, centred=True)
    _paragraph(file, "")
    for words in said:
        _paragraph(file, words)
    for words in notes:
        _paragraph(file, f"注：{words}。")
    _paragraph(file, "依据", font=HEAD)
    for words in sources:
        _paragraph(file, words)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _lay_out(file: DocumentFile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in ("— ", None, " —"):
        run = number.add_run(piece or "")
        set_font(run, "宋体", _FOUR)
        if piece is None:
            _field(run, "PAGE")


def _paragraph(
    file: DocumentFile, words: str, *, font: str = BODY, size: Pt = _THREE, centred: bool = False
) -> Paragraph:
    paragraph = file.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(36) if centred else _LINE
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment, shape.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, _INDENT
    set_font(paragraph.add_run(printable(words)), font, size)
    return paragraph


def set_font(run, name: str, size: Pt) -> None:  # type: ignore[no-untyped-def]
    """Set font and size of a run, for Chinese characters too."""
    run.font.name, run.font.size = name, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _field(run, code: str) -> None:  # type: ignore[no-untyped-def]
    for kind, text in (("begin", None), (None, code), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
