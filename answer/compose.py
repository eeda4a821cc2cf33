"""Composing an answer without a language model: the chosen sentences, verbatim, each with its citation."""

from collections.abc import Sequence

from answer.choose import choose
from answer.citing import cited
from answer.echoes import echoes
from answer.evidence import Evidence
from answer.parallels import parallels
from answer.records import Citation, Statement
from index.library import Library
from index.query import Query
from ingest.document import Document


def compose(
    library: Library, query: Query, found: Sequence[Evidence], missing: str | None
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Choose, order and quote sentences; a refusal says what is missing and quotes nothing.

    A sentence that its document does not hold word for word is left out.
    """
    if missing is not None:
        return (Statement(f"库中无依据：{missing}。", ()),), ()
    chosen = selected(library, query, found)
    groups = [[piece, *echoes(piece, chosen, found)] for piece in chosen]
    documents = {each: library.document(each) for each in {p.hit.document.id for pieces in groups for p in pieces}}
    statements: list[Statement] = []
    citations: list[Citation] = []
    for pieces in groups:
        verified = [p for p in pieces if documents[p.hit.document.id].text[p.start : p.end] == p.text]
        own = [_citation(number, piece) for number, piece in enumerate(verified, len(citations) + 1)]
        if own and verified[0] is pieces[0]:
            columns = _columns(documents[own[0].document], verified[0])
            heading, said = verified[0].heading, _spoken(own[0], columns)
            said = f"{heading}{said.rstrip('。')}。" if heading else said
            statements.append(Statement(said, tuple(each.number for each in own)))
            citations += own
    return tuple(statements), tuple(citations)


def selected(library: Library, query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that are said, in their order: those that answer, and other places' where none is asked about."""
    chosen = choose(query, found)
    return [*chosen, *parallels(library.embedder, query, chosen, found)]


def _citation(number: int, piece: Evidence) -> Citation:
    """Cite a sentence down to the point where it lies in one: 第十一条第(一)项."""
    points = piece.hit.clause.clause.points
    inside = [point.label for point in points if point.start <= piece.start and piece.end <= point.end]
    return cited(number, piece.hit, piece.start, piece.end, point="".join(inside[-1:]))


def _columns(document: Document, piece: Evidence) -> list[str]:
    """Column headings of the table that a row is of; empty where it is no row."""
    if piece.hit.clause.clause.role != "table":
        return []
    headers = [row for row in document.clauses if row.role == "table_header" and row.start < piece.start]
    return document.text_of(headers[-1]).split("\t") if headers else []


def _spoken(citation: Citation, columns: Sequence[str]) -> str:
    """A quotation as a sentence of the answer: verbatim, a half-sentence's mark turned to a full stop.

    A row of a table is said with its column headings: 学校：云川一小，计划班数：6。
    """
    quote = citation.quote
    if columns:
        cells = zip(columns, quote.split("\t"), strict=False)
        return "，".join(f"{name.strip()}：{cell.strip()}" for name, cell in cells if cell.strip()) + "。"
    return quote if quote[-1] in "。！？!?）)" else quote.rstrip("；;，,：:") + "。"
