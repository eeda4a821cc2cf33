"""The library as everything above it uses it: add, remove, search, rebuild."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from index.embedding import Embedder, load_embedder
from index.local_store import LocalStore
from index.passages import passages_of
from index.records import DocumentRow, Facets, ModelRecord
from index.search import Filters, Result, Weights, search
from index.snapshot import Snapshot, take
from index.store import PutStatus
from ingest.document import Document

DATABASE = "library.sqlite3"
DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did."""

    status: PutStatus
    document: Document


class Library:
    """A library in a folder: its store, its embedding model, and the latest snapshot that searches read.

    Safe to use from several threads.
    """

    def __init__(self, folder: Path, store: LocalStore, embedder: Embedder, weights: Weights) -> None:
        self.folder = folder
        self.store = store
        self.embedder = embedder
        self.weights = weights
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, embedder: Embedder | None = None, check: bool = True) -> Self:
        """Open the library in a folder, or with `create` make an empty one where there is none.

        Without `check`, one that was built with another model opens too, to be rebuilt.

        Raises LibraryMissing, LibraryDamaged, ModelMismatch, ModelError.
        """
        embedder = embedder or load_embedder()
        store = LocalStore.open(folder, create=create, model=record_of(embedder))
        if check:
            store.check_model(record_of(embedder))
        return cls(folder, store, embedder, Weights())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back files and connections."""
        self.store.close()

    def add(self, document: Document) -> Added:
        """Add or replace a document; one that is there unchanged costs nothing."""
        if self.store.has(document.id, document.content_hash):
            return Added("unchanged", document)
        return Added(self.store.put(document, passages_of(document), self.embedder.embed_passages), document)

    def remove(self, document_id: str) -> None:
        """Remove a document; no search finds it from then on. Raises UnknownDocument."""
        self.store.remove(document_id)

    def documents(self) -> list[DocumentRow]:
        """All documents, ordered by source."""
        return self.store.documents()

    def document(self, document_id: str) -> Document:
        """A document whole. Raises UnknownDocument."""
        return self.store.document(document_id)

    def facets(self) -> Facets:
        """Values to filter by, with their numbers of documents."""
        return self.store.facets()

    def snapshot(self) -> Snapshot:
        """The present state, read anew only when the library has changed."""
        with self._lock:
            if self._snapshot is None or self._snapshot.generation != self.store.generation:
                self._snapshot = take(self.store, self.folder / DERIVED)
            return self._snapshot

    def search(self, question: str, *, k: int = 10, filters: Filters | None = None, exact: bool = False) -> Result:
        """Find the k clauses that answer a question best. Raises QuestionError."""
        embed = self.embedder.embed_question
        return search(self.snapshot(), embed, question, k=k, filters=filters, exact=exact, weights=self.weights)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Embed all passages anew with the present model; searches see the old state until it is done."""
        self.store.rebuild_vectors(self.embedder.embed_passages, record_of(self.embedder), progress)


def record_of(embedder: Embedder) -> ModelRecord:
    """What a library remembers of a model."""
    return ModelRecord(embedder.name, embedder.fingerprint, embedder.dim, normalised=True)
