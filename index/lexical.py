"""Lexical search: BM25 over character 1-grams and 2-grams.

Robertson, Walker, Jones, Hancock-Beaulieu and Gatford, "Okapi at TREC-3", 1994; idf as in Lucene,
ln(1 + (N - df + 0.5) / (df + 0.5)), which is never negative.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.ngrams import ngrams

K1 = 1.5
B = 0.75
_FORMAT = 1


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

    def save(self, folder: Path, generation: int) -> None:
        """Write the index beside the library, to a temporary file first; `generation` says of which state it is."""
        folder.mkdir(parents=True, exist_ok=True)
        manifest = json.dumps({"format": _FORMAT, "generation": generation, "size": self.size})
        temporary = folder / f"lexical.{os.getpid()}.tmp"
        with temporary.open("wb") as file:
            np.savez(
                file,
                manifest=np.array(manifest),
                tokens=self.tokens,
                starts=self.starts,
                owners=self.owners,
                weights=self.weights,
            )
        temporary.replace(folder / "lexical.npz")

    @classmethod
    def load(cls, folder: Path, generation: int) -> "LexicalIndex | None":
        """Read the index of that generation; None where there is none, or one of another state."""
        try:
            with np.load(folder / "lexical.npz", allow_pickle=False) as saved:
                manifest = json.loads(str(saved["manifest"]))
                if manifest["format"] != _FORMAT or manifest["generation"] != generation:
                    return None
                return cls(saved["tokens"], saved["starts"], saved["owners"], saved["weights"], manifest["size"])
        except (OSError, ValueError, KeyError):
            return None


def token_count(question: str) -> int:
    """Number of n-grams in a question; BM25 grows with it, so fusion divides by its square root."""
    return len(ngrams([question])[0])
