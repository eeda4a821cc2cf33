"""Zip archives of documents: each member becomes a file of its own, named "archive.zip/notice.docx"."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, ReadError, UnusableName
from ingest.reading import MAX_BYTES, is_skipped
from ingest.reading.recognition import zip_kind

MAX_MEMBERS = 10_000
"""Members of one archive."""

MAX_UNPACKED = 1024 * 1024 * 1024
"""Bytes that the members of one archive may unpack to."""

MAX_RATIO = 500
"""Unpacked to packed; documents reach about 30, and texts of one repeated line 200."""

DEEPEST = 2
"""Archives inside archives that are opened."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_RATIO_FROM = 4 * 1024 * 1024  # bytes; smaller members may be as empty as they like
_UTF8 = 0x800  # flag: the name is in UTF-8
_LOCKED = 0x1
_LEFT_OUT = ("__MACOSX/",)
_CURE = "请解压后添加其中的文件"


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive."""

    source: str  # name of the archive, "/", name inside it
    entries: tuple[str, ...]  # names as the archives have them, outermost first
    problem: ReadError | None = None  # why it can't be read, known without unpacking it


def is_archive(data: bytes) -> bool:
    """Tell whether the bytes of a file are a zip archive that is no document itself."""
    return data.startswith(b"PK") and zip_kind(BytesIO(data)) == "archive"


def is_packed(path: Path) -> bool:
    """Tell the same of a file on disk, of which only the list of its members is read."""
    with path.open("rb") as stream:
        return zip_kind(stream) == "archive"


def members_of(source: str, path: Path | None, data: bytes | None = None) -> Iterator[Member]:
    """List the files of an archive on disk, or of its bytes, those of archives inside it too.

    Raises DamagedFile or FileTooLarge for an archive that can't be opened or is a bomb.
    """
    yield from _members(source, _opened(source, path, data), (), 1)


def member_bytes(source: str, path: Path | None, entries: tuple[str, ...], data: bytes | None = None) -> bytes:
    """Unpack one member. Raises DamagedFile, EncryptedFile, FileTooLarge."""
    for entry in entries:
        with _opened(source, path, data) as archive:
            data = _unpacked(source, archive, archive.getinfo(entry))
        path = None
    return data or b""


def _opened(source: str, path: Path | None, data: bytes | None) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path if data is None and path is not None else BytesIO(data or b""))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFile(source, "压缩包不完整或已损坏，打不开", "请重新获取，或解压后添加其中的文件") from error


def _members(source: str, archive: zipfile.ZipFile, above: tuple[str, ...], depth: int) -> Iterator[Member]:
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check(source, entries)
        for entry in entries:
            name = _name(entry)
            if name.startswith(_LEFT_OUT) or is_skipped(Path(name)):
                continue
            member = Member(f"{source}/{_safe(name)}", (*above, entry.filename), _problem(source, name, entry))
            nested = member.problem is None and _is_nested(archive, entry)
            if not nested:
                yield member
            elif depth >= DEEPEST:
                reason = f"压缩包套了{depth + 1}层，没有打开"
                yield Member(member.source, member.entries, FileTooLarge(member.source, reason, _CURE))
            else:
                yield from _nested(member, archive, entry, depth)


def _nested(member: Member, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> Iterator[Member]:
    try:
        inner = _opened(member.source, None, _unpacked(member.source, archive, entry))
        yield from _members(member.source, inner, member.entries, depth + 1)
    except ReadError as error:
        yield Member(member.source, member.entries, error)


def _check(source: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_MEMBERS:
        raise FileTooLarge(source, f"压缩包里有 {len(entries):,} 个文件，超过上限 {MAX_MEMBERS:,}", _CURE)
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise FileTooLarge(
            source, f"压缩包解压后有 {total // 2**20:,} MB，超过上限 {MAX_UNPACKED // 2**20:,} MB", _CURE
        )


def _problem(source: str, name: str, entry: zipfile.ZipInfo) -> ReadError | None:
    shown = f"{source}/{_safe(name)}"
    if entry.flag_bits & _LOCKED:
        return EncryptedFile(shown, "压缩包设有密码", "请解压后添加其中的文件")
    if _is_unsafe(name):
        return UnusableName(shown, "压缩包里的文件名含有绝对路径或“..”，没有读取", _CURE)
    if entry.file_size > MAX_BYTES:
        limit = MAX_BYTES // 2**20
        return FileTooLarge(shown, f"文件有 {entry.file_size / 2**20:.1f} MB，超过上限 {limit} MB", "请拆分后再添加")
    if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        return FileTooLarge(shown, f"压缩比超过 {MAX_RATIO}，疑为压缩炸弹，没有读取", _CURE)
    return None


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts


def _safe(name: str) -> str:
    """A name without a drive, leading slashes, `..` and what can't be printed."""
    parts = [part for part in PurePosixPath(name.lstrip("/")).parts if part != ".."]
    return "".join(character for character in "/".join(parts) if character.isprintable()) or "未命名"


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: where it does not say that it is UTF-8, Chinese Windows wrote GBK."""
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    read = [found for found in (_decoded(raw, "utf-8"), _decoded(raw, "gb18030")) if found and _HAN.search(found)]
    return next(iter(read), name)  # bytes of GBK may be UTF-8 by chance, but then of no Chinese


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if PurePosixPath(_name(entry)).suffix.lower() != ".zip":
        return False
    try:
        with archive.open(entry) as stream:
            return stream.read(2) == b"PK"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return False


def _unpacked(source: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, no more than it declares and than is read."""
    try:
        with archive.open(entry) as stream:
            return _bounded(source, stream, min(entry.file_size, MAX_BYTES))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
        raise DamagedFile(source, "压缩包里的这个文件已损坏，解不开", "请重新获取，或解压后添加其中的文件") from error


def _bounded(source: str, stream: IO[bytes], limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise FileTooLarge(source, "解压出的内容比压缩包声明的大，没有读取", _CURE)
    return data
