"""Bytes to text, strictly: an encoding is named with certainty or the file is refused; no byte is dropped."""

import codecs
from functools import cache

from ingest.errors import UndecodableText, UnsupportedFormat
from ingest.reading.refusals import READABLE

COMMON_SHARE = 0.7
"""Least share of common characters among the non-ASCII ones of a GB18030 text; real ones have 0.95 and more,
Big5 or a damaged UTF-8 text taken for GB18030 has about 0.3."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CURE = "请用记事本或 WPS 打开，另存为 UTF-8 编码的文本后再添加"


def decode(file: str, data: bytes) -> tuple[str, str]:
    """Decode a text file; return its text, byte order mark removed, and the name of the encoding.

    Tried in this order: byte order mark, UTF-8, GB18030 (which holds GBK and GB2312). GB18030 accepts almost
    any bytes, so its result must look like Chinese.

    Raises UndecodableText if no encoding fits, UnsupportedFormat if the bytes are no text at all.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is not None:
        return _with_mark(file, data, encoding), encoding
    if b"\0" in data:
        raise UnsupportedFormat(file, "内容不是文字（含有二进制数据）", f"请添加 {READABLE} 文件")
    text = _strict(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = _strict(data, "gb18030")
    if text is not None and common_share(text) >= COMMON_SHARE:
        return text, "gb18030"
    raise UndecodableText(file, _why(data), _CURE)


def common_share(text: str) -> float:
    """Share of common Han and Chinese punctuation among the non-ASCII characters of a text, 0 to 1.

    Common are the 3,755 Han of level 1 of GB 2312-80 and the signs of its rows 1 to 3.
    """
    foreign = [character for character in text if not character.isascii()]
    common = _common_characters()
    return sum(character in common for character in foreign) / len(foreign) if foreign else 1.0


def unreadable_marks(text: str) -> tuple[str, ...]:
    """Warn of replacement characters that an earlier program left in the text."""
    count = text.count("\ufffd")
    return (f"有 {count} 个字符在入库之前已经损坏（显示为 \ufffd），请核对原文",) if count else ()


def _with_mark(file: str, data: bytes, encoding: str) -> str:
    text = _strict(data, encoding)
    if text is None:
        raise UndecodableText(file, f"文件开头声明为 {encoding} 编码，但内容不符（可能被截断）", _CURE)
    return text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _why(data: bytes) -> str:
    big5 = _strict(data, "big5")
    if big5 is not None and any(not character.isascii() for character in big5):
        return "文字编码不是 UTF-8 或 GB18030，可能是 Big5（繁体）"
    return "文字编码无法确定（既不是 UTF-8，也不像 GB18030）"


@cache
def _common_characters() -> frozenset[str]:
    rows = [*range(0xA1, 0xA4), *range(0xB0, 0xD8)]
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset(cell.decode("gb2312") for cell in cells if _strict(cell, "gb2312") is not None)
