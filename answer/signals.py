"""What the nearest sentences say about whether they answer a question: numbers for the model in `answer.basis`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding_static import StaticEmbedder

Vector = NDArray[np.float32]

NAMES = (
    *("nearest", "words", "words of nearest"),
    *("held", "held by nearest", "borne out", "borne out by nearest", "rare borne out", "unlike nearest"),
    *("length", "absent", "absent in meaning", "absent pieces"),
    *("background", "behind background", "like background", "nearest like background", "mean background"),
    *("domain", "style"),
)
"""The signals, in their order: cosine and BM25; how the question's pieces are borne out, weighted by the squared length
of their rows (rare and telling ones are long); what no sentence holds; the same against the background."""

MOST = 120
"""Sentences that are looked at, best first."""
_NEAR = 40  # of these, nearest first, by which pieces are judged
_HEAVY = 6  # pieces of a question that count as its rare ones
_RARE = 15.0  # length of a row from which a piece is rare: 学校 5, 作业 20, 积分 33
_COMMON = re.compile(
    "[么什哪怎吗呢啥谁的了吧是有要想让把被得在和与里搞个太多几]|开始|当地|具体|举措|文件|规定|规则|要求|分别|采用|最多|最少|一堆|几点|帮忙"
)
"""Words that a question may hold whatever it is about: a refusal does not name them."""
_LIKE = 8  # clauses of the background that stand for a question
_SHARP = 0.05  # temperature of their weights


@dataclass(frozen=True, slots=True)
class Directions:
    """What the mean of a question's pieces is held against: (dim,) and an offset each."""

    domain: tuple[Vector, float]  # education policy, or something else
    style: tuple[Vector, float]  # official words, or everyday ones
    background: Vector  # (m, dim) clauses on all of education policy, rows of unit length
    cohesion: Vector  # (pieces of the model,) 0 to 1: how far a pair of characters is a word, not two words' border


@dataclass(frozen=True, slots=True)
class Sentences:
    """The best sentences of a library for a question, by search's own ranking, at least one and at most MOST."""

    texts: Sequence[str]  # with their context
    vectors: Vector  # (n, dim) of the bundled model
    lexical: Vector  # (n,) BM25
    own_score: float  # BM25 of a text that holds all of the question


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The known pieces of a question."""

    words: list[str]
    units: Vector  # (p, dim), of unit length
    lengths: Vector  # (p,) of the rows, times cohesion

    @property
    def weights(self) -> Vector:
        return self.lengths**2


def signals(embedder: StaticEmbedder, known: Directions, question: str, near: Sentences) -> Vector:
    """Return (len(NAMES),) float32 of a question without its places and years."""
    pieces = _pieces(embedder, question, known.cohesion)
    asked = embedder.embed_question(question)
    cosines = near.vectors @ asked
    order = np.argsort(-cosines, kind="stable")[:_NEAR]
    return np.array(
        [
            float(cosines[order[0]]),
            *_wording(near, int(order[0])),
            *_borne_out(pieces, near, order),
            *_absent(pieces, near, order),
            *_against_background(asked, near.vectors, int(order[0]), known.background),
            direction(pieces.units, known.domain),
            direction(pieces.units, known.style),
        ],
        np.float32,
    )


def missing_words(embedder: StaticEmbedder, known: Directions, question: str, near: Sentences) -> list[str]:
    """Rare words of a question that none of the sentences holds, in the order of the question."""
    pieces, held = _pieces(embedder, question, known.cohesion), _joined(near.texts)
    words = {
        word for word, length in zip(pieces.words, pieces.lengths, strict=True) if len(word) == 2 and length > _RARE
    }
    found = {word for word in words if word in held}
    runs: list[tuple[int, int]] = []
    for i in range(len(question) - 1):
        pair = question[i : i + 2]
        if pair in words - found and not _COMMON.search(pair):
            start = runs.pop()[0] if runs and i < runs[-1][1] else i
            runs.append((start, i + 2))
    whole = (_without_halves(question, run, found) for run in runs)
    return list(dict.fromkeys(question[start:end] for start, end in whole if end - start > 1))


def _without_halves(question: str, run: tuple[int, int], found: set[str]) -> tuple[int, int]:
    """A run without the half of a word that was found at either end: the 室 of 教(室灯光), the 手 of (着手)机."""
    start, end = run
    if end - start > 2 and question[max(start - 1, 0) : start + 1] in found:
        start += 1
    if question[end - 1 : end + 1] in found:
        end -= 1
    return start, end


def direction(units: Vector, along: tuple[Vector, float]) -> float:
    """The mean of a question's pieces along a direction: above 0 is one side, below the other."""
    weights, offset = along
    return float(units.mean(axis=0) @ weights + offset) if len(units) else offset


def unit_pieces(embedder: StaticEmbedder, question: str) -> Vector:
    """The pieces of a question, (p, dim), each row of unit length."""
    _, _, rows = embedder.pieces(question)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Vector = rows / np.maximum(lengths, 1e-9)
    return units


def _pieces(embedder: StaticEmbedder, question: str, cohesion: Vector) -> _Pieces:
    words, ids, rows = embedder.pieces(question)
    lengths = np.linalg.norm(rows, axis=1)
    return _Pieces(words, rows / np.maximum(lengths[:, None], 1e-9), lengths * cohesion[ids])


def _wording(near: Sentences, nearest: int) -> list[float]:
    if near.own_score <= 0:
        return [0.0, 0.0]
    best = min(float(near.lexical.max()) / near.own_score, 1.0)
    return [best, float(near.lexical[nearest]) / near.own_score]


def _borne_out(pieces: _Pieces, near: Sentences, order: NDArray[np.int64]) -> list[float]:
    """How far the pieces are near in meaning to, or stand in, any of the sentences, and the nearest one."""
    if not pieces.weights.sum():
        return [0.0] * 7
    alike = pieces.units @ near.vectors[order].T
    anywhere, nearest = alike.max(axis=1), alike[:, 0]
    held = _held(pieces.words, _joined([near.texts[i] for i in order[:10]]))
    held_nearest = _held(pieces.words, _joined([near.texts[order[0]]]))
    borne, borne_nearest = np.maximum(anywhere, held), np.maximum(nearest, held_nearest)
    heavy = np.argsort(-pieces.lengths, kind="stable")[:_HEAVY]
    weights = pieces.weights

    def mean(values: Vector) -> float:
        return float((values * weights).sum() / weights.sum())

    def weakest(values: Vector) -> float:
        return float(np.sort(values[heavy])[:2].mean())

    return [
        *(mean(held), mean(held_nearest), mean(borne), mean(borne_nearest), weakest(borne)),
        mean((nearest < 0.1).astype(np.float32)),
        float(np.log(len(pieces.words))),
    ]


def _absent(pieces: _Pieces, near: Sentences, order: NDArray[np.int64]) -> list[float]:
    """The rare pieces that no sentence holds: their share, the same less what is near in meaning, their number."""
    rare = (pieces.lengths > _RARE).astype(np.float32)
    total = float((pieces.weights * rare).sum())
    if total == 0:
        return [0.0, 0.0, 0.0]
    lost = rare * (1 - _held(pieces.words, _joined(near.texts)))
    alike = (pieces.units @ near.vectors[order].T).max(axis=1).clip(0, 1)
    share = pieces.weights * lost
    return [float(share.sum()) / total, float((share * (1 - alike)).sum()) / total, float(lost.sum())]


def _against_background(asked: Vector, vectors: Vector, nearest: int, background: Vector) -> list[float]:
    """Whether education policy at large has clauses nearer to the question, and whether the library has such."""
    scores = background @ asked
    best = np.argpartition(-scores, _LIKE)[:_LIKE] if len(scores) > _LIKE else np.arange(len(scores))
    weights = np.exp((scores[best] - scores[best].max()) / _SHARP)
    typical = weights @ background[best]
    alike = vectors @ (typical / max(float(np.linalg.norm(typical)), 1e-9))
    top = float(scores.max())
    near = float((vectors @ asked).max())
    return [top, near - top, float(alike.max()), float(alike[nearest]), float(scores[best].mean())]


def _joined(texts: Sequence[str]) -> str:
    return "\n".join(texts).lower()


def _held(words: Sequence[str], text: str) -> Vector:
    return np.array([word in text for word in words], np.float32)
