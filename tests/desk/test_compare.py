"""Documents side by side, and what became of each sentence."""

from pathlib import Path

import pytest

from desk.alignment import aligned, scores, side
from desk.compare import CONTINUED, DONE, DROPPED, NEW, STRONGER, WEAKER, compare, compare_topic
from index.library import Library
from index.snapshot import Snapshot
from ingest.errors import UnknownDocument, UsageError
from ingest.load import document_from

BEFORE = """云川市2024年教育工作要点
一、减轻学生负担
1.延长课间休息。推动全市小学课间10分钟延长为15分钟。鼓励学校组织课间体育游戏。
2.规范校外培训。学科类机构年内全部压减，严格执行收费标准。
二、办好学前教育
3.扩大普惠资源。全市普惠性幼儿园覆盖率达到90%以上。严禁幼儿园提前教授小学内容。
"""
AFTER = """云川市2025年教育工作要点
一、减轻学生负担
1.延长课间休息。推动全市小学课间15分钟延长为20分钟。所有学校必须组织课间体育游戏。
二、办好学前教育
2.扩大普惠资源。全市普惠性幼儿园覆盖率达到94%以上。鼓励幼儿园不提前教授小学内容。
三、推进教育数字化
3.建设智慧教育平台。建成市级人工智能教学实验室并向农村学校开放。
"""
REPORT = """云川市2023年教育工作总结
一、减轻学生负担
1.课间休息。全市小学课间延长试点顺利完成。
2.办学条件。完成农村寄宿制学校浴室改造工程四十处。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(tmp_path_factory.mktemp("compared"), create=True)
    for name, text in (("2024.txt", BEFORE), ("2025.txt", AFTER), ("2023.txt", REPORT)):
        made.add(document_from(name, text.encode()))
    return made


def statuses(library: Library, *names: str) -> dict[str, str]:
    rows = {row.source: row.id for row in library.documents()}
    found = compare(library.snapshot(), [rows[name] for name in names])
    return {
        each.quotation.quote: each.status
        for row in found.rows
        for cells in row.cells
        for cell in cells
        for each in cell.sentences
    }


def test_what_became_of_each_sentence(library: Library) -> None:
    told = statuses(library, "2025.txt", "2024.txt")
    assert told["推动全市小学课间15分钟延长为20分钟。"] == STRONGER
    assert told["所有学校必须组织课间体育游戏。"] == STRONGER
    assert told["全市普惠性幼儿园覆盖率达到94%以上。"] == STRONGER
    assert told["鼓励幼儿园不提前教授小学内容。"] == WEAKER
    assert told["建成市级人工智能教学实验室并向农村学校开放。"] == NEW
    assert told["学科类机构年内全部压减，严格执行收费标准。"] == DROPPED


def test_what_a_report_says_and_the_plan_does_not_is_done(library: Library) -> None:
    told = statuses(library, "2023.txt", "2024.txt")
    assert told["完成农村寄宿制学校浴室改造工程四十处。"] == DONE


def test_the_earliest_document_stands_first_and_nothing_is_lost(library: Library) -> None:
    rows = {row.source: row.id for row in library.documents()}
    snapshot = library.snapshot()
    found = compare(snapshot, [rows["2025.txt"], rows["2024.txt"]])
    assert [row.source for row in found.documents] == ["2024.txt", "2025.txt"]
    for n, document in enumerate(found.documents):
        shown = {cell.quotation.clause for row in found.rows for cell in row.cells[n]}
        held = {snapshot.clauses[index].clause.start for index in snapshot.ranges[document.id]}
        assert shown == held
    told = [each.quotation for row in found.rows for cells in row.cells for cell in cells for each in cell.sentences]
    assert sum(found.counted().values()) == len({(each.document, each.start) for each in told}) > 5


def test_alignment_of_a_document_with_itself(samples: Snapshot) -> None:
    held = side(samples, samples.documents[0].id)
    table = scores(held, held)
    assert table.shape == (len(held.clauses), len(held.clauses))
    assert {(i, i) for i in range(len(held.clauses))} <= set(aligned(table))
    assert ((table >= 0) & (table <= 1)).all()


def test_too_few_too_many_and_unknown_documents(library: Library, samples: Snapshot) -> None:
    ids = [row.id for row in samples.documents]
    for wrong in ([], ids[:1], [ids[0], ids[0]], ids[:5]):
        with pytest.raises(UsageError):
            compare(samples, wrong)
    with pytest.raises(UnknownDocument):
        compare(library.snapshot(), ["nothing", ids[0]])


def test_a_topic_over_places_and_years(sample_library: Library) -> None:
    found = compare_topic(sample_library, "课后服务参与率")
    assert len(found.documents) >= 3
    (row,) = found.rows
    assert len(row.cells) == len(found.documents)
    for document, cells in zip(found.documents, row.cells, strict=True):
        assert cells
        assert {cell.quotation.document for cell in cells} == {document.id}


def test_the_same_again_is_continued(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as made:
        for year in (2024, 2025):
            text = f"云川市{year}年教育工作要点\n一、减负\n1.课后服务。落实课后服务资金保障机制并定期公示。"
            made.add(document_from(f"{year}.txt", text.encode()))
        assert set(statuses(made, "2024.txt", "2025.txt").values()) == {CONTINUED}
