"""The grammar of clauses on small cases, and that rows tile any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Clause, Reading, Table
from ingest.structure import account, structure


def rows(text: str, *, tables: tuple[Table, ...] = ()) -> list[tuple[str, str, str, str]]:
    """Role, label, citation label and text of each row."""
    found, _ = structure(Reading(text, "txt", tables=tables))
    return [(row.role, row.label, row.citation_label, text[row.start : row.end]) for row in found]


def bodies(text: str) -> list[tuple[str, str]]:
    return [(label, words) for role, label, _, words in rows(text) if role == "body"]


def test_levels_and_run_in_headings() -> None:
    text = (
        "云川市工作方案\n一、目标\n（一)建好学校。新建3所。\n1．选址。靠近社区。\n（1）水电。通水通电。\n"
        "①水。接市政管网。\n二 、保障\n加强领导，落实责任。"
    )
    assert bodies(text) == [
        ("一、(一)", "新建3所。"),
        ("一、(一)1.", "靠近社区。"),
        ("一、(一)1.(1)", "通水通电。"),
        ("一、(一)1.(1)①", "接市政管网。"),
        ("二、", "加强领导，落实责任。"),
    ]


def test_numbers_restart_under_each_heading_or_run_through() -> None:
    restarting = "方案\n一、甲\n1.天。好好办。\n2.地。好好办。\n二、乙\n1.人。好好办。"
    running = restarting.replace("\n1.人", "\n3.人")
    assert [label for label, _ in bodies(restarting)] == ["一、1.", "一、2.", "二、1."]
    assert [label for label, _ in bodies(running)] == ["一、1.", "一、2.", "二、3."]
    assert structure(Reading(running, "txt"))[1] == ()
    assert structure(Reading(running.replace("3.人", "5.人"), "txt"))[1] == ("编号跳号：“5.”之前是第2号",)


def test_order_in_the_first_sentence_is_no_heading() -> None:
    assert bodies("通知\n一、各学校要在9月1日前报送。逾期不补。") == [("一、", "各学校要在9月1日前报送。逾期不补。")]


def test_several_paragraphs_under_a_heading_have_no_number_of_their_own() -> None:
    found = [row for row in rows("总结\n一、亮点\n学前有新进展。\n高中有新进展。") if row[0] == "body"]
    assert [(label, citation) for _, label, citation, _ in found] == [("", "一、第1段"), ("", "一、第2段")]


def test_articles_paragraphs_and_items() -> None:
    text = (
        "# 办法\n## 第一章 总则\n第一条　为了办学，制定本办法。\n第二条　学校应当：\n（一）开齐课程；\n"
        "（二）开足课时。\n违反第一条规定的，改正。\n第三条 本办法自发布之日起施行。"
    )
    found, _ = structure(Reading(text, "md"))
    body = [(row.label, text[row.start : row.end]) for row in found if row.role == "body"]
    assert body == [
        ("第一条", "为了办学，制定本办法。"),
        ("第二条第一款", "学校应当：\n（一）开齐课程；\n（二）开足课时。"),
        ("第二条第二款", "违反第一条规定的，改正。"),
        ("第三条", "本办法自发布之日起施行。"),
    ]
    second = next(row for row in found if row.label == "第二条第一款")
    assert [(point.label, text[point.start : point.end]) for point in second.points] == [
        ("第(一)项", "（一）开齐课程；"),
        ("第(二)项", "（二）开足课时。"),
    ]
    assert second.path == ("第一章 总则", "第二条")


def test_cross_reference_at_the_start_of_a_line_is_no_article() -> None:
    text = (
        "办法\n第一条 学校应当公示。\n第三十条所称学校，是指公办学校。\n"
        "第二条的规定适用于民办学校。\n第二条 本办法施行。"
    )
    labels = [row.label for row in structure(Reading(text, "txt"))[0] if row.role == "heading"]
    assert labels == ["第一条", "第二条"]


def test_notice_that_wraps_rules() -> None:
    text = (
        "云川市教育局\n关于印发《云川市作业管理办法》的通知\n云教基〔2023〕9号\n各县（区）教育局：\n"
        "现将《云川市作业管理办法》印发给你们，请认真执行。\n云川市教育局\n2023年7月18日\n（此件公开发布）\n"
        "云川市作业管理办法\n第一条 小学一、二年级不布置书面家庭作业。\n附件：作业公示表\n抄送：省教育厅。\n"
        "云川市教育局办公室　2023年7月20日印发"
    )
    assert [role for role, *_ in rows(text)] == [
        *["title"] * 3,
        *("addressee", "cover_notice", "signature", "signature_date", "disclosure_note", "title", "heading", "body"),
        *("attachment_list", "distribution", "imprint"),
    ]


def test_counted_things_are_no_numbers() -> None:
    assert bodies("通知\n一、二年级不考试。\n3.5万人参加。\n2025年开始。") == [
        ("", "一、二年级不考试。"),
        ("", "3.5万人参加。"),
        ("", "2025年开始。"),
    ]


def test_attachment_has_its_own_numbers_and_name() -> None:
    text = "通知\n一、报名\n网上报名。\n附件1\n报名流程\n一、登录\n用手机号登录。"
    found = [(label, citation) for role, label, citation, _ in rows(text) if role == "body"]
    assert found == [("一、", "一、"), ("一、", "附件1《报名流程》一、")]


def test_table_rows_can_be_cited() -> None:
    text = "通知\n一、计划\n学校\t班数\n一小\t3\n二小\t4"
    table = Table(text.index("学校"), len(text))
    assert [(role, citation) for role, _, citation, _ in rows(text, tables=(table,))][2:] == [
        ("table_header", "表头"),
        ("table", "一、表第1行"),
        ("table", "一、表第2行"),
    ]


def test_contents_list_is_no_second_tree() -> None:
    text = "办法\n目　录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    assert [(label, role) for role, label, _, _ in rows(text) if role in {"contents", "heading"}] == [
        ("", "contents"),
        ("", "contents"),
        ("", "contents"),
        ("第一章", "heading"),
        ("第一条", "heading"),
        ("第二章", "heading"),
        ("第二条", "heading"),
    ]


PIECES = st.sampled_from(
    [
        *(
            "一、",
            "（一）",
            "(二)",
            "1.",
            "2．",
            "（1）",
            "①",
            "第一条 ",
            "第二条",
            "第一章 总则",
            "## ",
            "> ",
            "目录",
            "附件",
            "附件：1.表",
        ),
        *(
            "云川市教育局",
            "2023年7月18日",
            "关于印发《办法》的通知",
            "现将《办法》印发给你们。",
            "各学校：",
            "抄送：省厅。",
            "来源:市局 时间:2023-01-01",
        ),
        *(
            "加强领导。",
            "一是查；二是改。",
            "（责任单位：市教育局、各镇(街道)）",
            "\n",
            "\n\n",
            " ",
            "　",
            "\t",
            "\u200b",
            "、",
            "。",
            "”",
            "---",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@settings(max_examples=400)
@given(TEXTS)
def test_rows_tile_any_text(text: str) -> None:
    found, _ = structure(Reading(text, "txt"))
    times = [0] * len(text)
    for row in found:
        assert 0 <= row.start < row.end <= len(text)
        for i in range(row.start, row.end):
            times[i] += 1
    assert all(times[i] == 1 for i, char in enumerate(text) if not char.isspace())
    assert max(times, default=0) <= 1
    receipt = account(Reading(text, "txt"), found)
    assert receipt.accounted == receipt.characters == sum(not char.isspace() for char in text)


def test_account_counts_what_is_lost() -> None:
    receipt = account(Reading("甲乙 丙丁", "txt"), [Clause("body", (), "", 0, 2), Clause("body", (), "", 1, 2)])
    assert (receipt.characters, receipt.accounted) == (4, 1)
    assert receipt.warnings == ("3个字符没有归入条款，请核对原文",)
