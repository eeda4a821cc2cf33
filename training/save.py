"""Saves a static model in the format of sentence-transformers."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, StaticEmbedding
from tokenizers import Tokenizer


def save_model(folder: Path, tokenizer: Tokenizer, weights: NDArray[np.float32]) -> None:
    """Write `weights`, (pieces, dim), as half precision; the model card README.md in `folder` stays as it is."""
    half = torch.from_numpy(_scaled(weights).astype(np.float16))
    modules = [StaticEmbedding(tokenizer, embedding_weights=half), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)


def _scaled(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale all rows alike so that their root mean square is 1: cosines stay, half precision fits best."""
    return weights / np.sqrt(np.mean(np.square(weights)))
