"""What 问答 offers beyond an answer: follow-ups, corrections, Word, keeping, feedback, gaps, the explanation."""

import re
from io import BytesIO

from docx import Document

from answer import answer
from answer.explain import explain
from index.notebook import FILE, Notebook
from pages.parts.answer_copy import copied_markdown
from pages.parts.answer_tools import as_word
from pages.parts.notes import csv_of_gaps

LATE = "课后服务最晚看护到几点？"


def send(app, question: str):
    app.text_input(key="question").input(question)
    next(button for button in app.button if button.label == "查依据").click()
    return app.run()


def test_a_follow_up_is_put_whole_into_the_box(library, page, drawn) -> None:
    app = page(q="云川市2025年近视率是多少？")
    send(app, "那2024年呢？")
    assert app.text_input(key="question").value == "云川市2024年近视率是多少？"
    assert app.query_params["q"] == "云川市2024年近视率是多少？"
    body = drawn(app)
    assert "把“那2024年呢？”理解为“云川市2024年近视率是多少？”" in body
    assert "只按原话查" in body
    send(app, LATE)
    assert "理解为" not in re.sub(r"“[^”]*”按“[^”]*”理解", "", drawn(app))


def test_the_questions_of_a_visit_are_listed(library, page, drawn) -> None:
    app = page(q=LATE)
    assert "本次问过的问题" not in drawn(app)
    send(app, "老师多久轮岗？")
    assert "本次问过的问题（1）" in drawn(app)
    assert LATE in drawn(app)


def test_a_word_is_read_another_way_on_request(library, page, drawn) -> None:
    app = page(q="放学托管最晚到几点？")
    assert "理解" in drawn(app)
    (choice,) = [box for box in app.selectbox if box.key.startswith("reading-")]
    word = choice.key.removeprefix("reading-")
    other = choice.options[1]
    choice.select(other).run()
    assert not app.exception
    assert app.session_state["chosen"] == ("放学托管最晚到几点？", {word: other})
    app.toggle(key="explained").set_value(True).run()
    asked = explain(library, "放学托管最晚到几点？".replace(word, other))
    assert f"{asked.by_words[0].score:.3f}" in drawn(app)
    assert asked.by_words != explain(library, "放学托管最晚到几点？").by_words
    restore = next(button for button in app.button if button.key == f"unread-{word}")
    restore.click().run()
    assert app.session_state["chosen"] == ("放学托管最晚到几点？", {})


def test_an_answer_is_kept_and_opened_again(library, page, drawn) -> None:
    app = page(q=LATE)
    app.button(key="keep").click().run()
    name = re.search(r"\?kept=(\w+)", drawn(app))[1]
    again = page(kept=name)
    body = drawn(again)
    assert LATE in body
    assert "依据至今没有变动" in body
    for row in library.documents():
        library.remove(row.id)
    assert "文件已从文库移除" in drawn(page(kept=name))
    assert "没有这个保存的回答" in drawn(page(kept="<script>"))


def test_feedback_reaches_the_librarian(library, page, drawn) -> None:
    app = page(q=LATE)
    app.radio(key="verdict").set_value("不完整")
    app.text_area(key="said-of-it").input("<b>没说寒暑假</b>")
    next(button for button in app.button if button.label == "提交").click()
    app.run()
    assert "评价已记下" in drawn(app)
    (said,) = Notebook(library.folder).feedback()
    assert (said.question, said.verdict, said.words) == (LATE, "incomplete", "<b>没说寒暑假</b>")
    shelf = drawn(page("library"))
    assert "缺口和评价" in shelf
    assert "&lt;b&gt;没说寒暑假" in shelf


def test_a_gap_is_recorded_and_taken_off(library, page, drawn) -> None:
    question = "泉州市课间休息多长时间？"
    app = page(q=question)
    body = drawn(app)
    assert "查找了" in body
    assert "不足以作答" in body
    app.button(key="gap").click().run()
    assert "已记入缺口清单" in drawn(app)
    assert [gap.question for gap in Notebook(library.folder).gaps()] == [question]
    shelf = page("library")
    assert question in drawn(shelf)
    shelf.selectbox(key="closing").select(question).run()
    shelf.button(key="close-gap").click().run()
    assert Notebook(library.folder).gaps() == []


def test_notes_that_can_not_be_written_are_told(library, page, drawn) -> None:
    (library.folder / FILE).mkdir()
    app = page(q=LATE)
    app.button(key="keep").click().run()
    assert not app.exception
    assert "没有保存" in drawn(app)


def test_the_explanation_is_there_on_asking(library, page, drawn) -> None:
    app = page(q=LATE)
    assert "怎样理解问题" not in drawn(app)
    app.toggle(key="explained").set_value(True).run()
    assert not app.exception
    body = drawn(app)
    assert all(words in body for words in ("怎样理解问题", "按意思相近排列", "取用哪些句子", "结论：作答"))


def test_the_word_file_holds_the_answer(library) -> None:
    given = answer(library, LATE)
    rows = {row.id: row for row in library.documents()}
    words = [paragraph.text for paragraph in Document(BytesIO(as_word(given, rows))).paragraphs]
    assert words[0] == LATE
    assert any(given.statements[0].text in each for each in words)
    assert any(given.citations[0].reference in each and given.citations[0].quote in each for each in words)


def test_markdown_holds_question_sentences_and_quotations(library) -> None:
    given = answer(library, LATE)
    text = copied_markdown(given, {row.id: row for row in library.documents()})
    assert text.startswith(f"## {LATE}\n")
    assert f"> {given.citations[0].quote}" in text


def test_no_cell_of_the_gap_list_acts(library) -> None:
    Notebook(library.folder).record_gap("=1+1", "@SUM(A1)")
    table = csv_of_gaps(Notebook(library.folder).gaps()).decode("utf-8-sig")
    assert table.splitlines()[1].startswith("'=1+1,'@SUM(A1),1,")
