"""Web pages: visible text in order, tables as rows, furniture marked, encodings, titles."""

import pytest

from ingest.document import Reading
from ingest.errors import EmptyFile
from ingest.reading import read_bytes

ARTICLE = "".join(f"<p>{n}、各校要落实课后服务要求，做好安排；有困难的，及时报告教育局。</p>" for n in "一二三")
LINES = [f"{n}、各校要落实课后服务要求，做好安排；有困难的，及时报告教育局。" for n in "一二三"]


def page(body: str, head: str = "") -> Reading:
    return read_bytes("页.html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def furniture(reading: Reading) -> list[str]:
    return [reading.text[start:end] for start, end in reading.furniture]


def tables(reading: Reading) -> list[str]:
    return [reading.text[table.start : table.end] for table in reading.tables]


def test_one_block_is_one_line_with_white_space_as_a_browser_shows_it() -> None:
    reading = page("<h1>通 知</h1>\n<p>  第一   段\n<b>粗</b>体&nbsp;x<br>软换行</p><div>a\n b<p>c</p>d</div>")
    assert reading.text == "通 知\n第一 段粗体\xa0x\n软换行\na b\nc\nd"


def test_line_ends_of_the_source_between_han_are_no_spaces() -> None:
    assert page("<p>各市教育\n  局：English\nwords 中\nx</p>").text == "各市教育局：English words 中 x"


def test_what_a_browser_hides_is_left_out_and_counted() -> None:
    reading = page(
        "<p>正文</p><script>var x='脚本'</script><style>p{}</style><noscript>无脚本</noscript><!-- 注 -->"
        "<template><p>模板</p></template><div style='display: none'>藏一</div><p hidden>藏二</p><p hidden></p>"
    )
    assert (reading.text, reading.warnings) == ("正文", ("有 2 处网页隐藏文字未收录",))


def test_preformatted_text_keeps_its_lines() -> None:
    assert page("<pre>一\n　　二\n\n三</pre>").text == "一\n　　二\n三"


def test_a_table_of_data_is_one_line_a_row() -> None:
    reading = page(
        "<p>前</p><table><tr><th>学校</th><th>计划<br>人数</th></tr>"
        "<tr><td><p>一小</p></td><td> 120 </td></tr></table><p>后</p>"
    )
    assert reading.text == "前\n学校\t计划 人数\n一小\t120\n后"
    assert tables(reading) == ["学校\t计划 人数\n一小\t120"]


def test_rowspan_is_repeated_and_colspan_keeps_columns_in_line() -> None:
    reading = page(
        "<table><tr><td rowspan=3>区</td><td colspan=2>人数</td></tr><tr><td>男</td><td>女</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    assert tables(reading) == ["区\t人数\t\n区\t男\t女\n区\t1\t2"]


def test_a_caption_row_stands_before_the_table() -> None:
    reading = page(
        "<table><tr><td colspan=2>附件1 一览表</td></tr><tr><td>甲</td><td>乙</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>"
    )
    assert reading.text == "附件1 一览表\n甲\t乙\n1\t2"
    assert tables(reading) == ["甲\t乙\n1\t2"]


def test_a_layout_table_is_no_table() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    reading = page(f"<table><tr><td>左</td><td>{ARTICLE}{inner}</td></tr><tr><td>下</td><td></td></tr></table>")
    assert reading.text == "\n".join(["左", *LINES, "甲\t乙\n1\t2", "下"])
    assert tables(reading) == ["甲\t乙\n1\t2"]


def test_an_article_in_a_cell_makes_a_layout_table() -> None:
    reading = page(f"<table><tr><td>栏目</td><td>{ARTICLE * 6}</td></tr><tr><td>a</td><td>b</td></tr></table>")
    assert not reading.tables
    assert reading.text.splitlines()[:4] == ["栏目", *LINES]


def test_furniture_is_kept_in_the_text_and_marked() -> None:
    reading = page(
        "<div class='nav'><a href=/>首页</a><a href=/a>机构</a></div>"
        "<div>当前位置：<a href=/>首页</a> &gt; 通知</div><div id=main><h1>关于课后服务的通知</h1>"
        f"<p>发布时间：2023-01-02 来源：教育局</p>{ARTICLE}<p>【打印本页】 【关闭窗口】</p></div>"
        "<ul><li><a href=/1>相关一</a></li><li><a href=/2>相关二</a></li></ul>"
        "<footer>地址：某路1号</footer><div>版权所有：某市教育局 沪ICP备1号</div>"
    )
    assert furniture(reading) == [
        "首页机构",
        "当前位置：首页 > 通知",
        "【打印本页】 【关闭窗口】",
        "相关一",
        "相关二",
        "地址：某路1号",
        "版权所有：某市教育局 沪ICP备1号",
    ]
    content = [line for line in reading.text.splitlines() if line not in furniture(reading)]
    assert content == ["关于课后服务的通知", "发布时间：2023-01-02 来源：教育局", *LINES]


def test_a_list_to_choose_from_is_furniture() -> None:
    reading = page(f"<select><option>友情链接</option><option>省教育厅</option></select>{ARTICLE}")
    assert furniture(reading) == ["友情链接", "省教育厅"]


def test_a_list_of_links_inside_the_article_is_content() -> None:
    links = "".join(f"<li><a href=/{n}>第{n}小学招生简章</a></li>" for n in "一二三")
    reading = page(f"<div>{ARTICLE}<ul>{links}</ul>{ARTICLE}</div>")
    assert not reading.furniture
    assert "第二小学招生简章" in reading.text


def test_an_article_in_an_element_with_an_unlucky_name_is_content() -> None:
    assert not page(f"<div class='print-content nav'>{ARTICLE}</div>").furniture


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>通知-某市教育局</title><meta name='ArticleTitle' content='关于招生的通知'>", "", "关于招生的通知"),
        ("<title>关于招生的通知-某市教育局</title>", "<h1>关于招生的通知</h1>", "关于招生的通知"),
        ("<title>\n 关于招生的通知 </title>", "<h1>某市教育局门户网站</h1>", "关于招生的通知"),
        ("", "<h1>关于招生的通知</h1>", "关于招生的通知"),
        ("", "", None),
    ],
)
def test_title(head: str, body: str, title: str | None) -> None:
    assert page(body + "<p>正文</p>", head).title == title


HTML = "<html><head><meta charset=gb2312><title>题</title></head><body><p>关于义务教育招生工作的通知</p></body></html>"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_bytes_decide_the_encoding_not_the_declaration(encoding: str) -> None:
    reading = read_bytes("a.htm", HTML.encode(encoding))
    assert (reading.text, reading.encoding) == ("关于义务教育招生工作的通知", encoding)


def test_a_declared_foreign_encoding_is_believed() -> None:
    data = (
        HTML.replace("gb2312", "big5")
        .replace("关于义务教育招生工作的通知", "關於招生工作")
        .encode("big5", "xmlcharrefreplace")
    )
    assert read_bytes("a.htm", data).text == "關於招生工作"


def test_bytes_of_another_encoding_inside_a_tag_do_no_harm() -> None:
    data = "<html><body><a title='关闭'>x</a><p>正文内容</p></body></html>".encode()
    data = data.replace("关闭".encode(), "关闭".encode("gbk"))
    assert read_bytes("a.htm", data).text == "x\n正文内容"


@pytest.mark.parametrize(
    "start",
    [
        "<html><body>",
        "<!--0--> <HTML>",
        "\n\n<script>1</script><table><tr><td>",
        "<?xml version='1.0'?><html>",
        "\ufeff<head>",
    ],
)
def test_a_web_page_is_told_by_its_tags_whatever_its_name(start: str) -> None:
    assert read_bytes("名.pdf", f"{start}<p>正</p><br><b>文</b></html>".encode()).format == "html"


def test_a_page_without_visible_text_is_empty() -> None:
    with pytest.raises(EmptyFile, match="脚本"):
        page("<script>draw()</script>")


def test_nesting_of_any_depth_is_read() -> None:
    assert page("<div>" * 3000 + "深处" + "</div>" * 3000 + "<p>后</p>").text == "深处\n后"
