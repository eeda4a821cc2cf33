"""What the desk finds as rows of tables: for the command line, for Excel, Markdown and CSV."""

from collections.abc import Iterable, Sequence

from desk.collocation import Concordance
from desk.compare import Cell, Comparison
from desk.duties import Duty
from desk.quotation import Quotation
from desk.spreadsheet import Sheet
from desk.targets import Target
from desk.wording import Precedents
from index.records import DocumentRow

TARGET_COLUMNS = (
    *("指标", "归并为", "数值（原文）", "下限", "上限", "单位", "比较", "年份", "地区", "性质"),
    *("原句", "文件", "文号", "条款"),
)
DUTY_COLUMNS = ("任务", "内容", "牵头单位", "责任（配合）单位", "时限", "文件", "文号", "条款", "地区")
WORDING_COLUMNS = (
    *("草稿", "句式", "原文", "整句", "力度", "地区", "年份", "发文层级", "文件", "文号", "条款", "发布日期"),
)
QUOTATION_COLUMNS = ("序号", "原文", "整句", "地区", "发文机关", "文件", "文号", "条款", "发布日期")


def target_sheet(found: Iterable[Target]) -> Sheet:
    """Targets, one a row; low and high are numbers."""
    rows = [
        (
            each.indicator.words,
            each.group,
            each.shown,
            each.figure.low,
            each.figure.high,
            each.figure.unit,
            each.figure.word or each.figure.comparison,
            each.year,
            each.place or "",
            each.kind,
            each.quotation.sentence,
            each.quotation.title,
            each.quotation.number or "",
            each.quotation.label,
        )
        for each in found
    ]
    return Sheet("指标", TARGET_COLUMNS, rows)


def duty_sheet(found: Iterable[Duty]) -> Sheet:
    """Duties, one a row."""
    rows = [
        (
            each.task,
            "".join(each.sentences),
            "、".join(each.lead),
            "、".join(each.others),
            each.deadline,
            each.quotation.title,
            each.quotation.number or "",
            each.quotation.label,
            each.quotation.region or "",
        )
        for each in found
    ]
    return Sheet("责任分工", DUTY_COLUMNS, rows)


def wording_sheet(found: Iterable[Precedents]) -> Sheet:
    """Wordings, one a row, those folded too."""
    rows = [
        (
            precedents.draft,
            group.frame,
            quoted.quote,
            quoted.sentence,
            wording.strength.name,
            quoted.region or "",
            "、".join(map(str, quoted.years)),
            quoted.rank,
            quoted.title,
            quoted.number or "",
            quoted.label,
            quoted.published or "",
        )
        for precedents in found
        for group in precedents.groups
        for wording in group.wordings
        for quoted in (wording.quotation, *wording.folded)
    ]
    return Sheet("措辞先例", WORDING_COLUMNS, rows)


def basket_sheet(chosen: Iterable[Quotation]) -> Sheet:
    """Chosen passages, numbered."""
    rows = [
        (
            n,
            each.quote,
            each.sentence,
            each.region or "",
            each.issuer or "",
            each.title,
            each.number or "",
            each.label,
            each.published or "",
        )
        for n, each in enumerate(chosen, 1)
    ]
    return Sheet("摘录", QUOTATION_COLUMNS, rows)


def concordance_sheet(found: Concordance) -> Sheet:
    """Uses of a pattern, one a row."""
    rows = [
        (line.before, line.keyword, line.after, line.filling, line.quotation.title, line.quotation.label)
        for line in found.lines
    ]
    return Sheet("搭配", ("前文", "关键词", "后文", "搭配", "文件", "条款"), rows)


def comparison_sheets(found: Comparison) -> list[Sheet]:
    """A sheet with a column for each document, and one with a row for each sentence and its status."""
    names = tuple(column_name(row) for row in found.documents)
    side_by_side = [tuple("\n\n".join(_clause(cell) for cell in cells) for cells in row.cells) for row in found.rows]
    sentences = [
        (
            name,
            cell.quotation.label,
            each.quotation.quote,
            each.status,
            each.other.quote if each.other else "",
            each.other.reference if each.other else "",
            each.why,
        )
        for row in found.rows
        for name, cells in zip(names, row.cells, strict=True)
        for cell in cells
        for each in cell.sentences
    ]
    columns = ("文件", "条款", "原句", "变化", "对应的句子", "出处", "说明")
    return [Sheet("对照", names, side_by_side), Sheet("逐句", columns, list(dict.fromkeys(sentences)))]


def column_name(row: DocumentRow) -> str:
    """A document as the head of a column: its title, with the number where it has one."""
    return f"《{row.metadata.title}》" + (f"（{row.metadata.number}）" if row.metadata.number else "")


def _clause(cell: Cell) -> str:
    return f"{cell.quotation.label} {cell.quotation.quote}"


def markdown(title: str, chosen: Sequence[Quotation]) -> str:
    """Chosen passages as Markdown: a quotation each, with its number, and the list of sources."""
    quotes = [f"> {_plain(each.quote)}[^{n}]" for n, each in enumerate(chosen, 1)]
    sources = [f"[^{n}]: {_plain(each.reference)}" for n, each in enumerate(chosen, 1)]
    return "\n\n".join([f"# {_plain(title)}", *quotes, "\n".join(sources)]) + "\n"


def _plain(words: str) -> str:
    """Words in which no sign of Markdown or HTML acts."""
    folded = " ".join(words.split())
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in folded)
