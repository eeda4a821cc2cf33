"""Old Word files, rich text, OpenDocument text and web archives; converters are real, and skipped where missing."""

import io

import docx
import pytest

from ingest.errors import DamagedFile, EmptyFile, EncryptedFile, UnsupportedFormat
from ingest.load import document_from
from ingest.reading import legacy_word, libreoffice, programs, pulse, read_bytes
from ingest.reading.programs import ProgramFailed, ProgramTimeout, find, run

office = pytest.mark.skipif(find("soffice") is None, reason="LibreOffice is not installed")
LINES = ["临溪县课后服务管理办法", "第一条 为规范课后服务，制定本办法。", "第二条 课后服务坚持自愿参加。"]


def word() -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(2, 2, style="Table Grid")
    for cell, words in zip(table._cells, ("学校", "班数", "一小", "12"), strict=True):
        cell.text = words
    document.add_paragraph("第三条 收费标准向社会公布，每学期公布一次，接受家长监督。" * 30)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("old")
    (folder / "new.docx").write_bytes(word())
    command = [find("soffice") or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    run([*command, "--convert-to", "doc", "--outdir", str(folder), str(folder / "new.docx")], seconds=90)
    return (folder / "new.doc").read_bytes()


@office
def test_an_old_word_file_has_the_clauses_of_the_new_one(old_word: bytes) -> None:
    old, new = document_from("办法.doc", old_word), document_from("办法.docx", word())
    assert old.reading.format == "doc"
    assert [(c.label, old.text_of(c)) for c in old.citable()] == [(c.label, new.text_of(c)) for c in new.citable()]


@office
def test_by_antiword(old_word: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    if find("antiword") is None:
        pytest.skip("antiword is not installed")
    monkeypatch.setattr(libreoffice, "is_installed", lambda: False)
    reading = read_bytes("办法.doc", old_word)
    assert reading.text.split("\n")[:3] == LINES
    assert "antiword" in reading.warnings[0]


@office
def test_without_a_converter_the_cure_is_said(old_word: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "is_installed", lambda: False)
    monkeypatch.setattr(legacy_word, "find", lambda name: None)
    with pytest.raises(UnsupportedFormat, match="请安装 LibreOffice"):
        read_bytes("办法.doc", old_word)


@office
def test_a_locked_old_word_file(old_word: bytes) -> None:
    at = old_word.index(bytes((0xEC, 0xA5))) + 10
    locked = old_word[:at] + bytes((old_word[at], old_word[at + 1] | 1)) + old_word[at + 2 :]
    with pytest.raises(EncryptedFile, match="打开密码"):
        read_bytes("办法.doc", locked)


@office
def test_rich_text_in_gbk() -> None:
    escaped = "".join(f"\\'{byte:02x}" for byte in "临溪县教育局关于招生的通知".encode("gb18030"))
    head = r"\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0"
    rtf = rf"{{{head} {escaped}\par \u19968?\u12289?\u26102?\u38388?\par}}"
    reading = read_bytes("通知.rtf", rtf.encode("ascii"))
    assert reading.text == "临溪县教育局关于招生的通知\n一、时间"
    assert reading.format == "rtf"


@office
def test_a_broken_old_file_is_named() -> None:
    container = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(2000)
    with pytest.raises(DamagedFile, match=r"坏\.doc"):
        read_bytes("坏.doc", container)


def archived(body: bytes, charset: str, encoding: str = "8bit") -> bytes:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=cut\r\n\r\n--cut\r\n"
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n--cut\r\nContent-Type: image/png\r\n\r\nxx\r\n--cut--\r\n"


PAGE = (
    "<html><head><title>通知</title></head><body><h1>临溪县招生通知</h1><p>一、时间</p><p>八月报名。</p></body></html>"
)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_archive(charset: str) -> None:
    reading = read_bytes("通知.mht", archived(PAGE.encode(charset), charset))
    assert reading.text == "临溪县招生通知\n一、时间\n八月报名。"
    assert reading.format == "mhtml"


def test_a_web_archive_in_quoted_printable() -> None:
    quoted = "".join(f"={byte:02X}" for byte in PAGE.encode())
    wrapped = "=\r\n".join(quoted[i : i + 75] for i in range(0, len(quoted), 75))
    assert read_bytes("通知.mht", archived(wrapped.encode(), "utf-8", "quoted-printable")).text.startswith("临溪县")


def test_a_web_archive_without_a_page() -> None:
    with pytest.raises(EmptyFile, match="没有网页正文"):
        read_bytes("通知.mht", archived(PAGE.encode(), "utf-8").replace(b"text/html", b"text/css"))


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    with pytest.raises(ProgramTimeout):
        run(["sh", "-c", "sleep 60 & sleep 60"], seconds=0.3)


def test_a_program_that_takes_longer_gives_signs_of_life_and_gets_all_its_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beats: list[int] = []
    monkeypatch.setattr(programs, "_BEAT", 0.2)
    monkeypatch.setattr(pulse, "_listeners", [lambda: beats.append(1)])
    data = b"x" * 500_000
    assert run(["sh", "-c", "sleep 0.7; cat"], seconds=10, data=data) == data
    assert len(beats) >= 2


def test_a_program_that_fails_says_why() -> None:
    with pytest.raises(ProgramFailed, match="broken"):
        run(["sh", "-c", "echo broken >&2; exit 3"], seconds=5)
    assert programs.find("no-such-program-here") is None
