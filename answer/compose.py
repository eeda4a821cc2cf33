"""Composing an answer without a language model: the chosen sentences, verbatim, each with its citation."""

from collections.abc import Sequence

from answer.choose import choose
from answer.evidence import Evidence
from answer.records import Citation, Statement
from index.library import Library
from index.query import Query


def compose(
    library: Library, query: Query, found: Sequence[Evidence], missing: str | None
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Choose, order and quote sentences; a refusal says what is missing and quotes nothing.

    A sentence that its document does not hold word for word is left out.
    """
    if missing is not None:
        return (Statement(f"库中无依据：{missing}。", ()),), ()
    chosen = choose(query, found)
    texts = {document: library.document(document).text for document in {piece.hit.document.id for piece in chosen}}
    verified = [piece for piece in chosen if texts[piece.hit.document.id][piece.start : piece.end] == piece.text]
    citations = tuple(_citation(number, piece) for number, piece in enumerate(verified, 1))
    return tuple(Statement(_spoken(citation), (citation.number,)) for citation in citations), citations


def _citation(number: int, piece: Evidence) -> Citation:
    row = piece.hit.document
    return Citation(
        number=number,
        document=row.id,
        source=row.source,
        title=row.metadata.title,
        doc_number=row.metadata.number,
        label=_label(piece),
        clause=piece.hit.clause.clause.start,
        quote=piece.text,
        start=piece.start,
        end=piece.end,
    )


def _label(piece: Evidence) -> str:
    """The clause as officials cite it, down to the point where the sentence lies in one: 第十一条第(一)项."""
    clause = piece.hit.clause.clause
    label = clause.citation_label or clause.label
    inside = [point for point in clause.points if point.start <= piece.start and piece.end <= point.end]
    return label + "".join(point.label for point in inside[-1:])


def _spoken(citation: Citation) -> str:
    """A quotation as a sentence of the answer: verbatim, a half-sentence's mark turned to a full stop."""
    quote = citation.quote
    return quote if quote[-1] in "。！？!?）)" else quote.rstrip("；;，,：:") + "。"
