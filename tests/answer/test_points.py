"""What is said before the sentences: the figure, the time, who, how binding, word for word of the quotations."""

import pytest

from answer import Answer, answer
from answer.point import force
from index.library import Library


def points(given: Answer) -> list[tuple[str, str]]:
    for point in given.points:
        quote = next(each.quote for each in given.citations if each.number == point.citation)
        assert all(name in quote for name in point.words.split("、")), (point, quote)
    return [(point.name, point.words) for point in given.points]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("临溪县2025年班主任每月津贴标准提高到多少元？", [("班主任每月津贴标准", "500元")]),
        ("按2025年的安排，云川的中小学课间什么时候起延长？", [("时间", "2025年秋季学期起")]),
        ("望江区班主任每月津贴涨到多少了？", [("班主任津贴", "600元")]),  # 由每月400元提高到600元
        ("临溪哪天孩子回家不用写作业？", [("时间", "每周三")]),
        ("幼儿园嫌我家孩子有残疾不想收，可以这样吗？", [("条款的说法", "不得因残疾拒绝其入园")]),
        ("双胞胎想上同一所私立学校，能一起摇号吗？", [("条款的说法", "可以申请捆绑派位")]),
    ],
)
def test_the_point_comes_from_the_quotation(
    sample_library: Library, question: str, expected: list[tuple[str, str]]
) -> None:
    assert points(answer(sample_library, question)) == expected


def test_several_figures_asked_for_are_named_apart(policy_library: Library) -> None:
    given = answer(policy_library, "泉州2025年全市计划投用多少个教育项目、新增多少个中学学位？")
    assert points(given) == [("投用教育项目", "19个"), ("新增中学学位", "2万个")]
    rates = points(answer(policy_library, "到2025年晋江义务教育巩固率和高中阶段毛入学率要分别达到多少？"))
    assert [words for _, words in rates] == ["99.5%以上", "130%以上"]


def test_who_leads_and_who_cooperates(sample_library: Library) -> None:
    given = answer(sample_library, "云川市加快重点项目建设由谁牵头，哪些单位配合？")
    named = dict(points(given))
    assert named["牵头"] == "市教育局"
    assert "市财政局" in named["配合"].split("、")
    assert "市教育局" not in named["配合"].split("、")


def test_encouraged_is_not_demanded(policy_library: Library) -> None:
    given = answer(policy_library, "家里小宝刚满两周岁，大人都要上班，想早点送进园里有人带，政策让不让收？")
    (force,) = given.points
    assert (force.words, force.note) == ("鼓励有条件的幼儿园开设托班(小小班)", "提倡，不是硬性要求")


def test_a_condition_is_said_apart(policy_library: Library) -> None:
    given = answer(policy_library, "我就是个中师底子，想边教书边再拿个更高的文凭，上面支持吗？")
    force, condition = given.points
    assert force.words == "支持低学段、低学历教师提升学历和资格"
    assert condition.name == "条件"
    assert condition.words.startswith("符合初中、高中任职资格")


@pytest.mark.parametrize("question", ["有哪些减轻教师负担的措施", "《云川市中小学校课后服务管理办法》第二十条"])
def test_nothing_is_said_where_nothing_of_the_kind_is_asked(sample_library: Library, question: str) -> None:
    assert answer(sample_library, question).points == ()


def test_a_figure_that_is_not_named_in_the_question_is_not_the_point(sample_library: Library) -> None:
    given = answer(sample_library, "退休老师还想去村里教书，一年给多少？")
    assert "40名" in given.text  # the sentence holds other figures too
    assert "40名" not in [point.words for point in given.points]


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("教师不应当拖堂。", "禁止"),
        ("学校不可以提前上课。", "禁止"),
        ("非教学事务不能占用上课时间。", "禁止"),
        ("学校必须公示收费标准。", "必须做到"),
        ("学校不得不停课的，应当报告。", "必须做到"),
        ("学校可以不参加。", "允许"),
        ("有条件的学校鼓励延时。", "提倡，不是硬性要求"),
        ("不支持跨区招生。", None),
        ("不提倡布置书面作业。", None),
        ("小规模活动无须审批。", None),
        ("不必须参加。", None),
        ("开展社会实践活动。", None),
    ],
)
def test_a_denied_word_of_force_is_not_its_contrary(sentence: str, sense: str | None) -> None:
    found = force(sentence)
    assert (found[1] if found else None) == sense
    assert found is None or found[0] in sentence
