"""How much of a clause to quote, so that a sentence keeps its sense: lists with what leads in to them."""

from answer.evidence import Evidence
from index.sentences import sentences
from ingest.document import Point

LONGEST_LIST = 400
"""Characters; a longer list is quoted in part."""
_POINT_HEADING = 30  # characters


def completed(piece: Evidence) -> Evidence:
    """Widen a sentence that can't stand alone: an item gets its list, a lead-in its items, a heading its text."""
    clause = piece.hit.clause.clause
    items = [point for point in clause.points if point.label.endswith(("项", "目"))]
    if items and piece.end > items[0].start - 2:
        return _with_list(piece, items)
    heads = any(point.start == piece.start for point in clause.points) and len(piece.text) < _POINT_HEADING
    if heads or piece.text[-1] in "：:":
        return _onward(piece, heads=heads)
    return piece


def _with_list(piece: Evidence, items: list[Point]) -> Evidence:
    """What leads in and the whole list; where that is too long, from the lead-in to the item, or the item alone."""
    clause = piece.hit.clause.clause
    end = max(items[-1].end, piece.end)
    if end - clause.start <= LONGEST_LIST:
        return piece.span(clause.start, end)
    if piece.end - clause.start <= LONGEST_LIST:
        return piece.span(clause.start, piece.end)
    return piece


def _onward(piece: Evidence, *, heads: bool) -> Evidence:
    """Go on to the next sentence, or from a lead-in to the end of what it leads in, as far as is readable."""
    clause = piece.hit.clause
    offset = clause.clause.start
    ends = [end for _, end in sentences(clause.text, piece.end - offset, len(clause.text))]
    if not ends:
        return piece
    inside = [end for end in ends if end - (piece.start - offset) <= LONGEST_LIST]
    end = ends[0] if heads or not inside else inside[-1]
    return piece.span(piece.start, offset + end)
