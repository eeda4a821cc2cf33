"""The protocol of a library's store: what search, ingestion and pages need of it, and no more.

`LocalStore` keeps it in one SQLite file. A distributed engine such as Milvus can stand behind the same
protocol: it needs only put and remove by document, and reading back in a fixed order.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.records import ClauseRow, DocumentRow, Facets, ModelRecord, Passage, PassageRow
from ingest.document import Document
from ingest.errors import ModelMismatch

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Embeds n texts as (n, dim) float32, in their order."""

PutStatus = Literal["added", "replaced", "unchanged"]


class State(Protocol):
    """What a whole state of a library and the library itself, at one moment, tell alike."""

    @property
    def generation(self) -> int:
        """Number of the state; grows with each change of documents or model."""
        ...

    @property
    def state(self) -> str:
        """Name of the state; no other state has it, be it of a library made anew or of a backup that was changed."""
        ...

    @property
    def model(self) -> ModelRecord | None:
        """The model that the vectors come from; None in a library that has not met one."""
        ...

    def documents(self) -> list[DocumentRow]:
        """All documents, ordered by source."""
        ...

    def vectors(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids (n,), rising, and their vectors (n, dim)."""
        ...


class View(State, Protocol):
    """One whole state of a library."""

    def clauses(self, roles: Collection[str] | None = None) -> Iterator[ClauseRow]:
        """Rows of all documents, or those of the roles: documents by source, rows in order."""
        ...

    def passages(self) -> Iterator[PassageRow]:
        """Passages of all documents: documents by source, ids rising in each."""
        ...


class Store(State, Protocol):
    """The library: documents, their clauses, passages and vectors.

    Each call sees one whole state; two calls may see two. Whatever is made from several, such as an index or an
    export, reads them from one `View`.
    """

    def reading(self) -> AbstractContextManager[View]:
        """Look at one state, whatever writers do meanwhile."""
        ...

    def put(self, document: Document, passages: Sequence[Passage], embed: Embed) -> PutStatus:
        """Add a document, or replace the one of the same id; a crash leaves the old or the new state.

        `embed` must be of the model that the library remembers; it gets only texts that have no vector yet.

        Raises ModelMismatch if the library has no model or changed it meanwhile, ModelError if `embed` returns
        no (n, dim) vectors, LibraryError if the pieces don't fit the text.
        """
        ...

    def remove(self, document_id: str) -> None:
        """Remove a document with its clauses, passages and unshared vectors. Raises UnknownDocument."""
        ...

    def has(self, document_id: str, content_hash: str) -> bool:
        """Whether the document is there, of this content, cut as documents are cut today."""
        ...

    def document(self, document_id: str) -> Document:
        """Rebuild the document as it was put. Raises UnknownDocument."""
        ...

    def clauses(self, document_id: str | None = None) -> Iterator[ClauseRow]:
        """Rows of one document or of all, documents by source, rows in order. Raises UnknownDocument."""
        ...

    def passages(self, document_id: str | None = None) -> Iterator[PassageRow]:
        """Passages of one document or of all, documents by source, ids rising. Raises UnknownDocument."""
        ...

    def facets(self) -> Facets:
        """Values that searches can be filtered by, with their numbers of documents."""
        ...

    def close(self) -> None:
        """Give back files and connections; the store can't be used afterwards."""
        ...


def check_model(remembered: ModelRecord | None, record: ModelRecord) -> None:
    """Raise ModelMismatch unless vectors of `record` can be compared with those of the library."""
    if remembered is None:
        raise ModelMismatch(f"library was built without a model, not with {record.name}: open it with {record.name}")
    if remembered.fingerprint == record.fingerprint:
        return
    built, wanted = f"{remembered.name} ({remembered.dim} dimensions)", record.name
    if remembered.name == record.name:  # a retrained model under an old name: only the fingerprints differ
        built += f" of fingerprint {remembered.fingerprint[:12]}"
        wanted += f" of fingerprint {record.fingerprint[:12]}"
    raise ModelMismatch(f"library was built with {built}, not {wanted}: rebuild with `python -m index rebuild`")
