"""Choosing which sentences to say, by the kind of answer that is asked for."""

import re
from collections.abc import Callable, Iterable, Sequence

from answer.evidence import Evidence
from answer.extent import completed
from answer.figures import answers_figure
from answer.intent import Intent, intent_of
from index.query import Query
from index.records import years_of
from index.sentences import sentences

_MOST = {Intent.FIGURE: 2, Intent.WHO: 2, Intent.LIST: 4, Intent.GENERAL: 3}
_MARGIN = {Intent.FIGURE: 0.12, Intent.WHO: 0.10, Intent.LIST: 0.15, Intent.GENERAL: 0.15}
"""How far below the best sentence's score another may lie and still be said."""
_SEVERAL = re.compile(r"分别|各(?:是|有|为|要|多少|几)|多少.*(?:多少|几)|几.*(?:多少|几)")
_SEVERAL_MARGIN = 0.35
FIGURE_SHARE = 0.6
"""Share of the best sentence's score from which one that holds the figure asked for is near enough."""
_COUNTED = re.compile("多少|几|率|占比|比例|数量|人数|标准|高于|低于|最高|最低")
_COMPARED_MARGIN = 0.35
_SIDE = 0.35
_SIDE_SHARE = 0.35
"""A place or year that is asked about has a basis from this score on, and from this share of the best side's."""
_MOST_COMPARED = 6
_MOST_ASKED = 8  # paragraphs of an article
_SHORT_CLAUSE = 260  # characters; asked for a list, a clause as short as this is said whole


def choose(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Choose the sentences that answer, in the order they are to be said."""
    if found[0].asked:
        return list(found[:_MOST_ASKED])
    choosers: dict[Intent, Callable[[Query, Sequence[Evidence]], list[Evidence]]] = {
        Intent.COMPARISON: _compared,
        Intent.LIST: _listed,
        Intent.FIGURE: _figures,
        Intent.WHO: _responsible,
        Intent.GENERAL: _nearest,
    }
    chosen = choosers[intent_of(query)](query, found)
    return _in_order(query, _distinct(completed(piece) for piece in chosen))


def _close(found: Sequence[Evidence], margin: float) -> list[Evidence]:
    return [piece for piece in found if piece.score >= found[0].score - margin]


def _nearest(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    return _distinct(_close(found, _MARGIN[Intent.GENERAL]))[: _MOST[Intent.GENERAL]]


def with_figures(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences near the best that hold a figure of the kind asked for, best first."""
    near = (piece for piece in found if piece.score >= FIGURE_SHARE * found[0].score)
    return [piece for piece in near if answers_figure(query.question, completed(piece).text)]


def _figures(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences with figures; more of them where several figures are asked for."""
    holding = with_figures(query, found) or list(found[:1])
    several = bool(_SEVERAL.search(query.question))
    close = _close(holding, _SEVERAL_MARGIN if several else _MARGIN[Intent.FIGURE])
    return _distinct(close)[: _MOST[Intent.FIGURE] + several]


def _listed(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """A list is in one clause: the best one whole where it is short, else its best sentences and those close by."""
    best = found[0].hit.clause
    if len(best.text) <= _SHORT_CLAUSE and not best.clause.points:
        start = best.clause.start
        whole = ((start + first, start + last) for first, last in sentences(best.text, 0, len(best.text)))
        return [found[0].span(*place) for place in whole]
    inside = [piece for piece in found if piece.hit.clause.id == best.id][: _MOST[Intent.LIST] - 1]
    close = _close(found, _MARGIN[Intent.LIST])
    return _distinct([*inside, *close])[: _MOST[Intent.LIST]]


def _responsible(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Asked who: the sentence that names the responsible units stands at the end of the clause."""
    chosen = _distinct(_close(found, _MARGIN[Intent.WHO]))[: _MOST[Intent.WHO]]
    best = chosen[0]
    if not best.hit.clause.clause.responsible_units or "责任单位" in best.text or "牵头" in best.text:
        return chosen
    start = best.hit.clause.clause.start
    *_others, (first, last) = sentences(best.hit.clause.text, 0, len(best.hit.clause.text))
    return [best, best.span(start + first, start + last)]


def _compared(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each place and year asked about, and a second one close behind it."""
    sides: dict[tuple[object, ...], list[Evidence]] = {}
    found = _figures_first(query, found)
    named = len(query.regions) > 1 or len(query.years) > 1
    floor = max(_SIDE, _SIDE_SHARE * found[0].score) if named else found[0].score - _COMPARED_MARGIN
    for piece in found:
        for side in _sides(query, piece):
            mine = sides.setdefault(side, [])
            if piece.score >= floor and len(mine) < 2 and (not mine or piece.score >= mine[0].score - 0.08):
                mine.append(piece)
    firsts = [pieces[0] for pieces in sides.values() if pieces]
    seconds = [pieces[1] for pieces in sides.values() if len(pieces) > 1]
    return _distinct([*firsts, *seconds])[:_MOST_COMPARED]


def _figures_first(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Where figures are compared, sentences near the best that hold one come before the others."""
    if not _COUNTED.search(query.question):
        return list(found)
    holding = with_figures(query, found)
    return [*holding, *(piece for piece in found if piece not in holding)]


def _sides(query: Query, piece: Evidence) -> list[tuple[object, ...]]:
    """What a sentence is compared as: its document, or the place and each of the years that were asked about."""
    row = piece.hit.document
    years = [year for year in query.years if year in years_of(row.metadata)]
    if len(query.years) > 1 and years:
        return [(row.metadata.region, year) for year in years]
    return [(row.id,)]


def _distinct(pieces: Iterable[Evidence]) -> list[Evidence]:
    """Each place of a text once, and the same words once."""
    kept: list[Evidence] = []
    for piece in pieces:
        if not any(_overlap(piece, other) or piece.text == other.text for other in kept):
            kept.append(piece)
    return kept


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.hit.document.id == other.hit.document.id and one.start < other.end and other.start < one.end


def _in_order(query: Query, pieces: Sequence[Evidence]) -> list[Evidence]:
    """Places in the order of the question, then the best document first; inside a document, as it reads."""
    ranks: dict[str, int] = {}
    for piece in pieces:
        ranks.setdefault(piece.hit.document.id, len(ranks))
    places = {region: number for number, region in enumerate(query.regions)}

    def order(piece: Evidence) -> tuple[int, int, int]:
        row = piece.hit.document
        return places.get(row.metadata.region or "", len(places)), ranks[row.id], piece.start

    return sorted(pieces, key=order)
