"""The library as everything above it uses it: add, remove, search, rebuild."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Self

from index.embedding import Embedder, load_embedder
from index.embedding_static import StaticEmbedder
from index.fusion import Weights
from index.local_store import LocalStore
from index.passages import passages_of
from index.records import DocumentRow, Facets, ModelRecord
from index.search import Filters, Result, search
from index.snapshot import Snapshot, take
from index.store import PutStatus
from ingest.document import Document, document_id

DATABASE = "library.sqlite3"
DERIVED = "derived"
PATIENCE = 1.0
"""Seconds that the reading of other processes' changes may take before searches go on with the state before."""


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
        self._changed = 0  # generation of our own last change: a search from then on must know of it
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="snapshot")
        self._renewal: Future[Snapshot] | None = None  # the last one, at work or done
        self._begun = 0.0  # when it began, by `monotonic`
        self._lock = threading.Lock()  # over the fields above

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = False,
        embedder: Embedder | None = None,
        check: bool = True,
        read_only: bool = False,
    ) -> Self:
        """Open the library in a folder, or with `create` make an empty one where there is none.

        Without `check`, one that was built with another model opens too, to be rebuilt.
        One that can't be written, or with `read_only` any, opens to be read: then nothing is written into its folder.

        Raises LibraryMissing, LibraryDamaged, LibraryError, ModelMismatch, ModelError.
        """
        embedder = embedder or load_embedder()
        store = LocalStore.open(folder, create=create, model=record_of(embedder), read_only=read_only)
        try:
            if check:
                store.check_model(record_of(embedder))
        except BaseException:
            store.close()
            raise
        return cls(folder, store, embedder, Weights())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back files and connections."""
        self._reader.shutdown()
        self.store.close()

    def is_in_place(self) -> bool:
        """Whether the library that was opened is still there, and no other in its place."""
        return self.store.is_in_place()

    def unchanged(self, source: str, content_hash: str) -> DocumentRow | None:
        """The document of that source if it is there of that content, cut as documents are cut today; else None."""
        return self.store.unchanged(document_id(source), content_hash)

    def add(self, document: Document) -> Added:
        """Add or replace a document; one that is there unchanged costs nothing.

        Raises LibraryMissing where the folder is gone, LibraryError where it can't be written.
        """
        if self.store.has(document.id, document.content_hash):
            return Added("unchanged", document)
        status = self.store.put(document, passages_of(document), self.embedder.embed_passages)
        self._note_change()
        return Added(status, document)

    def remove(self, document_id: str) -> None:
        """Remove a document; no search finds it from then on. Raises UnknownDocument."""
        self.store.remove(document_id)
        self._note_change()

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
        """The present state, read anew only when the library has changed.

        What was changed through this object is always in it. Where the reading of other processes' changes takes
        longer than PATIENCE, searches go on with the state before until it has ended.
        """
        changed, state, held = self._changed, self.store.state, self._snapshot
        if held is not None and held.state == state:
            return held
        begun_now = False
        while not begun_now:  # a reading that was at work already may have begun before the change
            renewal, begun_now = self._renewing()
            if held is None or held.generation < changed:
                held = renewal.result()
                continue
            try:
                held = renewal.result(max(self._begun + PATIENCE - monotonic(), 0))
            except TimeoutError:
                return held
        assert held is not None
        return held

    def _renewing(self) -> tuple["Future[Snapshot]", bool]:
        """The reading of the present state that is at work, or one that begins now; and whether it does."""
        with self._lock:
            begins = self._renewal is None or self._renewal.done()
            if self._renewal is None or begins:
                self._begun = monotonic()
                self._renewal = self._reader.submit(self._renewed)
            return self._renewal, begins

    def _renewed(self) -> Snapshot:
        held = self._snapshot
        if held is None or held.state != self.store.state:  # else another thread was faster
            held = take(self.store, self.folder / DERIVED, keep=not self.store.read_only)
            self._snapshot = held
        return held

    def _note_change(self) -> None:
        generation = self.store.generation
        with self._lock:
            self._changed = max(self._changed, generation)

    def search(self, question: str, *, k: int = 10, filters: Filters | None = None, exact: bool = False) -> Result:
        """Find the k clauses that answer a question best. Raises QuestionError."""
        again = self.embedder.embed_passages if isinstance(self.embedder, StaticEmbedder) else None  # others are slow
        return search(
            self.snapshot(),
            self.embedder.embed_question,
            question,
            k=k,
            filters=filters,
            exact=exact,
            weights=self.weights,
            embed_passages=again,
        )

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Embed all passages anew with the present model; searches see the old state until it is done."""
        self.store.rebuild_vectors(self.embedder.embed_passages, record_of(self.embedder), progress)
        self._note_change()


def record_of(embedder: Embedder) -> ModelRecord:
    """What a library remembers of a model."""
    return ModelRecord(embedder.name, embedder.fingerprint, embedder.dim, normalised=True)
