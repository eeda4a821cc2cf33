"""Search: dense and lexical scores of passages, fused, lifted by place and year, grouped into clauses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import token_count
from index.lookup import Asked, looked_up
from index.matching import shared_words
from index.ngrams import normalised
from index.query import Query, understand
from index.records import ClauseRow, DocumentRow, PassageRow, years_of
from index.snapshot import Snapshot
from ingest.errors import QuestionError

Vector = NDArray[np.float32]
CANDIDATES = 400
"""Passages taken from each of the two rankings before fusion."""
PASSAGES = 120
"""Passages handed on with their scores."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of the library that hits must have; None lets all through."""

    region: str | None = None
    year: int | None = None
    kind: str | None = None
    issuer: str | None = None

    def admits(self, row: DocumentRow) -> bool:
        """Tell whether a document passes."""
        metadata = row.metadata
        return (
            (self.region is None or metadata.region == self.region)
            and (self.year is None or self.year in years_of(metadata))
            and (self.kind is None or metadata.kind == self.kind)
            and (self.issuer is None or metadata.issuer == self.issuer)
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """How scores are put together: cosine + lexical x BM25 / sqrt(n-grams of the question) + lifts."""

    dense: float = 1.0
    lexical: float = 0.05
    region: float = 0.35  # for documents of a place that the question names
    year: float = 0.15  # for documents of a year that it names, less for those of many years
    lookup: float = 10.0  # for a clause asked for by its number


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found; higher scores are better."""

    clause: ClauseRow
    document: DocumentRow
    score: float
    dense: float  # cosine of its best passage, -1 to 1
    lexical: float  # BM25 of its best passage, 0 or more
    passage: PassageRow  # its best passage
    reasons: tuple[str, ...]  # in Chinese, for people
    words: tuple[str, ...]  # runs of its text that the question holds too


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its score and the parts of it; higher is better."""

    passage: PassageRow
    document: DocumentRow
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a search gave: the question as understood and the hits, best first, each clause once."""

    query: Query
    hits: tuple[Hit, ...]
    total: int  # clauses that matched at all; of exact search, all that hold the phrase
    passages: tuple[ScoredPassage, ...] = ()  # the best passages, best first, whatever their clause


@dataclass(frozen=True, slots=True)
class _Scored:
    """Candidate passages by position, with their parts of the score."""

    positions: NDArray[np.int64]
    total: Vector
    dense: Vector
    lexical: Vector


def search(
    snapshot: Snapshot,
    embed_question: Callable[[str], Vector],
    question: str,
    *,
    k: int = 10,
    filters: Filters | None = None,
    exact: bool = False,
    weights: Weights | None = None,
) -> Result:
    """Find the k clauses that answer a question best; with `exact`, those that hold it word for word.

    Raises QuestionError where the question is empty or too long.
    """
    if k < 1:
        raise QuestionError(f"条数要大于零，不能是{k}")
    query = understand(question, snapshot.documents)
    admitted = _admitted(snapshot, filters or Filters())
    if exact:
        return _exact(snapshot, query, admitted, k)
    weights = weights or Weights()
    scored = _score(snapshot, embed_question(query.content), query, admitted, weights)
    return _grouped(snapshot, query, scored, weights, k)


def _admitted(snapshot: Snapshot, filters: Filters) -> NDArray[np.bool_]:
    """For each document, whether the filters let it through."""
    return np.fromiter((filters.admits(row) for row in snapshot.documents), bool, len(snapshot.documents))


def _score(snapshot: Snapshot, vector: Vector, query: Query, admitted: NDArray[np.bool_], weights: Weights) -> _Scored:
    lexical = snapshot.lexical.scores(query.content)
    keep = admitted[snapshot.document_of] if len(snapshot.passages) else np.zeros(0, bool)
    positions = _candidates(snapshot, vector, lexical, keep, query)
    dense = snapshot.vectors.scores(vector, snapshot.ids_at(positions))
    scale = weights.lexical / np.sqrt(max(token_count(query.content), 1))
    lift = _lifts(snapshot, query, weights)
    total = weights.dense * dense + np.float32(scale) * lexical[positions] + lift[snapshot.document_of[positions]]
    return _Scored(positions, total.astype(np.float32), dense, lexical[positions])


def _candidates(
    snapshot: Snapshot, vector: Vector, lexical: Vector, keep: NDArray[np.bool_], query: Query
) -> NDArray[np.int64]:
    """Positions of the best passages of either ranking, among all admitted and among those of named places."""
    pools = [keep]
    named = _named(snapshot, query)
    if named.any():
        pools.append(keep & named[snapshot.document_of])
    chosen = np.zeros(len(keep), bool)
    for pool in pools:
        allowed = np.flatnonzero(pool)
        chosen[allowed[_top(lexical[allowed])]] = True
        chosen[_nearest(snapshot, vector, allowed)] = True
    return np.flatnonzero(chosen)


def _nearest(snapshot: Snapshot, vector: Vector, allowed: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions of the passages nearest in meaning among the allowed ones."""
    if len(allowed) == len(snapshot.passages):
        ids, _ = snapshot.vectors.search(vector, CANDIDATES)
        return snapshot.positions(ids)
    scores = snapshot.vectors.scores(vector, snapshot.ids_at(allowed))
    return allowed[_top(scores)]


def _top(scores: Vector) -> NDArray[np.int64]:
    """Indexes of the CANDIDATES highest scores, in no order."""
    if len(scores) <= CANDIDATES:
        return np.arange(len(scores))
    return np.argpartition(-scores, CANDIDATES)[:CANDIDATES]


def _named(snapshot: Snapshot, query: Query) -> NDArray[np.bool_]:
    """For each document, whether it is of a place that the question names."""
    regions = set(query.regions)
    return np.fromiter((row.metadata.region in regions for row in snapshot.documents), bool, len(snapshot.documents))


def _lifts(snapshot: Snapshot, query: Query, weights: Weights) -> Vector:
    """What place and year named in the question add to each document's passages: (documents,) float32."""
    lifts = np.zeros(len(snapshot.documents), np.float32)
    for i, row in enumerate(snapshot.documents):
        if row.metadata.region in query.regions:
            lifts[i] += weights.region
        lifts[i] += weights.year * year_agreement(query, row)
    return lifts


def year_agreement(query: Query, row: DocumentRow) -> float:
    """How closely a document is about the years asked for, 0 to 1: a plan for four years counts half."""
    years = years_of(row.metadata)
    return float(len(years) ** -0.5) if set(query.years) & set(years) else 0.0


def _grouped(snapshot: Snapshot, query: Query, scored: _Scored, weights: Weights, k: int) -> Result:
    """Each clause by its best passage; those asked for by number first."""
    asked = looked_up(snapshot, query)
    best: dict[int, tuple[float, int]] = {}
    for i in np.argsort(-scored.total, kind="stable"):
        clause = int(snapshot.clause_of[scored.positions[i]])
        best.setdefault(clause, (float(scored.total[i]), int(i)))
    for clause in asked:
        best.setdefault(clause, (0.0, -1))
    ranked = [(_ranked_score(score, asked.get(clause), weights), clause, i) for clause, (score, i) in best.items()]
    ranked.sort(key=lambda entry: (-entry[0], entry[1]))
    hits = tuple(_hit(snapshot, query, scored, entry, asked.get(entry[1])) for entry in ranked[:k])
    return Result(query, hits, len(ranked), _best_passages(snapshot, scored))


def _best_passages(snapshot: Snapshot, scored: _Scored) -> tuple[ScoredPassage, ...]:
    return tuple(
        ScoredPassage(
            snapshot.passages[scored.positions[i]],
            snapshot.documents[snapshot.document_of[scored.positions[i]]],
            float(scored.total[i]),
            float(scored.dense[i]),
            float(scored.lexical[i]),
        )
        for i in np.argsort(-scored.total, kind="stable")[:PASSAGES]
    )


def _ranked_score(score: float, asked: Asked | None, weights: Weights) -> float:
    """A clause asked for by its number stands above all others; similarity decides only where ranks do not."""
    if asked is None:
        return score
    return weights.lookup + (asked.rank or min(score, 0.999))


def _hit(snapshot: Snapshot, query: Query, scored: _Scored, entry: tuple[float, int, int], asked: Asked | None) -> Hit:
    score, index, i = entry
    row = snapshot.clauses[index]
    position = int(scored.positions[i]) if i >= 0 else int(np.flatnonzero(snapshot.clause_of == index)[0])
    passage = snapshot.passages[position]
    document = snapshot.documents[int(snapshot.document_of[position])]
    dense = float(scored.dense[i]) if i >= 0 else 0.0
    lexical = float(scored.lexical[i]) if i >= 0 else 0.0
    words = tuple(shared_words(query.question, row.text))
    reasons = _reasons(query, document, words, dense, asked)
    return Hit(row, document, score, dense, lexical, passage, reasons, words)


def _reasons(
    query: Query, document: DocumentRow, words: Sequence[str], dense: float, asked: Asked | None
) -> tuple[str, ...]:
    """Why a clause was found, in words: its number, the same words, place and year, meaning."""
    reasons = [asked.reason] if asked else []
    if words:
        reasons.append("原词：" + "、".join(words[:4]))
    if document.metadata.region in query.regions:
        reasons.append(f"地区：{document.metadata.region}")
    if years := sorted(set(query.years) & set(years_of(document.metadata))):
        reasons.append("年份：" + "、".join(map(str, years)))
    if dense >= 0.3 or not reasons:
        reasons.append(f"语义相近（{max(dense, 0):.2f}）")
    return tuple(reasons)


def _exact(snapshot: Snapshot, query: Query, admitted: NDArray[np.bool_], k: int) -> Result:
    """Clauses that hold the phrase, width and case aside, in the order of the library."""
    phrase = normalised(query.question.strip('“”"「」'))
    allowed = {row.id for row, admit in zip(snapshot.documents, admitted, strict=True) if admit}
    documents = {row.id: row for row in snapshot.documents}
    passages: dict[tuple[str, int], list[PassageRow]] = {}
    found = [row for row in snapshot.clauses if row.document in allowed and phrase in normalised(row.text)]
    wanted = {(row.document, row.ordinal) for row in found[:k]}
    for passage in snapshot.passages:
        if (passage.document, passage.clause) in wanted:
            passages.setdefault((passage.document, passage.clause), []).append(passage)
    hits = []
    for row in found[:k]:
        inside = passages[row.document, row.ordinal]
        holding = next((passage for passage in inside if phrase in normalised(passage.text)), inside[0])
        words = tuple(shared_words(query.question, row.text, common=True)[:1])
        hits.append(Hit(row, documents[row.document], 1.0, 0.0, 0.0, holding, ("原文包含该词句",), words))
    return Result(query, tuple(hits), len(found))
