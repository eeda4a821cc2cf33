"""From a file to a document: find files, read, structure, name, account."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ingest.archives import is_packed, member_bytes, members_of
from ingest.document import Document, Reading
from ingest.errors import DamagedFile, ReadError, UnusableName
from ingest.metadata import metadata_of
from ingest.nested import parts_of
from ingest.reading import bytes_of, is_skipped, read_bytes
from ingest.secrecy import check_mark
from ingest.structure import account, structure

_LIBRARY = "library.sqlite3"
"""The file by which a folder is known for a library of ours; its files are no documents."""

_LIBRARY_FILES = frozenset({_LIBRARY, f"{_LIBRARY}-wal", f"{_LIBRARY}-shm", "derived"})


@dataclass(frozen=True, slots=True)
class File:
    """A file to be added, under the name the library will know it by."""

    path: Path
    source: str  # relative to the folder that was named, "/" between parts
    problem: ReadError | None = None  # why it can't be added, known without opening it; `load` raises it
    inside: tuple[str, ...] = ()  # of a member of an archive: its names in the archives, outermost first


def discover(paths: Iterable[Path]) -> Iterator[File]:
    """List the files that are named or lie in the folders named, sorted, each once; hidden ones left out.

    Zip archives are opened: each member is a file, "archive.zip/notice.docx". One that can't be added comes with its
    `problem`: a name that another file took, a folder that can't be read. Libraries inside the folders are
    left out. Raises DamagedFile for a path that does not exist.
    """
    seen: set[str] = set()
    taken: dict[str, Path] = {}
    for path in paths:
        for file in _found(path):
            place = os.path.realpath(file.path)
            if place in seen:
                continue
            seen.add(place)
            members = list(_members(file))
            if members:
                yield from members
                continue
            if file.problem is None and file.source in taken:
                yield replace(file, problem=_clash(file, taken[file.source]))
            else:
                taken.setdefault(file.source, file.path)
                yield file


def _members(file: File) -> Iterator[File]:
    """The files inside an archive; one that can't be opened is itself a file with a problem; none for other files."""
    if file.problem is not None or not file.path.is_file() or not _looks_packed(file.path):
        return
    try:
        if is_packed(file.path):
            found = members_of(file.source, file.path)
            yield from (File(file.path, printable(each.source), each.problem, each.entries) for each in found)
    except ReadError as error:
        yield replace(file, problem=error)


def _looks_packed(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError:
        return False


def _found(path: Path) -> Iterator[File]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "没有这个文件或文件夹" if missing else f"打不开（{error.strerror}）"
        raise DamagedFile(printable(str(path)), reason, "请核对路径") from error
    if stat.S_ISDIR(mode):
        yield from sorted(_inside(path), key=lambda file: file.path)
    else:
        yield _named(path, path.name)


def _inside(root: Path) -> Iterator[File]:
    problems: list[OSError] = []
    for name, folders, files in os.walk(root, onerror=problems.append):
        folder = Path(name)
        holds_library = _LIBRARY in files
        if holds_library and folder != root:
            folders.clear()
            continue
        left_out = _LIBRARY_FILES if holds_library else frozenset()
        folders[:] = [each for each in folders if each not in left_out and not is_skipped(Path(each))]
        paths = (folder / each for each in files if each not in left_out and not is_skipped(Path(each)))
        yield from (_named(path, path.relative_to(root).as_posix()) for path in paths if path.is_file())
    for error in problems:
        folder = Path(error.filename)
        source = printable(folder.name)
        problem = DamagedFile(source, f"文件夹打不开（{error.strerror}）", "请检查是否有读取权限")
        yield File(folder, source, problem)


def _named(path: Path, source: str) -> File:
    shown = printable(source)
    return File(path, shown, None if shown == source else _unreadable_name(shown))


def _clash(file: File, other: Path) -> UnusableName:
    first, second = (Path(os.path.abspath(path)) for path in (other, file.path))
    common = os.path.commonpath([first.parent, second.parent])
    reason = f"与 {printable(str(first))} 同名（两个文件在文库中都叫 {file.source}），没有添加"
    return UnusableName(
        printable(str(second)), reason, f"请改为添加它们共同的上级文件夹 {printable(common)}，或给其中一个改名"
    )


def _unreadable_name(shown: str) -> UnusableName:
    return UnusableName(shown, "文件名不是 UTF-8 编码，无法登记", "请给文件改名后再添加")


def printable(name: str) -> str:
    r"""A name in which half characters, as names that are no UTF-8 come with, are written out.

    >>> printable("通知.txt"), printable("\udccd.txt")
    ('通知.txt', '\\udccd.txt')
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def content_hash(file: File) -> str:
    """SHA-256 of a file's bytes, which are not parsed. Raises a kind of ReadError if it can't be opened."""
    return sha256(data_of(file)).hexdigest()


def load(file: File) -> Document:
    """Read and structure a file. Raises a kind of ReadError that names file, reason and cure."""
    return document_from(file.source, data_of(file))


def data_of(file: File) -> bytes:
    """The bytes of a file, unpacked where it is a member of an archive. Raises a kind of ReadError."""
    if file.problem is not None:
        raise file.problem
    if file.inside:
        return member_bytes(file.source, file.path, file.inside)
    return bytes_of(file.path, file.source)


def document_from(source: str, data: bytes) -> Document:
    """Make a document of the bytes of a file, such as an upload. Raises a kind of ReadError."""
    if printable(source) != source:
        raise _unreadable_name(printable(source))
    reading = read_bytes(source, data)
    return build(source, sha256(data).hexdigest(), reading)


def build(source: str, content_hash: str, reading: Reading) -> Document:
    """Structure a reading and name it. Raises ClassifiedFile for a text with a mark of secrecy."""
    marked = check_mark(source, reading.text)
    rows, jumps = structure(reading)
    metadata, notes = metadata_of(reading, rows, Path(source).stem)
    counted = account(reading, rows)
    warnings = (*marked, *reading.warnings, *jumps, *notes, *counted.warnings)
    receipt = replace(counted, warnings=warnings, numbering=jumps)
    return Document(source, content_hash, reading, metadata, rows, receipt, parts_of(reading.text, rows))
