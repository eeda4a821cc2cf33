"""Word's numbering: formats by worked examples, counting as ECMA-376 17.9 says."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from ingest.reading.numbering import Numbering
from ingest.reading.numerals import FORMATS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        (
            "chineseCountingThousand",
            {100: "一百", 101: "一百零一", 110: "一百一十", 1005: "一千零五", 1050: "一千零五十"},
        ),
        ("ideographDigital", {10: "一〇", 25: "二五"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 25: "贰拾伍"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerRoman", {4: "iv", 19: "xix"}),
    ],
)
def test_formats(name: str, written: dict[int, str]) -> None:
    assert {number: FORMATS[name](number) for number in written} == written


def level(depth: int, form: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'


def lists(*levels: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> Element:
    return fromstring(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f"{instances}</w:numbering>"
    )


def item(depth: int = 0, number: int = 1) -> Element:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return fromstring(f"<w:p {W}><w:pPr>{place}</w:pPr></w:p>")


def labels(numbering: Numbering, *places: tuple[int, int]) -> list[str]:
    return [numbering.label(item(depth, number)) for depth, number in places]


def test_deeper_levels_begin_again_and_may_show_the_levels_above() -> None:
    numbering = Numbering(lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")), None)
    assert labels(numbering, (0, 1), (1, 1), (1, 1), (0, 1), (1, 1)) == ["1. ", "1.1 ", "1.2 ", "2. ", "2.1 "]


def test_articles() -> None:
    numbering = Numbering(lists(level(0, "chineseCountingThousand", "第%1条", '<w:suff w:val="space"/>')), None)
    assert labels(numbering, *[(0, 1)] * 11)[-1] == "第十一条 "


def test_legal_style_shows_the_levels_above_in_arabic() -> None:
    numbering = Numbering(lists(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>")), None)
    assert labels(numbering, (0, 1), (1, 1)) == ["一、", "1.1 "]


def test_two_instances_of_a_list_count_on_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    instances = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{extra}</w:num>'
        for n, extra in ((1, ""), (2, ""), (3, anew))
    )
    numbering = Numbering(lists(level(0, "chineseCounting", "%1、"), instances=instances), None)
    assert labels(numbering, (0, 1), (0, 2), (0, 3), (0, 3)) == ["一、", "二、", "一、", "二、"]


def test_a_style_gives_list_and_level() -> None:
    styles = fromstring(
        f'<w:styles {W}><w:style w:styleId="h2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="h2"/></w:style></w:styles>'
    )
    numbering = Numbering(
        lists(level(0, "decimal", "%1."), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>')), styles
    )
    styled = fromstring(f'<w:p {W}><w:pPr><w:pStyle w:val="h2"/></w:pPr></w:p>')
    assert [numbering.label(styled), numbering.label(styled)] == ["（一）", "（二）"]
    assert numbering.label(fromstring(f'<w:p {W}><w:pPr><w:pStyle w:val="own"/></w:pPr></w:p>')) == "（三）"
    assert numbering.label(fromstring(f"<w:p {W}/>")) == ""


def test_bullets_are_no_numbers() -> None:
    numbering = Numbering(lists(level(0, "bullet", "\uf0b7")), None)
    assert (labels(numbering, (0, 1)), numbering.unread) == ([""], 0)
