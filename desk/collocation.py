"""Collocations: what stands between, before or behind words throughout a library (keyword in context)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from desk.quotation import Quotation, quotation
from index.records import ClauseRow, DocumentRow
from index.search import Filters
from index.snapshot import Snapshot
from index.walk import GoingOn, always, clauses_in
from ingest.errors import QuestionError

GAP = re.compile(r"(?:…|\.{3}|。{3}|~|～)+")
LONGEST_GAP = 16
CONTEXT = 18
"""Characters shown on either side of a keyword."""
MOST_LINES = 500
_BUILT = re.compile(r"^.*(?:建立健全|建立|健全|完善|构建|形成|实行|落实|强化|优化|推进|推动|探索|实现)(?=..)")
"""What stands before the words that fill an open gap: …机制 in 建立学位预警机制."""
_NO_WORDS = r"[^，,。；;：:、！？!?\s（）()]"
_OPEN_GAP = 8  # characters
_BEHIND, _AHEAD = re.compile(f"{_NO_WORDS}{{1,2}}"), re.compile(f"{_NO_WORDS}+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One use: what stands before and behind, and what fills the gap."""

    before: str
    keyword: str  # verbatim, the filling included
    after: str
    filling: str
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class Concordance:
    """All uses of a pattern, and how often each filling occurs."""

    pattern: str
    fillings: tuple[tuple[str, int], ...]  # most frequent first
    lines: tuple[Line, ...]  # at most MOST_LINES
    total: int


def concordance(
    snapshot: Snapshot,
    pattern: str,
    *,
    filters: Filters | None = None,
    going_on: GoingOn = always,
) -> Concordance:
    """Look a pattern up in all citable clauses: 健全…机制, …全覆盖, 健全….

    A gap (… or ...) is filled by up to LONGEST_GAP characters without punctuation. Without a gap, fillings are the
    two characters behind the keyword. Raises QuestionError where the pattern has no words.
    """
    uses = _uses_of(pattern)
    counts: Counter[str] = Counter()
    lines: list[Line] = []
    for row, clause in clauses_in(snapshot, filters=filters, going_on=going_on):
        for start, end, words in uses(clause.text):
            filling = _BUILT.sub("", words) or words
            counts[filling] += 1
            if len(lines) < MOST_LINES:
                lines.append(_line(clause, row, start, end, filling))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Concordance(pattern, tuple(ranked), tuple(lines), counts.total())


def _line(clause: ClauseRow, row: DocumentRow, start: int, end: int, filling: str) -> Line:
    offset = clause.clause.start
    before = _tail(clause.text[max(start - CONTEXT, 0) : start])
    after = _head(clause.text[end : end + CONTEXT])
    return Line(before, clause.text[start:end], after, filling, quotation(clause, row, offset + start, offset + end))


Uses = Callable[[str], Iterator[tuple[int, int, str]]]
"""Finds in a text where a pattern stands, and what fills its gap."""


def _uses_of(pattern: str) -> Uses:
    parts = [part.strip() for part in GAP.split(pattern.strip())]
    if len(parts) > 2 or not any(parts):
        raise QuestionError("请写一个词语，或者中间、前后带一个“…”的格式，例如“健全…机制”“…全覆盖”")
    if len(parts) == 1:
        return partial(_beside, parts[0])
    first, second = parts
    if not first:
        return partial(_before, second)
    behind = f"{{1,{LONGEST_GAP}}}?){re.escape(second)}" if second else "{1,8})"
    return partial(_between, re.compile(f"{re.escape(first)}({_NO_WORDS}{behind}"))


def _beside(keyword: str, text: str) -> Iterator[tuple[int, int, str]]:
    """A keyword, and the two characters behind it."""
    for match in re.finditer(re.escape(keyword), text):
        behind = _BEHIND.match(text, match.end())
        yield match.start(), match.end(), behind[0] if behind else ""


def _before(keyword: str, text: str) -> Iterator[tuple[int, int, str]]:
    """A keyword, and what stands before it up to a punctuation mark."""
    for match in re.finditer(re.escape(keyword), text):
        filling = _AHEAD.search(text[max(match.start() - _OPEN_GAP, 0) : match.start()])
        if filling:
            yield match.start() - len(filling[0]), match.end(), filling[0]


def _between(expression: re.Pattern[str], text: str) -> Iterator[tuple[int, int, str]]:
    for match in expression.finditer(text):
        yield match.start(), match.end(), match[1]


def _tail(words: str) -> str:
    return re.split(r"[。\n]", words)[-1]


def _head(words: str) -> str:
    return re.split(r"[。\n]", words)[0]
