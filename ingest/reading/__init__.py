"""Reading: a file in, its canonical text with ranges out, or an error that says what to do.

`read_bytes` finds out what a file is and hands its bytes to the reader for that format. A new format takes
a module with a function `(file, data) -> Reading` and one entry in `READERS`.
"""

import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.document import Reading
from ingest.errors import DamagedFile, EmptyFile, FileTooLarge, ReadError
from ingest.reading.recognition import recognise
from ingest.reading.refusals import refusal

__all__ = ["MAX_BYTES", "READERS", "SUFFIXES", "bytes_of", "is_skipped", "read_bytes"]

MAX_BYTES = 50 * 1024 * 1024
"""Largest file that is read."""

SUFFIXES = (
    *(".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".ofd"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
    *(".docx", ".doc", ".wps", ".rtf", ".odt", ".xlsx", ".xls", ".ods"),
)
"""Suffixes to offer in a file dialog; what a file really is, its content decides."""

READERS = {
    "txt": "plain.read_text",
    "md": "plain.read_markdown",
    "html": "html.read_html",
    "pdf": "pdf.read_pdf",
    "docx": "word.read_word",
    "ofd": "ofd.read_ofd",
    "doc": "legacy_word.read_doc",
    "rtf": "legacy_word.read_rtf",
    "odt": "legacy_word.read_odt",
    "xls": "spreadsheet.read_xls",
    "xlsx": "spreadsheet.read_xlsx",
    "ods": "spreadsheet.read_ods",
    "mhtml": "web_archive.read_web_archive",
    "image": "scan.read_image",
}
"""Format to module and function in this package; loaded when first needed, for pypdf and python-docx are slow."""

_Reader = Callable[[str, bytes], Reading]


def is_skipped(path: Path) -> bool:
    """Tell whether a folder's file is no document: a hidden file, or the lock file (~$…) of an open Word file."""
    return path.name.startswith((".", "~$"))


def bytes_of(path: Path, file: str) -> bytes:
    """The bytes of a file on disk; `file` is the name shown to the user. Raises DamagedFile, FileTooLarge."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or device might never end
            raise DamagedFile(file, "打不开（不是普通文件）", "请先存为普通文件后再添加")
        if status.st_size > MAX_BYTES:
            raise _too_large(file, status.st_size)
        return path.read_bytes()
    except OSError as error:
        reason = f"打不开（{error.strerror or type(error).__name__}）"
        raise DamagedFile(file, reason, "请检查文件是否存在、是否有读取权限") from error


def read_bytes(file: str, data: bytes) -> Reading:
    """Read the bytes of a file, such as an upload; `file` is the name shown to the user.

    Whatever is wrong with it, what is raised is a kind of `ReadError` with file name, reason and cure in Chinese.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(file, len(data))
    if not data.strip():
        raise EmptyFile(file, "文件是空的", "请检查文件是否保存完整")
    kind = recognise(file, data)
    if kind not in READERS:
        raise refusal(file, kind)
    reading = _run(_reader(kind), file, data)
    if not reading.text.strip():
        raise EmptyFile(file, "文件里没有文字", "请检查文件是否保存完整")
    return reading


def _run(reader: _Reader, file: str, data: bytes) -> Reading:
    try:
        return reader(file, data)
    except (ReadError, MemoryError):  # of memory, whoever set a bound on it speaks
        raise
    except Exception as error:  # Parsers of foreign formats raise nearly anything on broken input.
        reason = f"文件已损坏，解析失败（{type(error).__name__}）"
        raise DamagedFile(file, reason, "请重新获取文件，或用原软件打开后另存再添加") from error


def _reader(kind: str) -> _Reader:
    module, function = READERS[kind].split(".")
    return cast(_Reader, getattr(import_module(f"ingest.reading.{module}"), function))


def _too_large(file: str, size: int) -> FileTooLarge:
    limit, actual = MAX_BYTES // 2**20, size / 2**20
    return FileTooLarge(file, f"文件有 {actual:.1f} MB，超过上限 {limit} MB", "请拆分文件，或去掉其中的图片后再添加")
