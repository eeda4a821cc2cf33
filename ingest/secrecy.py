"""Marks of secrecy (密级): a file that carries one is refused, unless the office has set otherwise.

GB/T 9704-2012, 7.2.2: 绝密, 机密 or 秘密 and the period, parted by ★, at the top left of the first page.
"""

import os
import re

from ingest.errors import ClassifiedFile

SETTING = "YINJU_ACCEPT_MARKED"
"""Environment variable; "1" lets marked files in, with a warning: for systems that are cleared for them."""

_FIRST = 20  # non-blank lines that may carry the mark
_LEVEL = r"(绝\s*密|机\s*密|秘\s*密)"
_COUNT = r"(?:\d+|[一二三四五六七八九十]+)"
_PERIOD = rf"(?:[★☆*＊·]\s*{_COUNT}?\s*(?:年|个?月|天|长期|启用前|解密前)?|{_COUNT}\s*(?:年|个月)|启用前)"
_MARK = re.compile(rf"(?:密\s*级\s*[:：]?\s*)?{_LEVEL}\s*{_PERIOD}?")
_FIELD = re.compile(rf"(?:.*\s)?密\s*级(?:和保密期限)?\s*[:：\t]\s*{_LEVEL}.*")
_STARRED = re.compile(rf".*?{_LEVEL}\s*[★☆].*")


def mark_of(text: str) -> str | None:
    r"""Find the mark of secrecy at the head of a text.

    >>> mark_of("机 密★5年\n云川市教育局文件"), mark_of("密级：秘密"), mark_of("国家秘密定密管理规定\n第一条")
    ('机 密★5年', '密级：秘密', None)
    """
    lines = (line.strip() for line in text.split("\n"))
    for _, line in zip(range(_FIRST), filter(None, lines), strict=False):
        short = len(line) <= 60
        if _MARK.fullmatch(line) or (short and (_FIELD.fullmatch(line) or _STARRED.fullmatch(line))):
            return line
    return None


def check_mark(file: str, text: str) -> tuple[str, ...]:
    """Raise ClassifiedFile for a marked text; where the setting lets it in, return the warning instead."""
    mark = mark_of(text)
    if mark is None:
        return ()
    if os.environ.get(SETTING) == "1":
        return (f"文件标有密级“{mark}”，按本机设置收录",)
    reason = f"文件标有密级“{mark}”，没有收录"
    raise ClassifiedFile(file, reason, "涉密文件不要放进本系统；确已解密的，请去掉密级标志后再添加")
