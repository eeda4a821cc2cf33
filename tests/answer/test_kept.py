"""Answers that are kept: the same when opened, and what has changed in their sources since; feedback as questions."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from answer import Answer, answer
from answer.feedback import json_lines, open_rows, question_rows
from answer.kept import changes, opened, record_of
from evaluation.question_file import read_questions
from index.library import Library
from index.notebook import Notebook
from ingest.errors import LibraryError
from ingest.load import document_from

PLAN = """云川市2024年教育工作要点

一、课间

1.延长课间。小学课间改为15分钟，不得拖堂。

2.作业管理。小学一二年级不布置书面家庭作业。
"""
QUESTION = "小学课间改为多少分钟？"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True) as made:
        made.add(document_from("001要点.txt", PLAN.encode()))
        yield made


def kept(library: Library) -> tuple[Answer, str]:
    given = answer(library, QUESTION)
    return given, record_of(given, {row.id: row for row in library.documents()})


def states(library: Library, record: str) -> list[str]:
    return [each.state for each in changes(library, opened(record))]


def test_what_is_opened_is_what_was_kept(library: Library) -> None:
    given, record = kept(library)
    again = opened(record)
    assert (again.question, again.statements, again.refused) == (QUESTION, given.statements, False)
    assert tuple(each.citation for each in again.citations) == given.citations
    assert "15分钟" in again.statements[0].text


def test_changes_of_the_sources_are_told(library: Library) -> None:
    _, record = kept(library)
    assert states(library, record) == ["same"]
    library.add(document_from("001要点.txt", PLAN.replace("作业管理", "作业").encode()))
    assert states(library, record) == ["moved"]
    library.add(document_from("001要点.txt", PLAN.replace("15分钟", "20分钟").encode()))
    assert states(library, record) == ["lost"]
    assert "没有这句话" in changes(library, opened(record))[0].words
    library.remove(library.documents()[0].id)
    assert states(library, record) == ["removed"]


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"format": 99}', '{"format": 1, "question": "x"}'])
def test_a_record_of_another_make_is_told(record: str) -> None:
    with pytest.raises(LibraryError, match="读不出来"):
        opened(record)


def test_right_answers_become_questions_of_a_question_file(library: Library, tmp_path: Path) -> None:
    notebook = Notebook(library.folder)
    _, record = kept(library)
    rows = {row.id: row for row in library.documents()}
    refused = answer(library, "杭州市2024年课间多长？")
    notebook.record_feedback(QUESTION, "right", "", record)
    notebook.record_feedback(refused.question, "right", "", record_of(refused, rows))
    notebook.record_feedback("作业？", "incomplete", "还有初中", record)
    file = tmp_path / "questions.jsonl"
    file.write_text(json_lines(question_rows(notebook.feedback())), encoding="utf-8")
    first, second = read_questions(file)
    assert (first.question, first.answerable, first.gold[0].document) == (QUESTION, True, "001")
    assert "15分钟" in first.gold[0].quote
    assert (second.answerable, second.gold) == (False, ())
    (rest,) = open_rows(notebook.feedback())
    assert (rest["verdict"], rest["words"]) == ("incomplete", "还有初中")


def test_the_latest_verdict_of_a_question_counts(library: Library) -> None:
    notebook = Notebook(library.folder)
    _, record = kept(library)
    notebook.record_feedback(QUESTION, "right", "", record)
    notebook.record_feedback(QUESTION, "wrong", "不是这一条", record)
    assert list(question_rows(notebook.feedback())) == []
    assert json.loads(record)["format"] == 1


def test_the_same_fact_in_two_documents_is_said_once_and_cites_both(library: Library) -> None:
    again = PLAN.replace("云川市", "临溪县")
    library.add(document_from("002要点.txt", again.encode()))
    library.add(document_from("003要点.txt", again.replace("临溪县", "石桥县").replace("15", "20").encode()))
    given = answer(library, "小学课间延长到多少分钟，能不能拖堂？")
    cited = [{given.citations[number - 1].source for number in each.citations} for each in given.statements]
    assert sorted(map(sorted, cited)) == [["001要点.txt", "002要点.txt"], ["003要点.txt"]]  # 20 is another fact
    assert ["15" in each.text for each in given.statements] == [len(sources) == 2 for sources in cited]
    for each in given.citations:
        assert library.document(each.document).text[each.start : each.end] == each.quote
