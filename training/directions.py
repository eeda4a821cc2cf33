"""What a question's pieces are held against: education or not, official or everyday, words or their borders."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from answer.signals import Directions, unit_pieces
from index.embedding_static import StaticEmbedder
from training.asking import official_questions
from training.pairs import Clause, read_general

Vector = NDArray[np.float32]
_COUNTED = ("news_lead_body", "reading_zh", "statute_name_article")
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]+")
_SPREAD = 10  # the means of unit pieces are short; so stretched, the fit is well conditioned


def line_between(embedder: StaticEmbedder, ones: Sequence[str], zeros: Sequence[str]) -> tuple[Vector, float]:
    """Fit a direction of mean pieces that parts questions: logistic regression, both sides weighing the same."""
    means = [unit_pieces(embedder, question) for question in (*ones, *zeros)]
    rows = np.stack([each.mean(axis=0) if len(each) else np.zeros(embedder.dim, np.float32) for each in means])
    inputs = torch.from_numpy(rows * _SPREAD)
    right = torch.cat([torch.ones(len(ones)), torch.zeros(len(zeros))])
    weights = torch.where(right > 0, 0.5 / len(ones), 0.5 / max(len(zeros), 1))
    line = torch.zeros(rows.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = inputs @ line[:-1] + line[-1]
        missed = torch.nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="none")
        total = (missed * weights).sum() + 1e-4 * (line[:-1] ** 2).sum()
        total.backward()
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    fitted = line.detach().numpy()
    return (fitted[:-1] * _SPREAD).astype(np.float32), float(fitted[-1])


def cohesion(embedder: StaticEmbedder, texts: Iterable[str]) -> Vector:
    """Return for each piece how far it is a word, 0 to 1, by pointwise mutual information over texts.

    Church and Hanks, "Word association norms, mutual information, and lexicography", Computational Linguistics
    16(1), 1990: log2 of how much more often two characters stand together than by chance; 1 bit counts 0, 4 bits 1.
    Pieces that are no pair of ideographs count 1.
    """
    singles, pairs = Counter[str](), Counter[str]()
    for text in texts:
        for run in _IDEOGRAPHS.findall(text):
            singles.update(run)
            pairs.update(run[i : i + 2] for i in range(len(run) - 1))
    one, two = singles.total(), pairs.total()

    def bits(pair: str) -> float:
        expected = max(singles[pair[0]], 1) / one * max(singles[pair[1]], 1) / one
        return float(np.log2(max(pairs[pair], 0.5) / two / expected))

    values = [
        (bits(piece) - 1) / 3 if len(piece) == 2 and _IDEOGRAPHS.fullmatch(piece) else 1.0
        for piece in embedder.vocabulary
    ]
    return np.array(values, np.float32).clip(0, 1)


def counted_texts(clauses: Sequence[Clause], shared: Path) -> Iterator[str]:
    """Yield the texts that cohesion is counted over: general and statute texts once, written ones three times."""
    for name in _COUNTED:
        for pair in read_general(shared / f"training/{name}.jsonl.gz"):
            yield from (pair.question, pair.passage)
    for clause in clauses:
        yield from (clause.formal, *clause.lay, clause.draft, clause.negative) * 3


def directions(
    embedder: StaticEmbedder,
    clauses: Sequence[Clause],
    elsewhere: Sequence[str],
    words: Vector,
    chance: random.Random,
) -> Directions:
    """Fit domain and style on the questions of the clauses trained on; every second clause is the background."""
    everyday = [question for clause in clauses[::4] for question in (*clause.lay, clause.draft)]
    official = [question for clause in clauses[1::4] for question in official_questions(clause, chance)]
    return Directions(
        line_between(embedder, [*everyday, *official], elsewhere),
        line_between(embedder, official, everyday),
        embedder.embed_passages([clause.formal for clause in clauses[::2]]),
        words,
    )
