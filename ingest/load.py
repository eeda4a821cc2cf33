"""From a file to a document: find files, read, structure, name, account."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ingest.document import Document, Reading
from ingest.errors import DamagedFile, FileTooLarge
from ingest.metadata import metadata_of
from ingest.reading import MAX_BYTES, is_skipped, read_bytes
from ingest.structure import account, structure


@dataclass(frozen=True, slots=True)
class File:
    """A file to be added, under the name the library will know it by."""

    path: Path
    source: str  # relative to the folder that was named, "/" between parts


def discover(paths: Iterable[Path]) -> Iterator[File]:
    """List the files that are named or lie in the folders named, sorted, each once; hidden ones left out.

    Raises DamagedFile for a path that does not exist.
    """
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file, path))
            found = [File(file, file.relative_to(path).as_posix()) for file in inside]
        elif path.exists():
            found = [File(path, path.name)]
        else:
            raise DamagedFile(str(path), "没有这个文件或文件夹", "请核对路径")
        for file in found:
            if file.source not in seen:
                seen.add(file.source)
                yield file


def _hidden(file: Path, folder: Path) -> bool:
    return any(is_skipped(Path(part)) for part in file.relative_to(folder).parts)


def load(file: File) -> Document:
    """Read and structure a file. Raises a kind of ReadError that names file, reason and cure."""
    try:
        size = file.path.stat().st_size
        if size > MAX_BYTES:
            raise FileTooLarge(
                file.source, f"文件有{size / 1048576:.0f} MB，超过上限{MAX_BYTES // 1048576} MB", "请拆分后再添加"
            )
        data = file.path.read_bytes()
    except OSError as error:
        raise DamagedFile(file.source, f"打不开（{error.strerror}）", "请检查文件是否存在、是否有读取权限") from error
    return document_from(file.source, data)


def document_from(source: str, data: bytes) -> Document:
    """Make a document of the bytes of a file, such as an upload. Raises a kind of ReadError."""
    reading = read_bytes(source, data)
    return build(source, sha256(data).hexdigest(), reading)


def build(source: str, content_hash: str, reading: Reading) -> Document:
    """Structure a reading and name it."""
    rows, jumps = structure(reading)
    metadata, notes = metadata_of(reading, rows, Path(source).stem)
    receipt = account(reading.text, rows)
    warnings = (*reading.warnings, *jumps, *notes, *receipt.warnings)
    return Document(source, content_hash, reading, metadata, rows, replace(receipt, warnings=warnings))
