"""Plain text and Markdown: encodings decided strictly, the text kept to the letter."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.errors import EmptyFile, ReadError, UndecodableText, UnsupportedFormat
from ingest.reading import read_bytes

NOTICE = "关于做好招生工作的通知\n\n　　一、总体要求\n各区教育局：教基〔2023〕1号。\n"
COMMON_HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)
def test_text_is_kept_to_the_letter_in_every_encoding(encoding: str, named: str) -> None:
    reading = read_bytes("通知.txt", NOTICE.encode(encoding))
    assert (reading.text, reading.format, reading.encoding) == (NOTICE, "txt", named)


def test_utf16_of_either_order_is_told_by_its_mark() -> None:
    assert read_bytes("a.txt", b"\xfe\xff" + NOTICE.encode("utf-16-be")).text == NOTICE


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    assert read_bytes("a.txt", "甲\r\n 乙\u3000\r丙\n\n\t丁 ".encode()).text == "甲\n 乙\u3000\n丙\n\n\t丁 "


def test_markdown_is_kept_as_it_is() -> None:
    source = "# 教育法\n\n<!-- INFO END -->\n\n**第一条**　为了…\n"
    reading = read_bytes("教育法.md", source.encode())
    assert (reading.text, reading.format) == (source, "md")


def test_markdown_that_begins_with_a_tag_is_no_web_page() -> None:
    source = "<div>1</div>\n<p>a</p><p>b</p>\n# 题"
    assert read_bytes("a.md", source.encode()).text == source


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff \u3000\n".encode()])
def test_a_file_without_characters_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_bytes("空.txt", data)


def test_big5_is_named_and_not_guessed() -> None:
    text = "關於學校招生工作的通知，請各區教育局認真執行，並於規定時間內報送材料。" * 3
    with pytest.raises(UndecodableText, match="Big5"):
        read_bytes("臺.txt", text.encode("big5"))


@pytest.mark.parametrize(
    "data",
    [
        NOTICE.encode()[:-2] + b"\xff" + NOTICE.encode(),  # one broken byte in UTF-8
        "café, naïve".encode("latin-1"),
        b"\xff\xfe" + NOTICE.encode("utf-16-le") + b"\x4e",  # cut in the middle of a character
    ],
)
def test_bytes_that_fit_no_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(UndecodableText, match="UTF-8"):
        read_bytes("a.txt", data)


@pytest.mark.parametrize("data", [b"\x00\x01\x02text", b"MZ\x90\x00\x03", bytes(range(1, 32)) * 9])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(UnsupportedFormat):
        read_bytes("a.txt", data)


def test_replacement_characters_of_an_earlier_program_are_reported() -> None:
    assert read_bytes("a.txt", "第\ufffd条\ufffd".encode()).warnings == (
        "有 2 个字符在入库之前已经损坏（显示为 \ufffd），请核对原文",
    )


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t")).filter(str.strip)


@given(texts, st.sampled_from(["utf-8", "utf-8-sig"]))
def test_utf8_round_trip(text: str, encoding: str) -> None:
    assume(not text.startswith(("\ufeff", "BM", "PK", "CAJ", "<", "%", "{")))
    try:
        reading = read_bytes("a.txt", text.encode(encoding))
    except ReadError:  # pragma: no cover - the message below shows the text
        pytest.fail(f"refused {text!r}")
    assert reading.text == text


@given(st.text(COMMON_HAN + "，。、；：（）《》〔〕abc 1234\n　", min_size=1).filter(str.strip))
def test_gb18030_round_trip(text: str) -> None:
    data = text.encode("gb18030")
    try:
        data.decode()
    except UnicodeDecodeError:  # a text of a few characters may be valid UTF-8 as well, which goes first
        assert read_bytes("a.txt", data).text == text
