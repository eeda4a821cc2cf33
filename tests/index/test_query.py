"""Places, years, numbers and articles in questions."""

from dataclasses import replace

import pytest

from index.query import LONGEST_QUESTION, understand
from index.records import DocumentRow
from ingest.document import Metadata, Receipt
from ingest.errors import QuestionError


def row(
    id: str, title: str, region: str | None, published: str | None = None, number: str | None = None
) -> DocumentRow:
    metadata = Metadata(title=title, region=region, published=published, number=number)
    return DocumentRow(id, f"{id}.txt", "", metadata, Receipt(1, 1), "txt", 1, 1, "2026-01-01T00:00:00+00:00")


ROWS = [
    row("q", "2025年泉州市教育工作要点", "泉州市"),
    row("j", "晋江市基础教育提升三年行动方案(2023—2025年)", "晋江市", number="晋政办〔2022〕45号"),
    row("t", "2025年教育工作要点", "台州市"),
    row("old", "中华人民共和国义务教育法", "全国", "2015-04-24"),
    row("new", "中华人民共和国义务教育法", "全国", "2018-12-29"),
    row("law", "中华人民共和国教育法", "全国", "2021-04-29"),
]


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("泉州2025年要建多少学位", ("泉州市",)),
        ("晋江市的公办园占比", ("晋江市",)),
        ("泉州、台州怎么写教联体", ("泉州市", "台州市")),
        ("福建省有什么要求", ("泉州市", "晋江市")),
        ("课间多长", ()),
    ],
)
def test_places_of_the_library(question: str, regions: tuple[str, ...]) -> None:
    assert understand(question, ROWS).regions == regions


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("厦门市2025年新增多少学位？", ("厦门市",)),
        ("在杭州，幼儿园怎么收费", ("杭州市",)),
        ("晋江的普惠率", ()),
        ("孩子身心安康怎么保障", ()),
        ("学校和平安校园建设", ()),
    ],
)
def test_places_that_the_library_lacks(question: str, missing: tuple[str, ...]) -> None:
    assert understand(question, ROWS).missing_regions == missing


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("泉州2025年", (2025,)),
        ("2023—2025年的计划", (2023, 2024, 2025)),
        ("2022和2025年各是多少", (2022, 2025)),
        ("投入2025万元", ()),
        ("要建2000个学位", ()),
    ],
)
def test_years(question: str, years: tuple[int, ...]) -> None:
    assert understand(question, ROWS).years == years


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("泉州2025年工作要点里的课间", ("工作要点",)),
        ("要点提出了什么", ("工作要点",)),
        ("这份要点怎么写的", ()),
        ("抓不住要点怎么办", ()),
    ],
)
def test_kinds_of_documents(question: str, kinds: tuple[str, ...]) -> None:
    plan = replace(ROWS[0], metadata=replace(ROWS[0].metadata, kind="工作要点"))
    assert understand(question, [plan]).kinds == kinds


@pytest.mark.parametrize(
    "written", ["晋政办〔2022〕45号", "晋政办[2022]45号", "晋政办（2022）第45号", "晋政办2022 45号"]
)
def test_numbers_in_every_spelling(written: str) -> None:
    query = understand(f"{written}说了什么", ROWS)
    assert (query.numbers, query.years) == (("晋政办〔2022〕45号",), ())


@pytest.mark.parametrize(
    ("question", "documents", "paragraph"),
    [
        ("《义务教育法》第十三条", ("new", "old"), "第十三条"),
        ("义务教育法13条第2款怎么说", ("new", "old"), "第十三条第二款"),
        ("教育法第三十条之一", ("law",), "第三十条之一"),
        ("《中华人民共和国教育法》第一百零八条", ("law",), "第一百零八条"),
        ("《教师法》第九条", (), "第九条"),
    ],
)
def test_articles_of_named_laws(question: str, documents: tuple[str, ...], paragraph: str) -> None:
    (reference,) = understand(question, ROWS).articles
    assert (reference.documents, reference.paragraph) == (documents, paragraph)


@pytest.mark.parametrize(
    ("question", "named", "documents"),
    [
        ("《上海市实施〈义务教育法〉办法》第十条", "上海市实施义务教育法办法", ("sh",)),
        ("云川市教师轮岗实施细则（试行）第三条", "云川市教师轮岗实施细则", ("try",)),
        ("上海实施义务教育法办法第十条", "上海实施义务教育法办法", ("sh",)),
        ("请问教师轮岗实施细则第三条怎么说", "云川市教师轮岗实施细则", ("try",)),
        ("《教师轮岗实施细则》第三条", "云川市教师轮岗实施细则", ("try",)),
        ("《校长轮岗实施细则》第三条", "校长轮岗实施细则", ()),
        ("义务教育法（2018修正）第十三条", "义务教育法", ("new", "old")),
        ("《义务教育法》2015年的第十三条", "义务教育法", ("old", "new")),
    ],
)
def test_names_as_people_and_officials_write_them(question: str, named: str, documents: tuple[str, ...]) -> None:
    rows = [
        *ROWS,
        row("sh", "上海市实施《中华人民共和国义务教育法》办法", "上海市", "2009-02-24"),
        row("try", "云川市教师轮岗实施细则（试行）", "云川市", "2024-05-30"),
    ]
    (reference,) = understand(question, rows).articles
    assert (reference.named, reference.documents) == (named, documents)


def test_several_articles_and_an_item() -> None:
    both = understand("义务教育法第十三条和教育法第八条", ROWS).articles
    assert [(each.documents[0], each.label) for each in both] == [("new", "第十三条"), ("law", "第八条")]
    assert [each.label for each in understand("教育法第8、9条", ROWS).articles] == ["第八条", "第九条"]
    assert [each.label for each in understand("教育法第八条至第十条", ROWS).articles] == ["第八条", "第九条", "第十条"]
    (item,) = understand("教育法第三十条第二款第（三）项", ROWS).articles
    assert (item.paragraph, item.item) == ("第三十条第二款", "第(三)项")


def test_a_question_full_of_references_is_bounded() -> None:
    text = "".join(f"教育法第{n}条" for n in range(1, 200))
    assert len(understand(text, ROWS).articles) == 12
    assert len(understand("".join(f"泉教〔2023〕{n}号" for n in range(1, 150)), ROWS).numbers) == 12


def test_short_names_of_places_are_no_parts_of_other_words() -> None:
    rows = [
        row("cs", "长沙市教育要点", "长沙市"),
        row("csx", "长沙县教育要点", "长沙县"),
        row("pa", "平安区要点", "平安区"),
    ]
    assert understand("长沙课间多长", rows).regions == ("长沙市",)
    assert understand("长沙县课间多长", rows).regions == ("长沙县",)
    assert understand("平安校园怎么建", rows).regions == ()
    assert understand("平安区校园怎么建", rows).regions == ("平安区",)
    assert understand("2016年黄浦区报名", [row("h", "2016年上海黄浦区入学意见", "上海市")]).missing_regions == ()
    assert understand("东莞民办学校招生", ROWS).missing_regions == ("东莞市",)


def test_questions_that_can_not_be_searched_for() -> None:
    for question in ("", "  \n", "问" * (LONGEST_QUESTION + 1), "课\ud800间"):
        with pytest.raises(QuestionError):
            understand(question, ROWS)
