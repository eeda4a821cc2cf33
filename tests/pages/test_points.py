"""What a question asks for by name stands before the sentences: on the page, and in what is copied."""

from dataclasses import replace

from answer import answer
from answer.records import Point
from pages.parts.answer_copy import copied, copied_markdown, point_lines
from pages.parts.answer_markup import answer_card
from pages.parts.citation_markup import Sources

SEVERAL = "2025年新增多少学位"


def test_points_name_their_place_where_several_documents_answer(sample_library) -> None:
    given = answer(sample_library, SEVERAL)
    rows = {row.id: row for row in sample_library.snapshot().documents}
    lines = point_lines(given, rows)
    assert "〔云川市2025年〕新增学位：1.16万个[1]" in lines
    assert copied(given, rows).startswith(lines[0])
    assert "- 〔云川市2025年〕新增学位：1.16万个" in copied_markdown(given, rows)
    card = answer_card(given, Sources(rows, frozenset(), {}, {}))
    before, _, said = card.partition('class="yj-said"')
    assert "云川市 2025 新增学位" in before
    assert "1.16万个" in before
    assert "新增学位1.16万个" in said


def test_points_are_drawn_where_something_is_asked_for(page, drawn) -> None:
    body = drawn(page(q="幼儿园嫌我家孩子有残疾不想收，可以这样吗？"))
    assert "yj-points" in body
    assert "不得因残疾拒绝其入园" in body
    assert "yj-points" not in drawn(page(q="石桥县乡村教师有什么补贴"))


def test_words_of_documents_do_not_act_in_points(sample_library) -> None:
    given = answer(sample_library, SEVERAL)
    hostile = replace(given, points=(Point("<b>学位</b>", "<script>1</script>万个", 1, note="<i>x</i>"),))
    rows = {row.id: row for row in sample_library.snapshot().documents}
    card = answer_card(hostile, Sources(rows, frozenset(), {}, {}))
    assert "&lt;script&gt;1" in card
    assert not any(sign in card for sign in ("<script>", "<b>学位", "<i>x"))
