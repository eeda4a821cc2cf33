"""Measures of rankings: one function, one paper, one worked example each; higher is better, 0 to 1.

A ranking is a sequence of ids, best first; what is relevant is a set of ids. An id that a ranking repeats
counts once, at its first place, and takes up room at the others.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from math import log2

from ingest.errors import UsageError

Ranking = Sequence[str]
Relevant = Collection[str]
Qrels = Mapping[str, Relevant]
"""What is relevant to each question, by the question's id."""
Run = Mapping[str, Ranking]
"""The ranking that a system gave for each question, by the question's id."""
Measure = Callable[[Ranking, Relevant, int], float]


def ndcg(ranking: Ranking, relevant: Relevant, k: int) -> float:
    """Sum 1 / log2(1 + rank) over the relevant among the first k, divided by the sum of a perfect ranking.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002;
    gains of 0 and 1, discounted from the second rank on, as trec_eval does. Raises UsageError if nothing is relevant.

    Relevant at ranks 1 and 3 of at best 1 and 2: (1 + 1/2) / (1 + 1/1.585).

    >>> round(ndcg(["a", "x", "b"], {"a", "b"}, 10), 4)
    0.9197
    """
    gained = sum(1 / log2(1 + rank) for rank in _ranks(ranking, relevant, k))
    return gained / sum(1 / log2(1 + rank) for rank in range(1, min(k, len(set(relevant))) + 1))


def reciprocal_rank(ranking: Ranking, relevant: Relevant, k: int) -> float:
    """Return 1 / rank of the first relevant among the first k, 0 if there is none; its mean is MRR.

    Voorhees, "The TREC-8 question answering track report", TREC 1999. Raises UsageError if nothing is relevant.

    >>> reciprocal_rank(["x", "a", "b"], {"a", "b"}, 10)
    0.5
    """
    return 1 / min(_ranks(ranking, relevant, k), default=float("inf"))


def recall(ranking: Ranking, relevant: Relevant, k: int) -> float:
    """Return the share of the relevant that is among the first k.

    Kent, Berry, Luehrs and Perry, "Machine literature searching VIII", American Documentation 6(2), 1955.
    Raises UsageError if nothing is relevant.

    >>> recall(["a", "x", "b"], {"a", "b", "c", "d"}, 3)
    0.5
    """
    return len(_ranks(ranking, relevant, k)) / len(set(relevant))


def precision(ranking: Ranking, relevant: Relevant, k: int) -> float:
    """Return the share of the first k places that hold a relevant one; places left empty hold none.

    Kent, Berry, Luehrs and Perry, "Machine literature searching VIII", American Documentation 6(2), 1955.
    Raises UsageError if nothing is relevant.

    >>> precision(["a", "x", "b"], {"a", "b"}, 4)
    0.5
    """
    return len(_ranks(ranking, relevant, k)) / k


def success(ranking: Ranking, relevant: Relevant, k: int) -> float:
    """Return 1 if any of the first k is relevant, else 0; called hit@k in tables.

    Craswell and Hawking, "Overview of the TREC-2004 web track", TREC 2004. Raises UsageError if nothing is relevant.

    >>> success(["x", "a"], {"a", "b"}, 1), success(["x", "a"], {"a", "b"}, 2)
    (0.0, 1.0)
    """
    return float(bool(_ranks(ranking, relevant, k)))


def mean(measure: Measure, run: Run, qrels: Qrels, k: int) -> float | None:
    """Average a measure over the questions of `qrels`; one that the run leaves out scores 0. None without questions.

    >>> mean(success, {"q1": ["a"]}, {"q1": {"a"}, "q2": {"b"}}, 1)
    0.5
    """
    return share(sum(measure(run.get(name, ()), relevant, k) for name, relevant in qrels.items()), len(qrels))


def share(part: float, whole: int) -> float | None:
    """Divide, or return None for a share of nothing.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def percentile(values: Sequence[float], percent: int) -> float | None:
    """Return the smallest value that at least `percent` per cent of the values don't exceed; None without values.

    Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996,
    definition 1 (nearest rank): of four values, the 95th percentile is number ceil(0.95 x 4) = 4.

    >>> percentile([30, 10, 20, 40], 95), percentile([30, 10, 20, 40], 50)
    (40, 20)
    """
    return sorted(values)[max(-(-percent * len(values) // 100), 1) - 1] if values else None


def _ranks(ranking: Ranking, relevant: Relevant, k: int) -> list[int]:
    """Ranks, from 1, at which the relevant stand for the first time among the first k."""
    if not relevant:
        raise UsageError("nothing is relevant: leave the question out of the measure")
    if k < 1:
        raise UsageError(f"k is {k}: measure 1 or more places")
    first: dict[str, int] = {}
    for rank, name in enumerate(ranking[:k], start=1):
        if name in relevant:
            first.setdefault(name, rank)
    return list(first.values())
