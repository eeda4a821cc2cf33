"""Measures against values worked by hand and against a second way of computing them, as trec_eval does."""

from math import log, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures import Measure, mean, ndcg, percentile, precision, recall, reciprocal_rank, share, success
from ingest.errors import UsageError

MEASURES = [ndcg, reciprocal_rank, recall, precision, success]
RANKING = ["d1", "d2", "d3", "d4", "d5", "d6"]
RELEVANT = {"d2", "d5", "d6", "d9"}

names = st.sampled_from("abcdefghij")
rankings = st.lists(names, unique=True)
relevants = st.sets(names, min_size=1)
depths = st.integers(1, 12)


def test_ndcg_by_hand() -> None:
    # relevant at ranks 2 and 5 of the first five; of four relevant, a perfect ranking has ranks 1 to 4
    gained = 1 / log2(3) + 1 / log2(6)
    perfect = 1 / log2(2) + 1 / log2(3) + 1 / log2(4) + 1 / log2(5)
    assert ndcg(RANKING, RELEVANT, 5) == pytest.approx(gained / perfect)
    assert ndcg(RANKING, RELEVANT, 5) == pytest.approx((0.63093 + 0.38685) / (1 + 0.63093 + 0.5 + 0.43068), abs=1e-5)


def test_ndcg_of_a_perfect_ranking_shorter_than_the_relevant_is_one() -> None:
    assert ndcg(["a", "b"], {"a", "b", "c"}, 2) == 1


def test_reciprocal_rank_by_hand() -> None:
    assert reciprocal_rank(RANKING, RELEVANT, 10) == 1 / 2
    assert reciprocal_rank(RANKING, {"d6"}, 5) == 0


def test_recall_by_hand() -> None:
    assert recall(RANKING, RELEVANT, 5) == 2 / 4
    assert recall(RANKING, RELEVANT, 10) == 3 / 4


def test_precision_by_hand() -> None:
    assert precision(RANKING, RELEVANT, 5) == 2 / 5
    assert precision(RANKING, RELEVANT, 10) == 3 / 10  # four places are empty


def test_success_by_hand() -> None:
    assert [success(RANKING, RELEVANT, k) for k in (1, 2, 5)] == [0, 1, 1]


def test_an_id_that_is_repeated_counts_once() -> None:
    assert recall(["a", "a"], {"a", "b"}, 10) == 1 / 2
    assert precision(["a", "a"], {"a", "b"}, 2) == 1 / 2
    assert ndcg(["a", "a"], {"a", "b"}, 10) == pytest.approx(1 / (1 + 1 / log2(3)))


def test_relevant_given_as_a_list_with_a_repetition_counts_once() -> None:
    assert recall(["a"], ["a", "a"], 10) == 1
    assert ndcg(["a"], ["a", "a"], 10) == 1


def trec_ndcg(ranking: list[str], relevant: set[str], k: int) -> float:
    """m_ndcg_cut.c: gains by rank, then log(2) / log(rank + 1) with rank counted from 1, over the sorted gains."""
    gains = [int(each in relevant) for each in ranking] + [0] * k
    ideal = [1] * len(relevant) + [0] * k
    total = sum(gains[i] * log(2) / log(i + 2) for i in range(k))
    return total / sum(ideal[i] * log(2) / log(i + 2) for i in range(k))


@given(rankings, relevants, depths)
def test_against_trec_eval(ranking: list[str], relevant: set[str], k: int) -> None:
    held = [each in relevant for each in ranking[:k]]
    assert ndcg(ranking, relevant, k) == pytest.approx(trec_ndcg(ranking, relevant, k))
    assert recall(ranking, relevant, k) == held.count(True) / len(relevant)
    assert precision(ranking, relevant, k) == held.count(True) / k
    assert reciprocal_rank(ranking, relevant, k) == (1 / (held.index(True) + 1) if any(held) else 0)
    assert success(ranking, relevant, k) == any(held)


@given(st.lists(names), relevants, depths)
def test_every_measure_is_from_zero_to_one(ranking: list[str], relevant: set[str], k: int) -> None:
    assert all(0 <= measure(ranking, relevant, k) <= 1 + 1e-12 for measure in MEASURES)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_has_nothing_relevant_or_no_place_is_refused(measure: Measure) -> None:
    with pytest.raises(UsageError, match="nothing is relevant"):
        measure(["a"], set(), 10)
    with pytest.raises(UsageError, match="k is 0"):
        measure(["a"], {"a"}, 0)


def test_mean_counts_a_question_left_out_of_the_run_as_zero() -> None:
    qrels = {"q1": {"a"}, "q2": {"b"}, "q3": {"c"}}
    run = {"q1": ["a"], "q2": ["x", "b"], "q9": ["a"]}
    assert mean(reciprocal_rank, run, qrels, 10) == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert mean(reciprocal_rank, run, {}, 10) is None


def test_share_of_nothing_is_none() -> None:
    assert share(3, 4) == 0.75
    assert share(0, 0) is None


@given(st.lists(st.integers(), min_size=1), st.integers(1, 100))
def test_percentile_is_the_least_value_that_enough_values_reach(values: list[int], percent: int) -> None:
    reaching = [each for each in values if sum(other <= each for other in values) * 100 >= percent * len(values)]
    assert percentile(values, percent) == min(reaching)


def test_percentile_of_nothing_is_none() -> None:
    assert percentile([], 50) is None
