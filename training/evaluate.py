"""Trains without every tenth written clause and ranks all clauses for its questions: `python -m training.evaluate`.

For choosing settings and the weight of BM25 in fusion without a look at an evaluation set.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, load_embedder
from index.lexical import LexicalIndex, token_count
from training.pairs import Clause, apart, read_clauses
from training.save import save_model
from training.train import ROOT, make_model

WEIGHTS = (0.0, 0.02, 0.03, 0.05, 0.08, 0.12)


def lexical_scores(questions: Sequence[str], passages: Sequence[str]) -> NDArray[np.float32]:
    """Return (questions, passages): BM25 / sqrt(n-grams of the question), higher is better."""
    lexical = LexicalIndex.build(passages)
    scores = [lexical.scores(question) / np.sqrt(max(token_count(question), 1)) for question in questions]
    return np.stack(scores).astype(np.float32)


def ranks(scores: NDArray[np.float32], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each question how many passages score higher than the right one: 0 is best.

    >>> ranks(np.array([[0.1, 0.3, 0.2]]), np.array([2]))
    array([1])
    """
    return (scores > scores[np.arange(len(right)), right][:, None]).sum(axis=1)


def table(embedder: Embedder, clauses: Sequence[Clause], asked: Sequence[Clause]) -> list[str]:
    """Return one row a weight: how lay questions about `asked` find their clause among all clauses and negatives."""
    passages = list(dict.fromkeys([text for clause in clauses for text in (clause.formal, clause.negative)]))
    places = {text: place for place, text in enumerate(passages)}
    questions = [question for clause in asked for question in clause.lay]
    right = np.array([places[clause.formal] for clause in asked for _ in clause.lay])
    dense = embedder.embed_passages(questions) @ embedder.embed_passages(passages).T
    lexical = lexical_scores(questions, passages)
    rows = [("BM25", ranks(lexical, right))]
    rows += [(f"cosine + {weight} BM25", ranks(dense + np.float32(weight) * lexical, right)) for weight in WEIGHTS]
    return [f"{name:18} hit@5 {np.mean(rank < 5):.3f}  MRR {np.mean(1 / (1 + rank)):.3f}" for name, rank in rows]


def main() -> None:
    """Train on nine tenths of the written clauses, print the table for the last tenth."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds training/")
    arguments = parser.parse_args()
    clauses = read_clauses(ROOT / "training/pairs")
    kept, asked = apart(clauses)
    tokenizer, weights = make_model(arguments.shared, kept)
    with TemporaryDirectory() as folder:
        save_model(Path(folder), tokenizer, weights)
        print(*table(load_embedder(folder), clauses, asked), sep="\n")


if __name__ == "__main__":
    main()
