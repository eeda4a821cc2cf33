"""A library file that can only be read, or is taken away while it is open."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from small_library import MODEL, build

from index import database
from index.local_store import LocalStore
from index.records import Passage
from ingest.errors import LibraryError, LibraryMissing

ROOT = Path(__file__).parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_library_opened_to_be_read_is_read_and_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "共享 100%#?"
    build(folder, documents=2)
    before = contents(folder)
    with LocalStore.open(folder, create=False, model=None, read_only=True) as store:
        assert store.read_only
        assert len(store.documents()) == 2
        assert len(list(store.clauses())) == 2
        assert store.vectors()[1].tolist() == [[0, 1], [0, 1]]
        assert contents(folder) == before
        document = store.document(store.documents()[0].id)
        assert store.put(document, [], lambda texts: np.empty((0, 2), np.float32)) == "unchanged"
        with pytest.raises(LibraryError, match="can only be read: copy it to a folder that can be written"):
            store.remove(document.id)
    assert contents(folder) == before


def test_one_that_can_only_read_sees_what_others_write(tmp_path: Path) -> None:
    """While the writer is there its log is read along; when it has gone, the changed file."""
    build(tmp_path, documents=3)
    with LocalStore.open(tmp_path, create=False, model=None, read_only=True) as reader:
        assert len(reader.documents()) == 3
        with LocalStore.open(tmp_path, create=False, model=None) as writer:
            writer.remove(writer.documents()[0].id)
            assert len(reader.documents()) == 2
            writer.remove(writer.documents()[0].id)
            assert len(reader.documents()) == 1
        assert len(reader.documents()) == 1


@pytest.mark.parametrize("error", [sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL])
def test_a_library_is_opened_to_be_read_where_sqlite_can_not_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    build(tmp_path)

    def blocked(path: Path, *, create: bool) -> sqlite3.Connection:
        raised = sqlite3.OperationalError("disk")
        raised.sqlite_errorcode = error
        raise raised

    monkeypatch.setattr(database, "open_library", blocked)
    with LocalStore.open(tmp_path, create=True, model=MODEL) as store:
        assert store.read_only
        assert len(store.documents()) == 1


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from index.local_store import LocalStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with LocalStore.open(Path(sys.argv[1]), create=True, model=None) as store:
    print(store.read_only, len(store.documents()), len(store.vectors()[0]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX")
def test_a_process_that_can_write_no_byte_reads_the_library(tmp_path: Path) -> None:
    build(tmp_path)
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["True", "1", "1"]


@pytest.mark.parametrize("replaced", [False, True])
def test_a_library_that_was_taken_away_takes_no_documents(tmp_path: Path, replaced: bool) -> None:
    build(tmp_path / "library")
    with LocalStore.open(tmp_path / "library", create=False, model=None) as store:
        document = store.document(store.documents()[0].id)
        other = replace(document, source="another.txt")
        assert store.is_in_place()
        (tmp_path / "library").rename(tmp_path / "away")
        if replaced:
            build(tmp_path / "library")
        assert not store.is_in_place()
        message = "was replaced by another file: open it again" if replaced else "no library in"
        with pytest.raises(LibraryMissing, match=message):
            store.put(other, [], lambda texts: np.empty((0, 2), np.float32))
        with pytest.raises(LibraryMissing, match=message):
            store.documents()


def test_a_library_that_is_taken_away_while_writing_is_missed(tmp_path: Path) -> None:
    build(tmp_path / "library")
    with LocalStore.open(tmp_path / "library", create=False, model=None) as store:
        document = replace(store.document(store.documents()[0].id), source="another.txt")

        def embed(texts: Sequence[str]) -> NDArray[np.float32]:
            (tmp_path / "library").rename(tmp_path / "away")
            return np.array([[0, 1]], np.float32)

        with pytest.raises(LibraryMissing):
            store.put(document, [Passage(0, 0, 10, "", document.text[:10])], embed)
