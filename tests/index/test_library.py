"""The library under writers: what searches see, how long they wait, and folders that can't be written or are gone.

Run as a script, this file is a process that adds 30 documents to the library of a folder, one after the other.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic

import numpy as np
import pytest
from numpy.typing import NDArray

from index import library as library_module
from index.export import exported
from index.library import Library
from index.snapshot import Snapshot, take
from ingest.document import Document
from ingest.errors import LibraryError, LibraryMissing
from ingest.load import document_from

ROOT = Path(__file__).parents[2]
DOCUMENTS = 30


class LengthEmbedder:
    """A real, tiny model: the axis of a text's length."""

    name = "lengths"
    fingerprint = "lengths-1"
    dim = 4

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(self.dim, dtype=np.float32)[[len(text) % self.dim for text in texts]]

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return self.embed_passages([question])[0]


def opened(folder: Path, **options: bool) -> Library:
    return Library.open(folder, embedder=LengthEmbedder(), **options)  # type: ignore[arg-type]


def document(number: int) -> Document:
    text = f"泉州市校车办法之{number}\n第一条 校车编号{number}号，每天检验。\n第二条 司机按时休息。"
    return document_from(f"{number:03}.txt", text.encode())


def found(library: Library, number: int) -> bool:
    return library.search(f"编号{number}号", exact=True).total == 1


def add_all(folder: Path) -> None:
    with opened(folder) as library:
        for number in range(1, DOCUMENTS + 1):
            library.add(document(number))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with opened(tmp_path / "library", create=True) as made:
        made.add(document(0))
        yield made


def test_searching_goes_on_while_a_process_adds_documents(library: Library) -> None:
    library.snapshot()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = Event()

    def search() -> int:
        searches = 0
        while not ended.is_set():
            assert library.search("校车每天检验吗", k=50).hits
            snapshot, rows = library.snapshot(), list(exported(library.store))
            assert len(snapshot.clauses) == 2 * len(snapshot.documents)
            assert len([row for row in rows if row["role"] == "body"]) == 2 * len({row["document"] for row in rows})
            searches += 1
        return searches

    with ThreadPoolExecutor(3) as pool:
        searching = [pool.submit(search) for _ in range(3)]
        try:
            subprocess.run([sys.executable, __file__, str(library.folder)], env=environment, check=True, timeout=120)
        finally:
            ended.set()
        assert all(each.result() for each in searching)
    assert all(found(library, number) for number in range(DOCUMENTS + 1))


class Gate:
    """Stands before `take` and lets it go on only when it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = Event(), Event()
        monkeypatch.setattr(library_module, "take", self)

    def __call__(self, *arguments: object, **options: object) -> Snapshot:
        taken = take(*arguments, **options)  # type: ignore[arg-type]
        self.reached.set()
        assert self.open.wait(20)
        return taken


def test_a_search_does_not_wait_for_what_another_process_adds(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "PATIENCE", 0.1)
    old = library.snapshot()
    gate = Gate(monkeypatch)
    with opened(library.folder) as other:
        other.add(document(1))
    start = monotonic()
    assert library.snapshot() is old
    assert library.snapshot() is old
    assert monotonic() - start < 5
    gate.open.set()
    monkeypatch.setattr(library_module, "PATIENCE", 20)
    assert found(library, 1)


def test_a_search_waits_for_what_was_changed_here(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where a reading was at work already, begun before the change."""
    monkeypatch.setattr(library_module, "PATIENCE", 0.01)
    library.snapshot()
    gate = Gate(monkeypatch)
    with opened(library.folder) as other:
        other.add(document(1))
    library.snapshot()  # begins a reading
    assert gate.reached.wait(20)
    library.remove(document(0).id)
    library.add(document(2))
    with ThreadPoolExecutor(1) as pool:
        present = pool.submit(library.snapshot)
        assert not present.done()
        gate.open.set()
        sources = [row.source for row in present.result().documents]
    assert sources == ["001.txt", "002.txt"]


def test_a_snapshot_is_read_once_for_all_threads(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*arguments: object, **options: object) -> Snapshot:
        calls.append(arguments)
        return take(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library_module, "take", counted)
    with ThreadPoolExecutor(8) as pool:
        snapshots = list(pool.map(lambda _: library.snapshot(), range(32)))
    assert len({id(snapshot) for snapshot in snapshots}) == len(calls) == 1


def test_what_is_unchanged_is_told_by_source_and_hash(library: Library) -> None:
    here = document(0)
    row = library.unchanged("000.txt", here.content_hash)
    assert row == library.documents()[0]
    assert library.unchanged("000.txt", "0" * 64) is None
    assert library.unchanged("001.txt", here.content_hash) is None


def test_what_was_cut_another_way_is_not_unchanged(library: Library) -> None:
    with library.store._database.writing() as db:
        db.execute("UPDATE documents SET structure = structure - 1")
    assert library.unchanged("000.txt", document(0).content_hash) is None


def test_a_library_that_can_only_be_read_serves_all_but_changes(library: Library) -> None:
    wanted = list(exported(library.store))
    library.close()
    before = {path.name: path.stat().st_mtime_ns for path in library.folder.iterdir()}
    with opened(library.folder, read_only=True) as reading:
        assert found(reading, 0)
        assert list(exported(reading.store)) == wanted
        assert reading.document(document(0).id) == document(0)
        assert reading.add(document(0)).status == "unchanged"
        for change in (lambda: reading.add(document(1)), lambda: reading.remove(document(0).id), reading.rebuild):
            with pytest.raises(LibraryError, match="can only be read: copy it"):
                change()
    assert {path.name: path.stat().st_mtime_ns for path in library.folder.iterdir()} == before


def test_a_library_taken_away_is_missed(library: Library) -> None:
    library.snapshot()
    library.folder.rename(library.folder.with_name("away"))
    assert not library.is_in_place()
    for use in (lambda: library.add(document(1)), library.documents, lambda: library.search("校车")):
        with pytest.raises(LibraryMissing, match="no library in"):
            use()


def test_a_closed_library_says_so(library: Library) -> None:
    library.close()
    for use in (library.snapshot, library.documents, lambda: library.add(replace(document(0), content_hash="x"))):
        with pytest.raises(LibraryError, match="is closed: open it again"):
            use()


if __name__ == "__main__":
    add_all(Path(sys.argv[1]))
