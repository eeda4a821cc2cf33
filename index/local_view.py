"""One whole state of a library file, read in one transaction."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index import rows, stored_vectors
from index.records import ClauseRow, DocumentRow, ModelRecord, PassageRow
from ingest.document import Document
from ingest.errors import UnknownDocument

Row = TypeVar("Row", ClauseRow, PassageRow)


class LocalView:
    """A `View` over a connection that is in a transaction; of use as long as that lasts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @property
    def generation(self) -> int:
        """Number of the state; grows with each change."""
        return int(self._db.execute("SELECT generation FROM library").fetchone()[0])

    @property
    def state(self) -> str:
        """Name of the state, drawn by lot: no other state of any library has it."""
        return str(self._db.execute("SELECT state FROM library").fetchone()[0])

    @property
    def model(self) -> ModelRecord | None:
        """The model that the vectors come from."""
        return stored_vectors.read_model(self._db)

    def documents(self) -> list[DocumentRow]:
        """All documents, ordered by source."""
        found = self._db.execute(f"SELECT {rows.LISTING} FROM documents ORDER BY source")
        return [rows.document_row_of(row) for row in found]

    def document(self, document_id: str) -> Document:
        """Rebuild the document as it was put. Raises UnknownDocument."""
        row = self._db.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise unknown(document_id)
        return Document(
            source=row["source"],
            content_hash=row["content_hash"],
            reading=rows.reading_of(row),
            metadata=rows.metadata_of(row),
            clauses=tuple(clause.clause for clause in rows.read_clauses(self._db, document_id)),
            receipt=rows.receipt_of(row),
            parts=rows.details_in(row["details"]).parts(),
        )

    def clauses(self, roles: Collection[str] | None = None) -> Iterator[ClauseRow]:
        """Rows of all documents, or those of the roles: documents by source, rows in order."""
        return self._of_all(lambda db, name: rows.read_clauses(db, name, roles))

    def passages(self) -> Iterator[PassageRow]:
        """Passages of all documents: documents by source, ids rising in each."""
        return self._of_all(rows.read_passages)

    def vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids (n,), rising, and their vectors (n, dim); (0, 0) without a model. Raises LibraryDamaged."""
        model = self.model
        if model is None:
            return np.empty(0, np.int64), np.empty((0, 0), np.float32)
        return stored_vectors.read_vectors(self._db, model)

    def names(self, document_id: str | None = None) -> list[str]:
        """Ids of all documents, ordered by source, or only the one that is asked for. Raises UnknownDocument."""
        query = "SELECT id FROM documents WHERE :id IS NULL OR id = :id ORDER BY source"
        found = [name for (name,) in self._db.execute(query, {"id": document_id})]
        if document_id is not None and not found:
            raise unknown(document_id)
        return found

    def _of_all(self, read: Callable[[sqlite3.Connection, str], list[Row]]) -> Iterator[Row]:
        return (row for name in self.names() for row in read(self._db, name))


def unknown(document_id: str) -> UnknownDocument:
    """The error for an id that no document has."""
    return UnknownDocument(
        f"no document {document_id!r} in the library: `python -m index export` names those there are"
    )
