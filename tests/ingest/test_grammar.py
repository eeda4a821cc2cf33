"""The grammar of numbers where it is hard: words that look like numbers, jumps, Markdown signs and tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Clause, Reading, Table
from ingest.furniture import is_furniture
from ingest.gazetteer import place_in
from ingest.reading import read_bytes
from ingest.structure import account, structure

Row = tuple[str, str, str, str]


def cut(reading: Reading) -> tuple[list[Row], tuple[str, ...]]:
    """Role, label, citation label and text of each row; and the warnings. The rows tile the text."""
    found, warnings = structure(reading)
    receipt = account(reading, found)
    assert receipt.accounted == receipt.characters, receipt.warnings
    return [(r.role, r.label, r.citation_label, reading.text[r.start : r.end]) for r in found], warnings


def text(words: str, *tables: Table) -> tuple[list[Row], tuple[str, ...]]:
    return cut(Reading(words, "txt", tables=tables))


def markdown(words: str) -> tuple[list[Row], tuple[str, ...]]:
    return cut(read_bytes("文件.md", words.encode()))


def labels(words: str, role: str = "heading") -> list[str]:
    return [label for found, label, _, _ in text(words)[0] if found == role]


def test_a_skipped_article_loses_none_of_those_behind_it() -> None:
    words = "办法\n第一条为了办学。\n第二条学校应当公示。\n第四条教师应当备课。\n第五条本办法施行。"
    rows, warnings = text(words)
    assert [row[1] for row in rows if row[0] == "body"] == ["第一条", "第二条", "第四条", "第五条"]
    assert warnings == ("编号跳号：“第四条”之前是第2号",)


def test_a_second_statute_counts_from_one_again() -> None:
    words = "办法\n第一条甲。\n第二条乙。\n第三条丙。\n第一条丁。\n第二条戊。"
    assert labels(words) == ["第一条", "第二条", "第三条", "第一条", "第二条"]


def test_a_wide_jump_counts_if_the_next_number_goes_on_from_it() -> None:
    assert labels("节选\n第一条甲。\n第二十条乙。\n第二十一条丙。") == ["第一条", "第二十条", "第二十一条"]
    assert labels("节选\n第二十条乙。\n第二十一条丙。") == ["第二十条", "第二十一条"]


def test_an_article_out_of_place_is_words_and_is_reported() -> None:
    words = "办法\n第一条甲。\n第九条违反者改正。\n第十条违反者罚款。\n第二条乙。\n第三条丙。"
    rows, warnings = text(words)
    assert [row[1] for row in rows if row[0] == "heading"] == ["第一条", "第二条", "第三条"]
    assert warnings == (
        "“第九条”接在第1条之后，没有作为条号：请核对原文",
        "“第十条”接在第1条之后，没有作为条号：请核对原文",
    )


@pytest.mark.parametrize(
    "reference",
    [
        *(
            "第三条所称学校，是指公办学校。",
            "第二条的规定适用于民办学校。",
            "第三条第二款的情形除外。",
            "第二条中的学校。",
        ),
        *("第二条、第三条适用于幼儿园。", "第二条至第三条适用于幼儿园。", "第二条修改为：“学校应当公示。”"),
    ],
)
def test_references_at_the_start_of_a_line_are_words_without_a_warning(reference: str) -> None:
    rows, warnings = text(f"办法\n第一条 甲。\n{reference}\n第二条 本办法施行。")
    assert [row[1] for row in rows if row[0] == "heading"] == ["第一条", "第二条"]
    assert warnings == ()


@pytest.mark.parametrize("rest", ["中小学校应当公示。", "所有学校应当公示。", "至少每年公示一次。", "第一学期公示。"])
def test_articles_that_begin_like_references_are_articles(rest: str) -> None:
    assert labels(f"办法\n第一条甲。\n第二条{rest}\n第三条丙。") == ["第一条", "第二条", "第三条"]


@pytest.mark.parametrize(
    "line",
    [
        *("一、二、三年级学生不布置书面作业", "十二、三岁的学生可以住校", "一、二年级不考试", "五、六月份开展排查"),
        *("一、二、三产业融合发展", "六、七天内办结", "一、二等奖各3名"),
    ],
)
def test_counted_things_are_no_headings(line: str) -> None:
    assert labels(f"通知\n{line}。\n请照办。") == []


@pytest.mark.parametrize("line", ["二、三年行动目标", "一、十项措施", "一、十日内报送", "十二、一流学校建设"])
def test_headings_that_begin_with_a_figure_are_headings(line: str) -> None:
    assert len(labels(f"通知\n{line}\n请照办。")) == 1


def test_lessons_and_parts_of_schools_are_no_sections() -> None:
    assert labels("通知\n一、安排\n第二节课后安排眼保健操\n第一部分学校先行试点\n请照办。") == ["一、"]
    glued = "办法\n第一章总则\n第一节目的\n第一条甲。\n第二节范围\n第二条乙。\n第二章附则\n第三条丙。"
    assert labels(glued) == ["第一章", "第一章第一节", "第一条", "第一章第二节", "第二条", "第二章", "第三条"]
    assert labels("规划\n第一部分总体要求\n抓好落实。\n第二部分：主要任务\n抓好落实。") == ["第一部分", "第二部分"]


def test_bold_headings() -> None:
    words = (
        "# 方案\n\n**一、总体要求**\n\n**（一）加强领导。**各校要落实。\n\n__（二）__改进。各校要改进。\n\n"
        "**各校**要报送。"
    )
    rows, _ = markdown(words)
    assert rows[1:] == [
        ("heading", "一、", "", "**一、总体要求**"),
        ("heading", "一、(一)", "", "**（一）加强领导。**"),
        ("body", "一、(一)", "一、(一)", "各校要落实。"),
        ("heading", "一、(二)", "", "__（二）__改进。"),
        ("body", "一、(二)", "一、(二)", "各校要改进。"),
        ("body", "", "一、(二)第2段", "**各校**要报送。"),
    ]
    paths = [row.path for row in structure(read_bytes("a.md", words.encode()))[0] if row.role == "body"]
    assert paths[0] == ("一、总体要求", "（一）加强领导。")


def test_bold_article_numbers() -> None:
    rows, warnings = markdown("# 办法\n\n**第一条**　为了办学。\n\n**第二条** 学校应当公示。")
    assert [row[1:] for row in rows if row[0] == "body"] == [
        ("第一条", "第一条", "为了办学。"),
        ("第二条", "第二条", "学校应当公示。"),
    ]
    assert warnings == ()


def test_markdown_tables() -> None:
    words = "# 通知\n## 一、计划\n| 学校 | 班数 |\n|:---|---:|\n| 一小 | 3 |\n| 二小 | 4 |\n\n请照办。\n甲 | 乙\n"
    rows, _ = markdown(words)
    assert [(role, citation, found) for role, _, citation, found in rows][2:] == [
        ("table_header", "表头", "| 学校 | 班数 |"),
        ("furniture", "", "|:---|---:|"),
        ("table", "一、表第1行", "| 一小 | 3 |"),
        ("table", "一、表第2行", "| 二小 | 4 |"),
        ("body", "一、第1段", "请照办。"),
        ("body", "一、第2段", "甲 | 乙"),
    ]


def test_signs_without_words_are_furniture() -> None:
    assert [row[0] for row in markdown("# 通知\n##\n请照办。\n>\n**\n")[0]][1:] == [
        *("furniture", "body", "furniture", "furniture"),
    ]


def test_loose_table_rows_of_an_attachment_are_cited_by_their_number() -> None:
    words = "通知\n一、报名\n网上报名。\n附件1\n计划表\n学校\t班数\n一小\t3\n二小\t4"
    table = Table(words.index("学校"), len(words))
    rows, _ = text(words, table)
    assert [(role, citation) for role, _, citation, _ in rows][-3:] == [
        ("table_header", "附件1《计划表》表头"),
        ("table", "附件1《计划表》表第1行"),
        ("table", "附件1《计划表》表第2行"),
    ]


def test_rows_stand_under_the_caption_of_their_table_and_are_counted_anew() -> None:
    first, second = "学校\t班数\n一小\t3\n二小\t4", "学校\t教师\n一小\t30"
    words = f"通知\n一、计划\n各校计划如下。\n招生计划表\n{first}\n教师名单（2025年）\n{second}"
    tables = [Table(start, start + len(each)) for each in (first, second) for start in [words.index(each)]]
    rows = [row for row in structure(Reading(words, "txt", tables=tuple(tables)))[0] if row.role == "table"]
    assert [(row.label, row.path[-1], row.citation_label) for row in rows] == [
        ("一、", "招生计划表", "一、《招生计划表》第1行"),
        ("一、", "招生计划表", "一、《招生计划表》第2行"),
        ("一、", "教师名单（2025年）", "一、《教师名单（2025年）》第1行"),
    ]


def test_a_header_of_two_lines() -> None:
    words = "办法\n学校\t计划\t\n学校\t男\t女\n一小\t20\t18"
    found = structure(Reading(words, "txt", tables=(Table(3, len(words)),)))[0]
    assert [row.role for row in found] == ["title", "table_header", "table_header", "table"]


def test_a_table_that_is_all_there_is() -> None:
    words = "计划表\n学校\t班数\n一小\t3"
    rows, _ = text(words, Table(words.index("学校"), len(words)))
    assert [(role, citation) for role, _, citation, _ in rows] == [
        ("title", ""),
        ("table_header", "表头"),
        ("table", "表第1行"),
    ]


COVER = "关于印发《方案》的通知\n各学校：\n现将《方案》印发给你们，请认真执行。\n附件1\n实施方案\n一、目标\n办好学校。"


def test_a_notice_that_hands_on_its_attachment() -> None:
    rows, _ = text(COVER)
    assert [(role, citation) for role, _, citation, _ in rows][2:4] == [
        ("cover_notice", "印发通知"),
        ("attachment", ""),
    ]


def test_a_notice_with_points_of_its_own_is_no_cover() -> None:
    rows, _ = text(COVER.replace("\n附件1", "\n一、报送时间\n9月1日前报送。\n附件1"))
    assert "cover_notice" not in {row[0] for row in rows}


def points(words: str) -> list[str]:
    return [point.label for row in structure(Reading(words, "txt"))[0] for point in row.points]


def test_items_of_an_article_are_cited_as_officials_do() -> None:
    assert points("办法\n第一条 学校应当：\n（一）开齐课程：\n1．语文；\n（1）阅读；\n2．数学；\n（二）开足课时。") == [
        *("第(一)项", "第1目", "第(1)目", "第2目", "第(二)项"),
    ]
    assert points("办法\n第一条 学校应当：\n1．开齐课程；\n2．开足课时。") == ["第1项", "第2项"]
    assert points("办法\n第一条 学校应当：\n（1）开齐课程；\n（2）开足课时。") == ["第1项", "第2项"]


def test_items_behind_a_page_number_stay_in_their_paragraph() -> None:
    words = "办法\n第一条 学校应当：\n（一）开齐课程；\n— 1 —\n（二）开足课时。\n不得加课。"
    rows, _ = text(words)
    assert [(role, label, found) for role, label, _, found in rows][2:] == [
        ("body", "第一条第一款", "学校应当：\n（一）开齐课程；"),
        ("furniture", "", "— 1 —"),
        ("body", "第一条第一款", "（二）开足课时。"),
        ("body", "第一条第二款", "不得加课。"),
    ]
    assert points(words) == ["第(一)项", "第(二)项"]


def test_many_jumps_are_counted_not_listed() -> None:
    warnings = text("表\n" + "".join(f"{n}.甲\n" for n in range(2, 200, 2)))[1]
    assert len(warnings) == 21
    assert warnings[-1] == "同类问题另有79处"


def test_a_path_of_breadcrumbs_that_fails_fails_at_once() -> None:
    assert not is_furniture("首页 > " * 16 + "很长的一段文字" * 4)
    assert is_furniture("首页 > 政务公开 > 通知公告")


def test_special_economic_zones_are_their_cities() -> None:
    assert [place_in(f"{name}经济特区学前教育条例") for name in ("深圳", "厦门", "海南")] == [
        "深圳市",
        "厦门市",
        "海南省",
    ]


RANGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=6)


@given(st.text("甲 \n乙", max_size=12), RANGES)
def test_account_is_that_of_counting_each_character(words: str, ranges: list[list[int]]) -> None:
    rows = [Clause("body", (), "", min(a, len(words)), min(b, len(words))) for a, b in ranges]
    receipt = account(Reading(words, "txt"), rows)
    visible = [i for i, char in enumerate(words) if not char.isspace()]
    assert receipt.characters == len(visible)
    assert receipt.accounted == sum(sum(row.start <= i < row.end for row in rows) == 1 for i in visible)
    assert receipt.by_role.get("body", 0) == sum(row.start <= i < row.end for row in rows for i in visible)
