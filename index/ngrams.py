"""Texts as character 1-grams and 2-grams, the tokens of lexical search; no dictionary is needed."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

_SHIFT = 21  # bits of a Unicode code point
_BLOCK = 4_000_000  # characters handled at once, to bound memory


def normalised(text: str) -> str:
    """Fold width, compatibility forms and case; search copies only, never shown.

    >>> normalised("１５％、ＡＩ⽂")
    '15%、ai文'
    """
    return unicodedata.normalize("NFKC", text).lower()


@cache
def _word_characters() -> NDArray[np.bool_]:
    """For each code point of the first four planes, whether it belongs to words (letters, digits, ideographs)."""
    return np.fromiter((chr(code).isalnum() for code in range(0x40000)), bool, 0x40000)


def ngrams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Cut texts into 1-grams and 2-grams that don't cross punctuation or space.

    Returns tokens (n,) int64, one number for each n-gram, and the index (n,) int32 of the text each is from.
    """
    tokens: list[NDArray[np.int64]] = []
    owners: list[NDArray[np.int32]] = []
    block: list[str] = []
    first = size = 0
    for i, text in enumerate(texts):
        block.append(normalised(text))
        size += len(block[-1])
        if size >= _BLOCK or i == len(texts) - 1:
            found, owner = _block_ngrams(block)
            tokens.append(found)
            owners.append(owner + np.int32(first))
            block, first, size = [], i + 1, 0
    if not tokens:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    return np.concatenate(tokens), np.concatenate(owners)


def _block_ngrams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    word = _word_characters()[np.minimum(codes, 0x3FFFF)]
    pair = word[:-1] & word[1:]
    bigrams = (codes[:-1][pair] << _SHIFT) | codes[1:][pair]
    return np.concatenate([codes[word], bigrams]), np.concatenate([owner[word], owner[:-1][pair]])
