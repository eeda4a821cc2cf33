"""Precedent wording (措辞): how other documents put the same point, grouped by formulation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.formulation import closeness, frame, same
from desk.quotation import RANKS, Quotation, quotation
from desk.segments import dice, pairs_of, plain, segments
from desk.strength import Strength, strength
from index.library import Library
from index.records import ClauseRow
from index.search import Filters, Hit
from index.sentences import sentences
from index.walk import GoingOn, always
from ingest.errors import QuestionError

ORDERS = ("closeness", "recent", "authority")
SENTENCES = 30
"""Sentences of a draft paragraph that are looked for at once; a longer one is refused, so that none is left out."""
MOST_HITS = 40
_LONGEST_TOPIC = 60  # characters of words that are looked for as one
_FARTHEST = 0.15  # of the best clause's score, under which clauses speak of something else
_LEAST = 5  # clauses that are shown however far they are
_SHOWN = 14  # characters
_FOLDED = 0.85  # of pairs in common, from which two segments are shown as one


@dataclass(frozen=True, slots=True)
class Wording:
    """A segment of a clause that words the point; `quotation.sentence` is the sentence around it."""

    quotation: Quotation
    closeness: float  # of its clause to the draft, as search scores it; higher is better
    strength: Strength
    folded: tuple[Quotation, ...] = ()  # nearly the same words elsewhere


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings of one formulation, best first."""

    frame: str  # "健全…机制"
    wordings: tuple[Wording, ...]

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """All quotations of the group, those folded too."""
        return tuple(each for wording in self.wordings for each in (wording.quotation, *wording.folded))

    @property
    def places(self) -> tuple[str, ...]:
        """Places whose documents use it, in the order of the wordings."""
        return tuple(dict.fromkeys(each.region for each in self.quotations if each.region))

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the documents that use it, rising."""
        return tuple(sorted({year for each in self.quotations for year in each.years}))

    @property
    def rank(self) -> str:
        """The highest rank of an issuer that uses it."""
        return min((each.rank for each in self.quotations), key=RANKS.index)

    @property
    def first(self) -> Quotation | None:
        """The earliest dated use."""
        return min((each for each in self.quotations if each.when), key=lambda each: each.when, default=None)

    @property
    def latest(self) -> Quotation | None:
        """The latest dated use."""
        return max((each for each in self.quotations if each.when), key=lambda each: each.when, default=None)


@dataclass(frozen=True, slots=True)
class Precedents:
    """What was found for one sentence of a draft, or for a topic."""

    draft: str
    strength: Strength
    groups: tuple[Group, ...]


def precedents(
    library: Library,
    draft: str,
    *,
    filters: Filters | None = None,
    order: str = "closeness",
    going_on: GoingOn = always,
) -> list[Precedents]:
    """How the library's documents word a half sentence, a topic, or each sentence of a draft paragraph.

    `order` is one of ORDERS. `going_on` is asked before each sentence. Raises QuestionError for an empty or too long
    draft.
    """
    if not draft.strip():
        raise QuestionError("请写出要找先例的半句话、一段草稿或一个主题")
    pieces = [draft[start:end] for start, end in sentences(draft, 0, len(draft))]
    whole = draft.strip()
    wanted = [whole] if len(whole) <= _LONGEST_TOPIC or len(pieces) < 2 else pieces
    if len(wanted) > SENTENCES:
        raise QuestionError(f"草稿有{len(wanted)}句，请一次查{SENTENCES}句以内")
    return [_precedents(library, piece, filters, order) for piece in wanted if going_on()]


def _precedents(library: Library, draft: str, filters: Filters | None, order: str) -> Precedents:
    result = library.search(draft, k=MOST_HITS, filters=filters)
    wanted = [draft[start:end] for start, end in segments(draft, 0, len(draft))] or [draft]
    least = _FARTHEST * result.hits[0].score if result.hits else 0.0
    near = [hit for rank, hit in enumerate(result.hits) if rank < _LEAST or hit.score >= least]
    found = [wording for hit in near for wording in _wordings(hit, wanted)]
    groups = _ordered(_grouped(_folded(found)), order)
    return Precedents(draft, strength(draft), tuple(groups))


def _wordings(hit: Hit, wanted: Sequence[str]) -> list[Wording]:
    """The segment of a hit's best passage that is nearest to the draft."""
    row, passage = hit.clause, hit.passage
    if row.clause.role == "table":
        return []
    start, end = passage.start - row.clause.start, passage.end - row.clause.start
    cut = [(a, b) for a, b in segments(row.text, start, end) if b - a >= 4]
    if not cut:
        return []
    best = max(cut, key=lambda each: _nearness(row.text[each[0] : each[1]], wanted))
    return [_wording(row, hit, best, (start, end))]


def _nearness(segment: str, wanted: Iterable[str]) -> float:
    held = pairs_of(plain(segment))
    return max(dice(held, pairs_of(plain(each))) + 0.3 * closeness(segment, each) for each in wanted)


def _wording(row: ClauseRow, hit: Hit, segment: tuple[int, int], sentence: tuple[int, int]) -> Wording:
    offset = row.clause.start
    made = quotation(row, hit.document, offset + segment[0], offset + segment[1], context=sentence)
    return Wording(made, hit.score, strength(made.quote))


def _folded(found: Sequence[Wording]) -> list[Wording]:
    """Wordings with nearly the same words as one, the best first."""
    kept: list[tuple[Wording, frozenset[str], list[Quotation]]] = []
    for wording in found:
        pairs = pairs_of(plain(wording.quotation.quote))
        near = next((each for each in kept if dice(each[1], pairs) >= _FOLDED), None)
        if near is None:
            kept.append((wording, pairs, []))
        elif wording.quotation not in (near[0].quotation, *near[2]):
            near[2].append(wording.quotation)
    return [Wording(each.quotation, each.closeness, each.strength, tuple(others)) for each, _, others in kept]


def _grouped(found: Sequence[Wording]) -> list[Group]:
    """Wordings by formulation: each goes to the first group whose best wording has the same one."""
    groups: list[list[Wording]] = []
    for wording in found:
        words = wording.quotation.quote
        home = next((group for group in groups if same(group[0].quotation.quote, words)), None)
        if home is None:
            groups.append([wording])
        else:
            home.append(wording)
    return [Group(_named(group[0].quotation.quote), tuple(group)) for group in groups]


def _named(segment: str) -> str:
    """The frame of a segment; of one without a verb, its beginning."""
    held = frame(segment)
    return held.shown if held.verb else segment[:_SHOWN] + ("…" if len(segment) > _SHOWN else "")


def _ordered(groups: Sequence[Group], order: str) -> list[Group]:
    """Groups by closeness of their best wording, by latest use, or by rank of issuer."""
    if order == "recent":
        return sorted(groups, key=lambda group: group.latest.when if group.latest else "", reverse=True)
    if order == "authority":
        return sorted(groups, key=lambda group: RANKS.index(group.rank))
    if order != "closeness":
        raise ValueError(f"{order!r} is none of {ORDERS}")
    return list(groups)
