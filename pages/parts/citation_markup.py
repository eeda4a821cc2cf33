"""The quotations of an answer as markup: reference, words, the whole clause on asking, what is copied."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from answer import Citation
from index.records import ClauseRow, DocumentRow
from pages.parts.addresses import Place, read_address
from pages.parts.answer_copy import copied_quote
from pages.parts.hits_markup import recognised_tag
from pages.parts.markup import Markup, table, tag
from pages.parts.signs import shown, unsigned
from pages.parts.tables import cells
from pages.parts.wording import one_line


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of the documents that an answer cites."""

    rows: Mapping[str, DocumentRow]  # the library's documents by id
    samples: Collection[str] = ()  # ids of sample documents
    columns: Mapping[int, Sequence[str]] = field(default_factory=dict)  # headings over table rows, by citation
    clauses: Mapping[int, ClauseRow] = field(default_factory=dict)  # the cited clauses, by citation


def clauses_of(citations: Sequence[Citation], clauses: Sequence[ClauseRow]) -> dict[int, ClauseRow]:
    """The clause of each citation, by its number; `clauses` are all of the library."""
    wanted = {(each.document, each.clause) for each in citations}
    held = {place: row for row in clauses if (place := (row.document, row.clause.start)) in wanted}
    return {each.number: held[place] for each in citations if (place := (each.document, each.clause)) in held}


def address_of(citation: Citation, question: str) -> str:
    """Where the quotation stands in its document, marked."""
    place = Place(citation.document, citation.clause, citation.start, citation.end)
    return read_address(place, question)


def number_chip(citation: Citation, link: str) -> Markup:
    """The number of a citation: a link to its place; pointed at, it shows the quotation."""
    peek = tag(
        "span",
        tag("b", unsigned(citation.reference)),
        one_line(unsigned(citation.quote)),
        class_="yj-peek",
        aria_hidden="true",
    )
    return tag(
        "a", str(citation.number), peek, href=link, class_="yj-number", aria_label=f"依据{citation.number}，打开原文"
    )


def citation_item(citation: Citation, link: str, sources: Sources) -> Markup:
    """A quotation with its reference and its clause."""
    names = sources.columns.get(citation.number, ())
    row = sources.rows.get(citation.document)
    facts = [row.metadata.issuer, row.metadata.published, row.metadata.kind] if row else []
    tags = [tag("span", value, class_="yj-tag") for value in facts if value]
    if row:
        tags += recognised_tag(row, citation.start, citation.end)
    if citation.document in sources.samples:
        tags.append(tag("span", "示例", class_="yj-tag yj-tag-sample"))
    return tag(
        "li",
        tag("span", str(citation.number), class_="yj-rank"),
        tag("h3", tag("a", unsigned(citation.reference), href=link)),
        tag("blockquote", _quotation(citation.quote, names)),
        _whole(citation, sources.clauses.get(citation.number)),
        tag(
            "p",
            tag("span", *tags, class_="yj-tags"),
            tag("a", "看原文", href=link),
            tag("button", "复制引文和出处", type="button", data_copy=copied_quote(citation, names)),
            class_="yj-foot",
        ),
    )


def _whole(citation: Citation, clause: ClauseRow | None) -> Markup | str:
    """The clause around a quotation, folded up; left out where it is the quotation."""
    if clause is None or clause.clause.role == "table" or len(clause.text.strip()) <= len(citation.quote) + 1:
        return ""
    offset = clause.clause.start
    cut = shown(clause.text, 0, len(clause.text), (citation.start - offset, citation.end - offset))
    drawn = [tag("mark", each.text) if each.marked else each.text for each in cut]
    path = " › ".join(one_line(unsigned(each.lstrip("# "))) for each in clause.clause.path)
    head = tag("p", path, class_="yj-path") if path else ""
    return tag("details", tag("summary", "看这一条全文"), head, tag("blockquote", *drawn), class_="yj-whole")


def _quotation(quote: str, names: Sequence[str]) -> str:
    """The words of a quotation; a table row under the headings of its columns, where they are known."""
    if not names:
        return one_line(unsigned(quote))
    return table(names, [[one_line(cell) for cell in cells(quote)]])
