"""Every real file there is: read; broken copies of them refused with the right error; known sentences found."""

import os
import re
import unicodedata
from pathlib import Path

import pytest

from ingest.document import Document, Reading
from ingest.errors import DamagedFile, ReadError
from ingest.load import document_from
from ingest.reading import bytes_of, ocr, read_bytes
from ingest.reading.programs import find as find_program

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("YINJU_SHARED", REPOSITORY.parent / "shared"))
SCAN = "粤教考[2015]14号关于做好2016年进城务工人员随迁子女在广东省参加高考有关工作的通知.pdf"
OLD = ("人工智能_方案详细.doc", "计算机科学与技术_方案详细.doc")

pytestmark = pytest.mark.skipif(
    not (SHARED / "real_files").is_dir(),
    reason="no real files here: set YINJU_SHARED or put shared/ beside the repository",
)


def read(path: Path) -> Reading:
    return read_bytes(path.name, bytes_of(path, path.name))


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (SHARED / folder).rglob("*") if path.is_file())


def find(start: str) -> Reading:
    path = next(path for path in files("real_files") if path.name.startswith(start))
    return read(path)


def test_every_real_file_is_read() -> None:
    for path in files("real_files"):
        if path.name != SCAN and not (path.name in OLD and find_program("soffice") is None):
            check(read(path), shortest=30 if path.suffix == ".ofd" else 100)


@pytest.mark.skipif(find_program("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", OLD)
def test_the_same_content_as_doc_and_pdf_has_the_same_clauses(name: str) -> None:
    """Headings and paragraphs alike; rows alike but for cells that the end of a page cuts in two in the .pdf.

    A row of the .doc counts as found where a row of the .pdf ends with it.
    """
    old, twin = (document(path) for path in (name, f"{Path(name).stem}.pdf"))
    labels = [[row.label for row in each.clauses if row.role == "heading" and row.label] for each in (old, twin)]
    assert labels[0] == labels[1]
    rows = [[plain(each.text_of(row)) for row in each.citable() if row.role == "table"] for each in (old, twin)]
    assert abs(len(rows[0]) - len(rows[1])) <= 0.05 * len(rows[0])
    found = sum(any(held.endswith(row) for held in rows[1]) for row in rows[0])
    assert found >= 0.97 * len(rows[0])
    held = "".join(plain(twin.text_of(row)) for row in twin.clauses)
    paragraphs = {plain(old.text_of(row)) for row in old.citable() if row.role != "table"}
    assert [words for words in paragraphs if words not in held] == []


def document(name: str) -> Document:
    path = next(path for path in files("real_files") if path.name == name)
    return document_from(name, path.read_bytes())


def plain(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.skipif(not ocr.is_installed(), reason="tesseract with chi_sim is not installed")
def test_the_scan_is_recognised() -> None:
    reading = find(SCAN)
    check(reading, shortest=3000)
    assert min(reading.quality) > 0.8
    for words in ("一、统一思想认识", "二、完善政策规定", "三、加强规范管理"):
        assert words in reading.text
    assert re.search(r"粤教考.2015.14号", reading.text)


def check(reading: Reading, shortest: int) -> None:
    """Ranges lie in the text, in order, and take whole lines; pages rise; no encoding went wrong."""
    text = reading.text
    assert len(text.strip()) > shortest
    assert "\r" not in text
    assert "\ufffd" not in text
    ranges = [*reading.furniture, *((table.start, table.end) for table in reading.tables)]
    for start, end in ranges:
        assert 0 <= start < end <= len(text)
        assert start == 0 or text[start - 1] == "\n"
        assert end == len(text) or text[end] == "\n"
    for table in reading.tables:
        tabs = {line.count("\t") for line in text[table.start : table.end].split("\n")}
        assert len(tabs) == 1
        assert tabs != {0}
    assert list(reading.pages) == sorted(reading.pages)


def test_policies_and_laws_are_kept_to_the_letter() -> None:
    for path in files("policies", "laws"):
        expected = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert read(path).text == expected


def test_gbk_reports() -> None:
    for path in files("real_files/reports"):
        assert read(path).text == path.read_bytes().decode("gb18030").replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("start", "line"),
    [
        ("教育部办公厅", "教基一厅[2016]1号"),
        ("泉州市教育局", "鲤城区、丰泽区教育局，市直小学："),
        ("将义务教育阶段", "五、医保待遇"),
        ("关于印发《广州市白云区", "广州市白云区义务教育阶段学校2016年招生工作意见"),
        ("本市户籍儿童", "1. 跨区就读民办或寄宿校的，学校须具有跨区招生资格；"),
        ("河南省2016年普通", "6月7日\t语 文\t数学"),
        ("人工智能_方案详细.pdf", "人工智能专业本科人才培养方案"),
    ],
)
def test_known_lines_are_content(start: str, line: str) -> None:
    reading = find(start)
    place = reading.text.split("\n").index(line)
    offset = sum(len(before) + 1 for before in reading.text.split("\n")[:place])
    assert not any(a <= offset < b for a, b in reading.furniture)


@pytest.mark.parametrize("start", ["教育部办公厅", "泉州市教育局", "将义务教育阶段", "消除大班额"])
def test_articles_are_not_furniture_and_navigation_is(start: str) -> None:
    reading = find(start)
    marked = "".join(reading.text[a:b] for a, b in reading.furniture)
    assert "首页" in marked
    assert "。" not in marked
    assert len(marked) < len(reading.text) / 4


def test_broken_copies_end_in_our_own_errors() -> None:
    for path in files("real_files/city")[::4]:
        data = path.read_bytes()
        for end in (len(data) // 3, len(data) - 40):
            try:
                read_bytes(path.name, data[:end])
            except ReadError:
                continue
            assert not data.startswith(b"PK"), f"{path.name}, cut off, was taken for whole"


def test_a_docx_cut_off_is_damaged() -> None:
    data = next(path for path in files("real_files/city") if path.suffix == ".docx").read_bytes()
    with pytest.raises(DamagedFile):
        read_bytes("a.docx", data[:-100])
