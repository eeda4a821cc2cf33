"""Comparing with width, punctuation and spaces set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.comparison import comparable, holds


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("覆盖率达到１００％。", "100%"),
        ("开展“三方”联创活动", '"三方"联创'),
        ("招收2—3岁幼儿", "2-3岁幼儿"),
        ("招收2～3岁幼儿", "2-3岁"),
        ("2023——2025年", "2023-2025年"),
        ("所有县（市、区）全面建立", "所有县(市,区)全面建立"),
        ("教基〔2023〕1号", "教基[2023]1号"),
        ("教基〔2023〕1号", "2023"),
        ("提高 15 %", "15%"),
        ("新增1.5万个", "1.5万个"),
        ("共5、6所", "5,6所"),
    ],
)
def test_holds(statement: str, fact: str) -> None:
    assert holds(["前一句。", statement], fact)


@pytest.mark.parametrize(
    ("statement", "fact"),
    [
        ("延长为15分钟", "5分钟"),
        ("新增3000个", "300"),
        ("新增1.5万个", "5万个"),
        ("共5、6所", "56所"),
        ("提高15%", "15‰"),
        ("招收2至3岁幼儿", "2-3岁"),
        ("办好学前教育", "学前教育普及"),
    ],
)
def test_does_not_hold(statement: str, fact: str) -> None:
    assert not holds([statement], fact)


def test_a_fact_does_not_run_over_two_statements() -> None:
    assert not holds(["建立教联", "体系。"], "教联体系")


def test_find_gives_the_range_in_the_text_as_it_was() -> None:
    text = "一是“阳光厨房” 检查，覆盖率１００％。"
    found = comparable(text).find(comparable("阳光厨房检查,覆盖率100%"))
    assert found is not None
    assert text[slice(*found)] == "阳光厨房” 检查，覆盖率１００％"


def test_find_passes_over_a_number_inside_a_longer_one() -> None:
    text = "共115分钟，后为15分钟"
    assert comparable(text).find(comparable("15分钟")) == (text.rindex("15"), len(text))


def test_nothing_is_not_found() -> None:
    assert comparable("教育").find(comparable("。")) is None
    assert comparable("").find(comparable("教育")) is None


texts = st.text(st.sampled_from("教育学位１5.%‰，、—()〔〕 \n㎡①"))


@given(texts)
def test_places_rise_and_name_the_characters(text: str) -> None:
    folded = comparable(text)
    assert len(folded.folded) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = comparable(text).folded
    assert comparable(once).folded == once


@given(texts)
def test_a_text_with_words_is_found_in_itself(text: str) -> None:
    folded = comparable(text)
    assert (folded.find(folded) is not None) == bool(folded.folded)
