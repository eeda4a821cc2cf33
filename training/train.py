"""Trains the bundled model on the CPU: `python -m training.train [--shared DIR] [--out DIR]`."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.bags import Bags, contrastive_loss
from training.pairs import Clause, Pair, read_articles, read_clauses, read_general, read_terms, term_pairs, texts_of
from training.reword import everyday_words, reworded_pairs
from training.save import save_model
from training.tokenizer import build_tokenizer, choose_pieces

ROOT = Path(__file__).resolve().parent.parent
SEED = 20_26
PIECES = 60_000
DIM = 256
LEGAL_FILES = ("statute_questions", "statute_answers")  # trained on in both stages
GENERAL_FILES = ("news_lead_body", "reading_zh", "reading_zh_trad", *LEGAL_FILES)
STATUTES = "statute_name_article"  # its passages count when pieces are chosen; not trained on
WRITTEN_WEIGHT, STATUTE_WEIGHT = 20, 2  # how often a text counts when pieces are chosen; general text once
REWORDINGS = 3  # of each clause
_WARM_UP = 20  # steps


@dataclass(frozen=True)
class Stage:
    """How one stage trains; `rate` is Adam's learning rate, falling in a straight line to `last_rate` × rate."""

    name: str
    epochs: int
    batch: int
    rate: float
    temperature: float
    dropout: float
    last_rate: float = 0.02


GENERAL = Stage("general", epochs=2, batch=1024, rate=0.05, temperature=0.1, dropout=0.1)
WRITTEN = Stage("written", epochs=3, batch=256, rate=0.07, temperature=0.12, dropout=0.3)


@dataclass(frozen=True)
class Examples:
    """Pairs as bags and their numbers: `rows` is (n, 3), the question, the passage and the negative (-1: none)."""

    questions: Bags
    passages: Bags
    negatives: Bags
    rows: NDArray[np.int64]


def pack(tokenizer: Tokenizer, pairs: list[Pair]) -> Examples:
    """Return the pairs as bags; the same text has the same number."""
    questions = _numbered(pair.question for pair in pairs)
    passages = _numbered(pair.passage for pair in pairs)
    negatives = _numbered(pair.negative for pair in pairs if pair.negative)
    rows = [(questions[pair.question], passages[pair.passage], negatives.get(pair.negative, -1)) for pair in pairs]
    bags = [Bags(tokenizer, list(texts)) for texts in (questions, passages, negatives)]
    return Examples(*bags, np.array(rows, np.int64))


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}


def first_weights(counts: dict[str, int], dim: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return (1 + pieces, dim) random rows, longer for rarer pieces; row 0, for unknown pieces, is all zeros.

    Random rows nearly keep the cosine of the weighted bags (Johnson and Lindenstrauss, 1984), so training starts
    from a lexical match and not from nothing.
    """
    count = np.array(list(counts.values()), np.float64)
    rarity = np.log(count.sum() / 2 / count)
    weights = random.standard_normal((1 + len(count), dim)) * np.concatenate([[0], rarity / rarity.max()])[:, None]
    return weights.astype(np.float32)


def train(weights: torch.nn.Parameter, examples: Examples, stage: Stage, random: np.random.Generator) -> None:
    """Run one stage, changing `weights` in place."""
    count = len(examples.rows)
    steps = stage.epochs * -(-count // stage.batch)
    optimizer = torch.optim.Adam([weights], lr=stage.rate, betas=(0.9, 0.99), fused=True)
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate_at(steps, stage.last_rate))
    for epoch in range(stage.epochs):
        losses = []
        for chosen in _batches(random.permutation(count), stage.batch):
            loss = _loss(weights, examples, chosen, stage, random)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            falling.step()
            losses.append(loss.item())
        print(f"{stage.name} {epoch + 1}/{stage.epochs}: loss {np.mean(losses):.3f}", file=sys.stderr, flush=True)


def _rate_at(steps: int, last: float) -> Callable[[int], float]:
    return lambda step: min(1.0, (step + 1) / _WARM_UP) * max(last, 1 - step / steps)


def _batches(order: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    return (order[start : start + size] for start in range(0, len(order), size))


def _loss(
    weights: torch.nn.Parameter,
    examples: Examples,
    chosen: NDArray[np.int64],
    stage: Stage,
    random: np.random.Generator,
) -> torch.Tensor:
    rows = examples.rows[chosen]
    negative_rows = np.unique(rows[rows[:, 2] >= 0, 2])

    def vectors(bags: Bags, wanted: NDArray[np.int64]) -> torch.Tensor:
        return bags.vectors(weights, wanted, dropout=stage.dropout, random=random)

    return contrastive_loss(
        vectors(examples.questions, rows[:, 0]),
        vectors(examples.passages, rows[:, 1]),
        vectors(examples.negatives, negative_rows) if len(negative_rows) else None,
        rows[:, :2],
        temperature=stage.temperature,
    )


def make_model(
    shared: Path, clauses: list[Clause], held_out: frozenset[Pair] = frozenset()
) -> tuple[Tokenizer, NDArray[np.float32]]:
    """Train on `clauses` and on the general pairs of `shared`/training; return tokenizer and (pieces, dim) rows.

    The general pairs in `held_out` are left out, for those who try the model on them.
    """
    random = np.random.default_rng(SEED)
    folder = shared / "training"
    general = [pair for name in GENERAL_FILES for pair in read_general(folder / f"{name}.jsonl.gz")]
    general = [pair for pair in general if pair not in held_out]
    written = [pair for clause in clauses for pair in clause.pairs()]
    legal = [pair for name in LEGAL_FILES for pair in read_general(folder / f"{name}.jsonl.gz")]
    legal += read_articles(ROOT / "training/articles", folder / f"{STATUTES}.jsonl.gz")
    legal = [pair for pair in legal if pair not in held_out]
    terms = read_terms(ROOT / "training/pairs")
    weighted = [
        (WRITTEN_WEIGHT, texts_of(written)),
        (STATUTE_WEIGHT, [pair.passage for pair in read_general(folder / f"{STATUTES}.jsonl.gz")]),
        (1, texts_of(general)),
    ]
    counts = choose_pieces(weighted, PIECES)
    tokenizer = build_tokenizer(list(counts))
    weights = torch.nn.Parameter(torch.from_numpy(first_weights(counts, DIM, random)))
    train(weights, pack(tokenizer, general), GENERAL, random)
    written += reworded_pairs(clauses, everyday_words(terms), REWORDINGS, random) + term_pairs(terms) + legal
    train(weights, pack(tokenizer, written), WRITTEN, random)
    return tokenizer, weights.detach().numpy()


def main() -> None:
    """Read the arguments, train, and save the model folder."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds training/")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "yinju-zh-1", help="folder of the model")
    parser.add_argument(
        "--share", type=float, default=1.0, help="train on this share of the written clauses (for curves)"
    )
    arguments = parser.parse_args()
    clauses = read_clauses(ROOT / "training/pairs")
    order = np.random.default_rng(SEED).permutation(len(clauses))[: round(arguments.share * len(clauses))]
    tokenizer, weights = make_model(arguments.shared, [clauses[i] for i in sorted(order)])
    save_model(arguments.out, tokenizer, weights)


if __name__ == "__main__":
    main()
