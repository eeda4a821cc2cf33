"""Chinese words for what the library knows of a document: roles, metadata, numbers."""

import re
from pathlib import PurePosixPath

from index.records import years_of
from ingest.document import BODY_ROLES, Metadata, Receipt
from ingest.receipt import doubtful_pages, state_of

ROLES = {
    "title": "标题",
    "title_note": "题注",
    "contents": "目录",
    "addressee": "主送机关",
    "preamble": "前言",
    "heading": "条款标题",
    "body": "正文",
    "table": "表格",
    "table_header": "表头",
    "cover_notice": "印发通知",
    "closing": "结束语",
    "attachment": "附件标记",
    "attachment_list": "附件说明",
    "signature": "署名",
    "signature_date": "成文日期",
    "disclosure_note": "附注",
    "distribution": "抄送",
    "imprint": "印发说明",
    "furniture": "网页导航、页码等",
}
FORMATS = {
    "txt": "纯文本",
    "md": "Markdown",
    "html": "网页",
    "mhtml": "网页归档",
    "pdf": "PDF",
    "docx": "Word（docx）",
    "doc": "旧版 Word（doc）",
    "rtf": "RTF",
    "odt": "OpenDocument 文本",
    "xlsx": "Excel（xlsx）",
    "xls": "旧版 Excel（xls）",
    "ods": "OpenDocument 表格",
    "ofd": "OFD",
    "image": "图片",
}
_ENDINGS = {
    **dict.fromkeys((".txt", ".text"), "txt"),
    **dict.fromkeys((".md", ".markdown"), "md"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".aspx", ".jsp"), "html"),
    **dict.fromkeys((".mht", ".mhtml"), "mhtml"),
    **dict.fromkeys((".doc", ".wps"), "doc"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys((".xls", ".et"), "xls"),
    **{f".{name}": name for name in ("pdf", "docx", "ofd", "rtf", "odt", "ods")},
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif"), "image"),
    **dict.fromkeys((".ppt", ".pptx"), "other"),
}
_PLAIN = {"txt", "md"}
_MEANING = re.compile(r"语义相近（(\d\.\d+)）")
HIGH, MIDDLE = 0.6, 0.4
"""Cosines from which a clause is said to be near in meaning to a high, to a middle degree."""


def facts(metadata: Metadata) -> list[tuple[str, str]]:
    """What a document prints about itself, each with its name; what it does not print is left out."""
    years = f"{_period(metadata)}年" if metadata.period else None
    named = [
        ("发文字号", metadata.number),
        ("发文机关", metadata.issuer),
        ("地区", metadata.region),
        ("文种", metadata.kind),
        ("所涉年份", years),
        ("发布日期", metadata.published),
        ("成文日期", metadata.signed if metadata.signed != metadata.published else None),
        ("施行日期", metadata.effective),
        ("索引号", metadata.index_number),
    ]
    return [(name, value) for name, value in named if value]


def holding(metadata: Metadata) -> tuple[str, str]:
    """Where and when a document holds; of one that is about no years, when it was published.

    >>> holding(Metadata("要点", region="云川市", period=(2024, 2026)))
    ('云川市', '2024—2026')
    >>> holding(Metadata("办法", region="云川市", published="2023-07-20"))
    ('云川市', '2023年发布')
    """
    if metadata.period:
        return metadata.region or "", _period(metadata)
    return metadata.region or "", "".join(f"{year}年发布" for year in years_of(metadata))


def _period(metadata: Metadata) -> str:
    years = years_of(metadata)
    return str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"


def misnamed(source: str, format_: str) -> str | None:
    """What to say of a file whose name ends otherwise than its content is; None where it fits.

    >>> misnamed("要点.pdf", "html")
    '扩展名是.pdf，内容是网页，请核对'
    """
    ending = PurePosixPath(source).suffix.lower()
    named = _ENDINGS.get(ending, format_)
    if named == format_ or {named, format_} == _PLAIN:
        return None
    return f"扩展名是{ending}，内容是{FORMATS.get(format_, format_)}，请核对"


def graded(reason: str) -> tuple[str, str | None]:
    """A reason in words without a number, and the number to be seen on asking.

    >>> graded("语义相近（0.58）"), graded("地区：云川市")
    (('语义相近（中）', '相似度0.58'), ('地区：云川市', None))
    """
    found = _MEANING.fullmatch(reason)
    if not found:
        return reason, None
    value = float(found[1])
    return f"语义相近（{'高' if value >= HIGH else '中' if value >= MIDDLE else '低'}）", f"相似度{found[1]}"


def unknown_facts(metadata: Metadata) -> list[str]:
    """Names of what matters for citing and filtering and could not be read."""
    wanted = {
        "发文字号": metadata.number,
        "发文机关": metadata.issuer,
        "地区": metadata.region,
        "发布日期": metadata.published or metadata.signed,
        "文种": metadata.kind,
    }
    return [name for name, value in wanted.items() if not value]


STATES = {"printed": "原文写明", "guessed": "推断，请核对", "unknown": "未识别"}
_PROVEN = {
    "title": "标题",
    "number": "发文字号",
    "issuer": "发文机关",
    "region": "地区",
    "published": "发布日期",
    "signed": "成文日期",
    "effective": "施行日期",
    "valid_for": "有效期",
    "addressees": "主送机关",
    "copied_to": "抄送",
    "imprinted": "印发日期",
}
_ALWAYS = frozenset({"title", "number", "issuer", "region", "published"})
"""Fields that are listed even where they are unknown."""


def proven_facts(metadata: Metadata) -> list[tuple[str, str, str, str]]:
    """Fields of the metadata: name, value, state (a key of STATES), and the words that show the value."""
    found = []
    for field, name in _PROVEN.items():
        state, shown = state_of(metadata, field), metadata.shown_by(field)
        if state != "unknown" or field in _ALWAYS:
            value, words = getattr(metadata, field) or "", shown.words if shown else ""
            found.append((name, value, state, "" if words.strip("：: ") == value else words))
    return found


def reading_facts(receipt: Receipt) -> list[tuple[str, str]]:
    """What the receipt says of pages, tables, recognised and hidden text; what there is none of is left out."""
    doubtful = doubtful_pages(receipt)
    named = [
        ("页数", receipt.pages and f"{receipt.pages}"),
        ("读不清的页", "、".join(map(str, doubtful))),
        ("表格", receipt.tables and f"{receipt.tables}个"),
        ("图片识别", receipt.recognised and f"{receipt.recognised:,}字（{percent(_share(receipt))}）"),
        ("隐藏文字", receipt.hidden and f"{receipt.hidden:,}字，未收录"),
    ]
    return [(name, value) for name, value in named if value]


def _share(receipt: Receipt) -> float:
    return receipt.recognised / receipt.characters if receipt.characters else 0.0


def roles_of(receipt: Receipt) -> list[tuple[str, int]]:
    """Characters by role, most first, under their Chinese names."""
    counted = sorted(receipt.by_role.items(), key=lambda pair: -pair[1])
    return [(ROLES.get(role, role), number) for role, number in counted if number]


def clause_characters(receipt: Receipt) -> int:
    """Characters in clauses that can be searched and cited."""
    return sum(number for role, number in receipt.by_role.items() if role in BODY_ROLES)


def percent(share: float) -> str:
    """A share as a percentage that never says 100% of less than all.

    >>> percent(1), percent(0.99999), percent(0.5)
    ('100%', '99.9%', '50.0%')
    """
    return "100%" if share >= 1 else f"{int(share * 1000) / 10:.1f}%"


def reference(metadata: Metadata, label: str) -> str:
    """A clause as officials cite it: 《…》（文号）二、(一)3."""
    number = f"（{metadata.number}）" if metadata.number else ""
    return f"《{metadata.title}》{number}{label}"


def one_line(words: str) -> str:
    r"""Words without line breaks; the cells of a table row parted by bars.

    >>> one_line("覆盖率\t92%\n")
    '覆盖率 ｜ 92%'
    """
    return " ".join(words.strip().replace("\t", " ｜ ").split())
