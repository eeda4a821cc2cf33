"""The command as a person runs it: output, exit status, messages."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.gold import Span
from evaluation.peers import covered_clauses
from evaluation.questions import Measures
from index.library import Library
from ingest.load import document_from

WriteLines = Callable[[str, Sequence[object]], Path]

TEXT = "云溪市2025年教育工作要点\n\n一、减轻学生负担\n1.延长课间。推动小学课间10分钟延长为15分钟。\n"
QUESTIONS = [
    {
        "id": "d1",
        "kind": "teacher",
        "question": "小学课间延长为多少分钟",
        "answerable": True,
        "gold": [{"doc": "900", "quote": "延长为15分钟"}],
        "facts": ["15分钟"],
        "scope": None,
    },
    {"id": "d2", "kind": "unanswerable", "question": "鄂尔多斯市", "answerable": False, "gold": [], "facts": []},
]
CORPUS = [
    {"id": 3, "title": "减负", "text": "小学课间延长为15分钟。"},
    {"id": 5, "title": "托班", "text": "开设托班。"},
]


@pytest.fixture
def built(tmp_path: Path, static_model: Path) -> Path:
    """A library made with the tiny model that YINJU_MODEL names."""
    with Library.open(tmp_path / "built", create=True) as library:
        library.add(document_from("900_yunxi.txt", TEXT.encode()))
    return tmp_path / "built"


def test_questions_prints_the_same_numbers_as_json_and_as_table(
    built: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["questions", "--library", str(built), "--questions", str(write_lines("q.jsonl", QUESTIONS))]
    before = sorted(path.name for path in built.parent.iterdir())
    assert main([*command, "--json", "--worst", "3"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report["by_kind"]) == ["teacher", "unanswerable"]
    assert set(report["overall"]) == set(Measures.__slots__)  # type: ignore[attr-defined]
    assert (report["model"], report["documents"]) == ("characters", 1)
    assert report["overall"]["hit_at_1"] == 1
    assert report["unmapped"] == []
    assert [each["id"] for each in report["worst"]] == ["d1"]
    assert "900_yunxi.txt" in report["worst"][0]["first_hit"]
    assert main(command) == 0
    table = capsys.readouterr().out
    row = next(line for line in table.splitlines() if line.startswith("hits: hit@1"))
    assert row.split()[-3:] == ["1.0000", "1.0000", "–"]
    assert sorted(path.name for path in built.parent.iterdir()) == before


def test_worst_shows_question_gold_first_hit_and_answer(
    built: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = write_lines("q.jsonl", [QUESTIONS[0] | {"facts": ["20分钟"]}])
    assert main(["questions", "--library", str(built), "--questions", str(questions), "--worst", "1"]) == 0
    shown = capsys.readouterr().out
    assert "小学课间延长为多少分钟" in shown
    assert "gold:    900 一、1. 延长为15分钟" in shown
    assert "first:   900_yunxi.txt 一、1. 推动小学课间10分钟延长为15分钟。" in shown
    assert "missing: 20分钟" in shown


def test_gold_that_is_not_found_is_reported_loudly(
    built: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = write_lines("q.jsonl", [QUESTIONS[0] | {"gold": [{"doc": "900", "quote": "开设托班"}]}])
    assert main(["questions", "--library", str(built), "--questions", str(questions), "--json"]) == 0
    captured = capsys.readouterr()
    assert "question d1, document 900: the document does not hold the quote: 开设托班" in captured.err
    assert json.loads(captured.out)["overall"]["recall_at_10"] == 0


def test_wrong_usage_ends_with_2_and_one_line(
    built: Path, tmp_path: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = write_lines("q.jsonl", QUESTIONS), write_lines("bad.jsonl", [QUESTIONS[0], {"id": 1}])
    none = str(tmp_path / "none")
    cases = {
        "none: no such file": ["questions", "--library", str(built), "--questions", none],
        "bad.jsonl, line 2: kind is missing": ["questions", "--library", str(built), "--questions", str(bad)],
        "none": ["questions", "--library", none, "--questions", str(good)],
    }
    for message, arguments in cases.items():
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert message in captured.err
        assert captured.err.count("\n") == 1
    with pytest.raises(SystemExit, match="2"):
        main(["questions", "--library", str(built), "--questions", str(good), "--worst", "-1"])


@pytest.mark.parametrize("system", ["lexical", "dense", "hybrid"])
def test_retrieval_writes_a_run_and_prints_measures(
    system: str, static_model: Path, tmp_path: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_lines("c.jsonl", CORPUS)
    questions = write_lines(
        "q.jsonl", [{"id": 7, "text": "课间延长", "rel": [3]}, {"id": 8, "text": "托班", "rel": [5]}]
    )
    run = tmp_path / "run.jsonl"
    command = ["retrieval", "--corpus", str(corpus), "--questions", str(questions), "--run", str(run)]
    assert main([*command, "--system", system, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {name: report[name] for name in ("recall@10", "recall@100", "MRR@10", "nDCG@10")} == {
        "recall@10": 1,
        "recall@100": 1,
        "MRR@10": 1,
        "nDCG@10": 1,
    }
    assert [json.loads(line) for line in run.read_text(encoding="utf-8").splitlines()] == [
        {"id": 7, "ranking": [3, 5]},
        {"id": 8, "ranking": [5, 3]},
    ]
    assert main([*command, "--system", system]) == 0
    assert "nDCG@10           1.0000" in capsys.readouterr().out


def test_a_run_without_folder_is_refused_before_anything_is_ranked(
    tmp_path: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_lines("c.jsonl", CORPUS)
    questions = write_lines("q.jsonl", [{"id": 7, "text": "课间延长", "rel": [4]}])
    command = ["retrieval", "--corpus", str(corpus), "--questions", str(questions), "--system", "lexical"]
    assert main([*command, "--run", str(tmp_path / "none" / "run.jsonl")]) == 2
    assert "make the folder" in capsys.readouterr().err
    assert main([*command, "--run", str(tmp_path / "run.jsonl")]) == 0
    assert "ids not in the corpus, counted as missed: 4" in capsys.readouterr().err


def test_importing_evaluation_loads_nothing_heavy(root: Path) -> None:
    modules = [f"evaluation.{path.stem}" for path in sorted((root / "evaluation").glob("*.py"))]
    heavy = "{'torch', 'faiss', 'sentence_transformers', 'streamlit'}"
    code = f"import sys, {', '.join(modules)}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_peers_rank_the_same_clauses_and_are_measured_alike(
    built: Path, write_lines: WriteLines, capsys: pytest.CaptureFixture[str], static_model: Path
) -> None:
    with Library.open(built) as library:
        library.add(document_from("901_yunxi.txt", "云溪市托育办法\n\n一、托班\n支持幼儿园开设托班。\n".encode()))
    questions = str(write_lines("q.jsonl", QUESTIONS))
    command = ["peers", "--library", str(built), "--questions", questions, "--model", str(static_model)]
    assert main([*command, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    names = [row["system"] for row in rows]
    assert len(names) == len(set(names)) == 8
    assert names[-1] == "Yinju"
    assert {row["system"]: row["teacher hit@1"] for row in rows} == dict.fromkeys(names, 1)
    assert main(command) == 0
    assert capsys.readouterr().out.count("\n") == 10


def test_a_chunk_counts_for_the_clauses_that_it_holds_half_of() -> None:
    document = document_from("900_yunxi.txt", TEXT.encode())
    clause = next(row for row in document.citable() if "延长为" in document.text_of(row))
    middle = (clause.start + clause.end) // 2
    assert covered_clauses(document, Span(document.id, middle - 2, middle + 2)) == [f"{document.id}:{clause.start}"]
    assert covered_clauses(document, Span(document.id, 0, middle - 3)) == []
    assert covered_clauses(document, Span(document.id, 0, middle + 3)) == [f"{document.id}:{clause.start}"]
    assert covered_clauses(document, Span(document.id, 0, len(document.text))) == [f"{document.id}:{clause.start}"]
