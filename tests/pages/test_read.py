"""阅读."""

import re

from index.library import Library
from ingest.document import document_id
from ingest.load import document_from

NOTE = document_id("云川市2024年教育工作要点.txt")


def test_the_sentence_of_an_address_is_marked(library, page, drawn) -> None:
    quote = "在望江区60所小学、初中试点将课间10分钟调整为15分钟"
    text = library.document(NOTE).text
    start = text.index(quote)
    clause = next(row for row in library.document(NOTE).clauses if row.start <= start < row.end)
    app = page(
        "read", document=NOTE, clause=str(clause.start), from_=str(start), to=str(start + len(quote)), q="课间多长？"
    )
    assert not app.exception
    body = drawn(app)
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", body) == [quote]
    assert "← 回到问题：课间多长？" in body
    assert "云川市等为虚构地名" in body


def test_without_a_document_all_can_be_chosen(library, page, drawn) -> None:
    body = drawn(page("read"))
    assert body.count('href="read?document=') == 3


def test_an_unknown_document_leads_to_the_library(library, page, drawn) -> None:
    app = page("read", document="<script>")
    assert not app.exception
    assert "文库里没有这份文件" in drawn(app)


def test_numbers_that_are_none_are_left_aside(library, page, drawn) -> None:
    app = page("read", document=NOTE, clause="x", from_="-1", to="99999999999999999999")
    assert not app.exception
    assert "yj-target" not in drawn(app)


def test_a_hostile_document_is_shown_as_it_is_written(hostile, page, drawn) -> None:
    app = page("read", document=hostile.documents()[0].id)
    assert not app.exception
    assert not app.markdown
    body = drawn(app)
    assert not re.search(r"<(?:script|img|iframe|object|svg|style)", body, re.IGNORECASE)
    assert "测试市&lt;script&gt;window.hacked=1&lt;/script&gt;" in body
    assert "$x^2$休息:red[十五分钟]，{{ 7*7 }}，**粗体**" in body


def test_a_law_of_sixty_thousand_characters_is_read_whole(folder, page, drawn) -> None:
    articles = "\n\n".join(f"第{_chinese(n)}条　学校应当{'保障学生休息，' * 26}。" for n in range(1, 330))
    document = document_from("长法.txt", f"云川市学生休息条例\n\n{articles}\n".encode())
    assert len(document.text) > 60_000
    with Library.open(folder, create=True) as made:
        made.add(document)
    last = list(document.citable())[-1]
    app = page("read", document=document.id, clause=str(last.start))
    assert not app.exception
    assert drawn(app).count('<p class="yj-chosen yj-target">') == 1


def _chinese(number: int) -> str:
    from ingest.numerals import to_chinese

    return to_chinese(number)
