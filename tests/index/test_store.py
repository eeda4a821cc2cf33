"""The local store: what is put, replaced, removed, embedded; and what happens when the model changes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.local_store import LocalStore
from index.records import Facets, ModelRecord, Passage
from index.store import PutStatus, Store
from index.vectors import VectorIndex
from ingest.document import Clause, Document, Metadata, Reading, Receipt
from ingest.errors import LibraryError, UnknownDocument


class CountingEmbedder:
    """Embeds a text as a unit vector drawn from its hash, and keeps the texts it was given."""

    def __init__(self, dim: int = 16, name: str = "counting") -> None:
        self.record = ModelRecord(name, fingerprint=f"{name}-{dim}", dim=dim, normalised=True)
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return np.array([self.vector(text) for text in texts], np.float32)

    def vector(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(sha256((self.record.name + text).encode()).digest()[:8], "big")
        drawn = np.random.default_rng(seed).standard_normal(self.record.dim)
        return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def make_document(source: str, *bodies: str, **metadata: object) -> Document:
    """A document of a title row and one row for each body."""
    title = str(metadata.setdefault("title", "云溪市校园读书办法"))
    text = "\n".join([title, *bodies])
    starts = np.cumsum([0, *(len(piece) + 1 for piece in (title, *bodies))]).tolist()
    rows = [Clause("title", (), "", 0, len(title))]
    for number, body in enumerate(bodies, start=1):
        start = starts[number]
        rows.append(Clause("body", (title,), f"第{number}条", start, start + len(body)))
    receipt = Receipt(len(text), len(text), {"title": 1, "body": len(bodies)}, len(bodies))
    content_hash = sha256(text.encode()).hexdigest()
    return Document(source, content_hash, Reading(text, "txt"), Metadata(**metadata), tuple(rows), receipt)  # type: ignore[arg-type]


def sentences(document: Document, context: str = "读书") -> list[Passage]:
    """One passage for each sentence of each body."""
    passages = []
    for ordinal, clause in enumerate(document.clauses):
        start = clause.start
        while clause.role == "body" and start < clause.end:
            end = document.text.index("。", start) + 1
            passages.append(Passage(ordinal, start, end, context, document.text[start:end]))
            start = end
    return passages


@pytest.fixture
def embed() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def store(tmp_path: Path, embed: CountingEmbedder) -> Iterator[LocalStore]:
    with LocalStore.open(tmp_path, create=True, model=embed.record) as opened:
        yield opened


def put(store: LocalStore, document: Document, embed: CountingEmbedder) -> PutStatus:
    return store.put(document, sentences(document), embed)


def stored_vectors(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "library.sqlite3")) as db:
        return int(db.execute("SELECT count(*) FROM vectors").fetchone()[0])


def test_a_local_store_is_a_store(store: LocalStore) -> None:
    protocol: Store = store  # mypy checks it
    assert protocol.generation == 0
    assert protocol.documents() == []
    assert [*protocol.clauses(), *protocol.passages()] == []
    assert protocol.vectors()[1].shape == (0, 16)
    assert protocol.facets() == Facets({}, {}, {}, {})


def test_a_document_comes_back_as_it_was_put(store: LocalStore, embed: CountingEmbedder) -> None:
    document = make_document("制度/读书.txt", "每天读书半小时。家长可以陪读。", "学校备好书架。", region="云溪市")
    assert put(store, document, embed) == "added"
    assert store.document(document.id) == document
    rows = list(store.clauses(document.id))
    assert [row.clause for row in rows] == list(document.clauses)
    assert [row.text for row in rows] == ["云溪市校园读书办法", "每天读书半小时。家长可以陪读。", "学校备好书架。"]
    assert [row.id for row in rows] == [f"{document.id}:{start}" for start in (0, 10, 26)]
    assert [row.ordinal for row in rows] == [0, 1, 2]
    (row,) = store.documents()
    assert (row.id, row.source, row.content_hash) == (document.id, document.source, document.content_hash)
    assert (row.metadata, row.receipt, row.format) == (document.metadata, document.receipt, "txt")
    assert (row.generation, row.characters) == (1, 33)
    assert store.has(document.id, document.content_hash)
    assert not store.has(document.id, "another")


def test_vectors_belong_to_their_passages(store: LocalStore, embed: CountingEmbedder) -> None:
    for source in ("乙.txt", "甲.txt"):
        put(store, make_document(source, f"{source}的第一句。第二句。", "第三句。"), embed)
    ids, vectors = store.vectors()
    texts = {row.id: f"读书\n{row.text}" for row in store.passages()}
    assert ids.tolist() == sorted(texts)
    assert len(ids) == 6
    assert vectors.dtype == np.float32
    for id, vector in zip(ids.tolist(), vectors, strict=True):
        assert vector.tolist() == embed.vector(texts[id]).tolist()


def test_unchanged_costs_no_embedding(store: LocalStore, embed: CountingEmbedder) -> None:
    document = make_document("a.txt", "每天读书半小时。")
    put(store, document, embed)
    before = store.documents()
    assert put(store, document, embed) == "unchanged"
    assert embed.texts == ["读书\n每天读书半小时。"]
    assert store.documents() == before
    assert store.generation == 1


def test_nothing_is_embedded_twice(store: LocalStore, embed: CountingEmbedder) -> None:
    put(store, make_document("a.txt", "人人读书。人人读书。", "爱护图书。"), embed)
    put(store, make_document("b.txt", "爱护图书。", "人人读书。按时归还。"), embed)
    assert sorted(embed.texts) == sorted(["读书\n人人读书。", "读书\n爱护图书。", "读书\n按时归还。"])
    assert len(store.vectors()[0]) == 6


def test_the_context_is_embedded_too(store: LocalStore, embed: CountingEmbedder) -> None:
    document = make_document("a.txt", "人人读书。")
    store.put(document, sentences(document, "一") + sentences(document, "二") + sentences(document, ""), embed)
    assert embed.texts == ["一\n人人读书。", "二\n人人读书。", "人人读书。"]
    assert [row.context for row in store.passages()] == ["一", "二", ""]


def test_a_replaced_document_leaves_nothing_behind(store: LocalStore, embed: CountingEmbedder, tmp_path: Path) -> None:
    put(store, make_document("a.txt", "旧句子。留下的句子。"), embed)
    old_ids = store.vectors()[0]
    new = make_document("a.txt", "留下的句子。", "新句子。")
    assert put(store, new, embed) == "replaced"
    assert store.document(new.id) == new
    assert [row.text for row in store.passages()] == ["留下的句子。", "新句子。"]
    assert embed.texts.count("读书\n留下的句子。") == 1
    assert stored_vectors(tmp_path) == 2
    assert not set(old_ids) & set(store.vectors()[0])  # ids are never given again
    assert store.generation == 2


def test_a_removed_document_is_out_of_reach(store: LocalStore, embed: CountingEmbedder, tmp_path: Path) -> None:
    gone, kept = make_document("a.txt", "独有的句子。共有的句子。"), make_document("b.txt", "共有的句子。")
    put(store, gone, embed)
    put(store, kept, embed)
    store.remove(gone.id)
    assert [row.source for row in store.documents()] == ["b.txt"]
    assert stored_vectors(tmp_path) == 1
    index = VectorIndex(*store.vectors())
    owners = {row.id: row.document for row in store.passages()}
    for text in embed.texts:
        found, _ = index.search(embed.vector(text), 10)
        assert {owners[id] for id in found.tolist()} == {kept.id}
    store.remove(kept.id)
    assert stored_vectors(tmp_path) == 0
    assert store.generation == 4


def test_unknown_documents_are_named(store: LocalStore) -> None:
    for call in (store.remove, store.document, store.clauses, store.passages):
        with pytest.raises(UnknownDocument, match="'0123456789ab'"):
            call("0123456789ab")
    with pytest.raises(UnknownDocument):
        store.clauses("")
    assert store.generation == 0


def test_documents_and_their_pieces_are_ordered_by_source(store: LocalStore, embed: CountingEmbedder) -> None:
    sources = ["丙.txt", "b/2.txt", "甲.txt", "b/10.txt"]
    for source in sources:
        put(store, make_document(source, f"{source}。"), embed)
    wanted = sorted(sources)
    assert [row.source for row in store.documents()] == wanted
    assert [row.text for row in store.clauses() if row.ordinal == 1] == [f"{source}。" for source in wanted]
    assert [row.text for row in store.passages()] == [f"{source}。" for source in wanted]


def test_facets_count_documents(store: LocalStore, embed: CountingEmbedder) -> None:
    put(
        store,
        make_document("a", "一。", region="云溪市", kind="办法", issuer="云溪市教育局", period=(2022, 2024)),
        embed,
    )
    put(store, make_document("b", "二。", region="云溪市", kind="通知", published="2024-03-01"), embed)
    put(store, make_document("c", "三。", region="石桥市", kind="通知", published="2023年"), embed)
    put(store, make_document("d", "四。"), embed)
    assert store.facets() == Facets(
        regions={"云溪市": 2, "石桥市": 1},
        years={2024: 2, 2023: 2, 2022: 1},
        kinds={"通知": 2, "办法": 1},
        issuers={"云溪市教育局": 1},
    )


def test_documents_are_taken_in_anew_when_they_are_cut_another_way(tmp_path: Path, embed: CountingEmbedder) -> None:
    document = make_document("a.txt", "人人读书。")
    with LocalStore.open(tmp_path, create=True, model=embed.record, structure=1) as store:
        put(store, document, embed)
    with LocalStore.open(tmp_path, create=False, model=None, structure=2) as store:
        assert not store.has(document.id, document.content_hash)
        assert put(store, document, embed) == "replaced"
        assert put(store, document, embed) == "unchanged"
    assert len(embed.texts) == 1


@pytest.mark.parametrize(
    "passage",
    [
        Passage(2, 10, 15, "", "人人读书。"),
        Passage(1, 10, 15, "", "人人读报。"),
        Passage(0, 10, 15, "", "人人读书。"),
        Passage(-1, 10, 15, "", "人人读书。"),
    ],
)
def test_a_passage_that_does_not_fit_is_refused(store: LocalStore, embed: CountingEmbedder, passage: Passage) -> None:
    with pytest.raises(LibraryError, match=r"a\.txt: passage 10:15"):
        store.put(make_document("a.txt", "人人读书。"), [passage], embed)
    assert store.documents() == []
    assert embed.texts == []


@pytest.mark.parametrize(("start", "end"), [(0, 3), (-1, 3), (4, 2), (1, 99)])
def test_a_row_that_does_not_fit_is_refused(store: LocalStore, embed: CountingEmbedder, start: int, end: int) -> None:
    rows = (Clause("title", (), "", 0, 1), Clause("body", (), "", start, end))
    document = Document("a.txt", "hash", Reading("人人读书。", "txt"), Metadata("题"), rows, Receipt(5, 5))
    with pytest.raises(LibraryError, match=f"row {start}:{end}"):
        store.put(document, [], embed)


def test_half_a_surrogate_pair_is_refused(store: LocalStore, embed: CountingEmbedder) -> None:
    document = Document("a.txt", "hash", Reading("人\ud800", "txt"), Metadata("题"), (), Receipt(2, 2))
    with pytest.raises(LibraryError, match="character 1"):
        store.put(document, [], embed)
