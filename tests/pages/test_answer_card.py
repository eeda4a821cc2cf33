"""An answer as it is drawn and copied: where a sentence holds, weak evidence, rows of tables, stray signs."""

import inspect
import re
from html import unescape

import pytest

import answer.caution
from answer import Answer, Citation, Statement
from index.library import Library
from index.query import Query
from ingest.document import Document
from ingest.load import document_from
from pages.parts.answer_copy import WEAK, copied
from pages.parts.answer_markup import answer_card
from pages.parts.citation_markup import Sources
from pages.parts.tables import columns, columns_of

NOTE = "云川市2024年教育工作要点\n\n一、课间\n\n1.延长课间。小学课间改为15分钟。\n"
RULES = (
    "临溪县课间管理办法\n\n第一条　课间不得少于10分钟。\n\n第二条　本办法自发布之日起施行。\n\n"
    "临溪县教育局\n2023年7月20日\n"
)


@pytest.fixture
def made(folder) -> Library:
    with Library.open(folder, create=True) as library:
        library.add(document_from("要点.txt", NOTE.encode()))
        library.add(document_from("办法.txt", RULES.encode()))
        yield library


def _answer(library: Library, quotes: list[tuple[str, str]], *, regions: tuple[str, ...] = (), cautions=()) -> Answer:
    """An answer that says these quotations of these files."""
    rows = {row.source: row for row in library.documents()}
    cited = []
    for number, (source, quote) in enumerate(quotes, 1):
        row, start = rows[source], library.document(rows[source].id).text.index(quote)
        title = row.metadata.title
        cited.append(Citation(number, row.id, source, title, None, "一、1.", start, quote, start, start + len(quote)))
    said = tuple(Statement(each.quote, (each.number,)) for each in cited)
    query = Query("课间多长？", regions=regions)
    return Answer("课间多长？", False, said, tuple(cited), (), query, None, 1.0, tuple(cautions))


def _rows(library: Library):
    return {row.id: row for row in library.documents()}


BOTH = [("要点.txt", "小学课间改为15分钟。"), ("办法.txt", "课间不得少于10分钟。")]


def test_places_that_are_compared_stand_in_a_table(made: Library) -> None:
    given = _answer(made, BOTH, regions=("云川市", "临溪县"))
    drawn = answer_card(given, Sources(_rows(made), ()))
    (table,) = re.findall(r'yj-compared"><table><tbody>(.*?)</tbody>', drawn)
    lines = [re.findall(r"<t[hd]>(.*?)</t[hd]>", line) for line in table.split("</tr>") if line]
    assert lines[0] == ["地区", "2023年", "2024年"]
    assert [line[0] for line in lines[1:]] == ["云川市", "临溪县"]
    assert lines[1][1] == lines[2][2] == '<p class="yj-none">—</p>'
    assert "小学课间改为15分钟。<a" in lines[1][2]
    assert "课间不得少于10分钟。<a" in lines[2][1]
    assert copied(given, _rows(made)).splitlines() == [
        "〔云川市2024年〕小学课间改为15分钟。[1]",
        "〔临溪县2023年发布〕课间不得少于10分钟。[2]",
        "[1] 《云川市2024年教育工作要点》一、1.",
        "[2] 《临溪县课间管理办法》一、1.",
    ]


def test_a_question_without_a_place_is_told_the_place(made: Library) -> None:
    assert "yj-holding" in answer_card(_answer(made, BOTH[:1]), Sources(_rows(made), ()))


def test_a_question_with_a_place_answered_by_one_document_needs_no_tag(made: Library) -> None:
    given = _answer(made, BOTH[:1], regions=("云川市",))
    assert "yj-holding" not in answer_card(given, Sources(_rows(made), ()))
    assert copied(given, _rows(made)).startswith("小学课间改为15分钟。[1]\n[1] 《")


def test_a_document_removed_in_the_meantime_has_no_tag(made: Library) -> None:
    assert "yj-holding" not in answer_card(_answer(made, BOTH), Sources({}, ()))


def test_weak_evidence_is_not_headed_as_an_answer(made: Library) -> None:
    given = _answer(made, BOTH, cautions=[f"{WEAK}，请核对是否切题"])
    drawn = answer_card(given, Sources(_rows(made), ()))
    assert re.findall(r"<h2>(.*?)</h2>", drawn) == ["可能有关的原文（请核对）", "出处"]
    assert copied(given, _rows(made)).startswith("可能有关的原文（请核对）：\n〔")
    strong = answer_card(_answer(made, BOTH, cautions=["文库中没有泉州市的文件"]), Sources(_rows(made), ()))
    assert re.findall(r"<h2>(.*?)</h2>", strong) == ["答", "依据"]


def test_the_caution_is_known_by_its_beginning() -> None:
    assert f'"{WEAK}' in inspect.getsource(answer.caution)


@pytest.fixture
def report(library: Library) -> Document:
    """A sample with a table of five columns."""
    return library.document(
        next(row.id for row in library.documents() if row.source == "云川市2025年教育工作总结.docx")
    )


def test_a_row_stands_under_the_headings_of_its_columns(report: Document, library: Library) -> None:
    row = next(row for row in report.clauses if row.role == "table" and "近视率" in report.text_of(row))
    quote = report.text_of(row)
    names = ("指标", "2022年实际", "2024年实际", "2025年目标", "2025年实际")  # as the document prints them
    cited = Citation(1, report.id, report.source, "总结", None, "一、表第8行", row.start, quote, row.start, row.end)
    assert columns_of([cited], library.document) == {1: names}
    given = Answer("近视率？", False, (Statement(quote, (1,)),), (cited,), (), Query("近视率？"), None, 1.0)
    drawn = answer_card(given, Sources({}, (), {1: names}))
    head, values = re.findall(r"<tr>(.*?)</tr>", drawn)
    assert re.findall(r"<th>(.*?)</th>", head) == list(names)
    assert re.findall(r"<td>(.*?)</td>", values) == ["儿童青少年总体近视率", "53.8%", "51.4%", "50.5%", "50.1%"]
    assert "指标：儿童青少年总体近视率；2022年实际：53.8%" in unescape(drawn.split("data-copy=")[-1])
    plain = answer_card(given, Sources({}, ()))
    assert "儿童青少年总体近视率 ｜ 53.8% ｜ 51.4%" in plain
    assert "<table" not in plain


def test_columns_are_known_of_whole_rows_only(report: Document, library: Library) -> None:
    row = next(row for row in report.clauses if row.role == "table")
    body = next(row for row in report.clauses if row.role == "body")
    assert columns(report, row.start, report.text_of(row)[:6]) == ()
    assert columns(report, body.start, report.text_of(body)) == ()
    assert columns(report, 10**9, "a\tb") == ()
    gone = Citation(1, "no such id", "x", "x", None, "", 0, "a\tb", 0, 3)
    assert columns_of([gone], library.document) == {}


def test_stray_signs_are_neither_shown_nor_copied(folder) -> None:
    with Library.open(folder, create=True) as made:
        made.add(
            document_from(
                "要点.md", "# 云川市2024年教育工作要点\n\n## 一、课间\n\n**延长课间。** 改为15分钟。\n".encode()
            )
        )
        given = _answer(made, [("要点.md", "**延长课间。** 改为15分钟。")])
        assert given.citations[0].quote == "**延长课间。** 改为15分钟。"
        drawn = answer_card(given, Sources(_rows(made), ()))
    assert "延长课间。 改为15分钟。" in drawn
    assert "**" not in drawn


def test_a_hostile_document_does_not_act_in_tags_and_tables(hostile: Library) -> None:
    quote = "@SUM(A1)课间休息由学校安排。"
    given = _answer(hostile, [("恶意<b>.txt", quote)])
    drawn = answer_card(given, Sources(_rows(hostile), (), {1: ("<script>alert(1)</script>",)}))
    assert "<script" not in drawn
    assert "恶意<b>" not in drawn
