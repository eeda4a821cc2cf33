"""The same fact in other documents: sentences that say it in nearly the same words are cited together."""

import re
from collections.abc import Sequence

from answer.evidence import Evidence

ALIKE = 0.6
"""Share of pairs of Han, of two sentences together, that both hold (Dice, 0 to 1), from which they say the same."""
MOST = 3
"""Further documents that are cited for a sentence."""
_BELOW = 0.5  # how far below the best sentence's score an echo may lie
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def echoes(piece: Evidence, chosen: Sequence[Evidence], found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences of other documents than those chosen that say the same with the same figures, one a document."""
    if piece.asked:
        return []
    cited = {each.hit.document.id for each in chosen}
    near: list[Evidence] = []
    for other in found:
        document = other.hit.document.id
        if document not in cited and other.score >= found[0].score - _BELOW and says_the_same(piece.text, other.text):
            cited.add(document)
            near.append(other)
    return near[:MOST]


def says_the_same(one: str, other: str) -> bool:
    """Tell whether two sentences have nearly the same words and the same figures.

    >>> says_the_same("小学课间延长为15分钟。", "将小学课间延长为15分钟；"), says_the_same("课间15分钟", "课间20分钟")
    (True, False)
    """
    first, second = _pairs(one), _pairs(other)
    if not first or not second or set(_FIGURE.findall(one)) != set(_FIGURE.findall(other)):
        return False
    return 2 * len(first & second) / (len(first) + len(second)) >= ALIKE


def _pairs(text: str) -> set[str]:
    return {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
