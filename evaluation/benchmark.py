"""Passage benchmarks: reading corpus and questions, writing a run, measuring it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.lines import Id, check_new, read_rows, write_rows
from evaluation.measures import Measure, mean, ndcg, recall, reciprocal_rank
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class CorpusText:
    """One row of a corpus."""

    id: Id
    title: str  # may be empty
    text: str


@dataclass(frozen=True, slots=True)
class BenchmarkQuestion:
    """A question and the ids of the texts that answer it."""

    id: Id
    text: str
    relevant: tuple[Id, ...]


Rankings = dict[Id, list[Id]]
"""For each question, by its id, ids of the corpus, best first."""

_MEASURES: dict[str, tuple[Measure, int]] = {
    "recall@10": (recall, 10),
    "recall@100": (recall, 100),
    "MRR@10": (reciprocal_rank, 10),
    "nDCG@10": (ndcg, 10),
}


def read_corpus(path: Path) -> list[CorpusText]:
    """Read `{"id","title","text"}` a line, gzip where the name ends in .gz; title may be left out.

    Raises UsageError, naming file and line, where a row is not of that form or no row is there.
    """
    seen: set[str] = set()
    corpus = []
    for row in read_rows(path):
        title = row.fields.get("title") or ""
        if not isinstance(title, str):
            raise row.fault("title is not text")
        corpus.append(CorpusText(row.id(), title, row.text("text")))
        check_new(row, corpus[-1].id, seen)
    if not corpus:
        raise UsageError(f"{path}: holds no text")
    return corpus


def read_benchmark_questions(path: Path) -> list[BenchmarkQuestion]:
    """Read `{"id","text","rel":[ids]}` a line.

    Raises UsageError, naming file and line, where a row is not of that form or no row is there.
    """
    seen: set[str] = set()
    questions = []
    for row in read_rows(path):
        questions.append(BenchmarkQuestion(row.id(), row.text("text"), tuple(row.ids("rel"))))
        check_new(row, questions[-1].id, seen)
        if not questions[-1].relevant:
            raise row.fault("rel is empty: name at least one text of the corpus")
    if not questions:
        raise UsageError(f"{path}: holds no question")
    return questions


def not_in_corpus(corpus: Sequence[CorpusText], questions: Sequence[BenchmarkQuestion]) -> list[Id]:
    """Ids that questions name as relevant and the corpus lacks; measures count them as missed."""
    held = {str(each.id) for each in corpus}
    return [name for question in questions for name in question.relevant if str(name) not in held]


def write_run(path: Path, rankings: Rankings) -> None:
    """Write `{"id","ranking"}` a question, ids as the corpus writes them. Raises UsageError."""
    write_rows(path, ({"id": name, "ranking": ranking} for name, ranking in rankings.items()))


def measures_of(rankings: Rankings, questions: Sequence[BenchmarkQuestion]) -> dict[str, float]:
    """Average each measure over the questions: 0 to 1, higher is better; ids are compared as text."""
    run = {str(name): [str(each) for each in ranking] for name, ranking in rankings.items()}
    qrels = {str(question.id): {str(each) for each in question.relevant} for question in questions}
    means = {name: mean(measure, run, qrels, k) for name, (measure, k) in _MEASURES.items()}
    return {name: round(value, 4) for name, value in means.items() if value is not None}
