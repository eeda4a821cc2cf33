"""Composing an answer without a language model: the sentences that answer, verbatim, each with its citation."""

from collections.abc import Callable, Sequence

from answer.evidence import Evidence
from answer.intent import Intent, intent_of
from answer.records import Citation, Statement
from index.library import Library
from index.query import Query
from index.sentences import sentences

_MOST = {Intent.FIGURE: 2, Intent.WHO: 2, Intent.COMPARISON: 6, Intent.LIST: 3, Intent.GENERAL: 3}
_MOST_ASKED = 8  # paragraphs of an article
_MARGIN = {Intent.FIGURE: 0.12, Intent.WHO: 0.10, Intent.COMPARISON: 0.35, Intent.LIST: 0.2, Intent.GENERAL: 0.15}
"""How far below the best sentence's score another may lie and still be said."""


def compose(
    library: Library, query: Query, found: Sequence[Evidence], missing: str | None
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Choose, order and quote sentences; a refusal says what is missing and quotes nothing."""
    if missing is not None:
        return (Statement(f"库中无依据：{missing}。", ()),), ()
    intent = intent_of(query)
    chosen = _chosen(query, intent, found)
    texts: dict[str, str] = {}

    def text_of(document: str) -> str:
        if document not in texts:
            texts[document] = library.document(document).text
        return texts[document]

    citations = [_citation(number, piece, text_of) for number, piece in enumerate(chosen, 1)]
    kept = [citation for citation in citations if citation is not None]
    statements = tuple(Statement(_spoken(citation), (citation.number,)) for citation in kept)
    return statements, tuple(kept)


def _chosen(query: Query, intent: Intent, found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences to say: the best, those close behind it, one a document where documents are compared."""
    if found[0].asked:
        return list(found[:_MOST_ASKED])
    if intent is Intent.COMPARISON:
        return _in_order(_one_a_document(query, found))
    best = found[0]
    close = [piece for piece in found if piece.score >= best.score - _MARGIN[intent]]
    chosen = _distinct(close)[: _MOST[intent]]
    if intent is Intent.WHO:
        chosen = _with_units(chosen)
    return _in_order(chosen)


def _one_a_document(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each document, and a second one close behind it."""
    chosen: dict[str, list[Evidence]] = {}
    best = found[0].score
    for piece in found:
        mine = chosen.setdefault(piece.hit.document.id, [])
        if piece.score < best - _MARGIN[Intent.COMPARISON] or (mine and piece.score < mine[0].score - 0.08):
            continue
        if len(mine) < 2:
            mine.append(piece)
    return _distinct([piece for pieces in chosen.values() for piece in pieces])[: _MOST[Intent.COMPARISON]]


def _with_units(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Asked who: the sentence that names the responsible units stands at the end of the clause."""
    best = chosen[0]
    if not best.hit.clause.clause.responsible_units or "责任单位" in best.text or "牵头" in best.text:
        return list(chosen)
    start = best.hit.clause.clause.start
    text = best.hit.clause.text
    *_, (first, last) = sentences(text, 0, len(text))
    units = Evidence(best.hit, start + first, start + last, text[first:last], best.score, best.dense, best.lexical)
    return [best, units]


def _distinct(pieces: Sequence[Evidence]) -> list[Evidence]:
    """Each place of a text once, and the same words once."""
    seen: set[tuple[str, int] | str] = set()
    kept = []
    for piece in pieces:
        keys = ((piece.hit.document.id, piece.start), piece.text)
        if not seen & set(keys):
            kept.append(piece)
        seen |= set(keys)
    return kept


def _in_order(pieces: Sequence[Evidence]) -> list[Evidence]:
    """Best document first; inside a document, as it reads."""
    ranks: dict[str, int] = {}
    for piece in pieces:
        ranks.setdefault(piece.hit.document.id, len(ranks))
    return sorted(pieces, key=lambda piece: (ranks[piece.hit.document.id], piece.start))


def _citation(number: int, piece: Evidence, text_of: Callable[[str], str]) -> Citation | None:
    """Cite a sentence; None where the document does not hold it word for word."""
    row, clause = piece.hit.document, piece.hit.clause.clause
    quote = text_of(row.id)[piece.start : piece.end]
    if not quote or quote != piece.text:
        return None
    label = _label(piece)
    return Citation(
        number,
        row.id,
        row.source,
        row.metadata.title,
        row.metadata.number,
        label,
        clause.start,
        quote,
        piece.start,
        piece.end,
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
