"""How an answer came about, held against the search and the answer; answers as Word files; comparisons."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from answer import answer
from answer.comparison import comparison_of
from answer.explain import explain, understood
from answer.word_file import word_file
from index.library import Library
from index.query import understand
from pages.parts.explained import explanation


def test_rankings_are_those_of_the_search(sample_library: Library) -> None:
    question = "云川市2025年课间要多长时间？"
    found, result = explain(sample_library, question), sample_library.search(question)
    scores = [each.score for each in result.passages]
    assert [each.score for each in found.fused] == pytest.approx(sorted(scores, reverse=True)[:5])
    assert found.by_meaning[0].score == pytest.approx(max(each.dense for each in result.passages))
    assert found.by_words[0].score == pytest.approx(max(each.lexical for each in result.passages))
    assert dict(found.understood) == {"地区": "云川市", "年份": "2025", "问的是": "数字"}
    assert found.weight == pytest.approx(0.02 + 0.2 * found.confidence**2)


def test_what_was_said_is_ticked(sample_library: Library) -> None:
    question = "云川市2025年课间要多长时间？"
    said = answer(sample_library, question).text
    ticked = [each for each in explain(sample_library, question).evidence if each.chosen]
    assert ticked
    assert all(each.text.rstrip("；。") in said for each in ticked)


def test_the_margin_tells_refusals_from_answers(sample_library: Library) -> None:
    assert (explain(sample_library, "课间多长时间？").margin or 0) > 0
    assert (explain(sample_library, "感冒了能不能喝酒？").margin or 0) < 0
    assert explain(sample_library, "《云川市中小学校课后服务管理办法》第十一条").margin is None


@pytest.mark.parametrize(
    "question",
    [
        "课间多长时间？",
        "感冒了能不能喝酒？",
        "杭州市2025年新增多少学位？",
        "云川市2031年的近视率是多少？",
        "云川市为什么取消了课后服务？",
        "《云川市中小学校课后服务管理办法》第十一条",
    ],
)
def test_what_is_explained_is_what_was_done(sample_library: Library, question: str) -> None:
    given, found = answer(sample_library, question), explain(sample_library, question)
    assert found.missing == given.missing
    words = explanation(found)
    assert ("结论：作答" in words) != given.refused
    assert (f"没有依据（{given.missing}）" in words) == given.refused


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("课后服务收多少钱？", "数字"),
        ("课后服务由谁负责？", "谁负责"),
        ("能不能带手机进学校？", "是或否"),
        ("校园欺凌怎么表述？", "措辞"),
        ("有哪些减负措施？", "有哪些"),
        ("课后服务的时间安排", "有关规定"),
    ],
)
def test_what_is_asked_for(sample_library: Library, question: str, asked: str) -> None:
    named = dict(understood(understand(question, sample_library.snapshot().documents)))
    assert named["问的是"] == asked


def test_places_are_compared_side_by_side(sample_library: Library) -> None:
    given = answer(sample_library, "临溪县和石桥县2025年课间各怎么安排？")
    rows = {row.id: row for row in sample_library.snapshot().documents}
    found = comparison_of(given, rows)
    assert found is not None
    assert found.places[:2] == ("临溪县", "石桥县")
    for (place, _), said in found.cells.items():
        cited = {rows[given.citations[n - 1].document].metadata.region for each in said for n in each.citations}
        assert cited == {place}
    assert comparison_of(answer(sample_library, "云川市2025年课间要多长时间？"), rows) is None


def test_a_word_file_has_the_layout_of_official_documents() -> None:
    file = Document(
        BytesIO(word_file("课间多长？", ["延长至15分钟。[1]"], ["[1] 《要点》一、1.：“延长\x0b至15分钟”"], ["请核对"]))
    )
    section = file.sections[0]
    assert abs(section.page_width - Mm(210)) < 1000
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins] == [37, 35, 28, 26]
    title, _, said, note, head, source = file.paragraphs
    assert [each.text for each in (title, said, note, head)] == [
        "课间多长？",
        "延长至15分钟。[1]",
        "注：请核对。",
        "依据",
    ]
    assert source.text == "[1] 《要点》一、1.：“延长至15分钟”"
    run = said.runs[0]
    assert (run.font.size, run._element.rPr.rFonts.get(qn("w:eastAsia"))) == (Pt(16), "仿宋_GB2312")
    assert title.runs[0].font.size == Pt(22)
    assert "PAGE" in section.footer._element.xml
