"""What a file is, what is refused with which advice, and that nothing but our own errors comes out."""

import re
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.reading
from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, ReadError, UnsupportedFormat
from ingest.reading import READERS, SUFFIXES, bytes_of, is_skipped, read_bytes
from ingest.reading.refusals import READABLE

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504


def read(path: Path) -> Reading:
    return read_bytes(path.name, bytes_of(path, path.name))


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\0" * 64


def packed(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason", "cure"),
    [
        (stream("PowerPoint Document"), "旧版 PowerPoint", "导出为 PDF"),
        (OLE, "旧版 Office 或 WPS", "另存为 .docx"),
        (packed("ppt/presentation.xml"), "PowerPoint（.pptx）", "导出为 PDF"),
        (packed("mimetype", "content.xml"), "OpenDocument", "导出为 PDF"),
        (packed("通知.docx"), "压缩包", "解压后"),
        (b"Rar!\x1a\x07\x00", "压缩包", "解压后"),
        (b"<?xml version='1.0'?><a>1</a>", "XML", "另存为 .docx"),
    ],
)
def test_formats_without_a_reader_are_named_with_a_cure(data: bytes, reason: str, cure: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read_bytes("文件.pdf", data)
    assert caught.value.file == "文件.pdf"
    assert reason in caught.value.reason
    assert cure in caught.value.cure
    assert str(caught.value) == f"文件.pdf：{caught.value.reason}。{caught.value.cure}。"


def test_locked_and_broken_containers() -> None:
    with pytest.raises(EncryptedFile):
        read_bytes("a.docx", stream("EncryptedPackage"))
    with pytest.raises(DamagedFile):
        read_bytes("a.docx", b"PK\x03\x04" + b"\0" * 90)


def test_a_text_that_begins_like_a_bitmap_is_text() -> None:
    assert read_bytes("a.txt", b"BMI standards for pupils").format == "txt"


def test_files_over_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.reading, "MAX_BYTES", 3)
    path = tmp_path / "大.txt"
    path.write_bytes("正文".encode())
    for attempt in (lambda: read(path), lambda: read_bytes("大.txt", b"1234")):
        with pytest.raises(FileTooLarge, match=r"大\.txt"):
            attempt()


def test_a_file_that_can_not_be_opened_is_no_traceback(tmp_path: Path) -> None:
    for path in (tmp_path / "无.txt", tmp_path):
        with pytest.raises(DamagedFile, match="打不开"):
            read(path)


def test_files_are_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "通知"
    path.write_bytes("一、总则".encode("gb18030"))
    assert read(path).text == "一、总则"


@pytest.mark.parametrize(
    ("name", "skipped"), [(".DS_Store", True), ("~$通知.docx", True), ("通知.docx", False), ("README.md", False)]
)
def test_which_files_of_a_folder_are_skipped(name: str, skipped: bool) -> None:
    assert is_skipped(Path("库", name)) is skipped


def test_what_a_librarian_is_told_to_add_is_what_can_be_read() -> None:
    assert set(re.findall("[A-Z]+", READABLE)) == {name.upper() for name in READERS if name != "image"}


def test_every_reader_of_the_table_exists() -> None:
    for reader in READERS.values():
        module, function = reader.split(".")
        assert callable(getattr(import_module(f"ingest.reading.{module}"), function))
    assert {".txt", ".pdf", ".docx", ".ofd", ".html"} < set(SUFFIXES)


def test_a_reader_that_fails_in_an_unforeseen_way_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_file: str, _data: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("ingest.reading.plain.read_text", broken)
    with pytest.raises(DamagedFile, match="ZeroDivisionError"):
        read_bytes("a.txt", b"text")


@settings(deadline=None)
@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", OLE[:8], b"<html>", b"\xff\xfe", b"MIME-Version: 1.0\n"]),
    st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused_with_our_own_error(start: bytes, rest: bytes) -> None:
    try:
        reading = read_bytes("x", start + rest)
    except ReadError:
        return
    assert reading.text.strip()
