"""OFD: what does not show, what is left out and told, and files that attack."""

from pathlib import Path

import pytest
from ofd_files import (
    LEFT,
    TOP,
    body_entry,
    document,
    layer,
    packed,
    part,
    parts_of,
    read,
    text,
)
from office_texts import FIRST

from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading import archive, ofd, ofd_package, ofd_page, ofd_text, read_bytes
from ingest.reading.ofd_geometry import Box

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
