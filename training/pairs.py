"""Reads the training data: question and passage pairs, each with an optional hard negative."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HELD_OUT = 10  # every tenth clause is kept apart when something is tried on clauses not trained on
PASSAGE_LIMIT = 160  # characters of a general passage that are trained on


@dataclass(frozen=True)
class Pair:
    """A question (or any short text) and a passage that answers it; `negative` shares words but does not."""

    question: str
    passage: str
    negative: str = ""


@dataclass(frozen=True)
class Clause:
    """An official-style clause with everyday questions about it, as written in `training/pairs/*.jsonl`."""

    formal: str
    lay: tuple[str, ...]
    draft: str
    negative: str

    def pairs(self) -> list[Pair]:
        """Return one pair for each question."""
        return [Pair(question, self.formal, self.negative) for question in (*self.lay, self.draft)]


def read_clauses(folder: Path) -> list[Clause]:
    """Return all written clauses of `folder/*.jsonl`, in file order."""
    clauses = []
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            clauses.append(Clause(row["formal"], tuple(row["lay"]), row["draft"], row["neg"]))
    return clauses


def apart(clauses: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """Return the clauses to train on, and those to try the model on."""
    kept = [clause for number, clause in enumerate(clauses) if number % HELD_OUT]
    return kept, list(clauses[::HELD_OUT])


def read_articles(folder: Path, statutes: Path) -> list[Pair]:
    """Return the questions of `folder/*.jsonl` about articles, each with the name and text of its article.

    The texts are in `statutes`, by their names.
    """
    texts = {pair.question: f"{pair.question} {pair.passage}" for pair in read_general(statutes)}
    return [
        Pair(question, texts[row["article"]])
        for file in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
        for question in row["lay"]
    ]


def read_terms(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return everyday word → official terms, of all `folder/*.terms.tsv`."""
    terms: dict[str, tuple[str, ...]] = {}
    for file in sorted(folder.glob("*.terms.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            everyday, _, official = line.partition("\t")
            terms[everyday] = tuple(dict.fromkeys([*terms.get(everyday, ()), *official.split("|")]))
    return terms


def term_pairs(terms: dict[str, tuple[str, ...]]) -> list[Pair]:
    """Return one pair for each everyday word and each of its official terms."""
    return [Pair(everyday, official) for everyday, officials in terms.items() for official in officials]


def texts_of(pairs: Iterable[Pair]) -> list[str]:
    """Return all texts of the pairs; one that stands in several pairs comes several times."""
    return [text for pair in pairs for text in (pair.question, pair.passage, pair.negative)]


def read_general(file: Path) -> Iterator[Pair]:
    """Yield the pairs of a `{"q","p"}` file; passages are cut at PASSAGE_LIMIT characters."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["q"] and row["p"]:
                yield Pair(row["q"], row["p"][:PASSAGE_LIMIT])
