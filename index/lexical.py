"""Lexical search: BM25 over character 1-grams and 2-grams.

Robertson, Walker, Jones, Hancock-Beaulieu and Gatford, "Okapi at TREC-3", 1994; idf as in Lucene,
ln(1 + (N - df + 0.5) / (df + 0.5)), which is never negative.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import derived
from index.ngrams import ngrams

K1 = 0.6
B = 0.75
_FORMAT = 2
_FILE = "lexical.npz"


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings by token: `weights[p]` is what token t adds to the score of text `owners[p]`."""

    tokens: NDArray[np.int64]  # (t,), rising
    starts: NDArray[np.int64]  # (t + 1,), where each token's postings begin
    owners: NDArray[np.int32]  # (p,)
    weights: NDArray[np.float32]  # (p,)
    size: int  # number of texts

    @classmethod
    def build(cls, texts: Sequence[str], k1: float = K1, b: float = B) -> "LexicalIndex":
        """Index texts; their positions are their ids."""
        raw, owner = ngrams(texts)
        size = len(texts)
        tokens, inverse = np.unique(raw, return_inverse=True)
        pairs, counts = np.unique(inverse.astype(np.int64) * max(size, 1) + owner, return_counts=True)
        token, owners = pairs // max(size, 1), (pairs % max(size, 1)).astype(np.int32)
        frequency = np.bincount(token, minlength=len(tokens))
        idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
        lengths = np.bincount(owner, minlength=size).astype(np.float64)
        norm = k1 * (1 - b + b * lengths / max(lengths.mean() if size else 1.0, 1e-9))
        weights = idf[token] * counts * (k1 + 1) / (counts + norm[owners])
        starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return cls(tokens, starts, owners, weights.astype(np.float32), size)

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of a question with every text: (size,) float32, 0 or more, higher is better."""
        total = np.zeros(self.size, np.float32)
        wanted, times = np.unique(ngrams([question])[0], return_counts=True)
        if not len(self.tokens):
            return total
        places = np.minimum(np.searchsorted(self.tokens, wanted), len(self.tokens) - 1)
        for token, place, count in zip(wanted, places, times, strict=True):
            if self.tokens[place] == token:
                postings = slice(self.starts[place], self.starts[place + 1])
                total[self.owners[postings]] += self.weights[postings] * np.float32(count)
        return total

    def holding(self, text: str) -> list[NDArray[np.int32]]:
        """For each different n-gram of a text, the ids of the indexed texts that hold it; empty without n-grams."""
        wanted = np.unique(ngrams([text])[0])
        none = np.empty(0, np.int32)
        if not len(self.tokens):
            return [none for _ in wanted]
        places = np.minimum(np.searchsorted(self.tokens, wanted), len(self.tokens) - 1)
        found = self.tokens[places] == wanted
        slices = [slice(self.starts[place], self.starts[place + 1]) for place in places]
        return [self.owners[each] if known else none for each, known in zip(slices, found, strict=True)]

    def own_score(self, question: str) -> float:
        """BM25 of a question with a text of average length that holds each of its n-grams once."""
        wanted = np.unique(ngrams([question])[0])
        if not len(self.tokens) or not len(wanted):
            return 0.0
        places = np.minimum(np.searchsorted(self.tokens, wanted), len(self.tokens) - 1)
        known = self.tokens[places] == wanted
        frequency = np.where(known, self.starts[places + 1] - self.starts[places], 0)
        return float(np.log1p((self.size - frequency + 0.5) / (frequency + 0.5)).sum())

    def save(self, folder: Path, state: str) -> None:
        """Write the index beside the library; `state` says which it was derived from. Raises LibraryError."""
        buffer = BytesIO()
        np.savez(
            buffer,
            size=np.array(self.size),
            tokens=self.tokens,
            starts=self.starts,
            owners=self.owners,
            weights=self.weights,
        )
        derived.save(folder / _FILE, buffer.getbuffer(), _manifest(state))

    @classmethod
    def load(cls, folder: Path, state: str) -> "LexicalIndex | None":
        """Read the index of that state; None where there is none, one of another state, or a damaged one."""
        data = derived.load(folder / _FILE, _manifest(state))
        if data is None:
            return None
        with np.load(BytesIO(data), allow_pickle=False) as saved:  # its checksum vouches for what is in it
            return cls(saved["tokens"], saved["starts"], saved["owners"], saved["weights"], int(saved["size"]))


def _manifest(state: str) -> dict[str, object]:
    return {"format": _FORMAT, "state": state, "k1": K1, "b": B}


def token_count(question: str) -> int:
    """Number of n-grams in a question; BM25 grows with it, so fusion divides by its square root."""
    return len(ngrams([question])[0])
