"""LibreOffice as a converter: files of old or rare office formats to .docx or .xlsx, in a folder of its own."""

import tempfile
from functools import cache
from pathlib import Path

from ingest.errors import DamagedFile, FileTooLarge, UnsupportedFormat
from ingest.reading.programs import ProgramFailed, ProgramTimeout, find, run

SECONDS = 90
"""Time that one conversion may take, the start of the program included."""

INSTALL = (
    "请安装 LibreOffice（Windows：从官网下载安装；Debian、Ubuntu：apt install libreoffice-writer libreoffice-calc）"
)
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def is_installed() -> bool:
    """Tell whether LibreOffice is on this machine."""
    return find("soffice") is not None


def convert(file: str, data: bytes, ending: str, target: str) -> bytes:
    """Convert the bytes of a file that would end with `ending` (".doc") to `target` ("docx" or "xlsx").

    Raises UnsupportedFormat without LibreOffice, DamagedFile where it can't open the file, FileTooLarge where it
    takes too long. Macros don't run: headless LibreOffice loads documents with macros disabled.
    """
    program = find("soffice")
    if program is None:
        raise UnsupportedFormat(
            file, f"读取{ending}文件需要 LibreOffice，本机没有安装", f"{INSTALL}，或另存为 .docx 后再添加"
        )
    with tempfile.TemporaryDirectory(prefix="yinju-") as name:
        source = Path(name) / f"file{ending}"
        source.write_bytes(data)
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
        command = [program, f"-env:UserInstallation={_profile().as_uri()}", *options]
        try:
            run([*command, "--convert-to", _FILTERS[target], "--outdir", name, str(source)], seconds=SECONDS)
        except ProgramTimeout as error:
            reason = f"转换超过 {SECONDS} 秒，已停止"
            raise FileTooLarge(file, reason, "请用原软件打开，另存为 .docx 后再添加") from error
        except ProgramFailed as error:
            raise _unopened(file) from error
        made = source.with_suffix(f".{target}")
        if not made.is_file():
            raise _unopened(file)
        return made.read_bytes()


def _unopened(file: str) -> DamagedFile:
    return DamagedFile(
        file, "文件不完整、已损坏或设有密码，LibreOffice 打不开", "请用原软件打开，另存为 .docx 后再添加"
    )


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="yinju-libreoffice-", ignore_cleanup_errors=True)


def _profile() -> Path:
    """The settings of LibreOffice for this process: two of them can't share one at a time."""
    return Path(_folder().name)
