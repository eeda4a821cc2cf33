"""Saves a static model in the format of sentence-transformers."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

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
    with TemporaryDirectory() as temporary:
        SentenceTransformer(modules=modules, device="cpu").save(temporary, create_model_card=False)
        _replace_files(Path(temporary), folder)


def _replace_files(source: Path, folder: Path) -> None:
    """Copy each file beside its old version, then rename it over that, so that no reader meets half a file."""
    for file in (file for file in sorted(source.rglob("*")) if file.is_file()):
        target = folder / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.tmp")
        shutil.copyfile(file, beside)
        beside.replace(target)
