"""What a person does with an answer, in a browser: look at a quotation, go on asking, keep, judge, record a gap."""

from urllib.parse import quote

import pytest

TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
LATE = "课后服务最晚看护到几点？"
BOTH = "临溪县和石桥县2025年课间各怎么安排？"


def ask(page, question: str, shown: str) -> None:
    page.fill('input[aria-label="问题"]', question)
    page.keyboard.press("Enter")
    page.wait_for_selector(shown)
    page.wait_for_timeout(1500)  # the run ends: a file that is made on demand belongs to one run of the page


def test_a_number_pointed_at_shows_its_quotation_and_the_clause_unfolds(visit, picture) -> None:
    page = visit("?q=" + quote(BOTH))
    page.wait_for_selector(".yj-compared")
    peek = page.locator(".yj-compared .yj-peek >> nth=0")
    assert not peek.is_visible()
    page.hover(".yj-compared .yj-number >> nth=0")
    assert peek.is_visible()
    assert "《" in peek.inner_text()
    box = peek.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    picture(page, "answer-compared-1280")
    page.click(".yj-whole summary >> nth=0")
    whole, said = page.inner_text(".yj-whole blockquote >> nth=0"), page.inner_text(".yj-whole mark >> nth=0")
    assert said in whole
    assert len(whole) > len(said)


def test_a_follow_up_is_asked_kept_and_judged(visit, picture) -> None:
    page = visit("?q=" + quote("云川市2025年近视率是多少？"))
    page.wait_for_selector(".yj-citations")
    ask(page, "那2024年呢？", ".yj-followed")
    assert page.input_value('input[aria-label="问题"]') == "云川市2024年近视率是多少？"
    with page.expect_download() as download:
        page.click("text=下载 Word")
    assert download.value.path().read_bytes().startswith(b"PK")
    page.click("text=评价")
    page.click("text=答得对")
    page.click('button:has-text("提交")')
    page.wait_for_selector("text=评价已记下")
    page.keyboard.press("Escape")
    page.click("text=保存这个回答")
    page.wait_for_selector("text=已保存")
    picture(page, "answer-kept-1280")
    page.click("text=打开保存的回答")
    page.wait_for_selector("text=依据至今没有变动")
    picture(page, "kept-1280")


def test_a_refusal_says_why_and_the_gap_reaches_the_librarian(visit, picture) -> None:
    question = "杭州市2025年新增多少学位？"
    page = visit("?q=" + quote(question))
    page.wait_for_selector(".yj-refused")
    assert page.locator(".yj-short").count() == 10
    picture(page, "refused-1280")
    page.click("text=记下这个缺口")
    page.wait_for_selector("text=已记入缺口清单")
    page.click(".st-key-yj-bar >> text=文库")
    page.wait_for_selector(f".yj-notes >> text={question}")
    with page.expect_download() as download:
        page.click("text=下载缺口清单")
    assert question in download.value.path().read_text(encoding="utf-8-sig")
    picture(page, "notes-1280")


def test_the_explanation_is_drawn(visit, picture) -> None:
    page = visit("?q=" + quote(LATE))
    page.wait_for_selector(".yj-citations")
    page.click("text=这个回答是怎么来的")
    page.wait_for_selector(".yj-explained")
    assert page.locator(".yj-explained .yj-table").count() == 4
    picture(page, "explained-1280")


@pytest.mark.parametrize("question", [BOTH, "杭州市2025年新增多少学位？"])
def test_answers_fit_a_phone(visit, picture, question: str) -> None:
    page = visit("?q=" + quote(question), width=390, height=844)
    page.wait_for_selector(".yj-answer")
    page.wait_for_timeout(500)
    assert page.evaluate(TOO_WIDE) <= 0
    page.click("text=这个回答是怎么来的")
    page.wait_for_selector(".yj-explained")
    assert page.evaluate(TOO_WIDE) <= 0
    picture(page, f"answer-{'compared' if question == BOTH else 'refused'}-390")
