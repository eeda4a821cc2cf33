"""The command line as a person or a program calls it: its JSON, its exit status, its one-line errors."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIELDS = {
    "ingest": [
        "source",
        "status",
        "document",
        "title",
        "clauses",
        "characters",
        "coverage",
        "warnings",
        "error",
        "receipt",
    ],
    "export": [
        "source",
        "document",
        "title",
        "issuer",
        "region",
        "doc_number",
        "published",
        "kind",
        "path",
        "label",
        "role",
        "start",
        "end",
        "text",
        "responsible_units",
    ],
    "answer": ["id", "question", "refused", "answer", "citations", "hits", "milliseconds"],
    "citation": ["number", "source", "title", "label", "quote", "start", "end"],
    "hit": ["rank", "source", "label", "score", "start", "end", "text"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "inner").mkdir()
    text = (
        "2025年云川市教育工作要点\n一、作息\n1.课间。小学课间由10分钟延长为15分钟。（责任单位：市教育局）\n"
        "2.校车。校车每月检查一次。"
    )
    (folder / "inner" / "points.txt").write_bytes(text.encode("gb18030"))
    (folder / "windows.md").write_bytes("# 云川市食堂管理办法\r\n第一条 学校食堂应当明厨亮灶。\r\n".encode("utf-8-sig"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 cut off")
    return folder


@pytest.fixture(scope="module")
def library(folder: Path, root: Path) -> Path:
    library = folder.parent / f"{folder.name}-library"
    assert run(root, "ingest", str(folder), "--library", str(library)).returncode == 1
    return library


def run(root: Path, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)


def rows(done: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_ingest_says_what_became_of_each_file(folder: Path, library: Path, root: Path) -> None:
    done = run(root, "ingest", str(folder), "--library", str(library), "--json")
    found = {row["source"]: row for row in rows(done)}
    assert done.returncode == 1
    assert all(list(row) == FIELDS["ingest"] for row in found.values())
    assert {source: row["status"] for source, row in found.items()} == {
        "broken.pdf": "failed",
        "inner/points.txt": "unchanged",
        "windows.md": "unchanged",
    }
    assert found["inner/points.txt"]["coverage"] == 1.0
    assert "broken.pdf" in str(found["broken.pdf"]["error"])


def test_export_covers_each_character_once(folder: Path, library: Path, root: Path) -> None:
    exported = rows(run(root, "index", "export", "--library", str(library)))
    assert all(list(row)[: len(FIELDS["export"])] == FIELDS["export"] for row in exported)
    text = (folder / "windows.md").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    mine = [row for row in exported if row["source"] == "windows.md"]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in mine)  # type: ignore[misc]
    places = [i for row in mine for i in range(row["start"], row["end"])]  # type: ignore[call-overload]
    assert sorted(i for i in places if not text[i].isspace()) == [i for i, c in enumerate(text) if not c.isspace()]
    body = next(row for row in exported if row["label"] == "一、1." and row["role"] == "body")
    assert (body["path"], body["responsible_units"]) == (["一、作息", "1.课间。"], ["市教育局"])


def test_search_and_exact_search(library: Path, root: Path) -> None:
    found = rows(run(root, "index", "search", "课间多长", "-k", "1", "--library", str(library), "--json"))
    assert [(row["rank"], row["label"]) for row in found] == [(1, "一、1.")]
    assert list(found[0])[:7] == FIELDS["hit"]
    exact = run(root, "index", "search", "明厨亮灶", "--exact", "--library", str(library))
    assert "《云川市食堂管理办法》第一条" in exact.stdout
    short = rows(run(root, "index", "search", "课间", "--region", "云川", "--library", str(library), "--json"))
    assert short == rows(
        run(root, "index", "search", "课间", "--region", "云川市", "--library", str(library), "--json")
    )
    assert short
    nothing = run(root, "index", "search", "课间", "--year", "1999", "--library", str(library))
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "2025" in nothing.stderr


def test_answer_one_and_a_file(folder: Path, library: Path, root: Path, tmp_path: Path) -> None:
    one = rows(run(root, "answer", "小学课间延长为多少分钟？", "--library", str(library), "--json"))[0]
    assert list(one) == FIELDS["answer"]
    assert "15分钟" in str(one["answer"])
    questions, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    questions.write_text(
        '{"id": "a", "question": "校车多久检查一次"}\n\n{"id": 2, "question": "火星移民补贴"}\n', "utf-8"
    )
    done = run(root, "answer", "--questions", str(questions), "--out", str(out), "--library", str(library))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    text = (folder / "inner" / "points.txt").read_bytes().decode("gb18030")
    for citation in first["citations"]:
        assert [name for name in citation if name in FIELDS["citation"]] == FIELDS["citation"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert (first["id"], first["refused"], "[1]" in first["answer"]) == ("a", False, True)
    assert (second["id"], second["refused"], second["citations"]) == ("2", True, [])
    assert [list(hit) for hit in second["hits"]] == [FIELDS["hit"]] * len(second["hits"])
    assert second["hits"]


def test_list_and_remove(library: Path, root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    run(root, "ingest", str(root / "samples" / "云川市2022年教育工作总结.txt"), "--library", str(copy))
    assert "《云川市2022年教育工作总结》" in run(root, "index", "list", "--library", str(copy)).stdout
    assert run(root, "index", "remove", "云川市2022年教育工作总结.txt", "--library", str(copy)).returncode == 0
    assert run(root, "index", "list", "--library", str(copy)).stdout == ""
    again = run(root, "index", "remove", "云川市2022年教育工作总结.txt", "--library", str(copy))
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest", "nowhere.txt", "--library", "{tmp}/new"),
        ("index", "export", "--library", "{tmp}/none"),
        ("index", "search", "  ", "--library", "{library}"),
        ("answer", "课间", "--library", "{tmp}/none"),
        ("answer", "--questions", "{tmp}/none.jsonl", "--out", "{tmp}/out.jsonl", "--library", "{library}"),
    ],
)
def test_errors_are_one_line_and_status_two(
    arguments: tuple[str, ...], library: Path, root: Path, tmp_path: Path
) -> None:
    module, *rest = (argument.format(tmp=tmp_path, library=library) for argument in arguments)
    done = run(root, module, *rest)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "Traceback" not in done.stderr


def test_bad_question_row_names_file_and_line(library: Path, root: Path, tmp_path: Path) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text('{"id": 1, "question": "课间"}\n{"id": 2}\n', encoding="utf-8")
    done = run(root, "answer", "--questions", str(questions), "--out", str(tmp_path / "o"), "--library", str(library))
    assert done.returncode == 2
    assert "in.jsonl, line 2" in done.stderr
    assert not (tmp_path / "o").exists()


def test_command_line_document_is_up_to_date(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "docs/command_line.py"], cwd=root, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == (root / "docs" / "command-line.md").read_text(encoding="utf-8")
