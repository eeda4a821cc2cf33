"""Choosing which sentences to say, by the kind of answer that is asked for."""

import re
from collections.abc import Callable, Iterable, Sequence

from answer.evidence import Evidence
from answer.extent import completed
from answer.figures import answers_figure
from answer.intent import Intent, asks_for_list, intent_of
from index.query import Query
from index.records import years_of
from index.sentences import sentences

_NEAR = 0.15
"""How far below the best sentence's score another one of its clause may lie and still be said."""
_NEAR_FIGURE = 0.12
_TIE = 0.04
"""How far below the best sentence's score one of another clause may lie and still be as good."""
_MOST_SENTENCES = 3
_MOST_LISTED = 4
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
_PRECEDENT = 0.4
_PRECEDENT_MARGIN = 0.25
"""Another document's wording of a matter is quoted from this score on, and so far below the best one."""
_MOST_PRECEDENTS = 5
MOST_ASKED = 8
"""Paragraphs of an article, or tasks of a unit, that are said."""
_SHORT_CLAUSE = 260  # characters; asked for a list, a clause as short as this is said whole
_GAP = 120
_LONGEST = 400
"""Sentences of a clause that are said are quoted as one, with what stands between them: characters between, in all."""


def choose(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Choose the sentences that answer, in the order they are to be said."""
    if found[0].asked:
        return list(found[:MOST_ASKED])
    choosers: dict[Intent, Callable[[Query, Sequence[Evidence]], list[Evidence]]] = {
        Intent.COMPARISON: _compared,
        Intent.LIST: _listed,
        Intent.FIGURE: _figures,
        Intent.WHO: _responsible,
        Intent.WORDING: _worded,
        Intent.GENERAL: _nearest,
    }
    chosen = choosers[intent_of(query)](query, found)
    return _in_order(query, _joined(_distinct(completed(piece) for piece in chosen)))


def _inside(best: Evidence, found: Sequence[Evidence], margin: float, most: int) -> list[Evidence]:
    """A sentence and the next best of its clause."""
    near = (each for each in found if each.hit.clause.id == best.hit.clause.id and each.score >= best.score - margin)
    return _distinct([best, *near])[:most]


def _said(best: Evidence, found: Sequence[Evidence], margin: float, most: int) -> list[Evidence]:
    """What is said of the clause of a sentence: the clause whole where it is short, else its best sentences."""
    row = best.hit.clause
    if len(row.text) > _SHORT_CLAUSE or row.clause.points:
        return _inside(best, found, margin, most)
    start = row.clause.start
    return [best.span(start + first, start + last) for first, last in sentences(row.text, 0, len(row.text))]


def _nearest(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    return [piece for best in _tied(found) for piece in _inside(best, found, _NEAR, _MOST_SENTENCES)]


def _tied(found: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, and that of another clause which is as good as it."""
    other = next((each for each in found if each.hit.clause.id != found[0].hit.clause.id), None)
    return [found[0], other] if other and other.score >= found[0].score - _TIE else [found[0]]


def _worded(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each document that puts the matter into words."""
    floor = max(_PRECEDENT, found[0].score - _PRECEDENT_MARGIN)
    firsts: dict[str, Evidence] = {}
    for piece in found:
        if piece is found[0] or piece.score >= floor:
            firsts.setdefault(piece.hit.document.id, piece)
    chosen = list(firsts.values())[:_MOST_PRECEDENTS]
    return [each for first in chosen for each in _inside(first, found, _NEAR, _MOST_SENTENCES)]


def with_figures(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences near the best that hold a figure of the kind asked for, best first."""
    near = (piece for piece in found if piece.score >= FIGURE_SHARE * found[0].score)
    return [piece for piece in near if answers_figure(query.question, completed(piece).text)]


def _figures(query: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences with figures; more of them, of other clauses too, where several figures are asked for."""
    holding = with_figures(query, found) or list(found[:1])
    if _SEVERAL.search(query.question):
        return [each for each in holding if each.score >= holding[0].score - _SEVERAL_MARGIN][:_MOST_SENTENCES]
    return _inside(holding[0], holding, _NEAR_FIGURE, _MOST_SENTENCES - 1)


def _listed(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """A list is in one clause."""
    return [piece for best in _tied(found) for piece in _said(best, found, 1.0, _MOST_LISTED)]


def _responsible(_: Query, found: Sequence[Evidence]) -> list[Evidence]:
    """Asked who: the sentence that names the responsible units stands at the end of the clause."""
    best = found[0]
    if best.text[0] in "（(" and best.hit.clause.clause.responsible_units:
        return [best.under_heading()]
    if not best.hit.clause.clause.responsible_units or "责任单位" in best.text or "牵头" in best.text:
        return _inside(best, found, _NEAR, _MOST_SENTENCES - 1)
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
            if piece.score >= floor and (not mine or _goes_with(piece, mine)):
                mine.append(piece)
    if asks_for_list(query):
        listed = [mine[0] for mine in sides.values() if mine][:_MOST_COMPARED]
        return [each for first in listed for each in _said(first, found, _NEAR, _MOST_SENTENCES)]
    firsts = [pieces[0] for pieces in sides.values() if pieces]
    seconds = [pieces[1] for pieces in sides.values() if len(pieces) > 1]
    return _distinct([*firsts, *seconds])[:_MOST_COMPARED]


def _goes_with(piece: Evidence, mine: Sequence[Evidence]) -> bool:
    """Tell whether a sentence is said behind the first of its side: one more of the same clause, close to it."""
    first = mine[0]
    return len(mine) < 2 and piece.hit.clause.id == first.hit.clause.id and piece.score >= first.score - 0.08


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


def _joined(pieces: Sequence[Evidence]) -> list[Evidence]:
    """Sentences of one clause that stand close together, as one quotation."""
    joined: list[Evidence] = []
    for piece in sorted(pieces, key=lambda each: (each.hit.clause.id, each.start)):
        last = joined[-1] if joined else None
        if last and _is_one(last, piece):
            joined[-1] = last.span(last.start, max(last.end, piece.end))
        else:
            joined.append(piece)
    ranks = {piece.hit.clause.id: rank for rank, piece in reversed([*enumerate(pieces)])}
    return sorted(joined, key=lambda each: (ranks[each.hit.clause.id], each.start))


def _is_one(last: Evidence, piece: Evidence) -> bool:
    return (
        last.hit.clause.id == piece.hit.clause.id
        and piece.start - last.end <= _GAP
        and piece.end - last.start <= _LONGEST
    )


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
