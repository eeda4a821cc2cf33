"""The vector index: equal to brute force id by id and value by value; saved, damaged, mistaken."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.records import ModelRecord
from index.vectors import VectorIndex
from ingest.errors import LibraryError, ModelError, ModelMismatch, UsageError

MODEL = ModelRecord("model", "fingerprint", 6, normalised=True)

# Rows of four halves, such as (½, 0, -½, ½, 0, -½): of length 1, with inner products that are exact in float32,
# so that brute force must agree to the last bit, equal scores included.
HALVES = np.array(
    [
        [(-0.5 if signs >> places.index(axis) & 1 else 0.5) if axis in places else 0.0 for axis in range(6)]
        for places in combinations(range(6), 4)
        for signs in range(16)
    ],
    np.float32,
)


def brute_force(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], question: NDArray[np.float32], k: int
) -> list[tuple[int, float]]:
    """Score all, sort all: by falling score, equal ones by rising id."""
    scored = [(int(id), float(vector @ question)) for id, vector in zip(ids, vectors, strict=True)]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]


def searched(index: VectorIndex, question: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
    ids, scores = index.search(question, k)
    assert (ids.dtype.name, scores.dtype.name) == ("int64", "float32")
    return list(zip(ids.tolist(), scores.tolist(), strict=True))


def random_index(count: int, dim: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    drawn = np.random.default_rng(seed)
    vectors = drawn.standard_normal((count, dim))
    ids = drawn.permutation(10 * count)[:count].astype(np.int64)
    return ids, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 2**62), st.integers(0, len(HALVES) - 1), max_size=60),
    st.integers(0, len(HALVES) - 1),
    st.integers(0, 70),
)
def test_search_equals_brute_force_exactly(rows: dict[int, int], question: int, k: int) -> None:
    ids, vectors = np.array(list(rows), np.int64), HALVES[list(rows.values())].reshape(-1, 6)
    index = VectorIndex(ids, vectors)
    assert len(index) == len(rows)
    assert searched(index, HALVES[question], k) == brute_force(ids, vectors, HALVES[question], k)
    wanted = [float(vector @ HALVES[question]) for vector in vectors]
    assert index.scores(HALVES[question], ids).tolist() == wanted


@pytest.mark.parametrize("dim", [1, 3, 100, 256])
def test_search_equals_brute_force_over_random_vectors(dim: int) -> None:
    ids, vectors = random_index(2000, dim, seed=dim)
    index = VectorIndex(ids, vectors)
    position = {int(id): at for at, id in enumerate(ids)}
    for question in random_index(20, dim, seed=1000 + dim)[1]:
        exact = vectors.astype(np.float64) @ question.astype(np.float64)
        found, scores = index.search(question, 50)
        assert scores == pytest.approx(np.sort(exact)[::-1][:50], abs=1e-6)
        assert scores == pytest.approx([exact[position[id]] for id in found.tolist()], abs=1e-6)
        assert len(set(found.tolist())) == 50
        assert index.scores(question, found) == pytest.approx(scores, abs=1e-6)
        if dim > 3:  # in few dimensions some scores are closer together than float32 can tell
            assert found.tolist() == ids[np.argsort(-exact)[:50]].tolist()


def test_equal_vectors_come_by_rising_id() -> None:
    ids = np.array([90, 7, 55, 3, 21, 4], np.int64)
    vectors = np.repeat(HALVES[:1], 6, axis=0)
    vectors[3] = HALVES[40]
    assert VectorIndex(ids, vectors).search(HALVES[0], 2)[0].tolist() == [4, 7]


def test_a_vector_finds_itself_with_score_one_and_its_opposite_last() -> None:
    ids, vectors = random_index(100, 64, seed=5)
    vectors[1] = -vectors[0]
    found, scores = VectorIndex(ids, vectors).search(vectors[0], 100)
    assert (found[0], found[-1]) == (ids[0], ids[1])
    assert (scores[0], scores[-1]) == pytest.approx((1, -1))
    assert scores.max() <= 1
    assert scores.min() >= -1


@pytest.mark.parametrize("dim", [0, 6])
def test_an_empty_index_finds_nothing(dim: int) -> None:
    index = VectorIndex(np.empty(0, np.int64), np.empty((0, dim), np.float32))
    assert len(index) == 0
    assert searched(index, HALVES[0], 10) == []
    assert index.scores(HALVES[0], np.empty(0, np.int64)).shape == (0,)


def test_a_zero_vector_scores_zero() -> None:
    index = VectorIndex(np.array([1, 2]), np.stack([HALVES[0], np.zeros(6, np.float32)]))
    assert searched(index, HALVES[0], 5) == [(1, 1.0), (2, 0.0)]
    assert searched(index, np.zeros(6, np.float32), 5) == [(1, 0.0), (2, 0.0)]


def test_scores_of_unknown_ids_are_refused() -> None:
    index = VectorIndex(np.array([1, 5]), HALVES[:2])
    assert index.scores(HALVES[0], np.array([5, 1, 5])).tolist() == [float(HALVES[at] @ HALVES[0]) for at in (1, 0, 1)]
    with pytest.raises(LibraryError, match="no passage 4 in the vector index"):
        index.scores(HALVES[0], np.array([1, 4]))


def test_a_question_of_another_model_is_refused() -> None:
    index = VectorIndex(np.array([1]), HALVES[:1])
    for vector, shape in ((np.ones(512, np.float32), "512"), (HALVES[:1], "1x6")):
        with pytest.raises(ModelMismatch, match=f"question vector has {shape} dimensions, the index 6"):
            index.search(vector, 1)
    for bad in (np.ones(6, np.float32), np.full(6, np.nan, np.float32)):
        with pytest.raises(ModelError, match="not of unit length"):
            index.scores(bad, np.array([1]))
    with pytest.raises(UsageError, match="k is -1"):
        index.search(HALVES[0], -1)


@pytest.mark.parametrize(
    ("ids", "vectors", "complaint"),
    [
        ([1], HALVES[:2], r"ids \(1,\) and vectors \(2, 6\)"),
        ([1], HALVES[0], r"vectors \(6,\)"),
        ([1, 2], np.empty((2, 0), np.float32), r"vectors \(2, 0\)"),
        ([3, 3], HALVES[:2], "each once"),
        ([-1, 3], HALVES[:2], "0 or more"),
        ([1], np.ones((1, 6), np.float32), "unit length"),
        ([1], np.full((1, 6), np.inf, np.float32), "unit length"),
    ],
)
def test_rows_that_make_no_index_are_refused(ids: list[int], vectors: NDArray[np.float32], complaint: str) -> None:
    with pytest.raises(LibraryError, match=complaint):
        VectorIndex(np.array(ids, np.int64), vectors)


def test_a_saved_index_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "向量 index.faiss"
    ids = np.arange(len(HALVES), dtype=np.int64)[::-1] * 7
    VectorIndex(ids, HALVES).save(path, "spring", MODEL)
    loaded = VectorIndex.load(path, "spring", MODEL)
    assert loaded is not None
    for question in HALVES[:20]:
        assert searched(loaded, question, 9) == brute_force(ids, HALVES, question, 9)
        assert loaded.scores(question, ids).tolist() == (HALVES @ question).tolist()
    assert sorted(file.name for file in tmp_path.iterdir()) == [path.name, f"{path.name}.json"]
    manifest = json.loads((tmp_path / f"{path.name}.json").read_text(encoding="utf-8"))
    del manifest["sha256"]
    assert manifest == {"format": 2, "state": "spring", "fingerprint": "fingerprint", "dim": 6, "count": len(HALVES)}


def test_an_index_of_another_state_or_model_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "index.faiss"
    assert VectorIndex.load(path, "spring", MODEL) is None
    VectorIndex(np.array([4]), HALVES[:1]).save(path, "spring", MODEL)
    assert VectorIndex.load(path, "summer", MODEL) is None
    assert VectorIndex.load(path, "spring", ModelRecord("model", "another", 6, normalised=True)) is None
    assert VectorIndex.load(path, "spring", ModelRecord("model", "fingerprint", 7, normalised=True)) is None
    assert VectorIndex.load(path, "spring", MODEL) is not None
    VectorIndex(np.array([4, 5]), HALVES[:2]).save(path, "summer", MODEL)
    assert VectorIndex.load(path, "spring", MODEL) is None
    assert len(VectorIndex.load(path, "summer", MODEL) or ()) == 2


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    VectorIndex(np.empty(0, np.int64), np.empty((0, 6), np.float32)).save(tmp_path / "index.faiss", "empty", MODEL)
    loaded = VectorIndex.load(tmp_path / "index.faiss", "empty", MODEL)
    assert loaded is not None
    assert searched(loaded, HALVES[0], 3) == []


def flip_a_bit(data: bytes) -> bytes:
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


@pytest.mark.parametrize("name", ["index.faiss", "index.faiss.json"])
@pytest.mark.parametrize("damage", [flip_a_bit, lambda data: data[:-9], lambda data: b"", lambda data: b"[1, 2]"])
def test_a_damaged_index_is_not_loaded(tmp_path: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    VectorIndex(np.array([4, 5]), HALVES[:2]).save(tmp_path / "index.faiss", "one", MODEL)
    (tmp_path / name).write_bytes(damage((tmp_path / name).read_bytes()))
    assert VectorIndex.load(tmp_path / "index.faiss", "one", MODEL) is None


def test_threads_save_one_index_at_once(tmp_path: Path) -> None:
    index = VectorIndex(np.arange(96), HALVES[:96])
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: index.save(tmp_path / "index.faiss", "one", MODEL), range(32)))
    assert len(VectorIndex.load(tmp_path / "index.faiss", "one", MODEL) or ()) == 96
    assert {file.name for file in tmp_path.iterdir()} == {"index.faiss", "index.faiss.json"}


def test_an_index_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "derived").touch()
    with pytest.raises(LibraryError, match="can't be written"):
        VectorIndex(np.array([4]), HALVES[:1]).save(tmp_path / "derived" / "index.faiss", "one", MODEL)


def test_threads_search_one_index() -> None:
    ids, vectors = random_index(3000, 32, seed=9)
    index = VectorIndex(ids, vectors)
    alone = [index.search(question, 10)[0].tolist() for question in vectors[:200]]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: index.search(question, 10)[0].tolist(), vectors[:200]))
    assert together == alone


def test_searching_leaves_the_thread_setting_alone() -> None:
    import faiss

    index = VectorIndex(np.array([4]), HALVES[:1])
    before = faiss.omp_get_max_threads()
    index.search(HALVES[0], 1)
    index.scores(HALVES[0], np.array([4]))
    assert faiss.omp_get_max_threads() == before


def test_importing_loads_no_faiss() -> None:
    code = "import sys, index.vectors, index.local_store; sys.exit('faiss' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_scores_that_are_no_numbers_are_never_given() -> None:
    import faiss

    index = faiss.IndexIDMap2(faiss.IndexFlatIP(3))
    index.add_with_ids(np.array([[1, 0, 0], [np.nan, 0, 0]], np.float32), np.array([1, 2], np.int64))
    damaged = VectorIndex._from_bytes(faiss.serialize_index(index), 3)
    assert damaged is not None
    question = np.array([1, 0, 0], np.float32)
    assert damaged.scores(question, np.array([1])).tolist() == [1]
    with pytest.raises(LibraryError, match="no numbers"):
        damaged.scores(question, np.array([1, 2]))
