"""OFD: lines by their places, paragraphs, columns, tables, templates, and the real files."""

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from ofd_files import (
    LEFT,
    NAMESPACE,
    PITCH,
    SIZE,
    TOP,
    body_entry,
    furniture,
    layer,
    packed,
    part,
    parts_of,
    read,
    text,
    typeset,
)
from office_texts import FIRST, LONG, NEXT

from ingest.reading import read_bytes
from ingest.reading.ofd_geometry import deltas


def test_lines_are_read_from_the_top_and_joined_to_paragraphs() -> None:
    reading = read(typeset([FIRST, LONG, NEXT], per_page=20))
    assert reading.text == "\n".join([FIRST, LONG, NEXT, "— 1 —"])
    assert (reading.format, reading.title) == ("ofd", "关于做好招生工作的通知")
    assert (furniture(reading), reading.warnings) == (["— 1 —"], ())


def test_a_paragraph_over_a_page_break_stays_whole_and_pages_begin_where_their_text_does() -> None:
    reading = read(typeset([FIRST, LONG, NEXT], per_page=2))
    assert [line for line in reading.text.split("\n") if line not in furniture(reading)] == [FIRST, LONG, NEXT]
    assert furniture(reading) == ["— 1 —", "— 2 —", "— 3 —", "— 4 —"]
    # The second page goes on after the heading and the 25 characters of an indented line.
    assert reading.pages[:2] == (0, len(FIRST) + 1 + 25)


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org", "urn:other"])
def test_namespaces_are_free(namespace: str) -> None:
    parts = {
        name: str(content).replace(NAMESPACE, namespace)
        for name, content in parts_of([layer(text(LEFT, TOP, FIRST))]).items()
    }
    assert read_bytes("文.ofd", packed(parts)).text == FIRST


@pytest.mark.parametrize("declaration", [f' xmlns:ofd="{NAMESPACE}"', "ofd:"])
def test_a_prefix_that_is_not_declared_or_none_at_all(declaration: str) -> None:
    parts = parts_of([layer(text(LEFT, TOP, FIRST))])
    bare = {name: str(content).replace(f' xmlns:ofd="{NAMESPACE}"', "") for name, content in parts.items()}
    if declaration == "ofd:":
        bare = {name: content.replace("ofd:", "") for name, content in bare.items()}
    assert read_bytes("文.ofd", packed(bare)).text == FIRST


def test_a_broken_file_before_does_not_spoil_one_without_a_declared_prefix() -> None:
    for broken in (b"<a><b></a>", b"<" * 10):
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(broken)
    test_a_prefix_that_is_not_declared_or_none_at_all(f' xmlns:ofd="{NAMESPACE}"')


@given(
    st.lists(
        st.text("教育公平一二三、（）。 　aZ10-", min_size=1, max_size=90).filter(str.strip), min_size=1, max_size=6
    )
)
def test_no_character_is_lost_or_doubled(paragraphs: list[str]) -> None:
    pages = typeset(paragraphs, per_page=4)
    expected = "".join(paragraphs) + "".join(f"—{n}—" for n in range(1, len(pages) + 1))
    assert characters(read(pages).text) == characters(expected)


def test_a_title_made_of_a_file_name_is_its_name() -> None:
    named = part("OFD", body_entry(title="Microsoft Word - 招生 通知.docx"))
    reading = read_bytes("文.ofd", packed({**parts_of([layer(text(LEFT, TOP, FIRST))]), "OFD.xml": named}))
    assert reading.title == "招生 通知"


def test_runs_of_equal_steps_are_written_short() -> None:
    assert list(deltas("g 3 5.5 4 g 2 1")) == [5.5, 5.5, 5.5, 4, 1, 1]
    assert list(deltas("")) == []
    endless = deltas("g 999999999999 1")
    assert [next(endless) for _ in range(3)] == [1, 1, 1]


def test_a_transformation_scales_and_moves_a_text() -> None:
    # As PDF converters write it: lengths in points, scaled to millimetres by the matrix.
    code = '<ofd:TextCode X="0" Y="16" DeltaX="g 3 16">教育公平</ofd:TextCode>'
    place = f'Boundary="{LEFT + 4 * SIZE} {TOP - SIZE} 30 7" CTM="0.35 0 0 0.35 0 0"'
    scaled = f'<ofd:TextObject ID="2" Size="16" {place}>{code}</ofd:TextObject>'
    assert read([layer(scaled, text(LEFT, TOP, "推进优质"))]).text == "推进优质教育公平"


def test_a_second_code_goes_on_where_only_its_x_is_given_and_steps_may_lead_to_another_line() -> None:
    codes = (
        '<ofd:TextCode X="0" Y="5" DeltaX="5">甲乙</ofd:TextCode><ofd:TextCode X="10" DeltaX="5">丙丁</ofd:TextCode>'
        '<ofd:TextCode X="0" Y="45" DeltaX="5 -5 5" DeltaY="0 20 0">三、四、</ofd:TextCode>'
    )
    page = layer(f'<ofd:TextObject ID="2" Size="5" Boundary="30 30 90 90">{codes}</ofd:TextObject>')
    assert read([page]).text.replace("\n", "/") == "甲乙丙丁/三、/四、"


def test_wide_gaps_part_cells_and_cells_under_each_other_are_a_table() -> None:
    rows = [
        ("学校", "计划人数", "备注"),
        ("第一小学", "120", "含走读"),
        ("第二小学", "80", ""),
        ("第三小学", "60", "寄宿"),
    ]
    cells = [
        text(30 + 50 * c, TOP + PITCH * r, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
    ]
    reading = read([layer(*reversed(cells))])
    assert reading.text == "\n".join("\t".join(row) for row in rows)
    assert [(table.start, table.end) for table in reading.tables] == [(0, len(reading.text))]


def test_a_row_of_cells_in_one_text_is_parted_and_a_spaced_title_is_not() -> None:
    wide = '<ofd:TextCode X="0" Y="5" DeltaX="5 60 5 5">学校备注栏</ofd:TextCode>'
    spaced = '<ofd:TextCode X="0" Y="5" DeltaX="g 3 15">二、公报</ofd:TextCode>'
    page = [
        f'<ofd:TextObject ID="{i}" Size="5" Boundary="30 {50 + 20 * i} 90 6">{code}</ofd:TextObject>'
        for i, code in enumerate((wide, spaced))
    ]
    assert read([layer(*page)]).text == "学校 备注栏\n二、公报"


def test_words_of_latin_letters_are_parted_by_gaps_only() -> None:
    words = ((30, "of"), (35, "fice"), (47, "in"))
    assert read([layer(*(text(x, TOP, word, size=5, step=2.5) for x, word in words))]).text == "office in"


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行" + "甲" * 8 for n in "一二三四五六七八"]
    right = [f"右栏第{n}行" + "乙" * 8 for n in "一二三四五六七八"]
    size, across = 5.0, 75.0
    drawn = [
        text(28 + across * side, 60 + 8 * i, words, size=size)
        for side, lines in enumerate((left, right))
        for i, words in enumerate(lines)
    ]
    title = text(60, TOP, "某市教育局关于印发招生工作意见的通知", size=size)
    foot = text(40, 150, "通栏的最后一行" + "丙" * 20, size=size)
    reading = read([layer(foot, *drawn, title)])
    assert (
        reading.text.replace("\n", "")
        == "某市教育局关于印发招生工作意见的通知" + "".join(left + right) + "通栏的最后一行" + "丙" * 20
    )
    assert reading.text.split("\n")[1] == "".join(left + right)  # lines that are full go on, over columns too


@pytest.mark.parametrize(
    ("width", "gap", "short"),
    [(8, 2, 0), (14, 8, 0), (14, 2, 9)],
    ids=["narrow columns", "far apart", "columns half empty"],
)
def test_a_table_of_two_columns_is_not_taken_for_columns_of_prose(width: int, gap: int, short: int) -> None:
    rows = [(f"第{n}小学" + "甲" * (width - 4), f"第{n}中学" + "乙" * (width - 4)) for n in "一二三四五六七八"]
    rows = [row if i % 4 == 0 else (row[0][: width - short], row[1][: width - short]) for i, row in enumerate(rows)]
    cells = [
        text(20 + 5 * (width + gap) * c, TOP + PITCH * r, cell, size=5)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    assert read([layer(*cells)]).text == "\n".join("\t".join(row) for row in rows)


def test_what_is_drawn_twice_to_look_bold_is_read_once() -> None:
    assert read([layer(text(LEFT, TOP, FIRST), text(LEFT + 0.1, TOP, FIRST))]).text == FIRST
    assert read([layer(text(LEFT, TOP, "甲"), text(LEFT + SIZE, TOP, "甲"))]).text == "甲甲"


def test_texts_of_a_template_are_in_their_place_and_furniture_if_pages_share_it() -> None:
    common = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    template = part("Page", layer(text(LEFT, TOP, "申请单位：")))
    use = '<ofd:Template TemplateID="7" ZOrder="Background"/>'
    value = use + layer(text(LEFT + 5 * SIZE, TOP, "第一小学"))
    once = read([value], common, **{"Tpls/Tpl_0/Content": template})
    assert (once.text, once.furniture) == ("申请单位：第一小学", ())
    twice = read([value, value], common, **{"Tpls/Tpl_0/Content": template})
    assert furniture(twice) == ["申请单位：", "申请单位："]


def test_a_slanting_text_is_furniture_and_a_page_turned_as_a_whole_is_turned_back() -> None:
    slant = text(60, 150, "内部资料", CTM="0.7 0.7 -0.7 0.7 0 0")
    reading = read([layer(text(LEFT, TOP, FIRST), slant)])
    assert (reading.text, furniture(reading)) == (f"内部资料\n{FIRST}", ["内部资料"])
    turned = [text(100 - 10 * i, 30, words, CTM="0 1 -1 0 0 0") for i, words in enumerate((FIRST, "二、主要任务"))]
    assert read([layer(*reversed(turned))]).text == f"{FIRST}\n二、主要任务"


def test_margins_of_a_turned_page_are_where_a_reader_sees_them() -> None:
    # Turned clockwise, the foot of the page is at the left edge of the sheet.
    lines = [text(180 - 10 * i, 60, words, CTM="0 1 -1 0 0 0") for i, words in enumerate((FIRST, "二、主要任务"))]
    foot = text(12, 140, "— 1 —", CTM="0 1 -1 0 0 0")
    reading = read([layer(foot, *lines)])
    assert (reading.text, furniture(reading)) == (f"{FIRST}\n二、主要任务\n— 1 —", ["— 1 —"])


def test_a_text_written_downwards_is_one_piece() -> None:
    code = '<ofd:TextCode X="0" Y="5" DeltaX="0 0" DeltaY="6 6">责任人</ofd:TextCode>'
    down = f'<ofd:TextObject ID="2" Size="5" Boundary="30 40 5 20">{code}</ofd:TextObject>'
    assert read([layer(text(80, 51, "教育局", size=5), down)]).text.split("\n") == ["责任人", "教育局"]


def test_composite_objects_are_drawn_where_they_are_used() -> None:
    drawn = layer(text(0, 10, "教育公平"))
    unit = f'<ofd:CompositeGraphicUnit ID="6" Width="100" Height="20">{drawn}</ofd:CompositeGraphicUnit>'
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    use = f'<ofd:CompositeObject ID="3" ResourceID="6" Boundary="{LEFT + 4 * SIZE} {TOP - 10} 100 20"/>'
    reading = read([layer(use, text(LEFT, TOP, "推进优质"))], common, DocumentRes=part("Res", unit))
    assert reading.text == "推进优质教育公平"
    # Drawn at half its size, its text goes on from the left edge of the place it is put in.
    small = use.replace("/>", ' CTM="0.5 0 0 0.5 0 0"/>')
    halved = read(
        [layer(small, text(LEFT + 6 * SIZE, TOP - 5, "优先", size=SIZE / 2))], common, DocumentRes=part("Res", unit)
    )
    assert halved.text == "教育公平优先"
    turned = use.replace("/>", ' CTM="0 1 -1 0 0 0"/>').replace(f"{TOP - 10}", "60")
    back = text(0, 10, "教育公平", CTM="0 -1 1 0 0 0")  # turned back inside: level again
    unit = unit.replace(text(0, 10, "教育公平"), back)
    beside = text(68.4, 65.6, "优先")  # 4 characters of 5.6 mm after x = 46
    level = read([layer(turned, beside, text(LEFT, TOP, FIRST))], common, DocumentRes=part("Res", unit))
    assert level.text.endswith("教育公平优先")
    lost = read([layer(use, text(LEFT, TOP, "推进优质"))])
    assert lost.warnings == ("文件的部件打不开，其中的内容未收录：“复合图元 6”",)


REAL = [
    ("ofdrw-converter__n.ofd", 336, 2, ("— 1 —", "— 2 —"), 0),
    ("ofdrw-converter__pattern类型.ofd", 33, 1, (), 1),
    ("ofdrw-converter__z.ofd", 813, 4, (), 1),
    ("ofdrw-crypto__hello.ofd", 1296, 2, (), 0),
    ("ofdrw-layout__AddWatermarkAnnot.ofd", 2367, 6, (), 0),
    ("ofdrw-layout__ano.ofd", 3271, 2, (), 2),
]


@pytest.mark.parametrize(("name", "length", "pages", "margins", "warnings"), REAL)
def test_real_files(shared: Path, name: str, length: int, pages: int, margins: tuple[str, ...], warnings: int) -> None:
    data = (shared / "real_files" / "ofd" / name).read_bytes()
    reading = read_bytes(name, data)
    assert (len(reading.text), len(reading.pages), len(reading.warnings)) == (length, pages, warnings)
    assert tuple(furniture(reading)) == margins
    assert characters(reading.text) == characters("".join(codes(data)))


def codes(data: bytes) -> list[str]:
    """The contents of all TextCodes of the pages, by a search for tags."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        pages = [package.read(name).decode() for name in package.namelist() if name.endswith("Content.xml")]
    return [rest.partition(">")[2].partition("</")[0] for page in pages for rest in page.split(":TextCode ")[1:]]


def characters(words: str) -> list[str]:
    return sorted("".join(words.split()))


def test_a_real_letter_is_read_as_it_is_laid_out(shared: Path) -> None:
    data = (shared / "real_files" / "ofd" / "ofdrw-converter__n.ofd").read_bytes()
    reading = read_bytes("n.ofd", data)
    drawn = codes(data)
    # Head, number, title, addressee; three paragraphs of two, two and five lines; page number; signature, date;
    # imprint of two texts; page number.
    ends = (1, 2, 3, 4, 6, 8, 13, 14, 15, 16, 18, 19)
    expected = ["".join(drawn[start:end]) for start, end in pairwise((0, *ends))]
    assert reading.text.replace("办公室 2011", "办公室2011").split("\n") == expected
