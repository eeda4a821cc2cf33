"""Plain text and Markdown: the canonical text is the decoded file with line ends read as line feeds."""

import re
from dataclasses import replace
from pathlib import PurePath

from ingest.document import Reading, Table
from ingest.errors import UnsupportedFormat
from ingest.markers import marker_at
from ingest.reading.encodings import decode, unreadable_marks
from ingest.reading.recognition import TEXT_SUFFIXES
from ingest.reading.refusals import READABLE

CONTROL_SHARE = 0.01
"""Share of control characters from which bytes that decode are still no text."""

HAN_SHARE = 0.5
"""Least share of Han among the visible characters of a text without a text file's suffix; policies have 0.7 and more,
programs and data with Chinese in them below 0.4."""

_ALLOWED = frozenset("\t\n\r\x0b\x0c\x1a")  # white space, and the end-of-file mark of DOS
_CURE = f"请添加 {READABLE} 文件"
_HAN = re.compile(r"[\u3400-\u9fff]")
_DATA = re.compile(r"\s*[\[{]\s*[\[{\"]")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def read_text(file: str, data: bytes) -> Reading:
    """Read a text file; nothing is edited besides line ends and the byte order mark.

    Raises UndecodableText if no encoding fits, UnsupportedFormat if the bytes are no text at all, or are no Chinese
    prose and the name does not say that they are a text file.
    """
    decoded, encoding = decode(file, data)
    controls = sum(character < " " and character not in _ALLOWED for character in decoded)
    if "\0" in decoded or controls > CONTROL_SHARE * len(decoded):
        raise UnsupportedFormat(file, "内容不是文字（含有大量控制字符）", _CURE)
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    if PurePath(file).suffix.lower() not in TEXT_SUFFIXES and text.strip() and not is_prose(text):
        raise UnsupportedFormat(
            file, "内容不像中文文件，可能是数据、程序或日志", f"{_CURE}；确是文件正文的，请改名为 .txt"
        )
    return Reading(text=text, format="txt", encoding=encoding, warnings=unreadable_marks(text))


def read_markdown(file: str, data: bytes) -> Reading:
    """Read a Markdown file, marks and comments included: structuring knows what they mean. Tables are found."""
    reading = read_text(file, data)
    tables, delimiters = pipe_tables(reading.text)
    return replace(reading, format="md", tables=tables, furniture=delimiters)


def is_prose(text: str) -> bool:
    """Tell whether a text is Chinese prose, with sentences or clause numbers; no program, data or log.

    >>> is_prose("一、总则"), is_prose('{"标题": "关于招生工作的通知。"}'), is_prose("print('你好。')")
    (True, False, False)
    """
    visible = sum(map(len, text.split()))
    if _DATA.match(text) or len(_HAN.findall(text)) < HAN_SHARE * visible:
        return False
    return "。" in text or any(marker_at(line.strip()) for line in text.split("\n"))


def pipe_tables(text: str) -> tuple[tuple[Table, ...], tuple[tuple[int, int], ...]]:
    r"""Find the tables of a Markdown text, and the ranges of the |---| lines behind their headers.

    GitHub Flavored Markdown, 4.10: a header row, a delimiter row, then rows up to a line without a bar.

    >>> pipe_tables("计划\n| 学校 | 班数 |\n|---|---|\n| 一小 | 3 |\n\n说明")
    ((Table(start=3, end=35),), ((15, 24),))
    """
    tables: list[Table] = []
    delimiters: list[tuple[int, int]] = []
    above, start, position = "", 0, 0  # the line above, and where it begins
    for line in text.split("\n"):
        end = position + len(line)
        if tables and tables[-1].end == position - 1 and "|" in line:
            tables[-1] = Table(tables[-1].start, end)
        elif "|" in line and "|" in above and _DELIMITER.fullmatch(line):
            tables.append(Table(start, end))
            delimiters.append((position, end))
        above, start, position = line, position, end + 1
    return tuple(tables), tuple(delimiters)
