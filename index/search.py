"""Search: dense and lexical scores of passages, fused, lifted by place and year, grouped into clauses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.exact import search_exactly
from index.fusion import Weights, lexical_scale
from index.hits import Filters, Hit, Result, ScoredPassage, reasons_for
from index.lookup import Asked, looked_up
from index.matching import shared_words
from index.query import Query, understand
from index.records import DocumentRow, years_of
from index.references import plain_title
from index.snapshot import Snapshot
from ingest.errors import QuestionError

__all__ = ["Filters", "Hit", "Result", "ScoredPassage", "search", "year_agreement"]

Vector = NDArray[np.float32]
CANDIDATES = 400
"""Passages taken from each of the two rankings before fusion."""
COMPARED_AGAIN = 64
"""Best passages whose sentences are compared without their headings."""
PASSAGES = 120
"""Passages handed on with their scores."""


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
    embed_passages: Callable[[Sequence[str]], Vector] | None = None,
) -> Result:
    """Find the k clauses that answer a question best; with `exact`, those that hold it word for word.

    With `embed_passages` the best passages are compared once more by what they say without title and headings.
    Raises QuestionError where the question is empty or too long.
    """
    if k < 1:
        raise QuestionError(f"条数要大于零，不能是{k}")
    query = understand(question, snapshot.documents)
    chosen = filters or Filters()
    admitted = np.fromiter((chosen.admits(row) for row in snapshot.documents), bool, len(snapshot.documents))
    if exact:
        return search_exactly(snapshot, query, admitted, k)
    weights = weights or Weights()
    vector = embed_question(query.content)
    scored = _score(snapshot, vector, query, admitted, weights)
    if embed_passages:
        scored = _compared_again(snapshot, embed_passages, vector, scored, weights)
    return _grouped(snapshot, query, scored, looked_up(snapshot, query, admitted), weights, k)


def _score(snapshot: Snapshot, vector: Vector, query: Query, admitted: NDArray[np.bool_], weights: Weights) -> _Scored:
    lexical = snapshot.lexical.scores(query.content)
    keep = admitted[snapshot.document_of] if len(snapshot.passages) else np.zeros(0, bool)
    positions = _candidates(snapshot, vector, lexical, keep, query)
    dense = snapshot.vectors.scores(vector, snapshot.ids_at(positions))
    scale = lexical_scale(weights, snapshot.lexical, query.content, lexical)
    lift = _lifts(snapshot, query, weights)
    total = weights.dense * dense + scale * lexical[positions] + lift[snapshot.document_of[positions]]
    return _Scored(positions, total.astype(np.float32), dense, lexical[positions])


def _compared_again(
    snapshot: Snapshot,
    embed_passages: Callable[[Sequence[str]], Vector],
    vector: Vector,
    scored: _Scored,
    weights: Weights,
) -> _Scored:
    """The cosines of the best passages, with those of their sentences alone blended in; the others stay behind them."""
    order = np.argsort(-scored.total, kind="stable")
    best, rest = order[:COMPARED_AGAIN], order[COMPARED_AGAIN:]
    if not len(best):
        return scored
    alone = embed_passages([snapshot.passages[position].text for position in scored.positions[best]]) @ vector
    dense = scored.dense.copy()
    dense[best] = (dense[best] + weights.alone * alone) / (1 + weights.alone)
    total = scored.total + weights.dense * (dense - scored.dense)
    if len(rest):
        total[rest] -= max(float(total[rest[0]] - total[best].min()), 0.0)
    return _Scored(scored.positions, total.astype(np.float32), dense, scored.lexical)


def _candidates(
    snapshot: Snapshot, vector: Vector, lexical: Vector, keep: NDArray[np.bool_], query: Query
) -> NDArray[np.int64]:
    """Positions of the best passages of either ranking, among all admitted and among those of named places."""
    regions = set(query.regions)
    named = np.fromiter((row.metadata.region in regions for row in snapshot.documents), bool, len(snapshot.documents))
    pools = [keep]
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


def _lifts(snapshot: Snapshot, query: Query, weights: Weights) -> Vector:
    """What place, year and newer versions add to each document's passages: (documents,) float32."""
    old = _superseded(snapshot.documents)
    lifts = np.zeros(len(snapshot.documents), np.float32)
    for i, row in enumerate(snapshot.documents):
        if row.metadata.region in query.regions:
            lifts[i] += weights.region
        if row.metadata.kind in query.kinds and len(query.regions) < 2:  # of several places, each has its own kind
            lifts[i] += weights.kind
        agreement = year_agreement(query, row)
        lifts[i] += weights.year * agreement
        if row.id in old and not agreement:
            lifts[i] += weights.superseded
    return lifts


def _superseded(documents: tuple[DocumentRow, ...]) -> set[str]:
    """Documents that the library holds a newer version of: same title, same place, a later date."""
    newest: dict[tuple[str, str | None], DocumentRow] = {}
    for row in documents:
        key = (plain_title(row.metadata.title), row.metadata.region)
        if key not in newest or (row.metadata.published or "") > (newest[key].metadata.published or ""):
            newest[key] = row
    kept = {row.id for row in newest.values()}
    return {row.id for row in documents if row.id not in kept and row.metadata.period is None}


def year_agreement(query: Query, row: DocumentRow) -> float:
    """How closely a document is about the years asked for, 0 to 1: a plan for four years counts half."""
    years = years_of(row.metadata)
    return float(len(years) ** -0.5) if set(query.years) & set(years) else 0.0


def _grouped(
    snapshot: Snapshot, query: Query, scored: _Scored, asked: dict[int, Asked], weights: Weights, k: int
) -> Result:
    """Each clause by its best passage; those asked for by number first."""
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
    reasons = reasons_for(query, document, words, dense, asked)
    return Hit(row, document, score, dense, lexical, passage, reasons, words)
