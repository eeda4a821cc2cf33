"""One state of a library in memory, never changed: what search reads, while a writer makes the next."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.records import ClauseRow, DocumentRow, PassageRow
from index.store import Store
from index.vectors import VectorIndex
from ingest.document import BODY_ROLES
from ingest.errors import LibraryError

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Documents, citable clauses and passages of one generation, with both indexes over the passages."""

    generation: int
    documents: tuple[DocumentRow, ...]
    clauses: tuple[ClauseRow, ...]
    passages: tuple[PassageRow, ...]
    ids: NDArray[np.int64]  # (n,), of `passages`, in their order
    passage_ids: NDArray[np.int64]  # (n,), the same, rising
    order: NDArray[np.int64]  # (n,), position in `passages` of each of `passage_ids`
    clause_of: NDArray[np.int32]  # (n,), index into `clauses` for each of `passages`
    document_of: NDArray[np.int32]  # (n,), index into `documents` for each of `passages`
    lexical: LexicalIndex  # over `passages`, by position
    vectors: VectorIndex  # over `passages`, by id

    def ids_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Passage ids at positions in `passages`."""
        return self.ids[positions]

    def positions(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions in `passages` of passage ids (n,)."""
        return self.order[np.searchsorted(self.passage_ids, ids)]


def take(store: Store, derived: Path) -> Snapshot:
    """Read the present state of a store; its indexes come from the folder `derived`, or are built and put there.

    Raises LibraryError where the library changes faster than it can be read.
    """
    for _ in range(_ATTEMPTS):
        generation = store.generation
        snapshot = _read(store, derived, generation)
        if store.generation == generation:
            return snapshot
    raise LibraryError("文库正在大量写入，暂时读不到完整的状态：请稍后再试")


def _read(store: Store, derived: Path, generation: int) -> Snapshot:
    documents = tuple(store.documents())
    clauses = tuple(row for row in store.clauses() if row.clause.role in BODY_ROLES)
    passages = tuple(store.passages())
    document_index = {row.id: i for i, row in enumerate(documents)}
    clause_index = {(row.document, row.ordinal): i for i, row in enumerate(clauses)}
    known = tuple(row for row in passages if (row.document, row.clause) in clause_index)
    ids = np.fromiter((row.id for row in known), np.int64, len(known))
    order = np.argsort(ids)
    return Snapshot(
        generation=generation,
        documents=documents,
        clauses=clauses,
        passages=known,
        ids=ids,
        passage_ids=ids[order],
        order=order,
        clause_of=np.fromiter((clause_index[row.document, row.clause] for row in known), np.int32, len(known)),
        document_of=np.fromiter((document_index[row.document] for row in known), np.int32, len(known)),
        lexical=_lexical(derived, generation, lambda: [f"{row.context}\n{row.text}" for row in known], len(known)),
        vectors=_vectors(store, derived, generation),
    )


def _lexical(derived: Path, generation: int, texts: Callable[[], list[str]], size: int) -> LexicalIndex:
    index = LexicalIndex.load(derived, generation)
    if index is None or index.size != size:
        index = LexicalIndex.build(texts())
        index.save(derived, generation)
    return index


def _vectors(store: Store, derived: Path, generation: int) -> VectorIndex:
    model = store.model
    if model is None:
        raise LibraryError("文库没有记录语义模型：请运行 python -m index rebuild")
    path = derived / "vectors.faiss"
    index = VectorIndex.load(path, generation, model)
    if index is None:
        ids, vectors = store.vectors()
        index = VectorIndex(ids, vectors)
        index.save(path, generation, model)
    return index
