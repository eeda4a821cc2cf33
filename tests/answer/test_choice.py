"""Which sentences are said: one quotation a clause, one document a wording, other places where none is asked about."""

from pathlib import Path

import pytest

from answer import Answer, answer
from answer.intent import Intent, intent_of
from answer.tasks import tasks
from index.library import Library
from index.query import Query
from index.search import Filters
from ingest.load import document_from

TOWN = """{place}2025年教育工作要点

一、学生健康
1.课间安排。{sentence}
2.近视防控。每学期开展两次视力监测，近视率再降一个百分点。
二、教师队伍
3.减轻负担。未列入清单的社会事务不得进校园。
"""


def library_of(folder: Path, towns: dict[str, str]) -> Library:
    library = Library.open(folder, create=True)
    for place, sentence in towns.items():
        library.add(document_from(f"{place}.txt", TOWN.format(place=place, sentence=sentence).encode()))
    return library


def cited_clauses(given: Answer) -> list[tuple[str, int]]:
    return [(each.document, each.clause) for each in given.citations]


def test_other_places_are_cited_where_none_is_asked_about(tmp_path: Path) -> None:
    towns = {
        "云川市": "小学课间由10分钟延长为15分钟，任何人不得拖堂。",
        "临溪县": "小学、初中课间统一调整为20分钟，保证学生走出教室。",
        "石桥县": "修缮乡村学校围墙和厕所，改善寄宿条件。",
    }
    with library_of(tmp_path / "library", towns) as library:
        free = answer(library, "小学课间要延长到多少分钟？")
        assert {each.source for each in free.citations} == {"云川市.txt", "临溪县.txt"}
        named = answer(library, "云川市小学课间要延长到多少分钟？")
        assert {each.source for each in named.citations} == {"云川市.txt"}


def test_sentences_of_a_clause_are_one_quotation(tmp_path: Path) -> None:
    said = "小学课间延长为15分钟。初中课间也延长为15分钟，任何人不得拖堂。"
    with library_of(tmp_path / "library", {"云川市": said}) as library:
        given = answer(library, "云川市中小学课间延长有哪些要求？")
        assert [each.quote for each in given.citations] == [said]
        assert given.text == f"{said}[1]"


def test_a_topic_is_quoted_once_from_each_document_that_words_it(sample_library: Library) -> None:
    given = answer(sample_library, "规范社会事务进校园，切实减轻教师负担")
    assert len(given.citations) > 1
    assert len({each.document for each in given.citations}) == len(given.citations)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("清廉学校建设，培育清廉典型", Intent.WORDING),
        ("组织保障一段的写法", Intent.WORDING),
        ("孩子能不能不去", Intent.GENERAL),
        ("这样可以吗", Intent.GENERAL),
        ("课后服务收费标准", Intent.FIGURE),
    ],
)
def test_what_asks_nothing_is_a_wording(question: str, intent: Intent) -> None:
    assert intent_of(Query(question)) is intent


def test_the_tasks_of_a_unit(policy_library: Library) -> None:
    given = answer(policy_library, "晋江市人社局是三年行动方案里哪几项任务的责任单位？")
    assert [statement.text.partition("(责任单位")[0] for statement in given.statements] == [
        "加强师德师风建设",
        "优化师资均衡配置",
        "不断提升教师能力",
    ]
    assert all("人社局" in each.quote for each in given.citations)


def test_tasks_that_a_unit_leads_and_units_without_any(sample_library: Library) -> None:
    led = answer(sample_library, "市教育局牵头哪些工作？")
    every = answer(sample_library, "市教育局负责哪些工作？")
    assert 0 < len(led.statements) < len(every.statements)
    assert all("牵头单位：市教育局" in each.quote for each in led.citations)
    assert every.cautions[0].startswith("共有")
    inside = answer(sample_library, "教育局负责哪些工作？", filters=Filters(region="临溪县"))
    assert {each.source[:3] for each in inside.citations} == {"临溪县"}
    for question in (
        "云川市气象局负责哪些任务？",
        "由哪些单位负责校园布局？",
    ):  # no such unit; asks the other way round
        assert tasks(sample_library, sample_library.search(question).query) == ()
