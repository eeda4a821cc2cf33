"""Markdown signs that strayed into a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.signs import shown, stray, unsigned


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**一、加强课间管理**", "一、加强课间管理"),
        ("1. **突出党建引领。**", "1. 突出党建引领。"),
        ("**1.提升质量。**课间休息。", "1.提升质量。课间休息。"),
        ("**加强值守**。安排老师值守。", "加强值守。安排老师值守。"),
        ("- **课间** 安排", "- 课间 安排"),
        ("周末开放操场。**重点**保障小学", "周末开放操场。重点保障小学"),
        ("** 全县38所学校", " 全县38所学校"),
        ("课间改为15分钟。**", "课间改为15分钟。"),
        ("周末开放操场，**重点**保障小学", "周末开放操场，**重点**保障小学"),
        ("2**3等于8", "2**3等于8"),
        ("第一行**\n**第二行", "第一行\n第二行"),
        ("", ""),
        ("****", ""),
    ],
)
def test_signs_at_the_edge_of_a_sentence_are_not_shown(written: str, read: str) -> None:
    assert unsigned(written) == read


@given(st.text("*课间。\n 1", max_size=60))
def test_nothing_but_signs_is_left_out(text: str) -> None:
    assert unsigned(text).replace("*", "") == text.replace("*", "")
    assert all(text[sign : sign + 2] == "**" for sign in stray(text))
    assert stray(text) == sorted(stray(text))


@given(
    st.text("*课间。\n", max_size=40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)
)
def test_marks_stay_where_they_are(text: str, a: int, b: int, c: int, d: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    first, last = sorted((c, d))
    cut = shown(text, start, end, (first, last))
    hidden = {i for sign in stray(text) if start <= sign and sign + 2 <= end for i in (sign, sign + 1)}
    assert "".join(each.text for each in cut) == "".join(text[i] for i in range(start, end) if i not in hidden)
    marked = "".join(text[i] for i in range(start, end) if first <= i < last and i not in hidden)
    assert "".join(each.text for each in cut if each.marked) == marked


def test_many_signs_are_read_in_linear_time() -> None:
    assert unsigned("课**间" * 100_000).count("课") == 100_000
