"""检索."""

import re


def test_clauses_are_listed_with_reasons_and_the_way_to_the_original(library, page, drawn) -> None:
    app = page("search", q="课后服务 延时看护")
    assert not app.exception
    body = drawn(app)
    assert body.count('<li><span class="yj-rank">') == 20
    assert "原词：" in body
    assert re.search(r'href="read\?document=\w+&amp;clause=\d+&amp;from=\d+&amp;to=\d+', body)
    app.button(key="more").click().run()
    assert drawn(app).count('<li><span class="yj-rank">') == 40


def test_exact_search_finds_what_holds_the_phrase(library, page, drawn) -> None:
    app = page("search", q="课间10分钟调整为15分钟", exact="1")
    assert app.checkbox(key="exact").value
    body = drawn(app)
    assert "共1条含有这些词句，列出1条" in body
    assert app.query_params["exact"] == "1"


def test_nothing_found_says_what_to_try(library, page, drawn) -> None:
    assert "没有找到条款" in drawn(page("search", q="火星移民", exact="1"))


def test_the_list_can_be_downloaded(library, page) -> None:
    app = page("search", q="课后服务")
    number = library.search("课后服务", k=10**6).total
    assert number > 20
    assert [button.proto.label for button in app.get("download_button")] == [f"下载表格（CSV，{min(number, 200)}条）"]


def test_a_number_is_told_on_pointing_at_its_grade(library, page, drawn) -> None:
    body = drawn(page("search", q="孩子放学没人接"))
    assert re.search(r'<span title="相似度0\.\d\d">语义相近（[高中低]）</span>', body)
    assert not re.search(r"语义相近（\d", body)


def test_a_hostile_document_is_shown_as_it_is_written(hostile, page, drawn) -> None:
    app = page("search", q="课间休息")
    assert not app.exception
    body = drawn(app)
    assert "<script" not in body
    assert "<img" not in body
    assert "&lt;img src=x onerror=&quot;window.hacked=1&quot;&gt;" in body
