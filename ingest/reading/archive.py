"""Zip archives, looked at before anything is unpacked: a small file can hold a terabyte of zeros."""

import zipfile
import zlib
from io import BytesIO

from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge

MAX_ENTRIES = 10_000
MAX_UNPACKED = 512 * 1024 * 1024  # bytes, all entries together
MAX_PART = 64 * 1024 * 1024  # bytes of one XML part; the text of a thousand-page book takes under 20 MB
MAX_RATIO = 200  # unpacked to packed; XML reaches about 30
_DECLARED_WITHIN = 4096  # bytes at the start of a part
_RATIO_FROM = 4 * 1024 * 1024  # bytes; smaller entries may be as empty as they like


def check_archive(file: str, data: bytes, program: str = "Word 或 WPS") -> None:
    """Raise DamagedFile, EncryptedFile or FileTooLarge if an archive is broken, locked, or unpacks to too much.

    `program` is what a librarian would open the file with.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(file, entries, program)
            declared = any(_declares_type(archive, entry) for entry in entries)
            broken = archive.testzip()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as error:
        raise _damaged(file, program) from error
    if broken is not None:
        raise _damaged(file, program)
    if declared:
        reason = "含有不允许的文档类型声明（DOCTYPE）"
        raise DamagedFile(file, reason, f"请用 {program} 打开，另存后再添加")


def _check_sizes(file: str, entries: list[zipfile.ZipInfo], program: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedFile(file, "文件设有密码", "请取消密码后再添加")
    if len(entries) > MAX_ENTRIES:
        raise _too_large(file, program, f"内含 {len(entries)} 个部件，超过上限 {MAX_ENTRIES}")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise _too_large(file, program, f"解压后有 {total // 2**20} MB，超过上限 {MAX_UNPACKED // 2**20} MB")
    for entry in entries:
        if entry.filename.endswith(".xml") and entry.file_size > MAX_PART:
            raise _too_large(file, program, f"部件 {entry.filename} 解压后有 {entry.file_size // 2**20} MB")
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _too_large(file, program, f"部件 {entry.filename} 的压缩比超过 {MAX_RATIO}，疑为压缩炸弹")


def _declares_type(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Tell whether a part has a document type declaration: entities hide text, and ISO/IEC 29500-2 forbids them."""
    if not entry.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(entry) as part:
        return b"<!DOCTYPE" in part.read(_DECLARED_WITHIN)


def _damaged(file: str, program: str) -> DamagedFile:
    return DamagedFile(file, "文件不完整或已损坏，打不开", f"请重新获取文件，或用 {program} 修复后另存再添加")


def _too_large(file: str, program: str, reason: str) -> FileTooLarge:
    return FileTooLarge(file, reason, f"请用 {program} 打开，只保留正文，另存后再添加")
