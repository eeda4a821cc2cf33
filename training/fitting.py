"""The weights of fusion that rank scored candidates best."""

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from index.fusion import Weights

LEXICAL = (0.02, 0.03, 0.04, 0.05, 0.07, 0.1)
CONFIDENT = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5)
POWERS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0)


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates of each question, (questions, candidates), padded with cosines of -10."""

    cosines: NDArray[np.float32]
    words: NDArray[np.float32]  # BM25 / sqrt(n-grams of the question)
    right: NDArray[np.bool_]
    confidence: NDArray[np.float64]  # (questions, 1)
    kinds: NDArray[np.str_]  # (questions,)


def totals(candidates: Scored, weights: Weights) -> NDArray[np.float32]:
    """Return the fused scores, as `index.fusion` defines them."""
    return candidates.cosines + weights.of_words(candidates.confidence).astype(np.float32) * candidates.words


def fitted(candidates: Scored) -> Weights:
    """Search for the weights with the highest product of the MRR@10 of all kinds of question.

    A product, not a sum: a tenth more for hard everyday questions weighs as much as a tenth more for easy ones.
    """
    trials = (
        Weights(lexical=lexical, confident=confident, power=power)
        for lexical, confident, power in product(LEXICAL, CONFIDENT, POWERS)
        if confident or power == POWERS[0]
    )
    return max(trials, key=lambda weights: prod(gains(candidates, weights).values()))


def gains(candidates: Scored, weights: Weights) -> dict[str, float]:
    """Return MRR@10 of each kind of question, a question whose passage is no candidate counting 0."""
    scores = totals(candidates, weights)
    right = np.where(candidates.right, scores, -np.inf).max(axis=1)
    ranks = (scores > right[:, None]).sum(axis=1)
    gain = np.where(candidates.right.any(axis=1) & (ranks < 10), 1 / (1 + ranks), 0.0)
    return {kind: float(gain[candidates.kinds == kind].mean()) for kind in dict.fromkeys(candidates.kinds)}


def report(candidates: Scored, weights: Weights) -> str:
    """Return one line: the weights and what they give."""
    shown = f"{weights.lexical:.3f} + {weights.confident:.2f} c^{weights.power:.0f}"
    figures = gains(candidates, weights)
    mean = prod(figures.values()) ** (1 / len(figures))
    columns = [*figures.items(), ("geometric mean", mean)]
    return f"{shown:28}" + "  ".join(f"{kind} {value:.4f}" for kind, value in columns)
