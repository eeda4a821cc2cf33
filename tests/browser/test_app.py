"""What a person sees: the app in a real browser, from the first start to the marked sentence."""

from urllib.parse import parse_qs, quote, urlsplit

HOSTILE = """测试市<script>window.hacked=1</script>2025年教育工作要点

一、<img src=x onerror="window.hacked=1">加强课间管理

1.提升[点我](javascript:window.hacked=1)质量。课间$x^2$休息:red[十五分钟]，{{ 7*7 }}，<a href="https://evil.example/">外链</a>。
"""
IN_VIEW = """mark => {
    const box = mark.getBoundingClientRect();
    const bar = document.querySelector(".st-key-yj-bar").getBoundingClientRect();
    return box.top >= bar.bottom && box.bottom <= window.innerHeight && box.left >= 0 && box.right <= window.innerWidth;
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"


def test_a_link_straight_to_a_page_is_framed_on_a_server_just_started(visit) -> None:
    page = visit("search?q=" + quote("课后服务") + "&region=" + quote("云川市"))
    page.wait_for_selector(".yj-hits li", timeout=30_000)  # the sample library is made by now
    page.wait_for_function("document.querySelectorAll('.st-key-yj-bar a').length === 6")  # drawn once it has ended
    assert "筛选（已选1项）" in page.inner_text("body")
    assert page.locator(".yj-footer").count() == 1


def test_a_question_leads_to_the_marked_sentence_and_back(visit, picture) -> None:
    page = visit()
    page.wait_for_selector(".st-key-examples button")
    assert "示例文库：云川市等为虚构地名" in page.inner_text("body")
    picture(page, "ask-empty-1280")

    page.fill('input[aria-label="问题"]', "我下班晚，赶不上接孩子，学校能多看一会儿吗？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".yj-answer .yj-citations")
    picture(page, "ask-answer-1280")
    asked = page.url
    assert parse_qs(urlsplit(asked).query)["q"] == ["我下班晚，赶不上接孩子，学校能多看一会儿吗？"]

    said = page.inner_text(".yj-citations li >> nth=0 >> blockquote")
    page.click(".yj-answer a.yj-number >> nth=0")
    mark = page.wait_for_selector("mark.yj-target")
    page.wait_for_timeout(600)
    assert mark.inner_text().split() == said.split()
    assert page.evaluate(IN_VIEW, mark)
    picture(page, "read-1280")

    page.click(".yj-back a")
    page.wait_for_selector(".yj-answer .yj-citations")
    page.wait_for_function(
        "words => document.querySelector('input[aria-label=\"问题\"]')?.value === words",
        arg="我下班晚，赶不上接孩子，学校能多看一会儿吗？",
    )
    page.click("text=复制链接")
    page.wait_for_selector("text=已复制")
    assert page.evaluate("navigator.clipboard.readText()") == asked
    page.fill('input[aria-label="问题"]', "老师多久轮岗？")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.yj-said')?.innerText.includes('轮岗')")
    page.go_back()
    page.wait_for_function("document.querySelector('.yj-said')?.innerText.includes('轮岗') === false")
    assert page.url == asked


def test_a_link_with_a_question_shows_its_answer_on_a_phone(visit, picture) -> None:
    page = visit("?q=" + quote("老师在一所学校教满几年要轮岗？"), width=390, height=844)
    page.wait_for_selector(".yj-answer .yj-citations")
    assert page.evaluate(TOO_WIDE) <= 0
    picture(page, "ask-answer-390")
    page.click(".yj-answer a.yj-number >> nth=0")
    mark = page.wait_for_selector("mark.yj-target")
    page.wait_for_timeout(600)
    assert page.evaluate(IN_VIEW, mark)
    assert page.evaluate(TOO_WIDE) <= 0
    picture(page, "read-390")


def test_pages_are_reached_by_the_bar_at_any_width(visit, picture) -> None:
    for width, height in ((1280, 900), (390, 844)):
        page = visit(width=width, height=height)
        for name, shown in (
            ("检索", 'input[aria-label="检索"]'),
            ("文库", ".yj-document"),
            ("阅读", ".yj-shelf"),
            ("问答", ".st-key-examples"),
        ):
            page.click(f".st-key-yj-bar >> text={name}")
            page.wait_for_selector(shown)
            assert page.evaluate(TOO_WIDE) <= 0
            picture(page, f"{name}-{width}")


def test_clauses_are_copied_with_their_source(visit, picture) -> None:
    page = visit("search?q=" + quote("课后服务"))
    page.wait_for_selector(".yj-hits li")
    picture(page, "search-1280")
    page.click(".yj-hits li >> nth=0 >> button")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "课后服务" in copied
    assert "\n——《" in copied
    with page.expect_download() as download:
        page.click("text=下载表格（CSV")
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_wrong_address_is_told_in_chinese_and_leads_on(visit, picture) -> None:
    for path in ("serach", quote("不存在")):
        page = visit(path)
        page.wait_for_selector("text=没有这个页面，地址可能写错了。")
        page.wait_for_timeout(500)
        assert page.locator("text=Page not found").count() == 0
        assert page.locator(".st-key-yj-bar a").count() == 6
        picture(page, "wrong-address-1280")
        page.click("text=到问答")
        page.wait_for_selector(".st-key-examples button")


def test_escape_leaves_a_filter_as_it_is(visit) -> None:
    page = visit("search?q=" + quote("课后服务") + "&region=" + quote("云川市"))
    page.wait_for_selector(".yj-hits li")
    box = page.locator('[data-testid="stSelectbox"] input >> nth=0')
    assert box.input_value().startswith("云川市")
    shown = [each.get_attribute("placeholder") for each in page.locator('[data-testid="stSelectbox"] input').all()]
    assert shown == ["全部"] * 4
    box.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(800)
    assert "region=" in page.url
    box.click()
    page.wait_for_selector('[role="option"]')
    page.keyboard.press("Escape")
    page.wait_for_selector('[role="option"]', state="detached")
    page.wait_for_timeout(800)
    assert "region=" in page.url
    assert box.input_value().startswith("云川市")
    box.click()
    page.click('[role="option"] >> text="全部"')
    page.wait_for_function("!window.location.search.includes('region=')")


def test_the_tools_of_a_clause_cover_no_text(visit, picture) -> None:
    page = visit("?q=" + quote("课后服务最晚看护到几点？"))
    page.click(".yj-answer a.yj-number >> nth=0")
    page.wait_for_selector("mark.yj-target")
    page.wait_for_timeout(600)
    clause = page.locator(".yj-article p.yj-chosen")
    clause.hover()
    tools = clause.locator(".yj-tools")
    assert (
        tools.evaluate(
            "tools => { const t = tools.getBoundingClientRect();"
            " return [...document.querySelectorAll('.yj-article p > span:not(.yj-tools), .yj-article strong')]"
            ".some(each => [...each.getClientRects()].some(r => r.left < t.right && r.right > t.left"
            " && r.top < t.bottom && r.bottom > t.top)); }"
        )
        is False
    )
    picture(page, "read-tools-1280")
    tools.locator("button").click()
    page.wait_for_selector("text=已复制")


def test_an_uploaded_document_is_found_shown_and_never_acts(visit, picture) -> None:
    page = visit("library")
    page.wait_for_selector(".yj-document")
    files = [
        {"name": "恶意<img src=x onerror=window.hacked=1>.txt", "mimeType": "text/plain", "buffer": HOSTILE.encode()},
        {"name": "空.txt", "mimeType": "text/plain", "buffer": b""},
    ]
    page.set_input_files('input[type="file"]', files)
    page.wait_for_selector('[data-testid="stFileUploaderFile"], [data-testid="stFileChip"]')
    picture(page, "library-chosen-1280")
    page.click("text=添加到文库")
    page.wait_for_selector(".yj-outcomes")
    assert "1份没有添加" in page.inner_text("body")
    picture(page, "library-added-1280")

    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')  # drawn, no more replaced
    page.click(".yj-outcomes a")
    page.wait_for_selector(".yj-article")
    assert "<script>window.hacked=1</script>" in page.inner_text(".yj-article")
    picture(page, "hostile-1280")
    page.goto(
        page.url.split("read?")[0] + "?q=" + quote('课间$x^2$休息:red[十五分钟]<img src=x onerror="window.hacked=1">')
    )
    page.wait_for_selector(".yj-hits")
    assert "$x^2$休息:red[十五分钟]" in page.inner_text(".yj-hits")
    assert page.evaluate("window.hacked === undefined")
