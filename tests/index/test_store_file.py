"""The library file: missing, damaged, foreign, of another version, closed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.local_store import LocalStore
from index.records import ModelRecord, Passage
from ingest.document import Clause, Document, Metadata, Reading, Receipt
from ingest.errors import LibraryDamaged, LibraryError, LibraryMissing

FILE = "library.sqlite3"
MODEL = ModelRecord("model", "fingerprint", 2, normalised=True)


def execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        db.execute(statement)


def build(folder: Path, documents: int = 1) -> None:
    text = "人人读书。" * 500
    with LocalStore.open(folder, create=True, model=MODEL) as store:
        for number in range(documents):
            rows = (Clause("body", (), "", 0, len(text)),)
            document = Document(f"{number}.txt", "hash", Reading(text, "txt"), Metadata("题"), rows, Receipt(1, 1))
            store.put(document, [Passage(0, 0, 5, "", text[:5])], lambda texts: np.array([[0, 1]], np.float32))


def test_no_library_is_missing_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="python -m ingest PATH --library"):
        LocalStore.open(tmp_path / "none", create=False, model=None)
    assert list(tmp_path.iterdir()) == []


def test_a_library_whose_making_was_cut_off_is_missing_and_can_be_made(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with pytest.raises(LibraryMissing):
        LocalStore.open(tmp_path, create=False, model=None)
    build(tmp_path)
    with LocalStore.open(tmp_path, create=False, model=None) as store:
        assert len(store.documents()) == 1


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("garbage", [b"no library at all\n" * 1000, b"SQLite format 3\0" + bytes(range(256)) * 64])
def test_garbage_is_damaged_and_left_alone(tmp_path: Path, garbage: bytes, create: bool) -> None:
    (tmp_path / FILE).write_bytes(garbage)
    with pytest.raises(LibraryDamaged, match=r"library\.sqlite3 can't be read"):
        LocalStore.open(tmp_path, create=create, model=MODEL)
    assert (tmp_path / FILE).read_bytes() == garbage


def test_a_foreign_database_is_no_library(tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(LibraryDamaged, match="no library"):
        LocalStore.open(tmp_path, create=True, model=MODEL)


def test_another_format_version_is_named(tmp_path: Path) -> None:
    build(tmp_path)
    execute(tmp_path, "PRAGMA user_version = 7")
    with pytest.raises(LibraryDamaged, match="format version 7, this program reads 1"):
        LocalStore.open(tmp_path, create=False, model=None)


def test_a_table_that_is_gone_is_damage(tmp_path: Path) -> None:
    build(tmp_path)
    execute(tmp_path, "DROP TABLE vectors")
    with LocalStore.open(tmp_path, create=False, model=None) as store, pytest.raises(LibraryDamaged, match="vectors"):
        store.vectors()


def test_overwritten_pages_are_damage(tmp_path: Path) -> None:
    build(tmp_path, documents=20)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(LibraryDamaged), LocalStore.open(tmp_path, create=False, model=None) as store:
        store.documents()


@pytest.mark.parametrize("change", ["DELETE FROM vectors", "UPDATE vectors SET vector = x'00'"])
def test_a_vector_that_is_gone_or_cut_is_damage(tmp_path: Path, change: str) -> None:
    build(tmp_path)
    execute(tmp_path, change)
    with (
        LocalStore.open(tmp_path, create=False, model=None) as store,
        pytest.raises(LibraryDamaged, match="1 passages have no vector: rebuild"),
    ):
        store.vectors()


def test_an_error_while_writing_leaves_the_old_state(tmp_path: Path) -> None:
    build(tmp_path)
    execute(tmp_path, "CREATE TRIGGER full BEFORE INSERT ON vectors BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    text = "天天读书。"
    document = Document(
        "0.txt", "new", Reading(text, "txt"), Metadata("题"), (Clause("body", (), "", 0, 5),), Receipt(5, 5)
    )
    with LocalStore.open(tmp_path, create=False, model=None) as store:
        before = store.documents(), list(store.clauses()), store.vectors()[1].tolist(), store.generation
        with pytest.raises(sqlite3.IntegrityError, match="disk full"):
            store.put(document, [Passage(0, 0, 5, "", text)], lambda texts: np.array([[1, 0]], np.float32))
        assert before == (store.documents(), list(store.clauses()), store.vectors()[1].tolist(), store.generation)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, create=True, model=MODEL)
    store.close()
    store.close()
    with pytest.raises(LibraryError, match="is closed: open it again"):
        store.documents()
    with pytest.raises(LibraryError, match="is closed"):
        store.remove("0123456789ab")


def test_the_settings_that_guard_the_file_hold(tmp_path: Path) -> None:
    build(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
