"""Made-up libraries of held-out clauses, and the questions that they can and can't answer."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.signals import MOST, Directions, Sentences, signals
from index.embedding_static import StaticEmbedder
from index.fusion import Weights, lexical_scale
from index.lexical import LexicalIndex
from training.asking import official_questions
from training.pairs import Clause

Vector = NDArray[np.float32]
SIZES = (40, 80, 150, 300, 600, 600, 150, 80)  # held-out clauses in a made-up library, in each of the trials
ASKED = 60  # clauses of either half that are asked about in a library
ELSEWHERE = 50  # questions about something else that are asked of a library
TOO_LIKE = 0.6  # cosine from which a clause may answer for another
HOLDING = 0.5
"""Share of a question's own BM25 from which a text may answer it, whatever the question was made of."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a trial: its signals, whether a sentence answers it, and what it is made of."""

    kind: str  # everyday, draft, official, elsewhere
    group: int  # the clause or question it is made of: all of a group go into one fold
    answered: bool
    rank: int  # sentences nearer than the one that answers; 0 where none does
    found: Vector


@dataclass(frozen=True, slots=True)
class Material:
    """What trials are made of."""

    embedder: StaticEmbedder
    kept: Sequence[Clause]
    held: Sequence[Clause]
    elsewhere: Sequence[str]


def trial(material: Material, size: int, known: Sequence[Directions], chance: random.Random) -> Iterator[Asked]:
    """Fill libraries with held-out clauses, `size` of each half, and ask them; `known` has one for each fold."""
    order = list(range(len(material.held)))
    chance.shuffle(order)
    for start in range(0, len(order), 2 * size):
        present, absent = order[start : start + size], order[start + size : start + 2 * size]
        if len(absent) < size // 2:
            continue
        library = _Filled.of(material, present, absent, chance)
        for half, answered in ((present, True), (absent, False)):
            for number in chance.sample(half, min(len(half), ASKED)):
                for kind, question in _questions(material.held[number], chance):
                    if not answered and library.holds(question):
                        continue
                    rank = library.rank(question, material.held[number].formal) if answered else 0
                    yield Asked(kind, number, answered, rank, library.signals(question, known[0]))
        for number in chance.sample(range(len(material.elsewhere)), ELSEWHERE):
            found = library.signals(material.elsewhere[number], known[number % len(known)])
            yield Asked("elsewhere", -1 - number, False, 0, found)


def _questions(clause: Clause, chance: random.Random) -> list[tuple[str, str]]:
    everyday = [("everyday", question) for question in clause.lay]
    return [*everyday, ("draft", clause.draft), *(("official", each) for each in official_questions(clause, chance))]


@dataclass(frozen=True, slots=True)
class _Filled:
    """A made-up library."""

    embedder: StaticEmbedder
    texts: list[str]
    vectors: Vector
    lexical: LexicalIndex

    @classmethod
    def of(cls, material: Material, present: Sequence[int], absent: Sequence[int], chance: random.Random) -> "_Filled":
        texts = [material.held[i].formal for i in present] + [material.held[i].negative for i in absent]
        others = range(1, len(material.kept), 2)  # the even ones are the background
        more = [material.kept[i].formal for i in chance.sample(others, chance.randrange(3 * len(present)))]
        if more:
            lacking = material.embedder.embed_passages([material.held[i].formal for i in absent])
            alike = (material.embedder.embed_passages(more) @ lacking.T).max(axis=1)
            texts += [text for text, cosine in zip(more, alike, strict=True) if cosine < TOO_LIKE]
        return cls(material.embedder, texts, material.embedder.embed_passages(texts), LexicalIndex.build(texts))

    def signals(self, question: str, known: Directions) -> Vector:
        words = self.lexical.scores(question)
        scale = lexical_scale(Weights(), self.lexical, question, words)
        fused = self.vectors @ self.embedder.embed_question(question) + scale * words
        best = np.argsort(-fused, kind="stable")[:MOST]
        own = self.lexical.own_score(question)
        near = Sentences([self.texts[i] for i in best], self.vectors[best], words[best], own)
        return signals(self.embedder, known, question, near)

    def holds(self, question: str) -> bool:
        """Tell whether the words of a question nearly all stand in one text: then that text may well answer it."""
        own = self.lexical.own_score(question)
        return own > 0 and float(self.lexical.scores(question).max()) >= HOLDING * own

    def rank(self, question: str, right: str) -> int:
        cosines = self.vectors @ self.embedder.embed_question(question)
        return int((cosines > cosines[self.texts.index(right)]).sum())
