"""Comparison (对比): clauses of documents side by side, and what became of each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.indicators import indicators
from answer.quantities import Figure, figures
from desk.alignment import Scores, Side, aligned, scores, shared, side
from desk.quotation import Quotation, quotation
from desk.segments import dice, pairs_of, plain, segments
from desk.strength import strength
from index.library import Library
from index.records import DocumentRow, years_of
from index.search import Filters
from index.snapshot import Snapshot
from index.walk import GoingOn, always
from ingest.errors import UnknownDocument, UsageError

NEW, CONTINUED, STRONGER, WEAKER, DROPPED, DONE = "新增", "延续", "加强", "减弱", "未再提", "已完成"
STATUSES = (NEW, CONTINUED, STRONGER, WEAKER, DROPPED, DONE)
MOST_DOCUMENTS = 4
SENTENCE = 0.45
"""Score, 0 to 1, from which two sentences make the same point."""
_MEANING, _WORDS = 0.5, 0.5  # weights of cosine and of pairs in common
_SAME_INDICATOR = 0.5
_LEVELS = frozenset({"%", "‰", "个百分点", "分钟", "小时", "课时", "元", "元/年·生", "元/生·年", "天", "学时"})
"""Units of what is at a level; counts of what is added year by year (新增20个) are not compared."""
_SHORTEST = 8  # characters of a sentence that is followed up
_TOPIC_LEAST = 0.4  # of the best clause's score
_CLAUSES_A_DOCUMENT = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a cell with what became of it."""

    quotation: Quotation
    status: str  # one of STATUSES; empty where nothing is told
    other: Quotation | None = None  # its counterpart
    why: str = ""  # what makes it stronger or weaker: 90% → 95%


@dataclass(frozen=True, slots=True)
class Cell:
    """A clause of one document with its sentences."""

    quotation: Quotation
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What the documents say of one subject; a cell may hold several clauses, or none."""

    cells: tuple[tuple[Cell, ...], ...]  # one for each document


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents side by side, the earliest first."""

    documents: tuple[DocumentRow, ...]
    rows: tuple[Row, ...]

    def counted(self) -> dict[str, int]:
        """How many sentences have each status."""
        sentences = {
            (each.quotation.document, each.quotation.start): each.status
            for row in self.rows
            for cells in row.cells
            for cell in cells  # a clause may stand beside several others
            for each in cell.sentences
        }
        found = list(sentences.values())
        return {status: found.count(status) for status in STATUSES if status in found}


def compare(snapshot: Snapshot, documents: Sequence[str], *, going_on: GoingOn = always) -> Comparison:
    """Put the clauses of two to MOST_DOCUMENTS documents side by side, aligned to those of the earliest.

    Sentences are followed up from each document to the next. Raises UsageError, UnknownDocument.
    """
    wanted = list(dict.fromkeys(documents))
    if not 2 <= len(wanted) <= MOST_DOCUMENTS:
        raise UsageError(f"请选2到{MOST_DOCUMENTS}份文件来对比，现在选了{len(wanted)}份")
    known = {row.id: row for row in snapshot.documents}
    if missing := next((each for each in wanted if each not in known), None):
        raise UnknownDocument(f"文库里没有文件 {missing}")
    ordered = sorted((known[each] for each in wanted), key=_when)
    sides = [side(snapshot, row.id) for row in ordered]
    told = _told(ordered, sides, going_on)
    return Comparison(tuple(ordered), tuple(_rows(ordered, sides, told)))


def _when(row: DocumentRow) -> tuple[int, str]:
    years = years_of(row.metadata)
    return (years[0] if years else 9999, row.metadata.published or "")


Told = dict[int, Sentence]
"""What is told of the sentences of a document, by the id of their passages."""


def _told(documents: Sequence[DocumentRow], sides: Sequence[Side], going_on: GoingOn) -> list[Told]:
    """What became of each sentence, from each document to the next."""
    told: list[Told] = [{} for _ in documents]
    for i in range(len(documents) - 1):
        if going_on():
            _follow(documents[i], documents[i + 1], sides[i], sides[i + 1], told[i], told[i + 1])
    return told


def _follow(earlier: DocumentRow, later: DocumentRow, one: Side, other: Side, before: Told, after: Told) -> None:
    """Tell what became of the sentences of a document in the next, and where those of the next come from."""
    lefts, rights = _sentences(one, earlier), _sentences(other, later)
    table = _sentence_scores(lefts, rights)
    ended = DONE if _is_report(earlier) else DROPPED
    for left, i in zip(lefts, _counterparts(table), strict=True):
        told = _told_of(left, rights[i], *_change(left.quotation, rights[i].quotation)) if i >= 0 else None
        before.setdefault(left.passage, told or Sentence(left.quotation, ended))
    for right, i in zip(rights, _counterparts(table.T), strict=True):
        told = _told_of(right, lefts[i], *_change(lefts[i].quotation, right.quotation)) if i >= 0 else None
        after[right.passage] = told or Sentence(right.quotation, NEW)


@dataclass(frozen=True, slots=True, eq=False)
class _Followed:
    """A sentence that is followed up, with the id and the vector of its passage."""

    passage: int
    quotation: Quotation
    vector: NDArray[np.float32]


def _told_of(one: _Followed, other: _Followed, status: str, why: str) -> Sentence:
    return Sentence(one.quotation, status, other.quotation, why)


def _sentences(held: Side, document: DocumentRow) -> list[_Followed]:
    """The sentences of a side that are long enough to be followed up."""
    return [
        _Followed(passage.id, quotation(row, document, passage.start, passage.end), vector)
        for row, passages, vectors in zip(held.clauses, held.passages, held.vectors, strict=True)
        for passage, vector in zip(passages, vectors, strict=True)
        if len(passage.text) >= _SHORTEST
    ]


def _sentence_scores(lefts: Sequence[_Followed], rights: Sequence[_Followed]) -> Scores:
    """How much each sentence makes the same point as each other one: (lefts, rights), at most 1."""
    if not lefts or not rights:
        return np.zeros((len(lefts), len(rights)), np.float32)
    cosines = np.array([each.vector for each in lefts]) @ np.array([each.vector for each in rights]).T
    words = shared([plain(each.quotation.quote) for each in lefts], [plain(each.quotation.quote) for each in rights])
    table: Scores = (_MEANING * cosines + _WORDS * words).astype(np.float32)
    return table


def _counterparts(table: Scores) -> list[int]:
    """For each row the column of its best score, or -1 where that is under SENTENCE."""
    if not table.size:
        return [-1] * len(table)
    best = table.argmax(axis=1)
    return [int(j) if table[i, j] >= SENTENCE else -1 for i, j in enumerate(best)]


def _is_report(row: DocumentRow) -> bool:
    return "总结" in (row.metadata.kind or row.metadata.title) or (row.metadata.kind or "") in {"报告", "通报"}


def _change(before: Quotation, after: Quotation) -> tuple[str, str]:
    """Whether a later sentence is stronger or weaker than the one before it, and by what."""
    for old, name in _measured(before.quote):
        for new, other in _measured(after.quote):
            alike = dice(pairs_of(plain(name)), pairs_of(plain(other))) >= _SAME_INDICATOR
            if alike and old.unit == new.unit in _LEVELS and old.high != new.high:
                quotes = before.quote[old.start : old.end], after.quote[new.start : new.end]
                return (STRONGER if new.high > old.high else WEAKER), f"{name}：{quotes[0]} → {quotes[1]}"
    one, other = _nearest(before.quote, after.quote)
    if dice(pairs_of(plain(one)), pairs_of(plain(other))) < _SAME_INDICATOR:
        return CONTINUED, ""
    first, second = strength(one), strength(other)
    if first.rung and second.rung and abs(first.rung - second.rung) > 1:
        return (STRONGER if second.rung > first.rung else WEAKER), f"{first.word} → {second.word}"
    return CONTINUED, ""


def _nearest(one: str, other: str) -> tuple[str, str]:
    """The segments of two sentences that have most pairs of characters in common."""
    lefts, rights = (
        [words[start:end] for start, end in segments(words, 0, len(words))] or [words] for words in (one, other)
    )
    return max(
        ((left, right) for left in lefts for right in rights),
        key=lambda pair: dice(pairs_of(plain(pair[0])), pairs_of(plain(pair[1]))),
    )


def _measured(words: str) -> list[tuple[Figure, str]]:
    found = figures(words)
    return [(figure, each.name) for figure, each in zip(found, indicators(words, found), strict=True)]


def _rows(documents: Sequence[DocumentRow], sides: Sequence[Side], told: Sequence[Told]) -> list[Row]:
    """A row for each clause of the first document, then one for each clause of the others that has no counterpart."""
    matched = [dict[int, list[int]]() for _ in sides]
    for n in range(1, len(sides)):
        for i, j in aligned(scores(sides[0], sides[n])):
            matched[n].setdefault(i, []).append(j)
    rows = [
        Row(
            (
                (_cell(documents[0], sides[0], i, told[0]),),
                *(
                    tuple(_cell(documents[n], sides[n], j, told[n]) for j in matched[n].get(i, ()))
                    for n in range(1, len(sides))
                ),
            )
        )
        for i in range(len(sides[0].clauses))
    ]
    for n in range(1, len(sides)):
        found = {j for each in matched[n].values() for j in each}
        for j in range(len(sides[n].clauses)):
            if j not in found:
                cells: list[tuple[Cell, ...]] = [() for _ in sides]
                cells[n] = (_cell(documents[n], sides[n], j, told[n]),)
                rows.append(Row(tuple(cells)))
    return rows


def _cell(document: DocumentRow, held: Side, index: int, told: Told) -> Cell:
    row = held.clauses[index]
    sentences = tuple(told[each.id] for each in held.passages[index] if each.id in told)
    path = row.clause.path
    whole = quotation(row, document, row.clause.start, row.clause.end)
    return Cell(whole, path[-1].strip() if path else "", sentences)


def compare_topic(
    library: Library,
    topic: str,
    *,
    filters: Filters | None = None,
    documents: Sequence[str] | None = None,
) -> Comparison:
    """What documents say of a topic: one row, a cell for each, with its nearest sentences. Raises QuestionError."""
    result = library.search(topic, k=60, filters=filters)
    least = _TOPIC_LEAST * result.hits[0].score if result.hits else 0.0
    wanted = None if documents is None else set(documents)
    cells: dict[str, list[Cell]] = {}
    rows: dict[str, DocumentRow] = {}
    for hit in result.hits:
        row, id_ = hit.clause, hit.document.id
        if hit.score < least or (wanted is not None and id_ not in wanted):
            continue
        if len(cells.setdefault(id_, [])) < _CLAUSES_A_DOCUMENT:
            rows[id_] = hit.document
            sentence = Sentence(quotation(row, hit.document, hit.passage.start, hit.passage.end), "")
            whole = quotation(row, hit.document, row.clause.start, row.clause.end)
            cells[id_].append(Cell(whole, row.clause.path[-1].strip() if row.clause.path else "", (sentence,)))
    ordered = sorted(rows.values(), key=lambda each: (each.metadata.region or "", _when(each)))
    return Comparison(tuple(ordered), (Row(tuple(tuple(cells[each.id]) for each in ordered)),) if ordered else ())
