"""Fits how search adds BM25 to cosine, on training pairs in a large pool: `python -m training.fusion [--shared DIR]`.

A model is trained without every tenth written clause and legal pair and every fortieth reading pair. Their questions
are asked of all statutes, written clauses and passages together, and the weights of `index.fusion` with the highest
MRR@10 are searched for. No question of an evaluation set or benchmark is looked at.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from evaluation.benchmark import CorpusText
from evaluation.retrieval import DenseIndex, best
from index.embedding import Embedder, load_embedder
from index.fusion import Weights, confidence
from index.lexical import LexicalIndex, token_count
from training.pairs import Clause, Pair, read_clauses, read_general
from training.save import save_model
from training.train import LEGAL_FILES, ROOT, STATUTES, make_model

HELD_OUT = 10  # every tenth
READING = ("reading_zh", "reading_zh_trad")
CANDIDATES = 100  # from each ranking
K1S = (1.5, 0.6)  # of BM25
LEXICAL = (0.02, 0.03, 0.04, 0.05, 0.07, 0.1)
CONFIDENT = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5)
POWERS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its kind, and the passage that answers it."""

    kind: str
    question: str
    passage: str


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates of each question, (questions, candidates), padded with cosines of -10."""

    cosines: NDArray[np.float32]
    words: NDArray[np.float32]  # BM25 / sqrt(n-grams of the question)
    right: NDArray[np.bool_]
    confidence: NDArray[np.float64]  # (questions, 1)
    kinds: NDArray[np.str_]  # (questions,)


def held_out(clauses: Sequence[Clause], shared: Path) -> tuple[list[Asked], frozenset[Pair]]:
    """Return the questions to fit on, and the general pairs among them, which the model must not be trained on."""
    asked = [Asked("lay", question, each.formal) for each in clauses[::HELD_OUT] for question in each.lay]
    asked += [Asked("draft", each.draft, each.formal) for each in clauses[::HELD_OUT]]
    pairs: list[Pair] = []
    for kind, names in {"legal": LEGAL_FILES, "reading": READING}.items():
        chosen = [pair for name in names for pair in read_general(shared / f"training/{name}.jsonl.gz")]
        chosen = chosen[:: HELD_OUT if kind == "legal" else 4 * HELD_OUT]
        asked += [Asked(kind, pair.question, pair.passage) for pair in chosen]
        pairs += chosen
    return asked, frozenset(pairs)


def pool(clauses: Sequence[Clause], asked: Sequence[Asked], shared: Path) -> list[CorpusText]:
    """Return all statutes, written clauses and their negatives, and the passages asked for, each once."""
    titled = {pair.passage: pair.question for pair in read_general(shared / f"training/{STATUTES}.jsonl.gz")}
    reading = [pair.passage for name in READING for pair in read_general(shared / f"training/{name}.jsonl.gz")]
    texts = [*titled, *(text for each in clauses for text in (each.formal, each.negative)), *reading]
    texts += [each.passage for each in asked]
    return [CorpusText(number, titled.get(text, ""), text) for number, text in enumerate(dict.fromkeys(texts))]


def scored(corpus: Sequence[CorpusText], asked: Sequence[Asked], embedder: Embedder, k1: float) -> Scored:
    """Score the best passages of either ranking for each question, as search does."""
    lexical = LexicalIndex.build([f"{each.title}\n{each.text}" for each in corpus], k1)
    dense = DenseIndex.build(corpus, embedder)
    places = {each.text: place for place, each in enumerate(corpus)}
    shape = (len(asked), 2 * CANDIDATES)
    found = Scored(
        np.full(shape, -10, np.float32),
        np.zeros(shape, np.float32),
        np.zeros(shape, np.bool_),
        np.zeros((len(asked), 1)),
        np.array([each.kind for each in asked]),
    )
    for row, each in enumerate(asked):
        words = lexical.scores(each.question)
        cosines = dense.scores(embedder.embed_question(each.question))
        chosen = np.union1d(best(words, CANDIDATES), best(cosines, CANDIDATES))
        found.cosines[row, : len(chosen)] = cosines[chosen]
        found.words[row, : len(chosen)] = words[chosen] / np.sqrt(max(token_count(each.question), 1))
        found.right[row, : len(chosen)] = chosen == places[each.passage]
        found.confidence[row] = confidence(lexical, each.question, words)
    return found


def totals(candidates: Scored, weights: Weights) -> NDArray[np.float32]:
    """Return the fused scores, as `index.fusion` defines them."""
    share = weights.lexical + weights.confident * candidates.confidence**weights.power
    return candidates.cosines + share.astype(np.float32) * candidates.words


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


def report(candidates: Scored, k1: float, weights: Weights) -> str:
    """Return one line: the weights and what they give."""
    shown = f"k1 {k1}: {weights.lexical:.3f} + {weights.confident:.2f} c^{weights.power:.0f}"
    figures = gains(candidates, weights)
    mean = prod(figures.values()) ** (1 / len(figures))
    columns = [*figures.items(), ("geometric mean", mean)]
    return f"{shown:32}" + "  ".join(f"{kind} {value:.4f}" for kind, value in columns)


def main() -> None:
    """Train, fit, and print what BM25 alone, cosine alone, the weights in use and the fitted ones give."""
    parser = argparse.ArgumentParser(prog="python -m training.fusion", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds training/")
    parser.add_argument("--model", type=Path, help="folder for the model of the fit; one that is there is used again")
    arguments = parser.parse_args()
    clauses = read_clauses(ROOT / "training/pairs")
    asked, left_out = held_out(clauses, arguments.shared)
    kept = [clause for number, clause in enumerate(clauses) if number % HELD_OUT]
    with TemporaryDirectory() as temporary:
        folder = arguments.model or Path(temporary)
        if not (folder / "modules.json").exists():
            save_model(folder, *make_model(arguments.shared, kept, left_out))
        corpus, embedder = pool(clauses, asked, arguments.shared), load_embedder(str(folder))
        for k1 in K1S:
            candidates = scored(corpus, asked, embedder, k1)
            alone = (Weights(lexical=0, confident=0), Weights(lexical=1e6, confident=0))
            for weights in (*alone, Weights(), fitted(candidates)):
                print(report(candidates, k1, weights), flush=True)


if __name__ == "__main__":
    main()
