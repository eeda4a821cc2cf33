"""Text that a file hides is not read as if it could be seen, and what can be seen on a dark ground is kept."""

import io

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.reading import read_bytes

WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def word(write: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    write.save(stream)
    return stream.getvalue()


def test_hidden_and_white_text_of_a_word_file() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("一、公开收费标准。")
    paragraph.add_run("收费另议").font.hidden = True
    paragraph.add_run("白字").font.color.rgb = WHITE
    style = document.styles.add_style("藏", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    paragraph.add_run("样式隐藏", style="藏")
    paragraph.add_run("接受监督。")
    reading = read_bytes("通知.docx", word(document))
    assert reading.text == "一、公开收费标准。接受监督。"
    assert reading.hidden == len("收费另议白字样式隐藏")
    assert reading.warnings == ("有 3 处隐藏文字未收录",)


def test_white_text_on_a_dark_cell_is_seen() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("学校", "班数", "一小", "3"), strict=True):
        run = cell.paragraphs[0].add_run(words)
        run.font.color.rgb = WHITE
        shade = OxmlElement("w:shd")
        shade.set(qn("w:fill"), "1F3864")
        cell._tc.get_or_add_tcPr().append(shade)
    assert read_bytes("表.docx", word(document)).text == "学校\t班数\n一小\t3"


def pdf(draw: "list[tuple[str, float, int, float]]", *, dark: bool = False) -> bytes:
    """Lines of words with the height they stand at, their rendering mode and grey (1 is white)."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    if dark:
        canvas.setFillGray(0.2)
        canvas.rect(60, 590, 400, 40, stroke=0, fill=1)
    for words, height, mode, grey in draw:
        text = canvas.beginText(72, height)
        text.setFont("STSong-Light", 16)
        text.setTextRenderMode(mode)
        text.setFillGray(grey)
        text.textOut(words)
        canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


def test_invisible_and_white_text_of_a_pdf() -> None:
    lines = [("一、公开收费标准。", 700, 0, 0.0), ("看不见的字", 650, 3, 0.0), ("白纸上的白字", 600, 0, 1.0)]
    reading = read_bytes("通知.pdf", pdf(lines))
    assert reading.text == "一、公开收费标准。"
    assert reading.hidden == len("看不见的字白纸上的白字")
    assert any("看不见的字符（第 1 页）未收录" in warning for warning in reading.warnings)


def test_white_text_on_a_dark_bar_is_seen() -> None:
    lines = [("一、公开收费标准。", 700, 0, 0.0), ("深色底上的白字", 600, 0, 1.0)]
    assert "深色底上的白字" in read_bytes("通知.pdf", pdf(lines, dark=True)).text


def test_text_outside_the_page_of_a_pdf() -> None:
    lines = [("一、公开收费标准。", 700, 0, 0.0), ("页面之外的字", 1200, 0, 0.0)]
    reading = read_bytes("通知.pdf", pdf(lines))
    assert reading.text == "一、公开收费标准。"
    assert reading.hidden == len("页面之外的字")


def test_hidden_text_of_a_page_is_counted() -> None:
    page = (
        "<html><body><p>一、公开收费标准。</p><p style='display:none'>收费另议</p>"
        "<p style='font-size:0'>零号字</p><p style='font-size:0.9em'>小字</p></body></html>"
    )
    reading = read_bytes("通知.html", page.encode())
    assert reading.text == "一、公开收费标准。\n小字"
    assert reading.hidden == len("收费另议零号字")
