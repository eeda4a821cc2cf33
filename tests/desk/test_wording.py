"""Precedent wording, its grouping, strength, differences and collocations."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.collocation import concordance
from desk.differences import runs
from desk.formulation import closeness, frame, same
from desk.segments import segments
from desk.strength import strength
from desk.wording import precedents
from index.library import Library
from index.search import Filters
from index.snapshot import Snapshot
from ingest.errors import QuestionError


def test_wordings_are_verbatim_and_grouped(sample_library: Library) -> None:
    (found,) = precedents(sample_library, "严格规范进校园事项，减轻教师负担")
    assert len(found.groups) >= 2
    for group in found.groups:
        for quoted in group.quotations:
            text = sample_library.document(quoted.document).text
            assert text[quoted.start : quoted.end] == quoted.quote
            assert quoted.quote in quoted.sentence
        assert group.rank in {"国家", "省级", "市级", "县级", "未知"}
        assert list(group.years) == sorted(group.years)
        if group.first and group.latest:
            assert group.first.when <= group.latest.when


def test_a_paragraph_is_looked_up_sentence_by_sentence(sample_library: Library) -> None:
    draft = (
        "小学和初中课间休息由10分钟延长至15分钟，教师不得拖堂。" * 2
        + "学校应当提供课后服务，每天不少于2小时，由学生自愿参加。"
    )
    found = precedents(sample_library, draft)
    assert [each.draft for each in found][-1].startswith("学校应当提供课后服务")
    assert len(found) == 3
    assert len(precedents(sample_library, draft, going_on=iter([True, False, False]).__next__)) == 1


def test_orders(sample_library: Library) -> None:
    (recent,) = precedents(sample_library, "延长课间", order="recent")
    dates = [group.latest.when if group.latest else "" for group in recent.groups]
    assert dates == sorted(dates, reverse=True)
    (highest,) = precedents(sample_library, "延长课间", order="authority")
    ranks = ["国家", "省级", "市级", "县级", "未知"]
    places = [ranks.index(group.rank) for group in highest.groups]
    assert places == sorted(places)
    with pytest.raises(ValueError, match="none of"):
        precedents(sample_library, "延长课间", order="luck")


def test_filters_hold(sample_library: Library) -> None:
    (found,) = precedents(sample_library, "延长课间", filters=Filters(region="石桥县"))
    assert {quoted.region for group in found.groups for quoted in group.quotations} == {"石桥县"}


def test_a_draft_of_too_many_sentences_is_said_and_not_cut(sample_library: Library) -> None:
    with pytest.raises(QuestionError, match="有31句"):
        precedents(sample_library, "学校应当每天安排体育活动两小时。" * 31)


def test_an_empty_draft_is_said(sample_library: Library) -> None:
    with pytest.raises(QuestionError):
        precedents(sample_library, " \n")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("持续推进学习型社会建设", "加强学习型社会建设", True),
        ("全面落实中小学校党组织领导的校长负责制", "试点实行中小学校党组织领导的校长负责制", False),
        ("支持有条件的幼儿园招收2至3岁幼儿", "鼓励有条件的幼儿园招收2—3岁幼儿", True),
        ("普惠率达到92%以上", "普惠率提高到94%", True),
        ("普惠率达到92%以上", "教育集团覆盖率达到93%以上", False),
        ("学校不得提前上课", "学校应当提前上课", False),
        ("健全教师工资正常增长机制", "健全学生心理健康监测预警机制", False),
        ("健全校园安全防控机制", "健全学生资助保障机制", False),
    ],
)
def test_the_same_formulation(one: str, other: str, expected: bool) -> None:
    assert same(one, other) is expected
    assert closeness(one, other) == pytest.approx(closeness(other, one))


def test_a_frame_is_verb_and_object() -> None:
    held = frame("进一步健全中小学教师工资正常增长机制")
    assert (held.verb, held.shown) == ("健全", "健全…增长机制")
    assert frame("推动各县（市、区）全面建立家校社协同育人“教联体”").verb == "建立"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("鼓励有条件的幼儿园开设托班", "倡导"),
        ("推进义务教育优质均衡发展", "推进"),
        ("加快建设公办幼儿园", "从严从快"),
        ("学校应当每天安排体育课", "要求"),
        ("严禁以任何形式补课", "禁止"),
        ("课间", ""),
    ],
)
def test_the_ladder_of_strength(words: str, name: str) -> None:
    assert strength(words).name == name


@given(st.text("课间休息教师不得拖堂", max_size=20), st.text("课间休息教师不得拖堂", max_size=20))
def test_differences_tile_the_text(one: str, other: str) -> None:
    cut = runs(one, other)
    assert "".join(run.text for run in cut) == one
    assert all(run.text in other for run in cut if run.common)


@given(st.text("甲乙（）“”，。；\n一是1.", max_size=40))
def test_segments_lie_in_the_text(text: str) -> None:
    ranges = list(segments(text, 0, len(text)))
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(ranges))


def test_collocations_are_counted(samples: Snapshot) -> None:
    found = concordance(samples, "…覆盖率")
    brute = sum(clause.text.count("覆盖率") for clause in samples.clauses)
    assert 0 < found.total <= brute
    assert sum(count for _, count in found.fillings) == found.total
    for line in found.lines:
        assert line.keyword.endswith("覆盖率")
        assert line.keyword == line.quotation.quote
    plain = concordance(samples, "课间")
    assert plain.total == sum(clause.text.count("课间") for clause in samples.clauses)


@pytest.mark.parametrize("pattern", ["", "…", "……", "a…b…c"])
def test_a_pattern_without_words_is_said(samples: Snapshot, pattern: str) -> None:
    with pytest.raises(QuestionError):
        concordance(samples, pattern)


def test_a_pattern_is_no_expression(samples: Snapshot) -> None:
    assert concordance(samples, "(a+)+$…课间[").total == 0
