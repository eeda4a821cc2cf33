"""Follow-up questions, and everyday words read as official terms."""

import pytest

from answer.follow_up import made_whole
from answer.terms import Reading, readings, reworded
from index.library import Library


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("云川市2025年课间多长时间？", "那石桥县呢？", "石桥2025年课间多长时间？"),
        ("云川市2025年课间多长时间？", "那杭州呢", "杭州2025年课间多长时间？"),
        ("云川2025年近视率是多少", "2024年呢？", "云川2024年近视率是多少"),
        ("云川近视率是多少", "那2024年呢？", "云川2024年近视率是多少"),
        ("近视率是多少", "那2024年呢？", "2024年近视率是多少"),
        ("课间多长时间？", "石桥呢？", "石桥课间多长时间？"),
        ("临溪县和石桥县2025年课间怎么安排？", "那云川呢？", "云川2025年课间怎么安排？"),
        ("云川市2025年小学作业有什么要求？", "初中呢？", "云川市2025年初中作业有什么要求？"),
        ("云川市2025年课间多长时间？", "那作业呢？", "云川2025年作业"),
        ("云川市2025年新增多少学位？", "谁负责？", "云川市2025年新增多少学位，谁负责？"),
        ("云川市2025年新增多少学位？", "什么时候完成", "云川市2025年新增多少学位，什么时候完成"),
    ],
)
def test_a_follow_up_is_made_whole(sample_library: Library, before: str, question: str, whole: str) -> None:
    assert made_whole(question, before, sample_library.snapshot().documents) == whole


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("云川市2025年课间多长时间？", "石桥县2025年要新增多少学位？"),
        ("云川市2025年课间多长时间？", "下课能多歇会儿不？"),
        ("云川市2025年课间多长时间？", "云川市2025年课间多长时间？"),
        ("", "那石桥县呢？"),
        ("云川市2025年课间多长时间？", "呢？"),
        ("云川市2025年课间多长时间？", "那些住校的孩子周末回不了家，学校管不管他们吃饭呢？"),
    ],
)
def test_a_question_of_its_own_stays_as_it_is(sample_library: Library, before: str, question: str) -> None:
    assert made_whole(question, before, sample_library.snapshot().documents) is None


def test_words_are_read_as_terms_of_the_texts() -> None:
    (reading,) = readings("村小会不会撤掉？", ["办好必要的乡村小规模学校。"])
    assert (reading.word, reading.term) == ("村小", "乡村小规模学校")
    assert "教学点" in reading.others
    assert readings("村小会不会撤掉？", ["村小和乡村小规模学校一样办。"]) == ()
    assert readings("村小会不会撤掉？", ["延长课间。"]) == ()
    assert readings("", []) == ()


def test_a_question_is_reworded_as_chosen() -> None:
    assert reworded("村小的托管", {"村小": "教学点", "托管": "课后服务"}) == "教学点的课后服务"
    assert reworded("a+b", {"+": "和", "": "无"}) == "a和b"
    assert reworded("课间", {}) == "课间"
    assert Reading("下课", "课间").others == ()
