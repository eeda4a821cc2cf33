"""The model that a library remembers: mismatches, rebuilding, embedders that misbehave."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import local_store
from index.local_store import LocalStore
from index.records import ModelRecord, Passage
from ingest.document import Clause, Document, Metadata, Reading, Receipt
from ingest.errors import ModelError, ModelMismatch

OLD = ModelRecord("yinju-zh-1", "aaaa1111", 256, normalised=True)
NEW = ModelRecord("bge-m3", "bbbb2222", 4, normalised=True)


class AxisEmbedder:
    """Embeds every text as the axis of its length, and counts the texts."""

    def __init__(self, dim: int, *, fails_after: int | None = None) -> None:
        self.dim, self.fails_after, self.count = dim, fails_after, 0

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fails_after is not None and self.count >= self.fails_after:
            raise KeyboardInterrupt
        self.count += len(texts)
        return np.eye(self.dim, dtype=np.float32)[[len(text) % self.dim for text in texts]]


def put(store: LocalStore, source: str, text: str, embed: AxisEmbedder) -> None:
    """Put a document of one row, each character of which is a passage."""
    row = Clause("body", (), "", 0, len(text))
    document = Document(source, text, Reading(text, "txt"), Metadata("题"), (row,), Receipt(len(text), len(text)))
    passages = [Passage(0, at, at + 1, source * at, text[at]) for at in range(len(text))]
    store.put(document, passages, embed)


def test_a_library_remembers_its_model(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=OLD) as store:
        assert store.model == OLD
    with LocalStore.open(tmp_path, create=False, model=NEW) as store:
        assert store.model == OLD
        store.check_model(OLD)
        message = (
            r"library was built with yinju-zh-1 \(256 dimensions\), not bge-m3: rebuild with `python -m index rebuild`"
        )
        with pytest.raises(ModelMismatch, match=message):
            store.check_model(NEW)
        with pytest.raises(ModelMismatch, match="of fingerprint aaaa1111, not yinju-zh-1 of fingerprint cccc3333"):
            store.check_model(ModelRecord("yinju-zh-1", "cccc3333", 256, normalised=True))


def test_a_library_without_model_takes_documents_but_no_passages(tmp_path: Path) -> None:
    embed = AxisEmbedder(4)
    with LocalStore.open(tmp_path, create=True, model=None) as store:
        assert store.model is None
        put(store, "甲", "", embed)
        with pytest.raises(ModelMismatch, match="no model yet"):
            put(store, "乙", "书", embed)
        with pytest.raises(ModelMismatch, match="without a model"):
            store.check_model(NEW)
        assert store.vectors()[1].shape == (0, 0)
        assert len(store.documents()) == 1
    with LocalStore.open(tmp_path, create=False, model=NEW) as store:
        assert store.model == NEW
        put(store, "乙", "书", embed)
        assert store.vectors()[1].tolist() == [[0, 1, 0, 0]]


def test_rebuilding_switches_model_and_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_store, "BATCH", 3)
    embed, told = AxisEmbedder(4), list[tuple[int, int]]()
    with LocalStore.open(tmp_path, create=True, model=OLD) as store:
        put(store, "甲", "人人读书", AxisEmbedder(256))
        put(store, "乙", "天天向上", AxisEmbedder(256))
        generation = store.generation
        store.rebuild_vectors(embed, NEW, lambda done, total: told.append((done, total)))
        assert (store.model, store.generation) == (NEW, generation + 1)
        ids, vectors = store.vectors()
        assert len(ids) == 8
        # texts are the character alone, then with 1, 2, 3 characters and a line break before it
        assert vectors.argmax(axis=1).tolist() == [1, 3, 0, 1] * 2
        assert told == [(3, 8), (6, 8), (8, 8)]
        store.rebuild_vectors(embed, NEW)
        assert (embed.count, store.generation) == (8, generation + 1)


def test_a_rebuild_that_was_cut_off_keeps_the_old_state_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_store, "BATCH", 2)
    with LocalStore.open(tmp_path, create=True, model=OLD) as store:
        put(store, "甲", "人人都读书", AxisEmbedder(256))
        ids, vectors = store.vectors()
        with pytest.raises(KeyboardInterrupt):
            store.rebuild_vectors(AxisEmbedder(4, fails_after=4), NEW)
        assert store.model == OLD
        assert store.vectors()[1].tolist() == vectors.tolist()
        put(store, "乙", "好", AxisEmbedder(256))  # the old model still serves
        embed = AxisEmbedder(4)
        store.rebuild_vectors(embed, NEW)
        assert embed.count == 2
        assert store.vectors()[0].tolist() == [*ids.tolist(), ids.max() + 1]


def test_documents_added_while_rebuilding_are_rebuilt_too(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=OLD) as store:
        put(store, "甲", "人人读书", AxisEmbedder(256))
        added = list[str]()

        def add_another(done: int, total: int) -> None:
            if not added:
                added.append("乙")
                put(store, "乙", "天天", AxisEmbedder(256))

        store.rebuild_vectors(AxisEmbedder(4), NEW, add_another)
        assert store.vectors()[1].shape == (6, 4)


def test_a_model_changed_while_embedding_is_noticed(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=OLD) as store:

        class Meddler(AxisEmbedder):
            def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
                store.rebuild_vectors(AxisEmbedder(4), NEW)
                return super().__call__(texts)

        with pytest.raises(ModelMismatch, match="changed its model"):
            put(store, "甲", "书", Meddler(256))
        assert store.documents() == []


def test_a_vector_that_vanishes_while_embedding_is_made_again(tmp_path: Path) -> None:
    with LocalStore.open(tmp_path, create=True, model=NEW) as store:
        put(store, "甲", "书", AxisEmbedder(4))

        class Remover(AxisEmbedder):
            def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
                for row in store.documents():
                    store.remove(row.id)
                return super().__call__(texts)

        embed = Remover(4)
        put(store, "乙", "书报", embed)  # its first passage shares the vector of 甲's
        assert embed.count == 2
        assert len(store.vectors()[0]) == 2


@pytest.mark.parametrize(
    ("vectors", "complaint"),
    [
        (np.ones((1, 3), np.float32), r"\(1, 3\), not \(1, 4\)"),
        (np.ones((2, 4), np.float32), r"\(2, 4\), not \(1, 4\)"),
        (np.ones(4, np.float32), r"\(4,\), not \(1, 4\)"),
        (np.full((1, 4), np.nan, np.float32), "not finite"),
        (np.ones((1, 4), np.float32), "not of unit length"),
    ],
)
def test_bad_vectors_are_refused(tmp_path: Path, vectors: NDArray[np.float32], complaint: str) -> None:
    row = Clause("body", (), "", 0, 1)
    document = Document("甲", "hash", Reading("书", "txt"), Metadata("题"), (row,), Receipt(1, 1))
    with LocalStore.open(tmp_path, create=True, model=NEW) as store:
        with pytest.raises(ModelError, match=complaint):
            store.put(document, [Passage(0, 0, 1, "", "书")], lambda texts: vectors)
        assert (store.documents(), store.generation) == ([], 0)


def test_a_text_without_known_token_may_have_a_zero_vector(tmp_path: Path) -> None:
    row = Clause("body", (), "", 0, 1)
    document = Document("甲", "hash", Reading("※", "txt"), Metadata("题"), (row,), Receipt(1, 1))
    with LocalStore.open(tmp_path, create=True, model=NEW) as store:
        store.put(document, [Passage(0, 0, 1, "", "※")], lambda texts: np.zeros((1, 4), np.float32))
        assert store.vectors()[1].tolist() == [[0, 0, 0, 0]]
