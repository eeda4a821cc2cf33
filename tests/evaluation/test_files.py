"""Question files, corpora and runs: what is read, and what is said of a bad row."""

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evaluation.benchmark import (
    BenchmarkQuestion,
    CorpusText,
    measures_of,
    not_in_corpus,
    read_benchmark_questions,
    read_corpus,
    write_run,
)
from evaluation.question_file import GoldQuote, Question, read_questions
from ingest.errors import UsageError

WriteLines = Callable[[str, Sequence[object]], Path]

GOOD = {
    "id": "d1",
    "kind": "teacher",
    "question": "课间多长？",
    "answerable": True,
    "gold": [{"doc": "900", "quote": "15分钟"}],
    "facts": ["15分钟"],
    "scope": None,
}


def test_a_question_file_is_read(write_lines: WriteLines) -> None:
    none = GOOD | {"id": 2, "answerable": False, "gold": [], "facts": []}
    path = write_lines("q.jsonl", [GOOD, "", none])
    gold = (GoldQuote("900", "15分钟"),)
    assert read_questions(path) == [
        Question("d1", "teacher", "课间多长？", True, gold, ("15分钟",)),
        Question(2, "teacher", "课间多长？", False, (), ()),
    ]


def test_all_questions_of_dev_are_read(shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = read_questions(shared / "eval" / "dev.jsonl")
    assert [each.id for each in questions] == [row["id"] for row in rows]
    assert sum(len(each.gold) for each in questions) == sum(len(row["gold"]) for row in rows)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "id is missing"),
        ({"id": True}, "id is true"),
        ({"question": " "}, 'question is " "'),
        ({"question": "问" * 2001}, "question has 2001 characters"),
        ({"kind": 3}, "kind is 3"),
        ({"answerable": "yes"}, 'answerable is "yes"'),
        ({"gold": {}}, "gold is {}"),
        ({"gold": ["15分钟"]}, "gold holds an entry"),
        ({"gold": [{"doc": "900"}]}, "gold: quote is missing"),
        ({"gold": []}, "needs gold"),
        ({"answerable": False}, "has none"),
        ({"facts": [15]}, "facts holds an entry"),
        ({"id": "d1"}, 'id "d1" is given twice'),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(write_lines: WriteLines, change: dict[str, object], message: str) -> None:
    path = write_lines("q.jsonl", [GOOD, GOOD | {"id": "d2"} | change])
    with pytest.raises(UsageError, match=r"^q\.jsonl, line 2") as caught:
        read_questions(path)
    assert message in str(caught.value)


@pytest.mark.parametrize(("line", "message"), [("{", "not JSON"), ("[1]", "not an object"), ("NaN", "not an object")])
def test_a_line_that_is_no_object_is_named(write_lines: WriteLines, line: str, message: str) -> None:
    with pytest.raises(UsageError, match=f"^q.jsonl, line 2: .*{message}"):
        read_questions(write_lines("q.jsonl", [GOOD, line]))


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.jsonl").write_bytes('{"id": "问"}'.encode("gbk"))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1, "text": "a"}\n' * 999)[:40])
    (tmp_path / "empty.jsonl").write_bytes(b"")
    with pytest.raises(UsageError, match=r"none\.jsonl: no such file"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match=r"gbk\.jsonl: not UTF-8"):
        read_questions(tmp_path / "gbk.jsonl")
    with pytest.raises(UsageError, match=r"cut\.jsonl\.gz: can't be read"):
        read_corpus(tmp_path / "cut.jsonl.gz")
    with pytest.raises(UsageError, match=r"empty\.jsonl: holds no question"):
        read_questions(tmp_path / "empty.jsonl")
    with pytest.raises(UsageError, match="can't be read"):
        read_questions(tmp_path)


def test_corpus_and_questions_are_read_plain_and_zipped(write_lines: WriteLines, tmp_path: Path) -> None:
    plain = write_lines("c.jsonl", [{"id": 1, "title": "办法", "text": "第一条"}, {"id": "x", "text": "第二条"}])
    zipped = tmp_path / "c.jsonl.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    corpus = [CorpusText(1, "办法", "第一条"), CorpusText("x", "", "第二条")]
    assert read_corpus(plain) == read_corpus(zipped) == corpus
    questions = read_benchmark_questions(write_lines("q.jsonl", [{"id": 7, "text": "问", "rel": [1, "y"]}]))
    assert questions == [BenchmarkQuestion(7, "问", (1, "y"))]
    assert not_in_corpus(corpus, questions) == ["y"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": 2, "text": "问", "rel": []}, "rel is empty"),
        ({"id": 2, "text": "问", "rel": [None]}, "rel is missing"),
        ({"id": 2, "text": "问"}, "rel is missing"),
        ({"id": "1", "text": "问", "rel": [1]}, 'id "1" is given twice'),
    ],
)
def test_a_bad_benchmark_question_is_named(write_lines: WriteLines, row: dict[str, object], message: str) -> None:
    path = write_lines("q.jsonl", [{"id": 1, "text": "问", "rel": [1]}, row])
    with pytest.raises(UsageError, match=f"^q.jsonl, line 2: {message}"):
        read_benchmark_questions(path)


def test_a_run_is_written_with_the_ids_of_the_corpus(tmp_path: Path) -> None:
    write_run(tmp_path / "run.jsonl", {7: [3, "x"], "q": []})
    lines = (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [{"id": 7, "ranking": [3, "x"]}, {"id": "q", "ranking": []}]
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]


def test_a_run_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"run\.jsonl: can't be written"):
        write_run(tmp_path / "none" / "run.jsonl", {})


def test_measures_of_a_run_by_hand() -> None:
    questions = [BenchmarkQuestion(1, "问", (10, 20)), BenchmarkQuestion(2, "问", (30,))]
    measures = measures_of({1: [99, 10], 2: [*range(100, 110), 30]}, questions)
    assert measures == {
        "recall@10": round((1 / 2 + 0 / 1) / 2, 4),
        "recall@100": round((1 / 2 + 1 / 1) / 2, 4),
        "MRR@10": round((1 / 2 + 0) / 2, 4),
        "nDCG@10": round((0.63093 / (1 + 0.63093) + 0) / 2, 4),
    }
