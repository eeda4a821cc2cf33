"""`python -m ingest` at its edges: clashing and unreadable names, pipes, unchanged files, a reader that goes away."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ingest.__main__ as command
from index.library import Library
from ingest.pool import Pool

PROSE = "关于招生工作的通知\n一、报名。各学校要认真组织。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_failed_file_has_its_row_and_the_rest_goes_in(
    tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "通知.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "乙" / os.fsdecode(b"\xb1\xb1.txt")).write_text(PROSE, encoding="utf-8")
    (tmp_path / "乙" / "终.txt").write_text(PROSE, encoding="utf-8")
    os.mkfifo(tmp_path / "管道")
    paths = [str(tmp_path / name) for name in ("甲", "乙", "管道")]
    assert command.main([*paths, "--library", str(library), "--json"]) == 1
    found = rows(capsys)
    assert sorted((row["source"], row["status"]) for row in found) == [
        (r"\udcb1\udcb1.txt", "failed"),
        ("管道", "failed"),
        ("终.txt", "added"),
        ("通知.txt", "added"),
        ("通知.txt", "failed"),
    ]
    clash = next(row for row in found if row["source"] == "通知.txt" and row["status"] == "failed")
    assert all(str(tmp_path / name / "通知.txt") in str(clash["error"]) for name in ("甲", "乙"))


def test_unchanged_files_are_not_read_again(
    tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(PROSE, encoding="utf-8")
    assert command.main([str(path), "--library", str(library), "--json"]) == 0
    (first,) = rows(capsys)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Pool, "document_from", never)
    monkeypatch.setattr(Library, "snapshot", never)
    assert command.main([str(path), "--library", str(library), "--json"]) == 0
    (second,) = rows(capsys)
    assert second == first | {"status": "unchanged"}


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path, library: Path, root: Path) -> None:
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(PROSE, encoding="utf-8")
    arguments = [sys.executable, "-m", "ingest", str(tmp_path), "--library", str(library)]
    with subprocess.Popen(arguments, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1
