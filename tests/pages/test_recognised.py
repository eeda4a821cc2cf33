"""Recognised text is marked wherever it is cited."""

from dataclasses import replace
from pathlib import Path

from answer import answer
from index.library import Library
from ingest.document import Reading, Recognised, confidence_in
from ingest.load import build
from pages.parts.answer_markup import answer_card
from pages.parts.citation_markup import Sources
from pages.parts.hits_markup import hit_list

TEXT = (
    "临溪县课后服务管理办法\n第一条 课后服务每天不少于两小时，结束时间与下班时间相衔接。\n"
    "第二条 课后服务收费标准每学期公布一次。"
)


def library(folder: Path, confidence: float) -> Library:
    made = Library.open(folder, create=True)
    first = TEXT.index("第一条")
    reading = Reading(TEXT, "image", recognised=(Recognised(first, TEXT.index("第二条"), confidence),))
    made.add(build("办法.jpg", "x", reading))
    return made


def test_hits_and_citations_carry_the_confidence(tmp_path: Path) -> None:
    with library(tmp_path, 0.71) as made:
        given = answer(made, "临溪县课后服务每天几小时")
        drawn = hit_list(given.hits, given.question, frozenset())
        assert "识别文字 71%，请核对原件" in drawn
        card = answer_card(given, Sources({row.id: row for row in made.documents()}, frozenset()))
        assert "识别文字 71%" in card
        assert any("由图片识别得到" in caution for caution in given.cautions)


def test_printed_clauses_carry_none(tmp_path: Path) -> None:
    with library(tmp_path, 0.9) as made:
        hits = made.search("收费标准多久公布一次", k=1).hits
        assert hits[0].clause.clause.label == "第二条"
        assert "识别文字" not in hit_list(hits, "收费标准", frozenset())


def test_confidence_survives_the_library(tmp_path: Path) -> None:
    with library(tmp_path, 0.9) as made:
        (row,) = made.documents()
        document = made.document(row.id)
        assert document.reading.recognised == row.recognised
        assert row.confidence(0, 5) is None
        assert confidence_in(replace(document.reading).recognised, 14, 20) == 0.9
