"""The library file: missing, damaged, foreign, of another version, closed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from small_library import FILE, MODEL, build

from index.local_store import LocalStore
from index.records import Passage
from ingest.document import Clause, Document, Metadata, Reading, Receipt
from ingest.errors import LibraryDamaged, LibraryError, LibraryMissing

ROOT = Path(__file__).parents[2]


def execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        db.execute(statement)


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
    with pytest.raises(LibraryDamaged, match="format version 7, this program reads 3"):
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
        assert db.execute("PRAGMA user_version").fetchone() == (3,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_library_of_format_1_gets_names_for_its_states(tmp_path: Path) -> None:
    build(tmp_path)
    execute(tmp_path, "ALTER TABLE library DROP COLUMN state")
    execute(tmp_path, "ALTER TABLE documents DROP COLUMN details")
    execute(tmp_path, "PRAGMA user_version = 1")
    with pytest.raises(LibraryError, match="format version 1: open it once where it can be written"):
        LocalStore.open(tmp_path, create=False, model=None, read_only=True)
    with LocalStore.open(tmp_path, create=False, model=None) as store:
        state = store.state
        assert len(state) == 32
        assert (len(store.documents()), store.generation) == (1, 1)
    with LocalStore.open(tmp_path, create=False, model=None, read_only=True) as store:
        assert store.state == state


def test_a_library_of_format_2_gains_the_column_of_details(tmp_path: Path) -> None:
    build(tmp_path)
    with LocalStore.open(tmp_path, create=False, model=None) as store:
        before, state = store.documents(), store.state
    execute(tmp_path, "ALTER TABLE documents DROP COLUMN details")
    execute(tmp_path, "PRAGMA user_version = 2")
    with pytest.raises(LibraryError, match="format version 2: open it once where it can be written"):
        LocalStore.open(tmp_path, create=False, model=None, read_only=True)
    with LocalStore.open(tmp_path, create=False, model=None) as store:
        assert (store.documents(), store.state) == (before, state)
        assert store.document(before[0].id).parts == ()


def test_every_state_has_a_name_of_its_own(tmp_path: Path) -> None:
    """Two libraries of equal history are two states, and so is a backup that is changed in the same way again."""
    states = set()
    for folder in (tmp_path / "a", tmp_path / "b"):
        with LocalStore.open(folder, create=True, model=MODEL) as store:
            states.add(store.state)
        build(folder)
        with LocalStore.open(folder, create=False, model=MODEL) as store:
            states.add(store.state)
            assert store.generation == 1
            with store.reading() as view:
                assert (view.state, view.generation) == (store.state, 1)
    assert len(states) == 4


def test_a_view_stays_at_its_state(tmp_path: Path) -> None:
    build(tmp_path, documents=3)
    with LocalStore.open(tmp_path, create=False, model=MODEL) as store, store.reading() as view:
        names = [row.id for row in view.documents()]
        store.remove(names[1])
        assert {row.document for row in view.clauses()} == set(names)
        assert [row.document for row in view.passages()] == names
        assert len(view.vectors()[0]) == 3
        assert [row.id for row in store.documents()] == [names[0], names[2]]


def test_a_folder_that_is_a_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "library"):
        with pytest.raises(LibraryError, match=r"library\.sqlite3 can't be opened \(.+\): check the folder") as caught:
            LocalStore.open(folder, create=True, model=MODEL)
        assert "\n" not in str(caught.value)
        with pytest.raises(LibraryMissing):
            LocalStore.open(folder, create=False, model=MODEL)


def test_a_name_that_is_too_long_is_an_error_of_one_line(tmp_path: Path) -> None:
    for create in (True, False):
        with pytest.raises(LibraryError, match="name too long"):
            LocalStore.open(tmp_path / ("长" * 200), create=create, model=MODEL)


def test_a_database_that_is_a_folder_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(LibraryError, match="unable to open database file"):
        LocalStore.open(tmp_path, create=True, model=MODEL)
