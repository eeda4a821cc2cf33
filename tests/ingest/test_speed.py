"""Structuring takes time in proportion to the text, whatever its lines are."""

import time

import pytest

from ingest.document import Reading, Table
from ingest.load import build

LINES = {
    "paragraph": "各学校要加强领导。",
    "number": "1.x",
    "heading": "（一）加强领导。",
    "article": "第一条 甲。",
    "glued article": "第七条甲。",
    "chapter": "第一章 总则",
    "Markdown heading": "## 甲",
    "bold": "**一、甲**",
    "attachment": "附件1",
    "attachments": "附件：1.x",
    "distribution": "抄送：市政府",
    "signature": "云川市教育局",
    "date": "2023年7月18日",
    "signed": "云川市教育局\n2023年7月18日",
    "title": "关于印发《办法》的通知",
    "field": "来源:市局 时间:2023-01-01",
    "note": "2023年7月18日通过",
    "open note": "（2023年7月18日公布",
    "disclosure": "（此件公开发布）",
    "contents": "目录",
    "units": "好。（责任单位：市教育局、各镇(街道)）",
    "unclosed": "（责任单位：（（",
    "points": "一是查；二是改。",
}
LEADS = {
    "nothing": "",
    "number": "通知\n一、甲\n乙。\n",
    "article": "办法\n第一条 甲：\n",
    "list": "通知\n甲。\n附件：1.x\n",
}


def seconds(reading: Reading) -> float:
    start = time.process_time()
    build("a.txt", "", reading)
    return time.process_time() - start


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("kind", LINES)
def test_ten_times_the_lines_take_about_ten_times_as_long(lead: str, kind: str) -> None:
    few, many = (Reading(LEADS[lead] + f"{LINES[kind]}\n" * count, "txt") for count in (500, 5000))
    least = min(seconds(few) for _ in range(3))
    assert any(seconds(many) < 30 * least + 1 for _ in range(2))  # a busy machine may disturb one


def test_many_tables_and_ranges() -> None:
    words = "甲\t乙\n丙\t丁\n— 1 —\n" * 5000
    tables = tuple(Table(start, start + 7) for start in range(0, len(words), 14))
    furniture = tuple((start + 8, start + 13) for start in range(0, len(words), 14))
    assert seconds(Reading(words, "txt", tables=tables, furniture=furniture)) < 6


def test_many_items_of_one_article() -> None:
    assert seconds(Reading("办法\n第一条 学校应当：\n" + "（一）开课；\n" * 40_000, "txt")) < 6


def test_one_long_line() -> None:
    for piece in ("（责任单位：市教育局）", "（", "首页 > ", "**", "法（甲）", "第一条", "| "):
        assert seconds(Reading(f"通知\n一、{piece * 20_000}", "md")) < 6, piece
