"""Texts as bags of piece ids, packed into one array, and the loss that pulls a question to its passage."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

_TOKENIZED_AT_ONCE = 5_000


class Bags:
    """The known pieces of many texts; `Bags(tokenizer, texts).vectors(weights, [0, 5])` embeds texts 0 and 5."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str]) -> None:
        bags = list(_known_ids(tokenizer, texts))
        self._starts = np.concatenate([[0], np.cumsum([len(bag) for bag in bags])]).astype(np.int64)
        self._ids = np.concatenate([np.zeros(0, np.int64), *bags])

    def vectors(
        self, weights: torch.Tensor, rows: NDArray[np.int64], *, dropout: float, random: np.random.Generator
    ) -> torch.Tensor:
        """Return (n, dim), each of unit length; each piece is left out with probability `dropout`."""
        bags = [self._ids[self._starts[row] : self._starts[row + 1]] for row in rows]
        kept = [bag[random.random(len(bag)) >= dropout] for bag in bags]
        starts = np.concatenate([[0], np.cumsum([len(bag) for bag in kept])[:-1]])
        ids = torch.from_numpy(np.concatenate(kept))
        total = functional.embedding_bag(ids, weights, torch.from_numpy(starts), mode="sum")
        return functional.normalize(total)


def contrastive_loss(
    questions: torch.Tensor,
    passages: torch.Tensor,
    negatives: torch.Tensor | None,
    texts: NDArray[np.int64],
    *,
    temperature: float,
) -> torch.Tensor:
    """Return the mean cross entropy of picking each row's partner among the batch, in both directions.

    `texts`, (n, 2), numbers the question and passage of each row: rows that share either are no negatives of each
    other. `negatives`, (m, dim), are further passages that answer no question here.
    van den Oord, Li and Vinyals, "Representation learning with contrastive predictive coding", 2018 (InfoNCE).
    """
    same = (texts[:, None] == texts[None, :]).any(axis=2) & ~np.eye(len(texts), dtype=bool)
    scores = (questions @ passages.T / temperature).masked_fill(torch.from_numpy(same), -torch.inf)
    partners = torch.arange(len(texts))
    forward = scores if negatives is None else torch.cat([scores, questions @ negatives.T / temperature], dim=1)
    return (functional.cross_entropy(forward, partners) + functional.cross_entropy(scores.T, partners)) / 2


def _known_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(texts), _TOKENIZED_AT_ONCE):
        batch = list(texts[start : start + _TOKENIZED_AT_ONCE])
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            ids = np.array(encoding.ids, np.int64)
            yield ids[ids > 0]
