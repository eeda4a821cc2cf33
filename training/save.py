"""Saves a static model in the format of sentence-transformers."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer


def save_model(folder: Path, tokenizer: Tokenizer, weights: NDArray[np.float32]) -> None:
    """Write `weights`, (pieces, dim), as bfloat16; the model card README.md in `folder` stays as it is.

    Not float16: there, the smallest length that Normalize divides by is rounded to 0, and an empty text gives NaN.
    """
    rows = torch.from_numpy(weights).to(torch.bfloat16)
    modules = [StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
