"""PDF: paragraphs joined over lines and pages, furniture, tables, glyphs, and the errors of files without text."""

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

import pypdf
import pytest
from office_texts import FIRST, LONG, NEXT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading import pdf, read_bytes
from ingest.reading.glyphs import is_garbled, unify

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
SIZE, LEFT, TOP, PITCH = 16, 88.0, 720.0, 28.0  # points; 26 characters of 16 points to a line, as GB/T 9704 lays out
PER_LINE = 26
FOOT, HEAD = 60.0, 790.0

# A place on a page (x, y) and a text.
Drawing = tuple[float, float, str]


def drawn(pages: Sequence[Sequence[Drawing]], **options: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    for page in pages:
        canvas.setFont(FONT, SIZE)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def typeset(paragraphs: Sequence[str], per_page: int, indent: int = 2, foot: str = "— {} —", head: str = "") -> bytes:
    """Set paragraphs the way an office does: lines of 26 characters, so many to a page, page numbers in dashes."""
    lines: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        first = PER_LINE - indent
        lines.append((LEFT + indent * SIZE, paragraph[:first]))
        lines += [(LEFT, paragraph[i : i + PER_LINE]) for i in range(first, len(paragraph), PER_LINE)]
    pages: list[list[Drawing]] = []
    for start in range(0, len(lines), per_page):
        page = [(x, TOP - PITCH * i, text) for i, (x, text) in enumerate(lines[start : start + per_page])]
        margins = [(260.0, FOOT, foot.format(len(pages) + 1)), (LEFT, HEAD, head)]
        pages.append(page + [margin for margin in margins if margin[2]])
    return drawn(pages)


def read(data: bytes) -> Reading:
    return read_bytes("文.pdf", data)


def furniture(reading: Reading) -> list[str]:
    return [reading.text[start:end] for start, end in reading.furniture]


def test_lines_are_joined_to_paragraphs() -> None:
    assert read(typeset([FIRST, LONG, NEXT], per_page=20)).text == "\n".join([FIRST, LONG, NEXT, "— 1 —"])


def test_a_paragraph_over_a_page_break_stays_whole_and_the_page_number_follows_it() -> None:
    reading = read(typeset([FIRST, LONG, NEXT], per_page=2))
    # Seven lines on four pages: the first break is inside LONG, the second after it, the third inside NEXT.
    assert reading.text == "\n".join([FIRST, LONG, "— 1 —", "— 2 —", NEXT, "— 3 —", "— 4 —"])
    assert furniture(reading) == ["— 1 —", "— 2 —", "— 3 —", "— 4 —"]


def test_pages_begin_where_their_text_begins() -> None:
    reading = read(typeset([FIRST, LONG], per_page=2))
    # First page: the heading and 24 characters; the second goes on in the middle of the paragraph.
    assert reading.pages == (0, len(FIRST) + 1 + 24)


def test_without_indents_headings_and_ends_of_sentences_part_paragraphs() -> None:
    paragraphs = ["一、总体要求", "坚持办学方向，深化改革创新，推动高质量发展，加快建设教育强市。", "二、主要任务"]
    assert read(typeset(paragraphs, per_page=20, indent=0, foot="")).text == "\n".join(paragraphs)


def test_a_reference_at_the_start_of_a_line_does_not_begin_a_paragraph() -> None:
    text = "违反本办法规定的，由教育行政部门责令改正并依照本办法" + "第三十条规定处理；情节严重的，依法给予处分。"
    assert len("违反本办法规定的，由教育行政部门责令改正并依照本办法") == PER_LINE
    assert read(typeset([text], per_page=20, indent=0, foot="")).text == text


@pytest.mark.parametrize("foot", ["— {} —", "-{}-", "－ {} －", "{}", "第{}页 共3页", "{} / 3"])
def test_page_numbers_are_furniture(foot: str) -> None:
    reading = read(typeset([LONG, NEXT, LONG], per_page=3, foot=foot))
    assert furniture(reading) == [foot.format(n) for n in (1, 2, 3)]
    assert [line for line in reading.text.splitlines() if line not in furniture(reading)] == [LONG, NEXT, LONG]


def test_running_heads_are_furniture_and_a_single_line_at_the_head_is_not() -> None:
    assert "某市教育局文件" in furniture(read(typeset([LONG, NEXT], per_page=2, head="某市教育局文件")))
    assert furniture(read(typeset([LONG], per_page=20, head="某市教育局文件", foot=""))) == []


def test_a_number_that_does_not_rise_with_the_pages_is_content() -> None:
    pages = [[(LEFT, HEAD, "7"), (LEFT, TOP, LONG[:20])], [(LEFT, HEAD, "7"), (LEFT, TOP, NEXT[:20])]]
    assert read(drawn(pages)).furniture == ()


def test_lines_of_a_table_of_contents_stay_apart() -> None:
    lines = [f"{n}、总体要求{'.' * 38} {i}" for i, n in enumerate("一二三", 1)]
    page = [(LEFT, TOP - PITCH * i, line) for i, line in enumerate(lines)]
    assert read(drawn([page])).text == "\n".join(lines)


def test_a_table_is_read_by_columns() -> None:
    buffer = BytesIO()
    rows = [
        ["学校", "计划人数", "备注"],
        ["第一小学", "120", "含走读"],
        ["第二小学", "80", ""],
        ["第三小学", "60", "寄宿"],
    ]
    style = ParagraphStyle("正文", fontName=FONT, fontSize=12, leading=20)
    table = Table(rows, style=[("FONTNAME", (0, 0), (-1, -1), FONT)])
    SimpleDocTemplate(buffer).build([Paragraph("招生计划如下：", style), table, Paragraph("特此通知。", style)])
    reading = read(buffer.getvalue())
    expected = "\n".join("\t".join(row) for row in rows)
    assert reading.text == f"招生计划如下：\n{expected}\n特此通知。"
    assert [reading.text[t.start : t.end] for t in reading.tables] == [expected]


def test_rows_that_form_no_table_are_reported() -> None:
    page = [(LEFT + 90 * k, TOP, text) for k, text in enumerate(("甲", "乙", "丙", "丁"))]
    reading = read(drawn([page]))
    assert reading.text == "甲 乙 丙 丁"
    assert reading.warnings == ("第 1 页可能有表格，未能按行列读出，请核对原文",)


def test_no_character_is_lost_or_doubled() -> None:
    data = typeset([FIRST, LONG, "Education 2035 and beyond", NEXT, "abc " * 30] * 5, per_page=7, head="页眉 Head")
    extracted = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)
    assert Counter("".join(read(data).text.split())) == Counter("".join(extracted.split()))


def test_pages_without_text_are_named() -> None:
    reading = read(drawn([[(LEFT, TOP, "正文")], [], [], [(LEFT, TOP, "又一页")], []]))
    assert reading.warnings == ("第 2—3、5 页没有文字（可能是图片或扫描页），未收录",)
    assert len(reading.pages) == 5


def test_radicals_become_the_han_they_stand_for() -> None:
    assert unify("⽂件⾄⼤⻓⻚\uf900ﬁⅡ①") == ("文件至大长页豈ﬁⅡ①", 6)
    reading = read(drawn([[(LEFT, TOP, "公⽂")]]))
    assert reading.text in ("公文", "公⽂")  # the font of the test may have no such glyph


def test_garbled_pages_are_told() -> None:
    assert is_garbled("\ue123\ue456\ue789\ufffd\ufffd的")
    assert is_garbled("ɽʮȫҵʥʦ通知")
    assert not is_garbled(LONG + "Ⅰ①〔2023〕α、é")


def test_a_scan_has_no_text() -> None:
    with pytest.raises(NoText, match=r"共 2 页.*OCR"):
        read(drawn([[], []]))


def test_an_encrypted_file_with_an_empty_password_is_read_and_another_is_not() -> None:
    page = [[(LEFT, TOP, "正文")]]
    with pytest.raises(EncryptedFile, match="取消密码"):
        read(drawn(page, encrypt="geheim"))
    writer = pypdf.PdfWriter(BytesIO(drawn(page)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    assert read(buffer.getvalue()).text == "正文"


def test_damaged_files() -> None:
    whole = typeset([LONG], per_page=20)
    for data in (b"%PDF-1.4\n", whole[:200], b"%PDF-1.7\n" + b"x" * 3000):
        with pytest.raises(DamagedFile, match=r"坏\.pdf"):
            read_bytes("坏.pdf", data)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(FileTooLarge, match="上限 1 页"):
        read(drawn([[], []]))


def test_two_columns_are_read_one_after_the_other_however_they_are_drawn() -> None:
    """Rows drawn across both columns, as some programs do."""
    words = "临溪县中小学课后服务坚持自愿参加公开收费安全有序的原则由学校按学期公布服务内容"
    left = [f"{n}、{words[n : n + 14]}" for n in range(10)]
    right = [f"{n}；{words[n + 10 : n + 24]}" for n in range(10)]
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 12)
    for row in range(10):
        canvas.drawString(72, 700 - row * 20, left[row])
        canvas.drawString(300, 700 - row * 20, right[row])
    canvas.save()
    text = "".join(read_bytes("两栏.pdf", stream.getvalue()).text.split())
    assert text == "".join([*left, *right])
