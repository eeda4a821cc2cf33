"""Fits how search adds BM25 to cosine, on training pairs in a large pool: `python -m training.fusion [--shared DIR]`.

A model is trained without every tenth written clause and legal pair and every fortieth reading pair. Their questions
are asked of all statutes, written clauses and passages together, and the weights of `index.fusion` with the highest
MRR@10 are searched for. No question of an evaluation set or benchmark is looked at.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.benchmark import CorpusText
from evaluation.retrieval import DenseIndex, best
from index.embedding import Embedder, load_embedder
from index.fusion import Weights, confidence
from index.lexical import LexicalIndex, token_count
from training.fitting import Scored, fitted, report
from training.pairs import HELD_OUT, Clause, Pair, apart, read_clauses, read_general
from training.save import save_model
from training.train import LEGAL_FILES, ROOT, STATUTES, make_model

READING = ("reading_zh", "reading_zh_trad")
CANDIDATES = 100  # from each ranking
K1S = (1.5, 0.6)  # of BM25


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its kind, and the passage that answers it."""

    kind: str
    question: str
    passage: str


def held_out(clauses: Sequence[Clause], shared: Path) -> tuple[list[Asked], frozenset[Pair]]:
    """Return the questions to fit on, and the general pairs among them, which the model must not be trained on."""
    _, chosen_clauses = apart(clauses)
    asked = [Asked("lay", question, each.formal) for each in chosen_clauses for question in each.lay]
    asked += [Asked("draft", each.draft, each.formal) for each in chosen_clauses]
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


def main() -> None:
    """Train, fit, and print what BM25 alone, cosine alone, the weights in use and the fitted ones give."""
    parser = argparse.ArgumentParser(prog="python -m training.fusion", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds training/")
    parser.add_argument("--model", type=Path, help="folder for the model of the fit; one that is there is used again")
    arguments = parser.parse_args()
    clauses = read_clauses(ROOT / "training/pairs")
    asked, left_out = held_out(clauses, arguments.shared)
    kept, _ = apart(clauses)
    with TemporaryDirectory() as temporary:
        folder = arguments.model or Path(temporary)
        if not (folder / "modules.json").exists():
            save_model(folder, *make_model(arguments.shared, kept, left_out))
        corpus, embedder = pool(clauses, asked, arguments.shared), load_embedder(str(folder))
        for k1 in K1S:
            candidates = scored(corpus, asked, embedder, k1)
            alone = (Weights(lexical=0, confident=0), Weights(lexical=1e6, confident=0))
            for weights in (*alone, Weights(), fitted(candidates)):
                print(f"k1 {k1}: {report(candidates, weights)}", flush=True)


if __name__ == "__main__":
    main()
