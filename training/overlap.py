"""Finds texts that are nearly the same: among the training data, and between them and what they are tested on."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist
from scipy.sparse import csr_array

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

    Every such pair is found; compared are only those that share a bigram among the rarest of both (prefix filter;
    Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007). `at_once` texts go together.
    """
    equal: dict[str, list[int]] = {}
    for position, other in enumerate(others):
        equal.setdefault(other, []).append(position)
    yield from ((position, other) for position, text in enumerate(texts) for other in equal.get(text, ()))
    counts = Counter(gram for text in chain(texts, others) for gram in _bigrams(text))
    ranks = {gram: rank for rank, (gram, _) in enumerate(sorted(counts.items(), key=lambda pair: pair[1]))}
    left, right = _rarest(texts, ranks), _rarest(others, ranks).T.tocsr()
    for start in range(0, len(texts), at_once):
        rows, columns = (left[start : start + at_once] @ right).tocoo().coords
        pairs = [(int(row) + start, int(column)) for row, column in zip(rows, columns, strict=True)]
        pairs = [(i, j) for i, j in pairs if _lengths_allow(len(texts[i]), len(others[j])) and texts[i] != others[j]]
        ones, twos = [texts[i] for i, _ in pairs], [others[j] for _, j in pairs]
        scores = cpdist(ones, twos, scorer=Levenshtein.normalized_similarity, score_cutoff=NEAR, workers=-1)
        yield from (pair for pair, score in zip(pairs, scores, strict=True) if score >= NEAR)


def _bigrams(text: str) -> Iterator[tuple[str, int]]:
    """Each bigram with how often it has come before, so that a set of them counts them all."""
    seen: Counter[str] = Counter()
    for gram in map("".join, pairwise(text)):
        yield gram, seen[gram]
        seen[gram] += 1


def _rarest(texts: Sequence[str], ranks: Mapping[tuple[str, int], int]) -> csr_array:
    """(texts, bigrams): 1 at the rarest bigrams of each text, so many that near texts have one of them in common."""
    chosen = [
        sorted(ranks[gram] for gram in _bigrams(text))[: prefix_length(len(text))] if len(text) >= SHORTEST else []
        for text in texts
    ]
    rows = np.repeat(np.arange(len(texts)), [len(each) for each in chosen])
    columns = np.fromiter(chain.from_iterable(chosen), dtype=np.int64)
    return csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)), shape=(len(texts), len(ranks)))


def prefix_length(length: int) -> int:
    """How many of its rarest bigrams a text of this length must be known by.

    A text of n characters that is d edits away from it (d <= n / 5) holds all but 2d of the longer one's bigrams.

    >>> prefix_length(10), prefix_length(14)
    (5, 6)
    """
    lengths = range(length, length * 5 // 4 + 1)
    return max(length - longer + 2 * (longer // 5) + 1 for longer in lengths)


def _lengths_allow(one: int, other: int) -> bool:
    return 5 * min(one, other) >= 4 * max(one, other)


def sharing_runs(texts: Sequence[str], documents: Sequence[str], length: int = RUN) -> Iterator[tuple[int, str]]:
    """Yield the position of each folded text that shares `length` characters in a row with a document, and those."""
    known = {document[i : i + length] for document in documents for i in range(len(document) - length + 1)}
    for position, text in enumerate(texts):
        runs = (text[i : i + length] for i in range(len(text) - length + 1))
        if (run := next((run for run in runs if run in known), None)) is not None:
            yield position, run
