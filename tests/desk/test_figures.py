"""Figures in texts, what they measure, and what of it the ledger tells."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.indicators import indicators
from answer.quantities import figures
from desk.lineup import grouped, lines
from desk.targets import RESULT, RULE, TARGET, naming, sorted_by, targets
from index.library import Library
from index.snapshot import Snapshot
from ingest.load import document_from


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("普惠率达到92%以上", [("92", "%", ">=", "以上")]),
        ("每天不少于2小时", [("2", "小时", ">=", "不少于")]),
        ("不得超过百分之五", [("5", "%", "<=", "不得超过")]),
        ("公示期不少于五个工作日", [("5", "个工作日", ">=", "不少于")]),
        ("惠及学生约3.5万人次", [("35000", "人次", "~", "约")]),
        ("投入1.6亿元", [("160000000", "元", "=", "")]),
        ("招收2至3岁幼儿", [("2—3", "岁", "=", "")]),
        ("参与学生120多万名", [("1200000", "名", ">", "多")]),
        ("近视率控制在49%以内", [("49", "%", "<=", "控制在")]),
        ("按5:3:2比例分担", [("5:3:2", "比例", "=", "5:3:2")]),
        ("课后服务全覆盖", [("100", "%", "=", "全覆盖")]),
        ("公办率仅45.8%，比上年提高3.2个百分点", [("45.8", "%", "=", ""), ("3.2", "个百分点", "=", "")]),
    ],
)
def test_figures_with_their_unit_and_comparison(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = [(each.value, each.unit, each.comparison, each.word) for each in figures(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月召开第18届年会",
        "晋政办〔2022〕45号",
        "1.推进课后服务",
        "深化“5G+专递课堂”和“1+1+X”结构",
        "《三年行动方案（2024—2026年）》",
        "健全覆盖城乡的体系",
        "三级网络、五大行动、两个确立",
        "高一年级和初三学生",
    ],
)
def test_years_numbers_and_names_are_no_figures(text: str) -> None:
    assert figures(text) == []


@given(st.text("0123456789.,%万亿元个人年月第〔〕号《》“”（）以上不少于百分之一二三十:：—至余多 \n课间率", max_size=60))
def test_figures_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = figures(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert len(indicators(text, found)) == len(found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("学前教育普惠率92%，公办率58%", ["学前教育普惠率", "公办率"]),
        (
            "新增学位1.2万个，其中幼儿园2700个、义务教育8300个",
            ["新增学位", "新增学位（幼儿园）", "新增学位（义务教育）"],
        ),
        ("建成共同体23个（小学15个，幼儿园8个）", ["建成共同体", "建成共同体（小学）", "建成共同体（幼儿园）"]),
        ("示范校达1152所，占比72.23%", ["示范校", "示范校占比"]),
        ("将课间由10分钟延长至15分钟", ["课间", "课间"]),
        ("建立超2500人的家庭教育指导师团队", ["建立家庭教育指导师团队"]),
    ],
)
def test_indicators_are_named_in_the_words_around_them(text: str, names: list[str]) -> None:
    found = [each.words.removeprefix("将").removesuffix("由") for each in indicators(text, figures(text))]
    assert found == names


def test_the_ledger_of_the_samples(samples: Snapshot) -> None:
    found = targets(samples)
    assert len(found) > 800
    texts = {row.id: row for row in samples.documents}
    for each in found:
        assert each.quotation.quote in each.quotation.sentence
        assert each.place == texts[each.quotation.document].metadata.region
    kinds = {texts[each.quotation.document].metadata.title: each.kind for each in found}
    plans = [each for each in found if each.quotation.title == "望江区2024年教育工作总结" and each.kind == TARGET]
    assert {each.quotation.label.partition("、")[0] for each in plans} == {"五"}  # 五、2025年工作打算
    assert {each.year for each in plans} == {2025}
    assert kinds["云川市中小学校课后服务管理办法"] == RULE
    assert [each.kind for each in found if each.quotation.title == "云川市2022年教育工作总结"].count(RESULT) > 50
    assert [each.kind for each in found if each.quotation.title == "云川市2025年教育工作要点"].count(TARGET) > 50


def test_the_same_indicator_stands_in_one_line_and_can_be_taken_out(samples: Snapshot) -> None:
    found = targets(samples)
    by_name = {line.name: line for line in lines(grouped(found))}
    line = by_name["普惠率"]
    assert line.documents >= 5
    assert {"普惠性幼儿园覆盖率", "学前教育普惠率"} <= set(line.names)
    years = [each.year for each in line.targets]
    assert years == sorted(years, key=lambda year: year or 0)
    apart = grouped(found, {"普惠性幼儿园覆盖率": "普惠园覆盖率"})
    assert {each.group for each in apart if each.indicator.words == "普惠性幼儿园覆盖率"} == {"普惠园覆盖率"}


def test_filtering_and_sorting(samples: Snapshot) -> None:
    found = list(naming(grouped(targets(samples)), "近视率"))
    assert found
    assert all("近视率" in each.indicator.words + each.group for each in found)
    highest = sorted_by(found, "value")
    assert highest[0].figure.high == max(each.figure.high for each in found)
    latest = sorted_by(found, "year")
    assert latest[0].year == max(each.year or 0 for each in found)


def test_work_can_be_ended(samples: Snapshot) -> None:
    asked = iter([True, False])
    few = targets(samples, going_on=lambda: next(asked))
    assert 0 < len(few) < len(targets(samples))
    assert {each.quotation.document for each in few} == {samples.documents[0].id}


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("撤销2019年底以后设立的3所学校。", 2022),
        ("2023年新增学位300个。", 2023),
        ("新增学位300个。", 2022),
        ("到2025年，新建学校3所，普惠率达到90%。", 2025),
    ],
)
def test_the_year_of_a_figure(tmp_path: Path, sentence: str, year: int) -> None:
    text = f"云川市2022年教育工作总结\n一、工作成效\n{sentence}"
    with Library.open(tmp_path, create=True) as library:
        library.add(document_from("a.txt", text.encode()))
        found = targets(library.snapshot())
    assert [each.year for each in found] == [year] * len(found)
    assert found
