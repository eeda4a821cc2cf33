"""Pages of pictures: recognised with confidence where tesseract is installed, refused with the cure where not."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from evaluation.scans import Noise, drawn, read_back, typeset
from ingest.document import Reading
from ingest.errors import DamagedFile, FileTooLarge, NoText
from ingest.load import document_from
from ingest.reading import ocr, read_bytes, scan
from ingest.reading.ocr import clean

TEXT = (
    "临溪县课后服务管理办法\n第一条 为规范中小学课后服务，制定本办法。\n第二条 课后服务坚持自愿参加、公开收费的原则，"
    "每天服务时间不少于两小时，结束时间与当地正常下班时间相衔接。\n第三条 学校应当在每学期开始前公布服务内容、"
    "收费标准和监督电话，接受家长监督。\n第四条 本办法自2025年9月1日起施行。"
)

recognises = pytest.mark.skipif(not ocr.is_installed(), reason="tesseract with chi_sim is not installed")


@pytest.fixture(scope="session")
def font() -> Path:
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Serif CJK SC"], capture_output=True, encoding="utf-8", check=False
    ).stdout
    if "CJK" not in found:
        pytest.skip("Noto Serif CJK is not installed")
    return Path(found)


@pytest.fixture(scope="session")
def page(font: Path) -> bytes:
    return drawn(typeset(TEXT)[0], font, Noise(), seed=1)


@pytest.fixture(scope="session")
def read_page(page: bytes) -> Reading:
    return read_bytes("扫描.jpg", page)


@recognises
def test_a_noisy_page_is_read_back(font: Path) -> None:
    assert read_back("办法", TEXT, font, Noise()).accuracy >= 0.97


@recognises
def test_recognised_text_is_said_and_has_its_confidence(read_page: Reading) -> None:
    assert read_page.format == "image"
    assert "图片识别" in read_page.warnings[0]
    assert 0.7 < read_page.quality[0] <= 1
    covered = "".join(read_page.text[each.start : each.end] for each in read_page.recognised)
    assert len(covered) >= 0.98 * len("".join(read_page.text.split()))
    assert all(0 <= each.confidence <= 1 for each in read_page.recognised)


@recognises
def test_a_scan_has_articles_like_any_document(page: bytes) -> None:
    document = document_from("办法.jpg", page)
    assert [clause.label for clause in document.citable()] == ["第一条", "第二条", "第三条", "第四条"]
    assert document.receipt.recognised >= 0.98 * document.receipt.characters


@recognises
def test_pages_of_a_pdf_without_text_are_recognised_and_the_others_are_not(page: bytes) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(80, 700, "第五条 本条印在有文字的一页上，由县教育局解释。")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.open(io.BytesIO(page))), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    reading = read_bytes("混合.pdf", stream.getvalue())
    assert reading.quality[0] == 1
    assert 0.7 < reading.quality[1] < 1
    assert min(each.start for each in reading.recognised) > reading.text.index("由县教育局解释")
    assert any(warning.startswith("第 2 页的文字由图片识别得到") for warning in reading.warnings)


@recognises
def test_a_page_that_lies_on_its_side(font: Path, page: bytes) -> None:
    stream = io.BytesIO()
    Image.open(io.BytesIO(page)).rotate(90, expand=True).save(stream, "PNG")
    assert "课后服务坚持自愿参加" in read_bytes("横放.png", stream.getvalue()).text


@recognises
def test_frames_of_a_tiff_are_pages(page: bytes) -> None:
    frame = Image.open(io.BytesIO(page))
    stream = io.BytesIO()
    frame.save(stream, "TIFF", save_all=True, append_images=[frame])
    reading = read_bytes("两页.tif", stream.getvalue())
    assert len(reading.pages) == 2
    assert reading.text.count("制定本办法") == 2


def test_without_the_program_the_cure_is_said(page: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(NoText, match="请安装 tesseract"):
        read_bytes("扫描.jpg", page)


def test_a_scanned_pdf_without_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(NoText, match="请安装 tesseract"):
        read_bytes("扫描.pdf", stream.getvalue())


@recognises
def test_a_broken_and_an_empty_picture(page: bytes) -> None:
    with pytest.raises(DamagedFile, match="打不开"):
        read_bytes("坏.jpg", page[:2000])
    stream = io.BytesIO()
    Image.new("L", (400, 400), 255).save(stream, "PNG")
    with pytest.raises(NoText, match="没有识别出文字"):
        read_bytes("空.png", stream.getvalue())


@recognises
def test_a_picture_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_PIXELS", 100)
    stream = io.BytesIO()
    Image.new("L", (400, 400), 255).save(stream, "PNG")
    with pytest.raises(FileTooLarge, match="百万像素"):
        read_bytes("大.png", stream.getvalue())


@pytest.mark.parametrize(
    ("read", "cleaned"),
    [
        ("一 丶 规范 课后 服务 , 每天 2 小时 (含 自习)", "一、规范课后服务，每天2小时（含自习）"),
        ('二 . 落实 "双 减" 政策 .', "二、落实“双减”政策。"),
        ("Yinju is a tool (v1.0).", "Yinju is a tool (v1.0)."),
        ("收费 标准 : 每 小时 3.5 元", "收费标准：每小时3.5元"),
    ],
)
def test_blanks_and_marks_are_set_right(read: str, cleaned: str) -> None:
    assert clean(read) == cleaned
