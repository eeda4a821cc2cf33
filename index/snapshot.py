"""One state of a library in memory, never changed: what search reads, while a writer makes the next."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.records import ClauseRow, DocumentRow, PassageRow
from index.store import Store, View
from index.vectors import VectorIndex
from ingest.document import BODY_ROLES
from ingest.errors import LibraryError


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Documents, citable clauses and passages of one state, with both indexes over the passages."""

    generation: int
    state: str  # its name, shared with no other state
    documents: tuple[DocumentRow, ...]
    clauses: tuple[ClauseRow, ...]
    ranges: Mapping[str, range]  # document id → indexes into `clauses` of its clauses, which stand together
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


def take(store: Store, derived: Path, *, keep: bool = True) -> Snapshot:
    """Take the present state of a store, read in one transaction, so that no writer can make it a mixture of two.

    Its indexes come from the folder `derived`, or are built, and where `keep` allows it put there.
    Raises LibraryDamaged, LibraryMissing, and LibraryError where the library has no model.
    """
    with _no_collecting():
        with store.reading() as view:
            generation, state = view.generation, view.state
            documents, clauses = tuple(view.documents()), tuple(view.clauses(BODY_ROLES))
            clause_index = {(row.document, row.ordinal): i for i, row in enumerate(clauses)}
            passages = tuple(row for row in view.passages() if (row.document, row.clause) in clause_index)
            ids = np.fromiter((row.id for row in passages), np.int64, len(passages))
            order = np.argsort(ids)
            vectors = _vectors(view, derived, ids[order], keep=keep)
        document_index = {row.id: i for i, row in enumerate(documents)}
        return Snapshot(
            generation=generation,
            state=state,
            documents=documents,
            clauses=clauses,
            ranges=_ranges(documents, clauses),
            passages=passages,
            ids=ids,
            passage_ids=ids[order],
            order=order,
            clause_of=_indexes((clause_index[row.document, row.clause] for row in passages), len(passages)),
            document_of=_indexes((document_index[row.document] for row in passages), len(passages)),
            lexical=_lexical(state, derived, passages, keep=keep),
            vectors=vectors,
        )


def _indexes(values: Iterable[int], count: int) -> NDArray[np.int32]:
    return np.fromiter(values, np.int32, count)


def _ranges(documents: Iterable[DocumentRow], clauses: Iterable[ClauseRow]) -> dict[str, range]:
    counts = dict.fromkeys((row.id for row in documents), 0)
    for row in clauses:
        counts[row.document] += 1
    ranges, start = {}, 0
    for document, count in counts.items():
        ranges[document] = range(start, start + count)
        start += count
    return ranges


def _lexical(state: str, derived: Path, passages: tuple[PassageRow, ...], *, keep: bool) -> LexicalIndex:
    index = LexicalIndex.load(derived, state)
    if index is None or index.size != len(passages):
        index = LexicalIndex.build([f"{row.context}\n{row.text}" for row in passages])
        built = index
        _keep(lambda: built.save(derived, state), keep)
    return index


def _vectors(view: View, derived: Path, known: NDArray[np.int64], *, keep: bool) -> VectorIndex:
    model = view.model
    if model is None:
        raise LibraryError("文库没有记录语义模型：请运行 python -m index rebuild")
    path = derived / "vectors.faiss"
    index = VectorIndex.load(path, view.state, model)
    if index is None or not np.array_equal(index.ids, known):
        ids, vectors = view.vectors()
        inside = np.isin(ids, known)
        index = VectorIndex(ids[inside], vectors[inside])
        built = index
        _keep(lambda: built.save(path, view.state, model), keep)
    return index


def _keep(save: Callable[[], None], allowed: bool) -> None:
    """Save an index where that is possible; where it is not, the one in memory serves as well."""
    if allowed:
        with suppress(LibraryError):
            save()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put off the garbage collector: walking over half a million new records again and again, it finds none."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
