"""Snapshots: always of one state, never from the derived files of another, whatever became of those files."""

import io
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.export import exported
from index.lexical import LexicalIndex
from index.library import DATABASE, DERIVED, Library
from index.local_store import LocalStore
from index.local_view import LocalView
from index.records import DocumentRow
from index.snapshot import take
from index.vectors import VectorIndex
from ingest.load import document_from

WORDS = ("课间", "食堂", "校车", "资助")


class WordEmbedder:
    """A real, tiny model: one dimension for each of four words."""

    name = "words"
    fingerprint = "words-1"
    dim = len(WORDS)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[text.count(word) for word in WORDS] for text in texts], np.float32).reshape(-1, self.dim)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return self.embed_passages([question])[0]


FILES = {
    "a.txt": "泉州市教育工作要点\n一、作息\n1.课间。课间延长为15分钟。课间不拖堂。\n2.食堂。食堂明厨亮灶。",
    "b.txt": "泉州市校车管理办法\n第一条 校车应当检验。\n第二条 校车限速。",
    "c.txt": "泉州市资助办法\n第一条 资助困难学生。",
}


def opened(folder: Path, **options: bool) -> Library:
    return Library.open(folder, embedder=WordEmbedder(), **options)  # type: ignore[arg-type]


def built(folder: Path, files: dict[str, str]) -> None:
    """Make a library of these files, in their order, and its derived files."""
    with opened(folder, create=True) as library:
        for source, text in files.items():
            library.add(document_from(source, text.encode()))
        library.snapshot()


def best(folder: Path, question: str) -> str:
    """The best passage, after both indexes were compared with ones built from the stored rows."""
    with opened(folder) as library:
        check(library)
        return library.search(question).hits[0].passage.text


def check(library: Library) -> None:
    snapshot = library.snapshot()
    ids, vectors = library.store.vectors()
    assert [row.id for row in snapshot.passages] == [row.id for row in library.store.passages()]
    texts = [f"{row.context}\n{row.text}" for row in snapshot.passages]
    lexical, dense = LexicalIndex.build(texts), VectorIndex(ids, vectors)
    for word in WORDS:
        assert snapshot.lexical.scores(word).tolist() == lexical.scores(word).tolist()
        question = library.embedder.embed_question(word)
        assert snapshot.vectors.scores(question, ids).tolist() == dense.scores(question, ids).tolist()


def test_a_library_made_anew_does_not_use_the_old_indexes(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    (tmp_path / DATABASE).unlink()
    built(tmp_path, FILES | {"b.txt": FILES["b.txt"].replace("校车限速", "食堂限速")})  # as many words and passages
    assert best(tmp_path, "食堂限速") == "食堂限速。"


def test_a_library_made_anew_in_another_order_does_not_use_the_old_indexes(tmp_path: Path) -> None:
    """The documents are the same, their passages have other ids."""
    built(tmp_path, FILES)
    (tmp_path / DATABASE).unlink()
    built(tmp_path, dict(reversed(FILES.items())))
    assert best(tmp_path, "校车限速") == "校车限速。"


def test_a_backup_that_was_changed_does_not_use_the_indexes_of_what_it_replaced(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    shutil.copy(tmp_path / DATABASE, tmp_path / "backup")
    built(tmp_path, {"d.txt": "泉州市食堂办法\n第一条 食堂不涨价。"})
    shutil.move(tmp_path / "backup", tmp_path / DATABASE)
    built(tmp_path, {"d.txt": "泉州市校车办法\n第一条 校车不涨价。"})
    assert best(tmp_path, "校车不涨价") == "校车不涨价。"


def test_indexes_of_a_backup_that_is_put_back_serve_again(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    shutil.copytree(tmp_path, tmp_path / "backup")
    built(tmp_path, {"d.txt": "泉州市食堂办法\n第一条 食堂不涨价。"})
    backup = tmp_path / "backup"
    stamps = {path: path.stat().st_mtime_ns for path in (backup / DERIVED).iterdir()}
    assert best(backup, "校车限速") == "校车限速。"
    assert {path: path.stat().st_mtime_ns for path in (backup / DERIVED).iterdir()} == stamps


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def of_other_shape(data: bytes) -> bytes:
    """A whole npz file of the right names whose arrays are of wrong type and length."""
    buffer = io.BytesIO()
    np.savez(buffer, **dict.fromkeys(("size", "tokens", "starts", "owners", "weights"), np.array(["x"])))
    return buffer.getvalue()


DAMAGE: list[Callable[[bytes], bytes]] = [
    flipped,
    lambda data: data[: len(data) // 2],
    lambda data: b"",
    lambda data: b"PK\x03\x04" + data[:20],
    lambda data: b'{"format": 2}',
    lambda data: b"[" * 100_000,
    of_other_shape,
]


@pytest.mark.parametrize("name", ["lexical.npz", "lexical.npz.json", "vectors.faiss", "vectors.faiss.json"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_built_anew(tmp_path: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    built(tmp_path, FILES)
    path = tmp_path / DERIVED / name
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert best(tmp_path, "校车限速") == "校车限速。"
    assert json.loads(path.read_bytes()) if name.endswith("json") else len(path.read_bytes()) == len(whole)
    data = (tmp_path / DERIVED / name.removesuffix(".json")).read_bytes()
    manifest = json.loads((tmp_path / DERIVED / f"{name.removesuffix('.json')}.json").read_bytes())
    assert manifest["sha256"] == sha256(data).hexdigest()


def test_searching_works_where_indexes_can_not_be_kept(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    shutil.rmtree(tmp_path / DERIVED)
    (tmp_path / DERIVED).write_text("a file", encoding="utf-8")
    assert best(tmp_path, "校车限速") == "校车限速。"
    assert (tmp_path / DERIVED).read_text(encoding="utf-8") == "a file"


def test_a_library_opened_to_be_read_keeps_no_indexes(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    shutil.rmtree(tmp_path / DERIVED)
    with opened(tmp_path, read_only=True) as library:
        check(library)
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


def test_clauses_of_a_document_are_a_range(tmp_path: Path) -> None:
    built(tmp_path, FILES | {"空.txt": "泉州市"})
    with opened(tmp_path) as library:
        snapshot = library.snapshot()
    assert list(snapshot.ranges) == [row.id for row in snapshot.documents]
    for row in snapshot.documents:
        inside = [i for i, clause in enumerate(snapshot.clauses) if clause.document == row.id]
        assert list(snapshot.ranges[row.id]) == inside
    assert sum(map(len, snapshot.ranges.values())) == len(snapshot.clauses) > 0


class MeddledView(LocalView):
    """A view during which, after the documents were read, another process removes one."""

    def documents(self) -> list[DocumentRow]:
        found = super().documents()
        with closing(sqlite3.connect(self._db.execute("PRAGMA database_list").fetchone()["file"])) as other, other:
            other.execute("PRAGMA foreign_keys = ON")
            other.execute("DELETE FROM documents WHERE source = 'a.txt'")
            other.execute("UPDATE library SET generation = generation + 1, state = 'meddled'")
        return found


class MeddledStore(LocalStore):
    @contextmanager
    def reading(self) -> Iterator[LocalView]:
        with self._database.reading() as db:
            yield MeddledView(db)


def test_a_snapshot_is_of_one_state(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    with MeddledStore.open(tmp_path, create=False, model=None) as store:
        snapshot = take(store, tmp_path / "nowhere", keep=False)
    assert (snapshot.generation, len(snapshot.documents), len(snapshot.passages)) == (3, 3, 6)
    assert snapshot.vectors.ids.tolist() == snapshot.passage_ids.tolist()


def test_an_export_is_of_one_state(tmp_path: Path) -> None:
    built(tmp_path, FILES)
    with LocalStore.open(tmp_path, create=False, model=None) as store:
        wanted = list(exported(store))
    with MeddledStore.open(tmp_path, create=False, model=None) as store:
        assert list(exported(store)) == wanted
        assert len(store.documents()) == 2
