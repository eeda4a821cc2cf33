"""Whether the nearest sentences are a basis for an answer: a small model over signals, fitted by `training.basis`."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from answer.evidence import in_scope
from answer.signals import MOST, NAMES, Directions, Sentences, direction, missing_words, signals, unit_pieces
from index.embedding import BUNDLED_MODEL, load_embedder
from index.embedding_static import StaticEmbedder
from index.hits import Result
from index.library import Library
from ingest.errors import ModelError

Vector = NDArray[np.float32]
BASIS_MODEL = BUNDLED_MODEL.with_name("yinju-basis-1") / "model.safetensors"
OFF_DOMAIN = -1.0
"""Log odds of being about education policy below which a refusal says that a question is about something else."""
FARTHEST = 2.5
"""Standard deviations from the mean at which a signal is cut: nothing is concluded from what the fit did not see."""
_ENOUGH_WORDS = 0.4
"""Share of a question's own BM25 from which words alone are enough."""
_NEAR, _BORNE_OUT = 0.65, 0.7
"""Cosine of a sentence, and share of the question that it bears out, from which it is a basis whatever else."""
BACKGROUND_SCALE, COHESION_SCALE = 127, 255
"""What is stored as whole numbers of one byte was multiplied by these."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far the sentences are from being no basis."""

    margin: float  # log odds above the threshold: below 0 no basis, higher is better
    off_domain: bool  # the question is about something else than education policy
    likeness: float = 0.0  # cosine of the nearest sentence, 1 where the words alone are alike enough
    missing: tuple[str, ...] = ()  # rare words of the question that the sentences do not hold


@dataclass(frozen=True, slots=True, eq=False)
class BasisModel:
    """An average of small networks, and the thresholds for questions in official and in everyday words."""

    known: Directions
    mean: Vector  # (s,) of the signals
    scale: Vector  # (s,)
    hidden: Vector  # (networks, s + 1, h), the last row being offsets
    out: Vector  # (networks, h + 1), the last column being offsets
    thresholds: Vector  # (2,) log odds: of official, of everyday questions

    def log_odds(self, found: Vector) -> float:
        """The log odds that sentences of these signals (s,) answer the question."""
        scaled = ((found - self.mean) / self.scale).clip(-FARTHEST, FARTHEST)
        inside = np.tanh(np.einsum("s,nsh->nh", scaled, self.hidden[:, :-1]) + self.hidden[:, -1])
        odds = (inside * self.out[:, :-1]).sum(axis=1) + self.out[:, -1]
        chance = float(np.clip((1 / (1 + np.exp(-odds))).mean(), 1e-6, 1 - 1e-6))
        return float(np.log(chance / (1 - chance)))

    def threshold(self, style: float) -> float:
        """The log odds below which there is no basis; `style` above 0 is official."""
        official, everyday = self.thresholds
        return float(everyday + (official - everyday) / (1 + np.exp(-style)))


def judge(library: Library, result: Result) -> Judgement:
    """Judge the best sentences of a search, within the places and years that the question names."""
    embedder, model, question = _bundled(library), _model(), result.query.content
    near = _sentences(library, embedder, result)
    domain = direction(unit_pieces(embedder, question), model.known.domain)
    if near is None:
        return Judgement(-np.inf, domain < OFF_DOMAIN)
    found = signals(embedder, model.known, question, near)
    values = dict(zip(NAMES, found.tolist(), strict=True))
    margin = model.log_odds(found) - model.threshold(values["style"])
    if values["nearest"] >= _NEAR and values["borne out by nearest"] >= _BORNE_OUT:
        margin = max(margin, 0.0)
    likeness = 1.0 if values["words"] >= _ENOUGH_WORDS else values["nearest"]
    return Judgement(margin, domain < OFF_DOMAIN, likeness, tuple(missing_words(embedder, model.known, question, near)))


def _sentences(library: Library, embedder: StaticEmbedder, result: Result) -> Sentences | None:
    scored = [each for each in result.passages if in_scope(result.query, each.document)][:MOST]
    if not scored:
        return None
    texts = [f"{each.passage.context}\n{each.passage.text}" for each in scored]
    snapshot = library.snapshot()
    if embedder.fingerprint == library.embedder.fingerprint:
        vectors = snapshot.vectors.rows(np.array([each.passage.id for each in scored], np.int64))
    else:
        vectors = embedder.embed_passages(texts)
    own_score = snapshot.lexical.own_score(result.query.content)
    return Sentences(texts, vectors, np.array([each.lexical for each in scored], np.float32), own_score)


def _bundled(library: Library) -> StaticEmbedder:
    """The bundled model, whatever model the library was built with: the signals are its."""
    own = library.embedder
    if isinstance(own, StaticEmbedder) and own.name == BUNDLED_MODEL.name:
        return own
    return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> StaticEmbedder:
    embedder = load_embedder(str(BUNDLED_MODEL))
    assert isinstance(embedder, StaticEmbedder)
    return embedder


@lru_cache(maxsize=1)
def _model() -> BasisModel:
    return read_model(BASIS_MODEL)


def read_model(file: Path) -> BasisModel:
    """Read what `write` of training.basis wrote. Raises ModelError where it is missing or of another make."""
    try:
        parts = load_file(file)
        domain, style = parts["domain"], parts["style"]
        background = parts["background"].astype(np.float32) / np.float32(BACKGROUND_SCALE)
        known = Directions(
            (domain[:-1], float(domain[-1])),
            (style[:-1], float(style[-1])),
            background / np.maximum(np.linalg.norm(background, axis=1, keepdims=True), 1e-9),
            parts["cohesion"].astype(np.float32) / np.float32(COHESION_SCALE),
        )
        model = BasisModel(known, *(parts[name] for name in ("mean", "scale", "hidden", "out", "thresholds")))
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelError(f"{file}: not a readable model of refusals ({error}); copy the folder anew") from error
    if len(model.mean) != len(NAMES):
        raise ModelError(f"{file}: made for {len(model.mean)} signals, not {len(NAMES)}; copy the folder anew")
    return model
