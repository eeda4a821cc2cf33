"""What the tools of 拟稿 share: a quotation with its source, differences marked, tables with links."""

from collections.abc import Iterable, Sequence

from desk.differences import runs
from desk.quotation import Quotation
from pages.parts.addresses import Place, read_address
from pages.parts.markup import Markup, join, tag
from pages.parts.signs import unsigned

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def address(quoted: Quotation) -> str:
    """Address of the clause in its document, the quotation marked."""
    return read_address(Place(quoted.document, quoted.clause, quoted.start, quoted.end))


def source_line(quoted: Quotation, *more: str) -> Markup:
    """Where a quotation stands, as a link, and a few small words more."""
    values = [each for each in (quoted.region, quoted.published, *more) if each]
    return tag(
        "p",
        tag("a", unsigned(quoted.reference), href=address(quoted)),
        *(tag("span", value, class_="yj-tag") for value in values),
        class_="yj-drawn-from",
    )


def with_differences(words: str, other: str) -> Markup:
    """Words, those that stand in the other text too set apart from those that don't."""
    return join(
        tag("em", unsigned(run.text), class_="yj-same") if run.common else tag("ins", unsigned(run.text))
        for run in runs(words, other)
    )


def in_sentence(quoted: Quotation, marked: Markup) -> Markup:
    """The sentence around a quotation, with the quotation as marked."""
    before, _, after = quoted.sentence.partition(quoted.quote)
    return tag("span", unsigned(before), tag("b", marked), unsigned(after))


def wide_table(names: Sequence[str], rows: Iterable[Sequence[str | Markup]], *, class_: str = "") -> Markup:
    """A table whose rows become cards on a phone: each cell bears the name of its column."""
    head = tag("thead", tag("tr", *(tag("th", name) for name in names)))
    lines = (
        tag("tr", *(tag("td", cell, data_name=name) for name, cell in zip(names, row, strict=True))) for row in rows
    )
    return tag("div", tag("table", head, tag("tbody", *lines)), class_=f"yj-ledger {class_}".strip())
