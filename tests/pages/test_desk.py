"""拟稿: each tool on the sample library, and on a document that tries to act."""

import re

import pytest

from index.notebook import Notebook
from ingest.load import document_from

TOOLS = ("wording", "collocations", "compare", "targets", "duties", "check")


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_opens(library, page, drawn, tool: str) -> None:
    app = page("desk", tool=tool)
    assert not app.exception
    assert "<h1>拟稿</h1>" in drawn(app)


def test_an_unknown_tool_is_the_first(library, page, drawn) -> None:
    app = page("desk", tool="nothing")
    assert not app.exception
    assert "看别处怎么写同一件事" in drawn(app)


def test_wordings_can_be_taken_along(library, page, drawn) -> None:
    app = page("desk", tool="wording", q="延长课间时间")
    body = drawn(app)
    assert 'class="yj-frame"' in body
    assert re.search(r'href="read\?document=\w+&amp;clause=\d+&amp;from=\d+&amp;to=\d+"', body)
    app.button(key="take-0-0-0").click().run()
    assert [expander.label for expander in app.expander if "摘录篮" in expander.label] == ["摘录篮（1条）"]
    labels = {button.proto.label for button in app.get("download_button")}
    assert {"下载 Word", "下载 Markdown", "下载 Excel"} <= labels
    app.button(key="take-0-0-0").click().run()
    assert not [expander for expander in app.expander if "摘录篮" in expander.label]


def test_collocations(library, page, drawn) -> None:
    app = page("desk", tool="collocations")
    app.text_input(key="pattern").set_value("…覆盖率")
    app.button[0].click().run()
    assert re.search(r"共\d+处，填过\d+种词", drawn(app))
    app.text_input(key="pattern").set_value("……")
    app.button[0].click().run()
    assert "请写一个词语" in drawn(app)


def test_documents_side_by_side(library, page, drawn) -> None:
    app = page("desk", tool="compare")
    rows = {row.source: row.id for row in library.documents()}
    app.multiselect(key="compared").set_value([rows[name] for name in sorted(rows)][:2]).run()
    body = drawn(app)
    assert 'class="yj-sides"' in body
    assert "yj-change" in body


def test_a_topic(library, page, drawn) -> None:
    app = page("desk", tool="compare")
    app.radio(key="way").set_value("看同一主题").run()
    app.text_input(key="topic").set_value("课后服务")
    app.button[0].click().run()
    assert "份文件写到这个主题" in drawn(app)


def test_targets_can_be_searched_and_corrected(library, page, drawn) -> None:
    app = page("desk", tool="targets")
    everything = int(re.search(r"共(\d+)个数字", drawn(app))[1])
    app.text_input(key="indicator").set_value("普惠").run()
    fewer = int(re.search(r"共(\d+)个数字", drawn(app))[1])
    assert 0 < fewer < everything
    assert 'class="yj-chart"' in drawn(app)
    Notebook(library.folder).name_indicator("普惠性幼儿园覆盖率", "甲指标")
    assert "归入“甲指标”" in drawn(app.run())
    Notebook(library.folder).name_indicator("普惠性幼儿园覆盖率", "")
    assert "甲指标" not in drawn(app.run())


def test_what_a_unit_has_to_do(library, page, drawn) -> None:
    assert "所选文件里没有写明责任单位的条款" in drawn(page("desk", tool="duties"))
    text = (
        "云川市2026年教育行动方案\n一、学位\n1.新建学校。（牵头单位：市教育局；配合单位：市财政局）\n"
        "2.核定编制。（责任单位：市委编办）"
    )
    library.add(document_from("方案.txt", text.encode()))
    app = page("desk", tool="duties")
    assert "共2项任务" in drawn(app)
    app.selectbox(key="unit").set_value("市教育局").run()
    assert "共1项任务，其中牵头1项" in drawn(app)
    assert "<mark>市教育局</mark>" in drawn(app)


def test_the_first_and_the_latest_use_are_named(library, page, drawn) -> None:
    for year in (2021, 2026):
        text = (
            f"云川市{year}年教育工作要点\n（{year}年3月1日印发）\n一、阅读\n1.建设书香校园。持续建设区域联动阅读空间。"
        )
        library.add(document_from(f"{year}.txt", text.encode()))
    body = drawn(page("desk", tool="wording", q="建设区域联动阅读空间"))
    assert "最早 2021" in body
    assert "最近 2026" in body


def test_a_draft_is_checked(library, page, drawn) -> None:
    app = page("desk", tool="check")
    app.text_area(key="checked").set_value("按照《云川市中小学课后服务管理办法》<b>第九十九条</b>执行。").run()
    body = drawn(app)
    assert "标题与原文不一致：《云川市中小学校课后服务管理办法》" in body
    assert "没有这一条" in body
    assert "<b>第九十九条" not in body
    app.text_area(key="checked").set_value("深化“双减”工作。").run()
    assert "草稿里没有引用标题、文号或原话" in drawn(app)


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_of_a_hostile_document_acts(hostile, page, drawn, tool: str) -> None:
    app = page("desk", tool=tool, q="课间休息")
    if tool == "collocations":
        app.text_input(key="pattern").set_value("课间…")
        app.button[0].click().run()
    if tool == "check":
        app.text_area(key="checked").set_value(
            "《测试市<script>window.hacked=1</script>2025年教育工作要点》第一条"
        ).run()
    assert not app.exception
    body = drawn(app)
    assert "<script" not in body
    assert "<img" not in body


def test_an_empty_library_says_so(folder, page, drawn) -> None:
    from index.library import Library

    Library.open(folder, create=True).close()
    assert "文库里还没有文件" in drawn(page("desk"))
