"""A document in the order it is read."""

import re
from html import unescape
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.load import File, discover, document_from, load
from pages.parts.addresses import Place
from pages.parts.reading import blocks, cells, outline, row_at
from pages.parts.reading_markup import page

SAMPLES = [file.path for file in discover([Path(__file__).resolve().parents[2] / "samples"])]


@pytest.fixture(params=SAMPLES, ids=lambda path: path.name)
def document(request: pytest.FixtureRequest) -> Document:
    return load(File(request.param, request.param.name))


def _visible(words: str) -> str:
    return re.sub(r"\s", "", words)


def _words(markup: str) -> str:
    """What a reader sees of the article, without the tools beside clauses."""
    article = markup.split("<article", 1)[1]
    article = re.sub(r'<span class="yj-tools">.*?</span>', "", article, flags=re.DOTALL)
    article = re.sub(r"<summary>.*?</summary>", "", article)
    return unescape(re.sub(r"<[^>]+>", "", article.partition(">")[2]))


def test_blocks_hold_every_row_once_in_order(document: Document) -> None:
    assert tuple(row for block in blocks(document) for row in block.rows) == document.clauses


def test_every_character_of_a_document_can_be_read(document: Document) -> None:
    expected = "".join(
        document.text_of(row).lstrip("# ") if row.role in {"heading", "title"} else document.text_of(row)
        for row in document.clauses
    )
    shown = _visible(_words(page(document, Place(document.id))))
    assert shown.replace("**", "") == _visible(expected).replace("**", "")
    assert document.text.count("**") == 0 or shown.count("**") < document.text.count("**")


def test_every_line_of_the_outline_leads_to_a_row(document: Document) -> None:
    ids = set(re.findall(r'id="(c\d+)"', page(document, Place(document.id))))
    entries = outline(document)
    assert entries
    assert {f"c{each.start}" for each in entries} <= ids


def test_each_clause_asked_for_is_marked_once(document: Document) -> None:
    for row in document.citable():
        end = min(row.start + 8, row.end)
        drawn = page(document, Place(document.id, row.start, row.start, end))
        marks = re.findall(r"<mark[^>]*>(.*?)</mark>", drawn, flags=re.DOTALL)
        assert _visible(unescape("".join(marks))) == _visible(document.text[row.start : end]).replace("*", "")
        assert drawn.count('class="yj-target"') == 1
        assert drawn.count("yj-chosen") == 1


def test_a_heading_and_its_clause_on_one_line_are_one_paragraph() -> None:
    made = document_from(
        "a.txt", "云川市2024年教育工作要点\n\n一、课间\n\n1.延长课间。改为15分钟。\n\n2.开放操场。周末开放。\n".encode()
    )
    kinds = [(block.kind, len(block.rows)) for block in blocks(made)]
    assert kinds == [("title", 1), ("heading", 1), ("text", 2), ("text", 2)]
    assert [(each.level, each.text) for each in outline(made)] == [
        (1, "一、课间"),
        (2, "1.延长课间"),
        (2, "2.开放操场"),
    ]


def test_an_article_is_outlined_by_its_first_words() -> None:
    text = "云川市管理办法\n\n第一条　为规范课后服务，根据有关法律法规和本市实际，制定本办法。\n\n第二条　适用本市。\n"
    made = document_from("a.txt", text.encode())
    assert [each.text for each in outline(made)] == ["第一条　为规范课后服务，根据有关法律法规…", "第二条　适用本市"]


def test_headings_of_any_family_that_are_a_number_alone_are_outlined_with_words() -> None:
    text = (
        "云川市2024年教育工作要点\n\n一、课间\n\n（一）\n\n**延长课间。** 小学课间改为十五分钟，初中参照。\n\n"
        "（二）\n\n开放操场。\n"
    )
    made = document_from("a.md", text.encode())
    assert [each.text for each in outline(made)] == [
        "一、课间",
        "（一）　延长课间。 小学课间改为十五分钟…",
        "（二）　开放操场",
    ]


def test_tables_are_tables_and_a_range_is_marked_over_its_cells() -> None:
    made = load(File(next(path for path in SAMPLES if path.name == "云川市2025年教育工作总结.docx"), "总结.docx"))
    row = next(row for row in made.clauses if row.role == "table")
    assert [made.text[a:b] for a, b in cells(made, row)] == made.text_of(row).split("\t")
    drawn = page(made, Place(made.id, row.start, row.start, row.end))
    assert re.search(rf'<tr id="c{row.start}" class="yj-chosen">(<td><mark[^>]*>[^<]+</mark></td>)+</tr>', drawn)
    assert drawn.count('class="yj-target"') == 1


def test_places_outside_a_document_mark_nothing() -> None:
    made = document_from("a.txt", "云川市2024年教育工作要点\n\n一、课间\n\n课间十五分钟。\n".encode())
    assert row_at(made, 10**9) is None
    drawn = page(made, Place(made.id, 10**9, 10**9, 10**9 + 5))
    assert "yj-target" not in drawn
