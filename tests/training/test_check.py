"""The check of the written training data: it finds what it is there to find, and the data passes it."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from training import check
from training.overlap import NEAR, SHORTEST, folded, near, sharing_runs
from training.taxonomy import form_of, read_speakers, read_topics, speaker_of, topic_of

GOOD = {
    "topic": "课间与校内活动",
    "speaker": "小学生",
    "formal": "小学和初中每节课后的休息时间不少于十五分钟，不得提前上课或者拖堂。",
    "lay": ["铃一响又要坐好", "水都来不及喝就上课了", "歇一会儿能歇多久啊"],
    "forms": ["situation", "complaint", "full"],
    "draft": "保障课间休息的要求",
    "neg": "学校应当每天安排一次不少于三十分钟的大课间体育活动。",
}


def faults(**changes: object) -> list[str]:
    return list(check.schema_faults([("x.jsonl:1", GOOD | changes)]))


def test_a_good_row_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"lay": ["只有一问", "两问"]},
        {"lay": ["铃一响又要坐好", "铃一响，又要坐好！", "歇一会儿能歇多久啊"]},
        {"lay": "铃一响又要坐好"},
        {"forms": ["full", "full"]},
        {"forms": ["full", "full", "poem"]},
        {"formal": "太短"},
        {"neg": "学" * 300},
        {"source": "somewhere"},
    ],
)
def test_faults_of_shape_are_found(changes):
    assert faults(**changes)


def test_clauses_and_questions_that_are_nearly_the_same_are_found():
    other = GOOD | {
        "formal": "小学和初中每节课后的休息时间不少于15分钟，不得提前上课或拖堂。",
        "lay": ["水都来不及喝就上课啦", "一", "二"],
    }
    kinds = [line.split()[0] for line in check.twins([("a:1", GOOD), ("a:2", other)])]
    assert kinds == ["clause", "question"]


@pytest.fixture
def real(tmp_path):
    """A folder of test questions and documents, all near to GOOD or to the question about an article."""
    for folder in ("eval", "bench/b", "policies", "laws"):
        (tmp_path / folder).mkdir(parents=True)
    questions = ["水都来不及喝，就上课啦？", "承包的地被征了，钱归谁？"]
    lines = [f'{{"question": "{question}"}}' for question in questions]
    (tmp_path / "eval/dev.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "bench/b/questions.jsonl").write_text('{"text": "保障课间休息要求"}', encoding="utf-8")
    (tmp_path / "policies/p.txt").write_text("一、小学和初中每节课后的休息时间不少于十五分钟。", encoding="utf-8")
    law = "小学、初中每节课后的休息时间不少于十五分钟，不得提前上课或拖堂。"
    (tmp_path / "laws/l.md").write_text(law, encoding="utf-8")
    with gzip.open(tmp_path / "bench/b/corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write('{"text": "这是前面的一句话。歇一会儿能歇多久。"}')
    return tmp_path


def test_a_leak_of_any_kind_is_found(real):
    found = list(check.leaks([("a:1", GOOD)], [("b:1", "承包的地征了，钱归谁")], real))
    near = [line.partition(" is near the ")[2] for line in found]
    assert sorted(near) == [
        "",
        "question '保障课间休息要求'",
        "question '承包的地被征了钱归谁'",
        "question '水都来不及喝就上课啦'",
        "sentence '小学初中每节课后的休息时间不少于十五分钟不得提前上课或拖堂'",
        "sentence '歇一会儿能歇多久'",
    ]
    assert "from a real document" in found[-1]


def test_what_is_not_near_is_no_leak(real):
    questions = {"lay": ["班上挤死了", "一班六十几号人", "几个人一班"], "draft": "班额的规定"}
    unlike = GOOD | {"formal": "普通高中班额不超过五十人。"} | questions
    assert list(check.leaks([("a:1", unlike)], [("b:1", "租的房子漏水谁修")], real)) == []


def test_topics_speakers_and_forms_that_come_too_rarely_are_faults(capsys):
    few = list(check.balance_faults([(f"a:{i}", GOOD) for i in range(20)]))
    assert "topic 校车与上下学交通: 0 clauses" in few
    assert not any("课间与校内活动" in fault for fault in few)
    assert "speaker pupil: 20 clauses" in few
    assert [fault for fault in few if fault.startswith("form")] == [
        *("form short: 0", "form dialect: 0", "form typo: 0", "form pinyin: 0"),
    ]
    assert "forms: situation 33.3%" in capsys.readouterr().out


def test_near_pairs_are_those_that_differ_in_one_character_of_five():
    texts = ["学位不够怎么办", "学位不够怎么办呀", "学位够不够", "补课费能退吗", "补课费", "补课费"]
    for at_once in (1, 256):  # alone, a text is compared with those of its own length and a little more or less
        found = {pair for pair in near(texts, texts, at_once) if pair[0] != pair[1]}
        assert found == {(0, 1), (1, 0), (4, 5), (5, 4)}


WORDS = st.lists(st.text("学位不够", max_size=14), max_size=12)


@given(WORDS, WORDS, st.integers(1, 4))
def test_near_finds_every_pair_that_brute_force_finds(texts, others, at_once):
    def alike(one: str, other: str) -> bool:
        long_enough = min(len(one), len(other)) >= SHORTEST
        return one == other or (long_enough and Levenshtein.normalized_similarity(one, other) >= NEAR)

    expected = [(i, j) for i, text in enumerate(texts) for j, other in enumerate(others) if alike(text, other)]
    assert sorted(near(texts, others, at_once)) == expected


def test_a_run_of_characters_is_found_across_punctuation():
    document = folded("依法保障适龄儿童、少年接受义务教育的权利。")
    assert [position for position, _ in sharing_runs(["适龄儿童少年接受义务教育的权利", "另一句"], [document])] == [0]


def test_a_row_belongs_to_the_topic_it_names_else_to_the_one_of_its_words():
    topics = read_topics()
    assert topic_of(GOOD, topics) == "课间与校内活动"
    assert topic_of(GOOD | {"topic": "校车", "formal": "校车应当配备随车照管人员。"}, topics) == "校车与上下学交通"
    assert speaker_of(GOOD, read_speakers()) == "pupil"
    assert form_of("学位不够") == "short"


def test_the_taxonomy_has_enough_topics_each_once():
    names = [topic.name for topic in read_topics()]
    assert len(names) == len(set(names)) >= 150


def test_the_written_data_passes(shared, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["check", "--shared", str(shared)])
    assert check.main() == 0, capsys.readouterr().out
