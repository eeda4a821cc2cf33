"""The vector index: exact search by inner product over passages. The one module that imports FAISS.

An index is derived from the vectors of a library, is never changed, and is thrown away when the library's
state moves on: so a removed document can't be found, and any number of threads may search one index.
FAISS is imported on first use, because that takes a third of a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index import derived
from index.records import UNIT_TOLERANCE, ModelRecord
from ingest.errors import LibraryError, ModelError, ModelMismatch, UsageError

FORMAT = 2

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]


class VectorIndex:
    """Passages by id, in FAISS's IndexIDMap2 over IndexFlatIP.

    Scores are inner products of rows of unit length: higher is better, -1 to 1; an all-zero row scores 0.
    """

    def __init__(self, ids: Ids, vectors: Vectors) -> None:
        """Index vectors (n, dim) float32 under ids (n,) int64, each id once; n may be 0. Raises LibraryError."""
        _check_rows(ids, vectors)
        self.dim = int(vectors.shape[1])
        self._ids = np.sort(ids)
        self._index: Any = _flat_index(ids, vectors) if self.dim else None  # FAISS's classes have no types

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._ids)

    @property
    def ids(self) -> Ids:
        """Ids of the passages (n,), rising."""
        return self._ids

    def search(self, vector: Vectors, k: int) -> tuple[Ids, Vectors]:
        """Find the k passages of highest score: ids and scores, best first, equal scores by rising id.

        `vector` is (dim,), of unit length; there are fewer than k results if the index holds fewer passages.
        Raises ModelMismatch, ModelError, UsageError.
        """
        if k < 0:
            raise UsageError(f"k is {k}: ask for 0 or more passages")
        wanted = min(k, len(self))
        question = self._question(vector)
        if not wanted:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found, scores = self._nearest(question, wanted)
        order = np.lexsort((found, -scores))[:wanted]
        return found[order], np.clip(scores[order], -1, 1)

    def scores(self, vector: Vectors, ids: Ids) -> Vectors:
        """Score the passages of the given ids (n,), in their order: (n,).

        Raises LibraryError for an unknown id, and where a score is no number.
        """
        question, rows = self._question(vector), self.rows(ids)
        if not len(rows):
            return np.empty(0, np.float32)
        with np.errstate(invalid="ignore"):  # said once in three full runs of the tests, cause unknown: checked below
            scores: Vectors = rows @ question
        if not np.isfinite(scores).all():
            raise LibraryError("the vector index holds what are no numbers: build it anew from the library")
        return scores.clip(-1, 1)

    def rows(self, ids: Ids) -> Vectors:
        """Return the vectors of the passages of the given ids (n,), in their order: (n, dim).

        Raises LibraryError for an unknown id.
        """
        wanted = np.asarray(ids, np.int64)
        unknown = wanted[~np.isin(wanted, self._ids)]
        if len(unknown):
            raise LibraryError(f"no passage {unknown[0]} in the vector index: build it anew from the library")
        if self._index is None or not len(wanted):
            return np.empty((0, self.dim), np.float32)
        with _one_thread():
            found: Vectors = self._index.reconstruct_batch(wanted)
        return found

    def save(self, path: Path, state: str, model: ModelRecord) -> None:
        """Write the index of a state of the library, and its manifest beside it. Raises LibraryError."""
        import faiss

        data: memoryview = (faiss.serialize_index(self._index) if self._index is not None else np.empty(0)).data
        derived.save(path, data, _manifest(state, model) | {"count": len(self)})

    @classmethod
    def load(cls, path: Path, state: str, model: ModelRecord) -> Self | None:
        """Read an index that was saved for this state and model; None if there is none, or it is damaged."""
        data = derived.load(path, _manifest(state, model))
        return cls._from_bytes(data, model.dim) if data is not None else None

    @classmethod
    def _from_bytes(cls, data: bytes, dim: int) -> Self | None:
        import faiss

        try:
            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except (RuntimeError, ValueError):  # damaged, empty
            return None
        if not isinstance(index, faiss.IndexIDMap2) or index.d != dim:
            return None
        loaded = cls.__new__(cls)
        loaded.dim = dim
        loaded._index = index
        loaded._ids = np.sort(faiss.vector_to_array(index.id_map))
        return loaded

    def _question(self, vector: Vectors) -> Vectors:
        question = np.ascontiguousarray(vector, np.float32)
        if question.ndim != 1 or (self.dim and len(question) != self.dim):
            shape = "x".join(map(str, question.shape))
            raise ModelMismatch(
                f"question vector has {shape} dimensions, the index {self.dim}: use the library's model"
            )
        if not _unit_or_zero(question[None]):
            raise ModelError("question vector is not of unit length: normalise it")
        return question

    def _nearest(self, question: Vectors, wanted: int) -> tuple[Ids, Vectors]:
        """Search with more than `wanted` results until the last wanted score has no equal left outside."""
        ask = wanted
        while True:
            ask = min(2 * ask, len(self))
            with _one_thread():
                scores, found = self._index.search(question[None], ask)
            if ask == len(self) or scores[0, -1] < scores[0, wanted - 1]:
                return found[0], scores[0]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep FAISS to the calling thread, for which alone OpenMP's setting holds.

    One question gives a second thread nothing to do, but waiting for it on two busy cores costs more than the
    search: over 100,000 x 256, 40 ms with FAISS's own setting, 6 ms with this one.
    """
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _check_rows(ids: Ids, vectors: Vectors) -> None:
    if vectors.ndim != 2 or ids.shape != vectors.shape[:1] or (len(ids) and not vectors.shape[1]):
        raise LibraryError(f"ids {ids.shape} and vectors {vectors.shape} make no index: give (n,) and (n, dim)")
    if len(np.unique(ids)) != len(ids) or (len(ids) and ids.min() < 0):
        raise LibraryError("ids of a vector index must be 0 or more, each once")
    if not _unit_or_zero(vectors):
        raise LibraryError("vectors of a vector index must be of unit length: normalise them")


def _unit_or_zero(vectors: Vectors) -> bool:
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    return bool(np.all((np.abs(lengths - 1) < UNIT_TOLERANCE) | (lengths == 0)))  # False for NaN too


def _flat_index(ids: Ids, vectors: Vectors) -> Any:
    import faiss

    index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
    index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64))
    return index


def _manifest(state: str, model: ModelRecord) -> dict[str, object]:
    return {"format": FORMAT, "state": state, "fingerprint": model.fingerprint, "dim": model.dim}
