"""What drafting staff do on the page 拟稿, in a real browser, at the width of a desk and of a phone."""

import io
from urllib.parse import quote

import pytest
from PIL import Image

TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def downloaded(page, name: str) -> bytes:
    page.wait_for_timeout(1500)  # the run ends: a file that is made on demand belongs to one run of the page
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return waiting.value.path().read_bytes()


@WIDTHS
def test_a_wording_is_found_taken_and_downloaded(visit, picture, width: int) -> None:
    page = visit("desk?tool=wording&q=" + quote("延长课间休息时间"), width=width)
    page.wait_for_selector(".yj-precedent .yj-same")
    page.wait_for_selector(".yj-footer")  # all is drawn: nothing moves under the pointer any more
    picture(page, f"wording-{width}")
    first = page.locator(".yj-precedent b").first.inner_text()
    page.locator(".st-key-take-0-0-0 button").click()
    page.get_by_text("摘录篮（1条）").click()
    assert downloaded(page, "下载 Word").startswith(b"PK")
    assert page.locator(".yj-basket li").inner_text().startswith(first)
    assert f"> {first}[^1]" in downloaded(page, "下载 Markdown").decode()
    assert page.evaluate(TOO_WIDE) <= 0


@WIDTHS
def test_documents_are_compared(visit, picture, width: int) -> None:
    page = visit("desk?tool=compare", width=width)
    box = page.locator("[data-testid=stMultiSelect] input")
    for name in ("云川市2024年教育工作要点", "云川市2025年教育工作要点"):
        box.click()
        box.fill(name)
        page.get_by_role("option", name=name).first.click()
    page.wait_for_selector(".yj-sides")
    page.locator("h1").click()  # closes the list
    assert page.locator(".yj-sides thead th").count() == 2
    assert page.locator(".yj-change-new").count() > 0
    picture(page, f"compare-{width}")
    assert downloaded(page, "下载 Excel").startswith(b"PK")
    assert page.evaluate(TOO_WIDE) <= 0


@WIDTHS
def test_a_chart_becomes_a_picture(visit, picture, width: int) -> None:
    page = visit("desk?tool=targets", width=width)
    page.wait_for_selector(".yj-bar-row")
    picture(page, f"targets-{width}")
    drawn = Image.open(io.BytesIO(downloaded(page, "存为图片（PNG）"))).convert("RGB")
    assert drawn.size[0] == 1800
    colours = {colour for _, colour in drawn.getcolors(1 << 20)}
    assert (0x23, 0x42, 0x6B) in colours
    assert len(colours) > 20  # letters, with their edges
    assert page.evaluate(TOO_WIDE) <= 0


@WIDTHS
def test_duties_lead_to_their_clause(visit, picture, width: int) -> None:
    page = visit("desk?tool=duties", width=width)
    page.wait_for_selector(".yj-ledger")
    picture(page, f"duties-{width}")
    assert page.evaluate(TOO_WIDE) <= 0
    page.locator(".yj-ledger .yj-drawn-from a").first.click()
    page.wait_for_selector(".yj-chosen")


@WIDTHS
def test_collocations(visit, picture, width: int) -> None:
    page = visit("desk?tool=collocations", width=width)
    page.fill('input[aria-label="格式"]', "…覆盖率")
    page.keyboard.press("Enter")
    page.wait_for_selector(".yj-filling")
    picture(page, f"collocations-{width}")
    assert page.evaluate(TOO_WIDE) <= 0


@WIDTHS
def test_a_draft_is_checked(visit, picture, width: int) -> None:
    page = visit("desk?tool=check", width=width)
    page.locator("textarea").fill("按照《云川市中小学课后服务管理办法》第九十九条执行。")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".yj-findings")
    assert page.locator(".yj-findings li").count() == 2
    picture(page, f"check-{width}")
    assert downloaded(page, "下载带批注的 Word").startswith(b"PK")
    assert page.evaluate(TOO_WIDE) <= 0
