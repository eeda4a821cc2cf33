"""Plain text and Markdown: the canonical text is the decoded file with line ends read as line feeds."""

from ingest.document import Reading
from ingest.errors import UnsupportedFormat
from ingest.reading.encodings import decode, unreadable_marks

CONTROL_SHARE = 0.01
"""Share of control characters from which bytes that decode are still no text."""

_ALLOWED = frozenset("\t\n\r\x0b\x0c\x1a")  # white space, and the end-of-file mark of DOS


def read_text(file: str, data: bytes) -> Reading:
    """Read a text file; nothing is edited besides line ends and the byte order mark.

    Raises UndecodableText if no encoding fits, UnsupportedFormat if the bytes are no text at all.
    """
    decoded, encoding = decode(file, data)
    controls = sum(character < " " and character not in _ALLOWED for character in decoded)
    if "\0" in decoded or controls > CONTROL_SHARE * len(decoded):
        raise UnsupportedFormat(file, "内容不是文字（含有大量控制字符）", "请添加 TXT、MD、HTML、PDF 或 DOCX 文件")
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    return Reading(text=text, format="txt", encoding=encoding, warnings=unreadable_marks(text))


def read_markdown(file: str, data: bytes) -> Reading:
    """Read a Markdown file, marks and comments included: structuring knows what they mean."""
    reading = read_text(file, data)
    return Reading(text=reading.text, format="md", encoding=reading.encoding, warnings=reading.warnings)
