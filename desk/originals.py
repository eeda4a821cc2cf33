"""Clauses as drafts cite and quote them: by label, and by words that may have been altered."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from desk.segments import pairs_of, plain
from index.ngrams import normalised
from index.records import ClauseRow

LEAST_PAIRS = 0.35
"""Share of a quotation's pairs that a clause must hold to be compared with it."""
_MOST = 6  # clauses that are compared
_LONG = 2000  # characters of a clause, from which only the part around common words is compared
_RUN = 6  # characters in common that lead there

Place = tuple[float, ClauseRow, int, int]
"""Share of the words found, 0 to 1, the clause, and the range of its text."""


def is_of(row: ClauseRow, label: str) -> bool:
    """Whether a clause is the one of a label, or lies in it."""
    own = row.clause.label.replace("（", "(").replace("）", ")")
    return (
        own == label
        or own.rstrip(".") == label.rstrip(".")
        or (own.startswith(label) and own[len(label) :][:1] in "第(、")
    )


def holds(row: ClauseRow, full: str, label: str) -> bool:
    """Whether a clause is, or has, the paragraph and item that are cited."""
    rest = full[len(label) :]
    paragraph, _, item = rest.partition("款")
    if not paragraph.startswith("第("):
        wanted = f"{label}{paragraph}款"
        one = row.clause.label == label and paragraph == "第一"
        if not (row.clause.label == wanted or one):
            return False
        rest = item
    return not rest or any(point.label == rest for point in row.clause.points)


def last_article(rows: Sequence[ClauseRow]) -> str:
    """The label of the last article; empty where there is none."""
    labels = [match[0] for row in rows if (match := re.match(r"第[^条]{1,7}条", row.clause.label))]
    return labels[-1] if labels else ""


def contained(words: frozenset[str], row: ClauseRow) -> float:
    """Share of pairs that a clause holds, 0 to 1."""
    return len(words & pairs_of(plain(row.text))) / len(words) if words else 0.0


def bare(words: str) -> str:
    """Words without blanks, punctuation and width: punctuation may differ in a quotation."""
    return re.sub(r"[\W_]+", "", normalised(words))


def nearest(words: str, rows: Iterable[ClauseRow]) -> Place | None:
    """The passage of the rows that words were most likely altered from."""
    held = pairs_of(plain(words))
    near = sorted(((contained(held, row), n, row) for n, row in enumerate(rows)), key=lambda each: (-each[0], each[1]))
    places = [(*window(words, row.text), row) for share, _, row in near[:_MOST] if share >= LEAST_PAIRS]
    best = max(places, key=lambda each: each[0], default=None)
    return (best[0], best[3], best[1], best[2]) if best else None


def window(words: str, text: str) -> tuple[float, int, int]:
    """The stretch of a text that words were taken from: share of them in it, in order, and its range."""
    if len(text) > _LONG:
        offset = _near(words, text)
        if offset is None:
            return 0.0, 0, 0
        share, start, end = window(words, text[offset : offset + min(3 * len(words), _LONG)])
        return share, start + offset, end + offset
    blocks = [block for block in SequenceMatcher(None, words, text, autojunk=False).get_matching_blocks() if block.size]
    best = max(blocks, key=lambda block: block.size, default=None)
    if best is None:
        return 0.0, 0, 0
    low, high = best.b - best.a - len(words) // 2, best.b + len(words) - best.a + len(words) // 2
    inside = [block for block in blocks if low <= block.b and block.b + block.size <= high]
    start, end = min(block.b for block in inside), max(block.b + block.size for block in inside)
    return sum(block.size for block in inside) / len(words), start, end


def _near(words: str, text: str) -> int | None:
    """Where in a long text the words may begin, with room before them; None where no run of them stands in it."""
    for i in range(0, len(words) - _RUN + 1):
        position = text.find(words[i : i + _RUN])
        if position >= 0:
            return max(position - i - len(words), 0)
    return None
