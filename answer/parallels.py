"""The same matter in other places: where no place is asked about, what others say of it is cited too."""

from collections.abc import Sequence

from answer.choose import with_figures
from answer.echoes import says_the_same
from answer.evidence import Evidence
from answer.intent import Intent, intent_of
from index.embedding import Embedder
from index.query import Query

ALIKE = 0.7
"""Cosine of two sentences, -1 to 1, from which they speak of the same matter."""
BELOW, BELOW_SHARE = 0.15, 0.3
"""How far below the best sentence's score a parallel may lie: so much, or this share of the score."""
MOST = 3


def parallels(
    embedder: Embedder, query: Query, chosen: Sequence[Evidence], found: Sequence[Evidence]
) -> list[Evidence]:
    """The best sentence of each further place that speaks of the matter of the best sentence, best first."""
    intent = intent_of(query)
    if query.regions or not found or found[0].asked or intent not in (Intent.GENERAL, Intent.FIGURE):
        return []
    if intent is Intent.FIGURE:
        found = with_figures(query, found) or found
    floor = found[0].score - max(BELOW, BELOW_SHARE * found[0].score)
    firsts = {_place(piece): piece for piece in reversed(found) if piece.score >= floor}
    cited = {None, *map(_place, chosen)}
    others = [piece for place, piece in firsts.items() if place not in cited]
    others = [piece for piece in others if not any(says_the_same(each.text, piece.text) for each in chosen)]  # echoes
    if not others:
        return []
    vectors = embedder.embed_passages([found[0].text, *(piece.text for piece in others)])
    near = [piece for piece, likeness in zip(others, vectors[1:] @ vectors[0], strict=True) if likeness >= ALIKE]
    return sorted(near, key=lambda piece: -piece.score)[:MOST]


def _place(piece: Evidence) -> str | None:
    return piece.hit.document.metadata.region
