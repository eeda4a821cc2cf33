"""Ranking the texts of a passage benchmark the way the product ranks clauses."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.benchmark import BenchmarkQuestion, CorpusText, Rankings
from index.embedding import Embedder
from index.fusion import Weights, lexical_scale
from index.lexical import LexicalIndex
from index.search import CANDIDATES
from index.sentences import sentences

System = Literal["hybrid", "dense", "lexical"]
DEPTH = 100
"""Texts ranked for each question."""
PIECE = 120
"""Characters a piece is filled up to with whole sentences."""
_BATCH = 8192  # pieces embedded at once

Scores = NDArray[np.float32]
Positions = NDArray[np.int64]
Ranker = Callable[[str], Positions]
"""Takes a question and returns positions in the corpus, best first."""


@dataclass(frozen=True, slots=True)
class DenseIndex:
    """Vectors of the pieces of each text; a text scores as its best piece."""

    vectors: Scores  # (pieces, dim), rows of unit length or zero
    starts: NDArray[np.int64]  # (texts,), where the pieces of each text begin

    @classmethod
    def build(cls, corpus: Sequence[CorpusText], embedder: Embedder) -> "DenseIndex":
        """Embed every text in pieces, the title in front of each."""
        pieces: list[str] = []
        starts = np.empty(len(corpus), np.int64)
        for position, text in enumerate(corpus):
            starts[position] = len(pieces)
            pieces += pieces_of(text)
        vectors = np.empty((len(pieces), embedder.dim), np.float32)
        for start in range(0, len(pieces), _BATCH):
            vectors[start : start + _BATCH] = embedder.embed_passages(pieces[start : start + _BATCH])
        return cls(vectors, starts)

    def scores(self, vector: Scores) -> Scores:
        """Cosine of a question's vector (dim,) with each text's best piece: (texts,), -1 to 1, higher is better."""
        best: Scores = np.maximum.reduceat(self.vectors @ vector, self.starts)
        return best


def pieces_of(text: CorpusText) -> list[str]:
    r"""Cut a text into groups of whole sentences of up to `PIECE` characters, the title in front of each.

    A longer sentence is a piece of its own.

    >>> pieces_of(CorpusText(1, "办法第一条", "学校应当公布招生计划。"))
    ['办法第一条\n学校应当公布招生计划。']
    """
    front = f"{text.title}\n" if text.title else ""
    return [front + text.text[start:end] for start, end in _groups(text.text)] or [front + text.text]


def ranker(
    system: System, corpus: Sequence[CorpusText], load_embedder: Callable[[], Embedder], weights: Weights | None = None
) -> Ranker:
    """Index a corpus and return what ranks it; the embedder is loaded only for a system that embeds.

    Raises ModelError.
    """
    if system == "lexical":
        lexical = _lexical_index(corpus)
        return lambda question: best(lexical.scores(question))
    embedder = load_embedder()
    if system == "dense":
        dense = DenseIndex.build(corpus, embedder)
        return lambda question: best(dense.scores(embedder.embed_question(question)))
    return _hybrid(_lexical_index(corpus), DenseIndex.build(corpus, embedder), embedder, weights or Weights())


def rankings(
    ranked: Ranker, corpus: Sequence[CorpusText], questions: Sequence[BenchmarkQuestion], depth: int = DEPTH
) -> Rankings:
    """Rank the corpus for each question: the ids of the first `depth` texts, best first."""
    return {question.id: [corpus[position].id for position in ranked(question.text)[:depth]] for question in questions}


def best(scores: Scores, count: int | None = None) -> Positions:
    """Positions of the highest scores, best first, equal ones in their order.

    >>> best(np.array([1, 3, 2, 3], np.float32), 3).tolist()
    [1, 3, 2]
    """
    return np.argsort(-scores, kind="stable")[:count]


def _lexical_index(corpus: Sequence[CorpusText]) -> LexicalIndex:
    return LexicalIndex.build([f"{each.title}\n{each.text}" for each in corpus])


def _hybrid(lexical: LexicalIndex, dense: DenseIndex, embedder: Embedder, weights: Weights) -> Ranker:
    """Fuse as `index.search` does, over the best texts of either ranking; there are no lifts for place or year."""

    def ranked(question: str) -> Positions:
        words = lexical.scores(question)
        meanings = dense.scores(embedder.embed_question(question))
        chosen = np.union1d(best(words, CANDIDATES), best(meanings, CANDIDATES))
        scale = lexical_scale(weights, lexical, question, words)
        total = np.float32(weights.dense) * meanings[chosen] + scale * words[chosen]
        return chosen[best(total)]

    return ranked


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of neighbouring sentences, each filled up to `PIECE` characters."""
    opened: int | None = None
    last = 0
    for start, end in sentences(text, 0, len(text)):
        if opened is not None and end - opened > PIECE:
            yield opened, last
            opened = None
        opened = start if opened is None else opened
        last = end
    if opened is not None:
        yield opened, last
