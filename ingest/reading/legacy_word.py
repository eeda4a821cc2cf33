"""Old and rare word-processor files (.doc, .wps, .rtf, .odt): by LibreOffice, so that automatic numbers are resolved.

Without LibreOffice, antiword reads .doc, without the numbers that Word makes.
"""

import io
import tempfile
from dataclasses import replace
from pathlib import Path

import olefile

from ingest.document import Reading
from ingest.errors import EncryptedFile, NoText, ReadError, UnsupportedFormat
from ingest.reading import libreoffice
from ingest.reading.blocks import Block, assemble
from ingest.reading.programs import ProgramFailed, find, run
from ingest.reading.word import read_word

SECONDS = 30
"""Time that antiword may take."""

_ENCRYPTED = 0x0100  # of the flags in the file information block, [MS-DOC] 2.5.2


def read_doc(file: str, data: bytes) -> Reading:
    """Read a Word file of 1997 to 2003, or a WPS file of that form. Raises kinds of ReadError."""
    if _is_locked(data):
        raise EncryptedFile(file, "文件设有打开密码", "请在 Word 或 WPS 中取消密码后再添加")
    if libreoffice.is_installed():
        return _converted(file, data, ".doc", "doc")
    if find("antiword"):
        return _by_antiword(file, data)
    cure = f"{libreoffice.INSTALL}，或安装 antiword，或另存为 .docx 后再添加"
    raise UnsupportedFormat(file, "读取旧版 Word（.doc、.wps）文件需要 LibreOffice 或 antiword，本机都没有安装", cure)


def read_rtf(file: str, data: bytes) -> Reading:
    """Read a rich text file. Raises kinds of ReadError."""
    return _converted(file, data, ".rtf", "rtf")


def read_odt(file: str, data: bytes) -> Reading:
    """Read an OpenDocument text. Raises kinds of ReadError."""
    return _converted(file, data, ".odt", "odt")


def _converted(file: str, data: bytes, ending: str, name: str) -> Reading:
    try:
        return replace(read_word(file, libreoffice.convert(file, data, ending, "docx")), format=name)
    except NoText as error:
        raise NoText(file, "文件里没有文字（可能是粘贴的图片）", error.cure) from error


def _by_antiword(file: str, data: bytes) -> Reading:
    with tempfile.TemporaryDirectory(prefix="yinju-") as folder:
        source = Path(folder) / "file.doc"
        source.write_bytes(data)
        try:
            out = run([find("antiword") or "", "-m", "UTF-8.txt", "-w", "0", str(source)], seconds=SECONDS)
        except ProgramFailed as error:
            raise _unopened(file) from error
    blocks = [Block(line.strip(" ")) for line in out.decode("utf-8", "replace").split("\n") if line.strip()]
    if not blocks:
        raise NoText(file, "文件里没有文字（可能是粘贴的图片）", "请添加文字版")
    warning = "由 antiword 读取：Word 自动编号和表格的行列可能没有读出，请核对；安装 LibreOffice 后重新添加可读全"
    return Reading(assemble(blocks).text, "doc", warnings=(warning,))


def _unopened(file: str) -> ReadError:
    return UnsupportedFormat(file, "这个 .doc 文件 antiword 读不了", f"{libreoffice.INSTALL}，或另存为 .docx 后再添加")


def _is_locked(data: bytes) -> bool:
    """Tell whether the file information block says that the text is encrypted."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            head = container.openstream("WordDocument").read(12)
    except OSError:
        return False
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
