"""Finds texts that are nearly the same: among the training data, and between them and what they are tested on."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from index.ngrams import normalised

NEAR = 0.8  # 1 - edit distance / length of the longer text: at most one character in five differs
SHORTEST = 6  # characters; shorter texts are near only if equal
RUN = 14  # characters that no training text may have in a row with a document of the evaluation set
_SYMBOLS = re.compile(r"[\W_]+")
_AT_ONCE = 256


def folded(text: str) -> str:
    """Return a text without punctuation and space, width and case folded: what is compared.

    >>> folded("孩子几岁，能上学？ＡＩ")
    '孩子几岁能上学ai'
    """
    return _SYMBOLS.sub("", normalised(text))


def near(texts: Sequence[str], others: Sequence[str], at_once: int = _AT_ONCE) -> Iterator[tuple[int, int]]:
    """Yield positions (text, other) of folded texts at an edit distance of at most one character in five.

    Compared by length, since texts whose lengths differ more cannot be that near; every such pair is found.
    `at_once` texts are compared together.
    """
    order = sorted(range(len(others)), key=lambda i: len(others[i]))
    lengths = np.array([len(others[i]) for i in order])
    rows = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(rows), at_once):
        block = rows[start : start + at_once]
        low = np.searchsorted(lengths, len(texts[block[0]]) * NEAR)
        high = np.searchsorted(lengths, len(texts[block[-1]]) / NEAR, side="right")
        chosen = order[low:high]
        if not chosen:
            continue
        scores = cdist(
            [texts[i] for i in block],
            [others[i] for i in chosen],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=NEAR,
            dtype=np.float32,
            workers=-1,
        )
        for row, column in np.argwhere(scores >= NEAR):
            text, other = texts[block[row]], others[chosen[column]]
            if text == other or min(len(text), len(other)) >= SHORTEST:
                yield block[row], chosen[column]


def sharing_runs(texts: Sequence[str], documents: Sequence[str], length: int = RUN) -> Iterator[tuple[int, str]]:
    """Yield the position of each folded text that shares `length` characters in a row with a document, and those."""
    known = {document[i : i + length] for document in documents for i in range(len(document) - length + 1)}
    for position, text in enumerate(texts):
        runs = (text[i : i + length] for i in range(len(text) - length + 1))
        if (run := next((run for run in runs if run in known), None)) is not None:
            yield position, run
