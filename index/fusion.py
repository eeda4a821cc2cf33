"""Fusing BM25 with cosine: how much words count for a question depends on how well the library knows its words."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex, token_count

Confidence = TypeVar("Confidence", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Weights:
    """How scores are put together: cosine + weight x BM25 / sqrt(n-grams of the question) + lifts.

    The weight of BM25 is `lexical + confident x confidence^power`, where confidence (0 to 1) is the share of a
    question's own BM25 that its best text reaches: 0.1 for everyday words, 0.5 to 1 where it uses the
    words of the text. See docs/quality.md for the measurements.
    """

    dense: float = 1.0
    lexical: float = 0.02
    confident: float = 0.2
    power: float = 2.0
    alone: float = 0.5  # of the cosine of a sentence without title and headings, beside that with them
    region: float = 0.35  # for documents of a place that the question names
    year: float = 0.15  # for documents of a year that it names, less for those of many years
    kind: float = 0.1  # for documents of a kind that it names
    superseded: float = -0.1  # for a version of a document that the library holds a newer one of
    lookup: float = 1000.0  # for a clause asked for by its number: above any sum of the others

    def of_words(self, confidence: Confidence) -> Confidence:
        """The weight of BM25 at a confidence, or at each of an array of them."""
        weight: Confidence = self.lexical + self.confident * confidence**self.power
        return weight


def confidence(index: LexicalIndex, question: str, scores: NDArray[np.float32]) -> float:
    """How well the best text matches a question word for word, 0 to 1.

    `scores` (n,) are the BM25 scores of the question; 1 is a text of average length that holds each of its n-grams.
    """
    possible = index.own_score(question)
    return min(float(scores.max()) / possible, 1.0) if len(scores) and possible > 0 else 0.0


def lexical_scale(weights: Weights, index: LexicalIndex, question: str, scores: NDArray[np.float32]) -> np.float32:
    """What a BM25 score is multiplied by before it is added to a cosine."""
    return np.float32(weights.of_words(confidence(index, question, scores)) / np.sqrt(max(token_count(question), 1)))
