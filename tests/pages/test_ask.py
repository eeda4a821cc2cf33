"""问答."""

import re
from html import unescape
from pathlib import Path

import pytest

from index.library import Library


def test_a_question_is_answered_with_citations_that_lead_to_their_sentences(library, page, drawn) -> None:
    app = page(q="课后服务最晚看护到几点？")
    assert not app.exception
    body = drawn(app)
    assert "云川市等为虚构地名" in body
    links = [unescape(link) for link in re.findall(r'href="(read\?[^"]*from=[^"]*)" class="yj-number"', body)]
    assert links
    quotes = re.findall(r"</h3><blockquote>(.*?)</blockquote>", body)
    for link, quote in zip(links, quotes, strict=False):
        document, start, end = re.search(r"document=(\w+).*from=(\d+)&to=(\d+)", link).groups()
        said = library.document(document).text[int(start) : int(end)]
        assert re.sub(r"\s|｜", "", unescape(quote)) == re.sub(r"\s", "", said)


def test_examples_are_offered_and_taken(library, page, drawn) -> None:
    app = page()
    example = app.button(key="example-0")
    assert example.label == "课间能不能多歇一会儿？"
    example.click().run()
    assert not app.exception
    assert app.query_params["q"] == "课间能不能多歇一会儿？"
    assert app.text_input(key="question").value == "课间能不能多歇一会儿？"
    assert "yj-answer" in drawn(app)


def test_a_typed_question_goes_into_the_address(library, page, drawn) -> None:
    app = page()
    app.text_input(key="question").input("老师多久轮岗？")
    next(button for button in app.button if button.label == "查依据").click()
    app.run()
    assert app.query_params["q"] == "老师多久轮岗？"
    assert "yj-answer" in drawn(app)


def test_a_question_is_still_there_on_coming_back(library, page) -> None:
    app = page(q="老师多久轮岗？")
    app.switch_page("pages/library.py").run()
    app.switch_page("pages/ask.py").run()
    assert app.text_input(key="question").value == "老师多久轮岗？"


def test_going_back_shows_the_question_of_the_address(library, page, drawn) -> None:
    app = page(q="老师多久轮岗？", kind="工作要点")
    app.query_params.clear()
    app.query_params["q"] = "课间多长？"
    app.run()
    assert app.text_input(key="question").value == "课间多长？"
    assert app.selectbox(key="filter-文种").value is None
    app.query_params.clear()
    app.run()
    assert app.text_input(key="question").value == ""
    assert "yj-answer" not in drawn(app)


def test_a_filter_is_chosen_and_taken_back(library, page) -> None:
    app = page(q="课后服务")
    app.selectbox(key="filter-文种").select("管理办法").run()
    assert app.query_params == {"q": "课后服务", "kind": "管理办法"}
    app.selectbox(key="filter-文种").select(None).run()
    assert app.query_params == {"q": "课后服务"}


def test_an_empty_question_is_asked_for(library, page, drawn) -> None:
    app = page()
    next(button for button in app.button if button.label == "查依据").click()
    app.run()
    assert "请输入问题" in drawn(app)
    assert not app.exception


def test_a_question_too_long_is_told_its_length(library, page, drawn) -> None:
    app = page(q="课" * 2001)
    assert "问题有2001个字，请缩短到2000字以内" in drawn(app)
    assert not app.exception


def test_a_refusal_says_what_is_missing_and_lists_the_nearest_clauses(library, page, drawn) -> None:
    body = drawn(page(q="泉州市课间休息多长时间？"))
    assert "没有找到依据" in body
    assert "泉州市" in body
    assert "最接近的条款" in body


def test_a_refusal_that_is_not_certain_points_to_the_nearest_clauses(page, drawn) -> None:
    body = drawn(page(q="小孩上课能不能揣着手机？"))
    assert "没有找到确切的依据" in body
    assert "可能有关，请看原文" in body
    assert "不足以作为依据" in drawn(page(q="泉州市课间休息多长时间？"))


def test_filters_of_the_address_hold(library, page, drawn) -> None:
    app = page(q="课后服务", kind="管理办法", year="1999")
    assert app.selectbox(key="filter-文种").value == "管理办法"
    assert app.selectbox(key="filter-年份").value is None
    assert app.query_params.get("kind") == "管理办法"
    assert "year" not in app.query_params
    documents = set(re.findall(r"document=(\w+)", drawn(app)))
    assert documents == {row.id for row in library.documents() if row.metadata.kind == "管理办法"}


def test_an_empty_library_leads_to_where_files_are_added(folder: Path, page, drawn) -> None:
    Library.open(folder, create=True).close()
    body = drawn(page(q="课间"))
    assert "文库里还没有文件" in body
    assert "虚构" not in body


@pytest.mark.parametrize("question", ["课间$x^2$休息:red[十五分钟]", '<img src=x onerror="window.hacked=1">课间'])
def test_nothing_of_documents_and_questions_acts(hostile, page, drawn, question: str) -> None:
    app = page(q=question)
    assert not app.exception
    assert not app.markdown
    body = drawn(app)
    assert not re.search(r"<(?:script|img|iframe|object|svg|style)", body, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', body))
    assert all(re.match(r"\./|read\?|search|library|#c", link) for link in re.findall(r'href="([^"]*)"', body))
    assert "&lt;script&gt;" in body
