"""The library in one SQLite file, the truth from which vector and lexical indexes are derived.

A LocalStore may be used by any number of threads, and its file by any number of processes of one machine (WAL
does not work on network drives). Each reading call borrows a connection of its own and sees one whole state;
readers never wait. Writers wait for each other: threads on a lock, processes on SQLite's write lock.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index import rows, stored_vectors
from index.database import Database
from index.local_view import LocalView, Row, unknown
from index.records import (
    STRUCTURE_VERSION,
    ClauseRow,
    DocumentRow,
    Facets,
    ModelRecord,
    Passage,
    PassageRow,
    check_pieces,
    facets_of,
)
from index.store import Embed, PutStatus, check_model
from ingest.document import Document
from ingest.errors import ModelMismatch

FILE = "library.sqlite3"
BATCH = 1024  # passages embedded at a time when rebuilding


class LocalStore:
    """A `Store` in the file library.sqlite3 of a folder."""

    def __init__(self, database: Database, structure: int) -> None:
        self._database = database
        self._structure = structure

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool,
        model: ModelRecord | None,
        structure: int = STRUCTURE_VERSION,
        read_only: bool = False,
    ) -> Self:
        """Open the library of a folder; one that has no model yet remembers `model`.

        Opening with another model than the remembered one is allowed: ask `model` or `check_model`.
        A library that can't be written, or with `read_only` any, is opened to be read: changing it is refused.
        Raises LibraryMissing, LibraryDamaged, LibraryError.
        """
        store = cls(Database(folder / FILE, create=create, read_only=read_only), structure)
        try:
            if model is not None and not store.read_only and store.model is None:
                store._remember(model)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether the library can only be read."""
        return self._database.read_only

    @property
    def generation(self) -> int:
        """Number of the state; grows with each change."""
        with self.reading() as view:
            return view.generation

    @property
    def state(self) -> str:
        """Name of the state, drawn by lot: no other state of any library has it."""
        with self.reading() as view:
            return view.state

    @property
    def model(self) -> ModelRecord | None:
        """The model that the vectors come from."""
        with self.reading() as view:
            return view.model

    @contextmanager
    def reading(self) -> Iterator[LocalView]:
        """Read several things of one state; writers are not held up, but their log grows until the end."""
        with self._database.reading() as db:
            yield LocalView(db)

    def is_in_place(self) -> bool:
        """Whether the file that was opened is still there, and no other in its place."""
        return self._database.is_in_place()

    def check_model(self, record: ModelRecord) -> None:
        """Raise ModelMismatch, naming both models and the cure, unless the library's vectors are of `record`."""
        check_model(self.model, record)

    def put(self, document: Document, passages: Sequence[Passage], embed: Embed) -> PutStatus:
        """Add or replace a document, embedding before the transaction; see `Store.put`."""
        if self.has(document.id, document.content_hash):
            return "unchanged"
        self._database.check_writable()  # before the work of embedding
        check_pieces(document, passages)
        texts = {stored_vectors.key_of(passage): passage.embedded for passage in passages}
        model, vectors = self.model, dict[bytes, bytes]()
        if model is None and texts:
            raise ModelMismatch("library has no model yet: open it with one before adding passages")
        while True:  # a vector found here may be gone when writing: its last document was removed meanwhile
            vectors |= self._embedded(texts.keys() - vectors.keys(), texts, model, embed)
            with self._database.writing() as db:
                if stored_vectors.read_model(db) != model:
                    raise ModelMismatch("library changed its model while a document was embedded: add it again")
                if not stored_vectors.absent(db, texts.keys() - vectors.keys(), model):
                    return self._write(db, document, passages, vectors)

    def remove(self, document_id: str) -> None:
        """Remove a document with its clauses, passages and unshared vectors. Raises UnknownDocument."""
        with self._database.writing() as db:
            keys = stored_vectors.keys_of(db, document_id)
            if not db.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount:
                raise unknown(document_id)
            stored_vectors.drop_unused(db, keys)
            _next_generation(db)

    def has(self, document_id: str, content_hash: str) -> bool:
        """Whether the document is there, of this content, cut as documents are cut today."""
        with self._database.reading() as db:
            return self._is_current(db, document_id, content_hash)

    def unchanged(self, document_id: str, content_hash: str) -> DocumentRow | None:
        """The document without its text if `has` it, else None."""
        with self._database.reading() as db:
            if not self._is_current(db, document_id, content_hash):
                return None
            found = db.execute(f"SELECT {rows.LISTING} FROM documents WHERE id = ?", (document_id,))
            return rows.document_row_of(found.fetchone())

    def documents(self) -> list[DocumentRow]:
        """All documents, ordered by source."""
        with self.reading() as view:
            return view.documents()

    def document(self, document_id: str) -> Document:
        """Rebuild the document as it was put. Raises UnknownDocument."""
        with self.reading() as view:
            return view.document(document_id)

    def clauses(self, document_id: str | None = None) -> Iterator[ClauseRow]:
        """Rows of one document or of all, documents by source, rows in order. Raises UnknownDocument."""
        return self._by_document(rows.read_clauses, document_id)

    def passages(self, document_id: str | None = None) -> Iterator[PassageRow]:
        """Passages of one document or of all, documents by source, ids rising. Raises UnknownDocument."""
        return self._by_document(rows.read_passages, document_id)

    def vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids (n,), rising, and their vectors (n, dim); (0, 0) without a model. Raises LibraryDamaged."""
        with self.reading() as view:
            return view.vectors()

    def facets(self) -> Facets:
        """Values that searches can be filtered by, with their numbers of documents."""
        return facets_of(self.documents())

    def rebuild_vectors(
        self, embed: Embed, model: ModelRecord, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Embed all passages with another model, in batches, then switch to it in one transaction.

        The library serves its old vectors until the switch; a rebuild that was cut off goes on where it ended.
        `progress` is told how many texts are done, of how many.
        """
        with self._database.reading() as db:
            total = stored_vectors.count_without_vector(db, model)
        done = 0
        while not self._switch(model):  # again, if documents were added meanwhile
            for texts in self._without_vector(model):
                vectors = stored_vectors.embedded(texts, model, embed)
                with self._database.writing() as db:
                    stored_vectors.write_vectors(db, vectors, model)
                done += len(texts)
                if progress is not None:
                    progress(done, max(total, done))

    def close(self) -> None:
        """Close all connections; a call at work ends first."""
        self._database.close()

    def _embedded(
        self, keys: Iterable[bytes], texts: dict[bytes, str], model: ModelRecord | None, embed: Embed
    ) -> dict[bytes, bytes]:
        with self._database.reading() as db:
            absent = stored_vectors.absent(db, keys, model)
        wanted = {key: text for key, text in texts.items() if key in absent}
        return stored_vectors.embedded(wanted, model, embed) if model is not None else {}

    def _write(
        self, db: sqlite3.Connection, document: Document, passages: Sequence[Passage], vectors: dict[bytes, bytes]
    ) -> PutStatus:
        if self._is_current(db, document.id, document.content_hash):
            return "unchanged"  # another process put it meanwhile
        old_keys = stored_vectors.keys_of(db, document.id)
        replaced = db.execute("DELETE FROM documents WHERE id = ?", (document.id,)).rowcount
        circumstances = {
            "structure": self._structure,
            "generation": _next_generation(db),
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        rows.insert(db, "documents", rows.document_columns(document) | circumstances)
        for ordinal, clause in enumerate(document.clauses):
            rows.insert(db, "clauses", rows.clause_columns(document.id, ordinal, clause))
        for passage in passages:
            key = stored_vectors.key_of(passage)
            rows.insert(db, "passages", rows.passage_columns(document.id, passage, key))
        model = stored_vectors.read_model(db)
        if model is not None:
            stored_vectors.write_vectors(db, vectors, model)
        stored_vectors.drop_unused(db, old_keys)
        return "replaced" if replaced else "added"

    def _is_current(self, db: sqlite3.Connection, document_id: str, content_hash: str) -> bool:
        query = "SELECT 1 FROM documents WHERE id = ? AND content_hash = ? AND structure = ?"
        return db.execute(query, (document_id, content_hash, self._structure)).fetchone() is not None

    def _remember(self, model: ModelRecord) -> None:
        with self._database.writing() as db:
            if stored_vectors.read_model(db) is None:
                stored_vectors.switch_model(db, model)

    def _switch(self, model: ModelRecord) -> bool:
        with self._database.writing() as db:
            if stored_vectors.count_without_vector(db, model):
                return False
            if stored_vectors.read_model(db) != model:
                stored_vectors.switch_model(db, model)
                _next_generation(db)
            return True

    def _without_vector(self, model: ModelRecord) -> Iterator[dict[bytes, str]]:
        after = 0
        while True:
            with self._database.reading() as db:
                after, texts = stored_vectors.texts_without_vector(db, model, after=after, limit=BATCH)
            if not texts:
                return
            yield texts

    def _by_document(
        self, read: Callable[[sqlite3.Connection, str], list[Row]], document_id: str | None
    ) -> Iterator[Row]:
        """Read document by document: no transaction stays open while the caller thinks."""
        with self.reading() as view:
            names = view.names(document_id)
        return (row for name in names for row in self._read(read, name))

    def _read(self, read: Callable[[sqlite3.Connection, str], list[Row]], document_id: str) -> list[Row]:
        with self._database.reading() as db:
            return read(db, document_id)


def _next_generation(db: sqlite3.Connection) -> int:
    db.execute("UPDATE library SET generation = generation + 1, state = lower(hex(randomblob(16)))")
    return int(db.execute("SELECT generation FROM library").fetchone()[0])
