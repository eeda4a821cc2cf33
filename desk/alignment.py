"""Alignment: which clauses of two documents speak of the same, by meaning, words and headings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desk.segments import pairs_of, plain
from index.records import ClauseRow, PassageRow
from index.snapshot import Snapshot

ALIGNED = 0.285
"""Score, 0 to 1, from which two clauses speak of the same."""
_SENTENCES, _HEADINGS, _WORDS = 0.45, 0.15, 0.4  # weights of the parts of a score
_WIDEST = 8192  # columns of a table of pairs
_HEADING = 30  # characters

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Side:
    """The clauses of one document with their passages and vectors."""

    clauses: tuple[ClauseRow, ...]
    passages: tuple[tuple[PassageRow, ...], ...]  # of each clause
    vectors: tuple[NDArray[np.float32], ...]  # of each clause's passages: (n, dim)


def side(snapshot: Snapshot, document: str) -> Side:
    """The citable clauses of a document, tables left out."""
    positions: dict[int, list[int]] = {}
    held = snapshot.ranges[document]
    for position in np.flatnonzero((snapshot.clause_of >= held.start) & (snapshot.clause_of < held.stop)):
        positions.setdefault(int(snapshot.clause_of[position]), []).append(int(position))
    indexes = [index for index in held if index in positions and snapshot.clauses[index].clause.role != "table"]
    return Side(
        tuple(snapshot.clauses[index] for index in indexes),
        tuple(tuple(snapshot.passages[position] for position in positions[index]) for index in indexes),
        tuple(snapshot.vectors.rows(snapshot.ids_at(np.array(positions[index]))) for index in indexes),
    )


def scores(one: Side, other: Side) -> Scores:
    """How much each clause of a side speaks of the same as each of another, 0 to 1: (clauses, clauses).

    A weighted sum of the mean of each sentence's best cosine (both ways), and of the pairs of characters that
    headings and words have in common, rarer pairs counting more.
    """
    if not one.clauses or not other.clauses:
        return np.zeros((len(one.clauses), len(other.clauses)), np.float32)
    headings = shared([_heading(row) for row in one.clauses], [_heading(row) for row in other.clauses])
    words = shared([plain(row.text) for row in one.clauses], [plain(row.text) for row in other.clauses])
    total = _SENTENCES * _best_sentences(one, other) + _HEADINGS * headings + _WORDS * words
    clipped: Scores = np.clip(total, 0, 1).astype(np.float32)
    return clipped


def aligned(table: Scores) -> list[tuple[int, int]]:
    """Pairs of clauses that speak of the same: each clause with its best counterpart, from ALIGNED on."""
    if not table.size:
        return []
    best = (table == table.max(axis=1, keepdims=True)) | (table == table.max(axis=0, keepdims=True))
    return [(int(i), int(j)) for i, j in np.argwhere(best & (table >= ALIGNED))]


def _best_sentences(one: Side, other: Side) -> Scores:
    """Mean over the sentences of a clause of their best cosine with a sentence of the other clause, both ways."""
    cosines = np.concatenate(one.vectors) @ np.concatenate(other.vectors).T
    rows, columns = _starts(one), _starts(other)
    there = _means(np.maximum.reduceat(cosines, columns, axis=1), rows, one)
    back = _means(np.maximum.reduceat(cosines.T, rows, axis=1), columns, other)
    mean: Scores = ((there + back.T) / 2).astype(np.float32)
    return mean


def _means(best: Scores, starts: NDArray[np.int64], held: Side) -> Scores:
    """Means over the sentences of each clause: (sentences, clauses) to (clauses, clauses)."""
    counts = np.array([[len(rows)] for rows in held.vectors], np.float32)
    means: Scores = (np.add.reduceat(best, starts, axis=0) / counts).astype(np.float32)
    return means


def _starts(held: Side) -> NDArray[np.int64]:
    """Where the sentences of each clause begin among all."""
    return np.cumsum([0, *(len(rows) for rows in held.vectors)])[:-1]


def _heading(row: ClauseRow) -> str:
    """Words of the heading right above a clause, or of its own beginning."""
    path = row.clause.path
    return plain((path[-1] if path else row.text)[:_HEADING]).lstrip("0123456789一二三四五六七八九十")


def shared(ones: Sequence[str], others: Sequence[str]) -> Scores:
    """Cosine of the pairs of characters that texts hold, each pair weighted by its rarity among all: (n, m), 0 to 1."""
    held = [pairs_of(words) for words in (*ones, *others)]
    known = {pair: n for n, pair in enumerate(sorted(set().union(*held)))}
    width = min(len(known), _WIDEST)  # long documents: some pairs share a column
    table = np.zeros((len(held), width), np.float32)
    for i, pairs in enumerate(held):
        table[i, [known[pair] % width for pair in pairs]] = 1
    rarity = np.log((len(held) + 1) / (table.sum(axis=0) + 1)) + 0.1
    table *= rarity
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    table = np.divide(table, lengths, out=np.zeros_like(table), where=lengths > 0)
    common: Scores = table[: len(ones)] @ table[len(ones) :].T
    return common
