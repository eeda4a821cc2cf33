"""Documents of the library as markup: what they are, and the receipts of what was read."""

from collections.abc import Collection, Iterable, Mapping

from index.kin import Kin
from index.records import DocumentRow
from ingest.document import Metadata, Receipt
from ingest.receipt import is_flagged
from pages.parts.adding import STATUS, Outcome
from pages.parts.addresses import Place, read_address
from pages.parts.markup import Markup, tag
from pages.parts.signs import unsigned
from pages.parts.wording import (
    STATES,
    clause_characters,
    facts,
    misnamed,
    percent,
    proven_facts,
    reading_facts,
    roles_of,
    unknown_facts,
)


def document_card(row: DocumentRow, *, sample: bool, apart: str = "", kin: Kin | None = None) -> Markup:
    """A document: title, metadata, what belongs to it, receipt; `apart` tells it from others of the same title."""
    mark = tag("span", "示例", class_="yj-tag yj-tag-sample") if sample else ""
    origin = f"{row.source}　{row.format.upper()}　{row.added[:10]}入库"
    return tag(
        "div",
        tag("h3", _link(row, apart), mark),
        _facts(row.metadata),
        kin_lines(kin) if kin else "",
        _receipt(row.metadata, row.receipt, origin, misnamed(row.source, row.format)),
        class_="yj-document",
    )


def shelf_list(rows: Iterable[DocumentRow], samples: Collection[str], apart: Mapping[str, str]) -> Markup:
    """Documents by title, each leading to its text; `apart` tells those of the same title apart, by id."""
    lines = (_shelved(row, apart.get(row.id, ""), sample=row.id in samples) for row in rows)
    return tag("ul", *lines, class_="yj-shelf")


def _link(row: DocumentRow, apart: str) -> Markup:
    date = tag("span", f"（{apart}）", class_="yj-apart") if apart else ""
    return tag("a", unsigned(row.metadata.title), date, href=read_address(Place(row.id)))


def _shelved(row: DocumentRow, apart: str, *, sample: bool) -> Markup:
    metadata = row.metadata
    known = "　".join(value for value in (metadata.number, metadata.published) if value and value != apart)
    mark = tag("span", "示例", class_="yj-tag yj-tag-sample") if sample else ""
    return tag("li", _link(row, apart), mark, tag("span", known, class_="yj-known"))


def outcome_list(outcomes: Iterable[Outcome]) -> Markup:
    """What became of the files that were added."""
    return tag("ul", *(_outcome(each) for each in outcomes), class_="yj-outcomes")


def kin_lines(kin: Kin) -> Markup:
    """What belongs to a document, each a link: the same text in other files, its 解读, the policy that it explains."""
    named = (("正文相同", kin.same), ("所解读的文件", kin.explains), ("解读", kin.explained_by))
    lines = [tag("span", tag("b", name), *(_kin_link(row) for row in rows)) for name, rows in named if rows]
    return tag("p", *lines, class_="yj-facts yj-kin")


def _kin_link(row: DocumentRow) -> Markup:
    known = row.metadata.published or row.metadata.signed or row.source
    words = f"《{row.metadata.title}》（{known}）"
    return tag("a", words, href=read_address(Place(row.id)))


def _facts(metadata: Metadata) -> Markup:
    known = [tag("span", tag("b", name), value) for name, value in facts(metadata)]
    unknown = unknown_facts(metadata)
    missing = tag("span", tag("b", "未识别"), "、".join(unknown), class_="yj-unknown") if unknown else ""
    return tag("p", *known, missing, class_="yj-facts")


def _receipt(metadata: Metadata, receipt: Receipt, origin: str, misnamed: str | None) -> Markup:
    """One line of figures; opened, characters by role and the warnings."""
    minded = [*([misnamed] if misnamed else []), *receipt.warnings]
    warned = tag("span", f"提示{len(minded)}条", class_="yj-warned") if minded else ""
    flagged = tag("span", "需要核对", class_="yj-tag yj-tag-flag") if is_flagged(receipt) else ""
    summary = tag(
        "summary",
        tag("span", f"{receipt.characters:,}字"),
        tag("span", f"可检索{clause_characters(receipt):,}字"),
        tag("span", f"{receipt.clauses}条款"),
        tag("span", f"归入条款{percent(receipt.coverage)}", class_=None if receipt.coverage >= 1 else "yj-warned"),
        warned,
        flagged,
    )
    roles = (tag("span", tag("b", name), f"{number:,}") for name, number in roles_of(receipt))
    warnings = tag("ul", *(tag("li", each) for each in minded)) if minded else ""
    return tag(
        "details",
        summary,
        tag("p", *roles, class_="yj-facts"),
        tag("p", *(tag("span", tag("b", name), value) for name, value in reading_facts(receipt)), class_="yj-facts"),
        _evidence(metadata),
        warnings,
        tag("p", origin, class_="yj-source"),
        class_="yj-receipt",
    )


def _evidence(metadata: Metadata) -> Markup:
    """Each field of the metadata: printed, guessed or unknown, and the words that show it."""
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row"),
            tag("td", value or "—"),
            tag("td", tag("span", STATES[state], class_=f"yj-state yj-state-{state}")),
            tag("td", words, class_="yj-words"),
        )
        for name, value, state, words in proven_facts(metadata)
    ]
    return tag("table", tag("tbody", *rows), class_="yj-proof")


def _outcome(outcome: Outcome) -> Markup:
    state = tag("b", STATUS[outcome.status], class_=f"yj-status-{outcome.status}")
    if outcome.document is None:
        return tag("li", state, tag("span", outcome.message or outcome.file))
    document = outcome.document
    link = tag("a", unsigned(document.metadata.title), href=read_address(Place(document.id)))
    warned = misnamed(outcome.file, document.reading.format)
    notice = tag("span", f"　{warned}", class_="yj-warned") if warned else ""
    receipt = _receipt(document.metadata, document.receipt, outcome.file, warned)
    return tag("li", state, tag("span", link, "　", outcome.file), notice, receipt)
