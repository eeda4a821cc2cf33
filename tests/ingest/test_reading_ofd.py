"""OFD: lines by their places, paragraphs, templates, what does not show, what is left out, and files that attack."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading import archive, ofd, ofd_package, ofd_page, ofd_text, read_bytes
from ingest.reading.ofd_geometry import Box, deltas

SIZE, LEFT, TOP, PITCH = 5.6, 28.0, 40.0, 10.0  # millimetres; 27 characters to a line, as GB/T 9704 lays out
PER_LINE = 27
FOOT = 280.0
NAMESPACE = "http://www.ofdspec.org/2016"

FIRST = "一、总体要求"
LONG = (
    "（一）坚持党的领导，全面贯彻党的教育方针，落实立德树人根本任务，促进学生全面发展，"
    "办好人民满意的教育，推进教育现代化建设。"
)
NEXT = (
    "（二）各区教育局要根据实际制定方案，明确责任单位，于年底前报送工作总结，不得瞒报漏报，"
    "确保各项任务按期完成并取得实效。"
)


def text(
    x: float, y: float, words: str, inner: str = "", size: float = SIZE, step: float = 0, **attributes: str
) -> str:
    """A TextObject whose base line begins at (x, y)."""
    steps = f'DeltaX="g {len(words) - 1} {step or size}"' if len(words) > 1 else ""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    place = f'Boundary="{x} {y - size} {size * len(words)} {size * 1.2}"'
    code = f'<ofd:TextCode X="0" Y="{size}" {steps}>{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Font="1" Size="{size}" {place}{more}>{inner}{code}</ofd:TextObject>'


def layer(*objects: str, **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<ofd:Content><ofd:Layer{more}>{''.join(objects)}</ofd:Layer></ofd:Content>"


def part(name: str, body: str, namespace: str = NAMESPACE) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{namespace}">{body}</ofd:{name}>'


def document(pages: int, common: str = "", after: str = "") -> str:
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    entries = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    return f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages>{after}"


def body_entry(folder: str = "Doc_0", title: str = "") -> str:
    info = f"<ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
    return f"<ofd:DocBody>{info}<ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def parts_of(pages: Sequence[str], common: str = "", after: str = "", **more: str) -> dict[str, str | bytes]:
    """The parts of a file with one document; `more` are further parts of Doc_0, by name without suffix."""
    return {
        "OFD.xml": part("OFD", body_entry(title="关于做好招生工作的通知")),
        "Doc_0/Document.xml": part("Document", document(len(pages), common, after)),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": part("Page", page) for i, page in enumerate(pages)},
        **{f"Doc_0/{name}.xml": content for name, content in more.items()},
    }


def read(pages: Sequence[str], common: str = "", after: str = "", **more: str) -> Reading:
    return read_bytes("文.ofd", packed(parts_of(pages, common, after, **more)))


def typeset(paragraphs: Sequence[str], per_page: int, foot: str = "— {} —") -> list[str]:
    """Set paragraphs the way an office does: indented, so many lines to a page, page numbers in dashes."""
    lines: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        first = PER_LINE - 2
        lines.append((LEFT + 2 * SIZE, paragraph[:first]))
        lines += [(LEFT, paragraph[i : i + PER_LINE]) for i in range(first, len(paragraph), PER_LINE)]
    pages = []
    for start in range(0, len(lines), per_page):
        drawn = [text(x, TOP + PITCH * i, words) for i, (x, words) in enumerate(lines[start : start + per_page])]
        number = [text(95, FOOT, foot.format(len(pages) + 1), size=4.9)] if foot else []
        pages.append(layer(*number, *reversed(drawn)))  # the order of drawing is no order of reading
    return pages


def furniture(reading: Reading) -> list[str]:
    return [reading.text[start:end] for start, end in reading.furniture]


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


WHITE = '<ofd:FillColor Value="255 255 255"/>'


@pytest.mark.parametrize(
    "hidden",
    [
        text(LEFT, 90, "看不见", Visible="false"),
        text(LEFT, 90, "看不见", Alpha="0"),
        text(LEFT, 90, "看不见", Fill="false"),
        text(LEFT, 90, "看不见", '<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        text(LEFT, 90, "看不见", WHITE),
        text(LEFT, 90, "看不见", '<ofd:FillColor Value="#FF #FF #ff"/>'),
        text(LEFT, 90, "看不见", '<ofd:FillColor Value="0 0 0 0" ColorSpace="4"/>'),
        text(LEFT, 90, "看不见", DrawParam="5"),
        text(LEFT, 90, "看不见", size=0.1),
        text(LEFT, 900, "看不见"),
        f'<ofd:PageBlock Visible="false">{text(LEFT, 90, "看不见")}</ofd:PageBlock>',
    ],
)
def test_invisible_texts_are_left_out_and_told(hidden: str) -> None:
    resources = part("Res", f'<ofd:DrawParam ID="4">{WHITE}</ofd:DrawParam><ofd:DrawParam ID="5" Relative="4"/>')
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    reading = read([layer(text(LEFT, TOP, FIRST), hidden)], common, PublicRes=resources)
    assert reading.text == FIRST
    assert reading.warnings == ("有 1 处看不见的文字（第 1 页）未收录",)


def test_white_text_on_a_filled_shape_shows_and_on_an_empty_one_does_not() -> None:
    def shape(**attributes: str) -> str:
        more = "".join(f' {name}="{value}"' for name, value in attributes.items())
        path = "<ofd:AbbreviatedData>S 0 0</ofd:AbbreviatedData>"
        return f'<ofd:PathObject ID="3" Boundary="20 80 100 20"{more}>{path}</ofd:PathObject>'

    white = text(LEFT, 90, "二、学校", WHITE)
    assert read([layer(text(LEFT, TOP, FIRST), shape(Fill="true"), white)]).text == f"{FIRST}\n二、学校"
    for behind in (
        shape(),
        shape(Fill="true", Visible="false"),
        shape(Fill="true", DrawParam="none").replace("<ofd:Abb", f"{WHITE}<ofd:Abb"),
    ):
        assert read([layer(text(LEFT, TOP, FIRST), behind, white)]).text == FIRST
    assert read([layer(text(LEFT, TOP, FIRST), white, shape(Fill="true"))]).text == FIRST  # painted over later
    behind = f'<ofd:Layer Type="Background">{shape(Fill="true")}</ofd:Layer></ofd:Content>'
    layers = layer(text(LEFT, TOP, FIRST), white).replace("</ofd:Content>", behind)
    assert read([layers]).text == f"{FIRST}\n二、学校"


def test_a_file_of_hidden_texts_only_has_no_text() -> None:
    with pytest.raises(NoText, match=r"共 1 页，只有 1 处隐藏文字.*OCR"):
        read([layer(text(LEFT, TOP, FIRST, Alpha="0"))])


GLYPHS = (
    '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>31 32</ofd:Glyphs></ofd:CGTransform>'
)
IMAGE = '<ofd:ImageObject ID="8" Boundary="0 0 210 200" ResourceID="1"/>'


def test_glyphs_without_characters_are_told() -> None:
    drawn = text(LEFT, 90, "", GLYPHS)
    reading = read([layer(text(LEFT, TOP, FIRST)), layer(text(LEFT, TOP, "二、"), drawn)])
    assert reading.warnings == ("第 2 页有文字只存了字形、没有通用的字符，不能检索，请核对原文",)
    assert read([layer(text(LEFT, TOP, "公平", GLYPHS))]).warnings == ()
    for alone in (drawn, text(LEFT, 90, "\ue123\ue124")):
        with pytest.raises(NoText, match="只存了字形"):
            read([layer(alone)])


def test_pages_of_images_are_told_and_a_file_of_them_has_no_text() -> None:
    reading = read([layer(text(LEFT, TOP, FIRST)), layer(IMAGE), layer(IMAGE, text(LEFT, TOP, "附件"))])
    assert reading.warnings == (
        "第 2 页没有文字（可能是图片或扫描页），未收录",
        "第 3 页有大幅图片，图中如有文字则未收录",
    )
    assert len(reading.pages) == 3
    with pytest.raises(NoText, match=r"共 2 页，都没有文字（可能是扫描件）.*OCR"):
        read([layer(IMAGE), layer()])


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


def test_all_documents_are_read_in_order() -> None:
    one, two = (parts_of([layer(text(LEFT, TOP, words))]) for words in (FIRST, "二、主要任务"))
    moved = {name.replace("Doc_0", "Doc_1"): content for name, content in two.items()}
    bodies = part("OFD", body_entry() + body_entry("Doc_1", "第二个"))
    reading = read_bytes("文.ofd", packed({**moved, **one, "OFD.xml": bodies}))
    assert reading.text == f"{FIRST}\n二、主要任务"
    assert (reading.pages, reading.title) == ((0, len(FIRST) + 1), "第二个")
    assert reading.warnings == ("文件内含 2 个文档，已按顺序全部收录，页码连续计数",)


def test_attachments_and_annotations_are_named() -> None:
    after = "<ofd:Annotations>Annotations.xml</ofd:Annotations><ofd:Attachments>Attachments.xml</ofd:Attachments>"
    listed = '<ofd:Attachment ID="1" Name="名单.xlsx"><ofd:FileLoc>a.xlsx</ofd:FileLoc></ofd:Attachment>'
    entry = '<ofd:Page PageID="0"><ofd:FileLoc>Annots/Page_0.xml</ofd:FileLoc></ofd:Page>'
    marks = "".join(
        f'<ofd:Annot Visible="{visible}"><ofd:Appearance>{text(0, 9, words)}</ofd:Appearance></ofd:Annot>'
        for visible, words in (("true", "严禁复制"), ("false", "看不见"), ("true", "严禁复制"))
    )
    parts = {
        "Attachments": part("Attachments", listed),
        "Annotations": part("Annotations", entry),
        "Annots/Page_0": part("PageAnnot", marks),
    }
    reading = read([layer(text(LEFT, TOP, FIRST))], after=after, **parts)
    assert reading.text == FIRST
    assert reading.warnings == (
        "水印或批注中的文字未收录：“严禁复制”",
        "内嵌的附件未收录，如需要请另存后单独添加：“名单.xlsx”",
    )


def test_a_watermark_that_fills_a_shape_is_named() -> None:
    cell = f"<ofd:Pattern><ofd:CellContent>{text(0, 9, '内部资料')}</ofd:CellContent></ofd:Pattern>"
    mark = f'<ofd:PathObject Boundary="0 0 210 297" Fill="true"><ofd:FillColor>{cell}</ofd:FillColor></ofd:PathObject>'
    reading = read([layer(text(LEFT, TOP, FIRST), mark)])
    assert (reading.text, reading.warnings) == (FIRST, ("水印或批注中的文字未收录：“内部资料”",))


@pytest.mark.parametrize(
    "location",
    ["/Doc_0/Pages/x.xml", "Doc_0/Pages/x.xml", "Pages/x.xml", "../../../Doc_0/./Pages/x.xml", "pages\\X.xml"],
)
def test_locations_are_found_and_do_not_lead_out_of_the_file(location: str) -> None:
    entry = f'<ofd:Pages><ofd:Page ID="1" BaseLoc="{location}"/></ofd:Pages>'
    page = part("Page", layer(text(LEFT, TOP, FIRST)))
    parts = {
        "OFD.xml": part("OFD", body_entry()),
        "Doc_0/Document.xml": part("Document", entry),
        "Doc_0/Pages/x.xml": page,
    }
    assert read_bytes("文.ofd", packed(parts)).text == FIRST


def test_a_location_outside_is_no_file_of_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(part("Page", layer(text(LEFT, TOP, "机密"))), encoding="utf-8")
    pages = f'<ofd:Pages><ofd:Page BaseLoc="{secret}"/><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    parts = parts_of([layer(text(LEFT, TOP, FIRST))])
    reading = read_bytes("文.ofd", packed({**parts, "Doc_0/Document.xml": part("Document", pages)}))
    assert reading.text == FIRST
    assert reading.warnings[0] == "第 1 页没有文字（可能是图片或扫描页），未收录"
    assert "打不开" in reading.warnings[1]


def test_a_page_that_is_no_xml_is_told() -> None:
    parts = parts_of([layer(text(LEFT, TOP, FIRST)), ""])
    reading = read_bytes("文.ofd", packed({**parts, "Doc_0/Pages/Page_1/Content.xml": b"<a><b></a>"}))
    assert "文件的部件打不开，其中的内容未收录：“/Doc_0/Pages/Page_1/…”" in reading.warnings


@pytest.mark.parametrize("name", ["Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content"])
def test_document_types_are_refused_whatever_the_part_is_called(name: str) -> None:
    parts = parts_of([""])
    del parts["Doc_0/Pages/Page_0/Content.xml"]
    parts["Doc_0/Document.xml"] = part("Document", document(1).replace("Content.xml", name.rpartition("/")[2]))
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    parts[name] = part("Page", layer(text(LEFT, TOP, "&x;"))).replace("?>", "?>" + entity, 1)
    with pytest.raises(DamagedFile, match="DOCTYPE"):
        read_bytes("文.ofd", packed(parts))


def test_broken_and_locked_files() -> None:
    whole = packed(parts_of([layer(text(LEFT, TOP, FIRST))]))
    broken = (
        whole[:-30],
        packed({"OFD.xml": b"no xml"}),
        packed({"OFD.xml": part("OFD", "")}),
        packed({"OFD.xml": part("OFD", body_entry())}),
        packed({"OFD.xml": part("OFD", body_entry()), "Doc_0/Document.xml": part("Document", "")}),
    )
    for data in broken:
        with pytest.raises(DamagedFile, match=r"坏\.ofd"):
            read_bytes("坏.ofd", data)
    with pytest.raises(EncryptedFile, match="取消密码"):
        read_bytes("密.ofd", packed({**parts_of([layer()]), "Encryptions.xml": "<a/>"}))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [layer(text(LEFT, TOP, FIRST))] * 2
    for module, limit, value, message in (
        (ofd, "MAX_PAGES", 1, "上限 1 页"),
        (archive, "MAX_ENTRIES", 3, "OFD 阅读器"),
        (ofd_package, "MAX_PART", 10, "部件"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, value)
            with pytest.raises(FileTooLarge, match=message):
                read(pages)


def test_pages_that_would_draw_for_ever_are_refused() -> None:
    use = '<ofd:CompositeObject ResourceID="6"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="6">{layer(use * 10)}</ofd:CompositeGraphicUnit>'
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    with pytest.raises(FileTooLarge, match="过多"):  # it draws itself, ten times over
        read([layer(use)], common, PublicRes=part("Res", unit))
    with pytest.raises(FileTooLarge, match="过多"):
        ofd_page.Budget("文.ofd", characters=5).spend(characters=6)
    endless = text(LEFT, TOP, FIRST).replace("g 5", "g 99999999999")
    assert read([layer(endless)]).text == FIRST


def test_numbers_that_are_none_do_not_stop_the_reading() -> None:
    code = f'<ofd:TextCode X="30" Y="1e999">{FIRST}</ofd:TextCode>'
    odd = f'<ofd:TextObject Size="5" Boundary="a b" CTM="nan" Alpha="x">{code}</ofd:TextObject>'
    assert read([layer(odd)]).text == FIRST


def test_the_middle_of_a_turned_text_is_in_its_ink() -> None:
    turned = ofd_text.Drawn("甲乙", [(50.0, 50.0), (50.0, 55.0)], 5.0, 1.0, 1.5707963)
    assert Box(50, 50, 55, 60).holds(*turned.middle)


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
