"""Many threads and processes on one library, and kill -9 in the middle of writing.

Run as a script, this file is the process that gets killed: it adds 100 documents to the library of a folder.
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event, Timer

import numpy as np
import pytest
from numpy.typing import NDArray

from index import schema
from index.local_store import LocalStore
from index.records import ModelRecord, Passage
from ingest.document import Clause, Document, Metadata, Reading, Receipt
from ingest.errors import LibraryError

MODEL = ModelRecord("lengths", "lengths-1", 8, normalised=True)
DOCUMENTS, ROWS, KILLS = 100, 12, 20
ROOT = Path(__file__).parents[2]


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.eye(MODEL.dim, dtype=np.float32)[[len(text) % MODEL.dim for text in texts]]


def make_document(number: int, edition: str) -> Document:
    lines = [f"第{row}条 {edition}第{number}号：每天读书{'很久' * row}。\n" for row in range(ROWS)]
    starts = [sum(map(len, lines[:row])) for row in range(ROWS + 1)]
    rows = tuple(Clause("body", (), f"第{row}条", starts[row], starts[row + 1]) for row in range(ROWS))
    text = "".join(lines)
    return Document(
        f"{number:03}.txt", edition, Reading(text, "txt"), Metadata(edition), rows, Receipt(len(text), len(text))
    )


def add(store: LocalStore, number: int, edition: str) -> str:
    document = make_document(number, edition)
    passages = [Passage(at, row.start, row.end, "", document.text_of(row)) for at, row in enumerate(document.clauses)]
    return store.put(document, passages, embed)


def write_all(folder: Path, edition: str) -> None:
    """What the process does that gets killed."""
    with LocalStore.open(folder, create=True, model=MODEL) as store:
        print("open", flush=True)
        for number in range(DOCUMENTS):
            add(store, number, edition)
        print("done", flush=True)


@contextmanager
def writer(folder: Path, edition: str) -> Iterator["subprocess.Popen[str]"]:
    """Start the process; it is killed at the end if it has not ended."""
    command = [sys.executable, __file__, str(folder), edition]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word


def check_whole(store: LocalStore) -> dict[str, int]:
    """Check that every document is exactly one of its editions; count the documents of each."""
    counts: dict[str, int] = {}
    passages = {row.id: row for row in store.passages()}
    ids, vectors = store.vectors()
    assert ids.tolist() == sorted(passages)
    assert vectors.tolist() == embed([passages[id].text for id in ids.tolist()]).reshape(-1, MODEL.dim).tolist()
    for row in store.documents():
        document = store.document(row.id)
        assert document == make_document(int(row.source[:3]), row.content_hash)
        assert [clause.text for clause in store.clauses(row.id)] == document.text.splitlines(keepends=True)
        assert [passage.text for passage in store.passages(row.id)] == document.text.splitlines(keepends=True)
        counts[row.content_hash] = counts.get(row.content_hash, 0) + 1
    return counts


def check_file(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "library.sqlite3")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        orphans = "SELECT count(*) FROM vectors WHERE key NOT IN (SELECT key FROM passages)"
        assert db.execute(orphans).fetchone() == (0,)


def time_of_writing(folder: Path) -> float:
    """Seconds from opening to the last document, undisturbed."""
    with writer(folder, "初版") as process:
        wait_for(process, "open")
        start = time.perf_counter()
        wait_for(process, "done")
        return time.perf_counter() - start


def test_kill_9_leaves_whole_documents_and_adding_again_completes_them(tmp_path: Path) -> None:
    """Half of the kills hit the adding of new documents, half the replacing of all by their second edition."""
    seconds = time_of_writing(tmp_path / "undisturbed")
    moments = random.Random(20240301)
    midway = 0
    for kill in range(KILLS):
        folder = tmp_path / str(kill // 2)
        edition = ("初版", "修订版")[kill % 2]
        with writer(folder, edition) as process:
            wait_for(process, "open")
            time.sleep(moments.uniform(0, seconds))
        check_file(folder)
        with LocalStore.open(folder, create=False, model=MODEL) as store:
            written = check_whole(store).get(edition, 0)
            midway += 0 < written < DOCUMENTS
            for number in range(DOCUMENTS):
                add(store, number, edition)
            assert check_whole(store) == {edition: DOCUMENTS}
            assert store.generation == DOCUMENTS * (1 + kill % 2)
        check_file(folder)
    assert midway >= KILLS // 4  # or the test proves little


def test_readers_see_whole_documents_while_a_process_writes(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=MODEL) as store:
        for number in range(DOCUMENTS):
            add(store, number, "初版")
        ended, seen, editions = Event(), set[int](), cycle(["修订版", "初版"])

        def read() -> None:
            last = 0
            while not ended.is_set():
                generation = store.generation
                assert generation >= last
                last = generation
                ids, vectors = store.vectors()
                assert (len(ids), len(vectors)) == (DOCUMENTS * ROWS, DOCUMENTS * ROWS)
                row = random.choice(store.documents())
                document = store.document(row.id)
                assert document == make_document(int(row.source[:3]), document.content_hash)
                seen.add(generation)

        with ThreadPoolExecutor(4) as pool:
            readers = [pool.submit(read) for _ in range(4)]
            try:
                while len(seen) < 10:  # on a busy machine readers may see little of one edition's writing
                    edition = next(editions)
                    with writer(tmp_path, edition) as process:
                        wait_for(process, "open")
                        wait_for(process, "done")
            finally:
                ended.set()
            for reader in readers:
                reader.result()
        assert check_whole(store) == {edition: DOCUMENTS}


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=MODEL) as store:
        add(store, 1, "初版")
        with closing(sqlite3.connect(tmp_path / "library.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            other.execute("DELETE FROM documents")
            start = time.perf_counter()
            assert check_whole(store) == {"初版": 1}
            assert time.perf_counter() - start < 5
            other.execute("ROLLBACK")


def test_threads_share_a_store(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=MODEL) as store:
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda number: add(store, number % 40, "初版"), range(80)))
        assert sorted(statuses) == ["added"] * 40 + ["unchanged"] * 40
        assert check_whole(store) == {"初版": 40}
        assert store.generation == 40


def test_a_reading_begun_in_one_thread_goes_on_in_another(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=MODEL) as store, ThreadPoolExecutor(1) as pool:
        for number in range(3):
            add(store, number, "初版")
        rows = store.clauses()
        first = next(rows)
        store.remove(store.documents()[1].id)  # while the reading goes on
        others = pool.submit(list, rows).result()
        assert [row.document for row in (first, *others)] == [row.id for row in store.documents() for _ in range(ROWS)]


def test_processes_wait_for_each_other(tmp_path: Path) -> None:
    """Three processes make one library at the same moment and write the same documents."""
    with writer(tmp_path, "初版") as a, writer(tmp_path, "初版") as b, writer(tmp_path, "初版") as c:
        for process in (a, b, c):
            assert process.wait(60) == 0
    with LocalStore.open(tmp_path, create=False, model=MODEL) as store:
        assert check_whole(store) == {"初版": DOCUMENTS}
        assert store.generation == DOCUMENTS
    check_file(tmp_path)


def test_making_a_library_waits_for_another_process_that_makes_it(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        end = Timer(0.3, lambda: other.execute("COMMIT"))
        end.start()
        with LocalStore.open(tmp_path, create=True, model=MODEL) as store:
            assert store.model == MODEL
        end.join()


def test_a_writer_that_waits_too_long_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    with (
        LocalStore.open(tmp_path, create=True, model=MODEL) as store,
        closing(sqlite3.connect(tmp_path / "library.sqlite3", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="is being written by another process"):
            add(store, 1, "初版")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), sys.argv[2])
