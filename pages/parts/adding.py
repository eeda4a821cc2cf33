"""Adding and finding documents of the library on its page."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from index.library import Library
from index.records import DocumentRow
from ingest.archives import Member, is_archive, member_bytes, members_of
from ingest.document import Document
from ingest.errors import YinjuError
from ingest.pool import shared

STATUS = {"added": "已添加", "replaced": "已更新", "unchanged": "已在库中，内容相同", "failed": "没有添加"}
_LONGEST_NAME = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    file: str
    status: str  # a key of STATUS
    document: Document | None
    message: str | None  # where it failed, in Chinese


def add_files(
    library: Library, files: Sequence[tuple[str, Callable[[], bytes]]], progress: Callable[[float, str], object]
) -> list[Outcome]:
    """Add files, given by name and a function that reads them; one that fails does not stop the others."""
    outcomes: list[Outcome] = []
    for done, (name, read) in enumerate(files):
        progress(done / len(files), f"正在添加（{done + 1}/{len(files)}）")
        outcomes += _add_all(library, source_of(name), read)
    progress(1.0, "添加完毕")
    return outcomes


def _add_all(library: Library, source: str, read: Callable[[], bytes]) -> Iterator[Outcome]:
    """Add a file, or each of those in an archive."""
    try:
        data = read()
        members = list(members_of(source, None, data)) if is_archive(data) else []
    except Exception as error:
        yield _failed(source, error)
        return
    for member in members:
        yield _add(library, member.source, partial(_unpacked, member, data))
    if not members:
        yield _add(library, source, lambda: data)


def _unpacked(member: Member, data: bytes) -> bytes:
    if member.problem is not None:
        raise member.problem
    return member_bytes(member.source, None, member.entries, data)


def _add(library: Library, source: str, read: Callable[[], bytes]) -> Outcome:
    try:
        added = library.add(shared().document_from(source, read()))
    except Exception as error:
        return _failed(source, error)
    return Outcome(source, added.status, added.document, None)


def _failed(source: str, error: Exception) -> Outcome:
    """What is said of a file that could not be added; of an error that is a bug, less than what is logged."""
    if isinstance(error, YinjuError):
        return Outcome(source, "failed", None, str(error))
    _log.error("adding %r failed", source, exc_info=error)
    reason = f"读取时出现意外错误（{type(error).__name__}）。请把这份文件交给维护人员。"
    return Outcome(source, "failed", None, reason)


def source_of(name: str) -> str:
    r"""The name a library knows an uploaded file by: its last part, control characters left out.

    >>> source_of("..\\..\\要点.txt")
    '要点.txt'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    cleaned = "".join(char for char in last if char.isprintable()).strip(" .")
    stem, dot, suffix = cleaned.rpartition(".")
    if dot and len(cleaned) > _LONGEST_NAME:
        cleaned = stem[: _LONGEST_NAME - len(suffix) - 1] + dot + suffix
    return cleaned[-_LONGEST_NAME:] or "未命名"


def dates_apart(documents: Iterable[DocumentRow]) -> dict[str, str]:
    """What tells documents of the same title apart, by id: the date, or where that is missing, the file's name."""
    alike: dict[str, list[DocumentRow]] = {}
    for row in documents:
        alike.setdefault(row.metadata.title, []).append(row)
    found = {}
    for group in alike.values():
        dates = [row.metadata.published or row.metadata.signed or "" for row in group]
        for row, date in zip(group, dates, strict=True):
            if len(group) > 1:
                found[row.id] = date if date and dates.count(date) == 1 else row.source
    return found


def matching(documents: Iterable[DocumentRow], words: str) -> list[DocumentRow]:
    """Documents that hold each of the words in title, number, place, kind, issuer or file name."""
    wanted = words.casefold().split()
    return [row for row in documents if all(word in _searched(row) for word in wanted)]


def _searched(row: DocumentRow) -> str:
    metadata = row.metadata
    values = (metadata.title, metadata.number, metadata.region, metadata.kind, metadata.issuer, row.source)
    return " ".join(value for value in values if value).casefold()
