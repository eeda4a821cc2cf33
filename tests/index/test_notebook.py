"""Gaps, feedback and kept answers beside a library."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.notebook import FILE, LONGEST, Notebook
from ingest.errors import LibraryError, UsageError


def test_nothing_is_written_before_there_is_something_to_write(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    assert (notebook.gaps(), notebook.feedback(), notebook.kept("x")) == ([], [], None)
    assert not (tmp_path / FILE).exists()


def test_a_gap_is_counted_and_taken_off(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    for question, missing in (
        ("杭州的学位？", "没有杭州市的文件"),
        ("手机？", "没有说到“手机”"),
        ("手机？", "没有说到"),
    ):
        notebook.record_gap(question, missing)
    found = Notebook(tmp_path).gaps()
    assert [(gap.question, gap.missing, gap.times) for gap in found] == [
        ("手机？", "没有说到", 2),
        ("杭州的学位？", "没有杭州市的文件", 1),
    ]
    assert found[0].first <= found[0].last
    notebook.close_gap("手机？")
    assert [gap.question for gap in notebook.gaps()] == ["杭州的学位？"]


def test_feedback_is_kept_in_order(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    notebook.record_feedback("课间？", "right", "", "{}")
    notebook.record_feedback("课间？", "wrong", "引错了条款", "{}")
    assert [(each.verdict, each.words) for each in notebook.feedback()] == [("right", ""), ("wrong", "引错了条款")]
    with pytest.raises(UsageError):
        notebook.record_feedback("课间？", "fine", "", "{}")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="2001"):
        notebook.record_feedback("课间？", "wrong", "长" * (LONGEST + 1), "{}")
    assert len(notebook.feedback()) == 2


def test_an_answer_is_kept_once_under_its_content(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    name = notebook.keep('{"a":1}')
    assert notebook.keep('{"a":1}') == name
    assert notebook.keep('{"a":2}') != name
    assert notebook.kept(name)[1] == '{"a":1}'
    assert notebook.kept("'; DROP TABLE kept; --") is None
    assert notebook.kept(name)


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda i: Notebook(tmp_path).record_gap("手机？", str(i)), range(40)))
    assert Notebook(tmp_path).gaps()[0].times == 40


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(LibraryError, match="请移走这个文件"):
        Notebook(tmp_path).gaps()


def test_a_file_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(LibraryError, match="写权限"):
        Notebook(tmp_path).record_gap("课间？", "")
