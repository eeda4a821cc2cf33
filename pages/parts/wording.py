"""Chinese words for what the library knows of a document: roles, metadata, numbers."""

from ingest.document import BODY_ROLES, Metadata, Receipt

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
UNKNOWN = "未识别"


def facts(metadata: Metadata) -> list[tuple[str, str]]:
    """What a document prints about itself, each with its name; what it does not print is left out."""
    period = metadata.period
    years = None if period is None else f"{period[0]}年" if period[0] == period[1] else f"{period[0]}—{period[1]}年"
    named = [
        ("发文字号", metadata.number),
        ("发文机关", metadata.issuer),
        ("地区", metadata.region),
        ("文种", metadata.kind),
        ("所涉年份", years),
        ("发布", metadata.published),
        ("成文", metadata.signed if metadata.signed != metadata.published else None),
        ("施行", metadata.effective),
        ("索引号", metadata.index_number),
    ]
    return [(name, value) for name, value in named if value]


def unknown_facts(metadata: Metadata) -> list[str]:
    """Names of what matters for citing and filtering and could not be read."""
    wanted = {
        "发文字号": metadata.number,
        "发文机关": metadata.issuer,
        "地区": metadata.region,
        "发布": metadata.published or metadata.signed,
        "文种": metadata.kind,
    }
    return [name for name, value in wanted.items() if not value]


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
