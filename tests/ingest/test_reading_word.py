"""Word documents: order, tables, tracked changes, text boxes, margins, notes, numbers; archives that attack."""

import zipfile
from io import BytesIO

import docx
import pytest

from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading import archive, read_bytes

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word(body: str, **parts: str) -> bytes:
    """A minimal .docx; `parts` are further parts by relation type, e.g. numbering="<w:num …>"."""
    relations = "".join(f'<Relationship Id="r{k}" Type="{OFFICE}/{k}" Target="{k}.xml"/>' for k in parts)
    roots = {"numbering": "numbering", "styles": "styles", "header": "hdr", "footer": "ftr", "footnotes": "footnotes"}
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    } | {f"word/{k}.xml": f"<w:{roots[k]} {NAMESPACES}>{xml}</w:{roots[k]}>" for k, xml in parts.items()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(c if c.startswith('<') else run(c) for c in content)}</w:p>"


def read(body: str, **parts: str) -> Reading:
    return read_bytes("文.docx", word(body, **parts))


def test_paragraphs_and_tables_come_in_order() -> None:
    document = docx.Document()
    document.core_properties.title = "招生通知"
    document.add_paragraph("　　一、总则")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], ["学校", "人数", "一小", "40\n50"], strict=True
    ):
        cell.text = text
    document.add_paragraph("")
    document.add_paragraph("第一行\n软换行\t制表")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    buffer = BytesIO()
    document.save(buffer)
    reading = read_bytes("文.docx", buffer.getvalue())
    assert reading.text == "　　一、总则\n学校\t人数\n一小\t40 50\n第一行\n软换行\t制表\n页眉\n— 1 —"
    assert [reading.text[t.start : t.end] for t in reading.tables] == ["学校\t人数\n一小\t40 50"]
    assert [reading.text[a:b] for a, b in reading.furniture] == ["页眉", "— 1 —"]
    assert (reading.format, reading.title, reading.warnings) == ("docx", "招生通知", ())


def test_insertions_are_in_and_deletions_out() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo>"
    reading = read(paragraph("甲", deleted, f"<w:ins>{run('新')}</w:ins>", moved))
    assert reading.text == "甲新移来"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert read(paragraph("甲", properties=mark) + paragraph("乙") + paragraph("丙")).text == "甲乙\n丙"


def test_field_results_are_in_and_codes_out_and_links_in() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("结果")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read(paragraph("见", field, f"<w:hyperlink>{run('链接')}</w:hyperlink>")).text == "见结果链接"


def test_hidden_text_and_symbols_are_reported() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    reading = read(paragraph("见", run("藏", "<w:vanish/>"), run("现", '<w:vanish w:val="0"/>'), symbol))
    assert reading.text == "见现□"
    assert reading.warnings == ("有 1 处隐藏文字未收录", "有 1 个符号字体的字符以 □ 代替")


def test_a_text_box_comes_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    choices = f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    assert read(paragraph("前", f"<w:r>{both}</w:r>", "后") + paragraph("末")).text == "前后\n框内\n末"


def test_content_controls_and_formulas_are_read() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    assert read(control + paragraph("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>")).text == "控件\nx+1"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def rows(*cells: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{c}</w:tr>' for c in cells)}</w:tbl>"


def test_cells_merged_downwards_are_repeated_and_across_stand_once() -> None:
    begin, go_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    reading = read(
        rows(
            cell("区", begin) + cell("人数", wide),
            cell("", go_on) + cell("男") + cell("女"),
            cell("", go_on) + cell("1") + cell("2"),
        )
    )
    assert reading.text == "区\t人数\t\n区\t男\t女\n区\t1\t2"


def test_traces_of_cells_merged_across_are_no_cells() -> None:
    """LibreOffice writes a cell of no width for each column that a span covers, and calls it merged downwards."""
    wide, trace = '<w:gridSpan w:val="2"/>', '<w:tcW w:w="0" w:type="dxa"/><w:vMerge w:val="continue"/>'
    reading = read(
        rows(
            cell("课程") + cell("学分") + cell("学期"),
            cell("数学") + cell("4") + cell("一"),
            cell("合计", wide) + cell("", trace) + cell("21"),
        )
    )
    assert reading.text == "课程\t学分\t学期\n数学\t4\t一\n合计\t\t21"


def test_a_table_for_layout_becomes_paragraphs() -> None:
    reading = read(rows(cell("左") + f"<w:tc>{paragraph('右一')}{paragraph('右二')}</w:tc>"))
    assert (reading.text, reading.tables) == ("左\n右一\n右二", ())


def test_notes_follow_the_body_and_separators_are_no_text() -> None:
    notes = (
        f'<w:footnote w:type="separator">{paragraph("线")}</w:footnote><w:footnote>{paragraph("脚注。")}</w:footnote>'
    )
    assert read(paragraph("正文"), footnotes=notes).text == "正文\n脚注。"


LEVELS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:abstractNum w:abstractNumId="9">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="hebrew1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
)


def listed(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_written_out() -> None:
    body = (
        listed("总则", 0)
        + listed("目标", 1)
        + listed("任务", 1)
        + listed("保障", 0)
        + listed("经费", 1)
        + listed("附", 0, 0)
    )
    reading = read(body, numbering=LEVELS)
    assert reading.text == "一、总则\n（一）目标\n（二）任务\n二、保障\n（一）经费\n附"
    assert reading.warnings == ()


def test_a_number_in_an_unknown_format_is_reported() -> None:
    reading = read(listed("甲", 0, 9) + listed("乙", 0, 77), numbering=LEVELS)
    assert (reading.text, reading.warnings) == ("甲\n乙", ("有 2 段使用了自动编号，编号未能读出，请核对",))


def test_a_document_of_pictures_has_no_text() -> None:
    with pytest.raises(NoText, match="图片"):
        read(paragraph("<w:r><w:drawing/></w:r>"), header=paragraph("页眉"))


def test_a_cut_off_file_is_damaged() -> None:
    data = word(paragraph("正文" * 500))
    for end in (len(data) // 4, len(data) // 2, len(data) - 10):
        with pytest.raises(DamagedFile):
            read_bytes("坏.docx", data[:end])


def test_broken_xml_is_damaged() -> None:
    with pytest.raises(DamagedFile, match=r"坏\.docx"):
        read_bytes("坏.docx", word("<w:p>"))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word(paragraph("0" * (5 * 1024 * 1024)))
    assert len(bomb) < 20_000
    with pytest.raises(FileTooLarge, match="压缩比"):
        read_bytes("弹.docx", bomb)
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    with pytest.raises(FileTooLarge, match="部件"):
        read_bytes("弹.docx", word(paragraph("正文")))
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10)
    monkeypatch.setattr(archive, "MAX_ENTRIES", 99)
    with pytest.raises(FileTooLarge, match="解压后"):
        read_bytes("弹.docx", word(paragraph("正文")))


def test_a_document_type_declaration_is_refused_for_it_may_read_other_files() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(word(paragraph("&x;正文")))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            declaration = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>' if "document.xml" in name else b""
            new.writestr(name, declaration + old.read(name))
    with pytest.raises(DamagedFile, match="文档类型声明"):
        read_bytes("文.docx", buffer.getvalue())


def test_an_encrypted_document_asks_for_its_password_to_be_removed() -> None:
    data = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    with pytest.raises(EncryptedFile, match="取消密码"):
        read_bytes("密.docx", data)
