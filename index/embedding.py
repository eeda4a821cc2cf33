"""Embedding models behind one protocol; the bundled one needs neither torch nor a network.

>>> load_embedder().name
'yinju-zh-1'
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding_static import StaticEmbedder, is_static
from ingest.errors import ModelError

__all__ = ["BUNDLED_MODEL", "MODEL_SETTING", "Embedder", "load_embedder"]

BUNDLED_MODEL = Path(__file__).resolve().parent.parent / "models" / "yinju-zh-1"
MODEL_SETTING = "YINJU_MODEL"  # environment variable: a folder, or a name on the Hugging Face hub


class Embedder(Protocol):
    """What search needs of an embedding model; similarity is the dot product, higher is better, at most 1."""

    @property
    def name(self) -> str:
        """Name shown to people, e.g. "yinju-zh-1"."""

    @property
    def fingerprint(self) -> str:
        """Name and hash of what makes the vectors; differs when the vectors would."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dim) float32, each row of unit length; zeros for a text without a known piece."""

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """Return (dim,) float32 of unit length; zeros for a question without a known piece."""


def load_embedder(name: str | None = None) -> Embedder:
    """Load the model `name`: a folder, or a name on the Hugging Face hub.

    Without a name, the setting YINJU_MODEL decides; without that, the bundled model is loaded.
    A folder that holds a static model is read without torch; any other needs sentence-transformers.
    Raises ModelError when the model can't be found or read.
    """
    chosen = name or os.environ.get(MODEL_SETTING) or str(BUNDLED_MODEL)
    folder = Path(chosen).expanduser()
    if is_static(folder):
        return StaticEmbedder(folder)
    from index.embedding_transformer import TransformerEmbedder  # imports torch: seconds

    if folder.is_dir():
        return TransformerEmbedder.from_folder(folder)
    if _looks_like_path(chosen):
        raise ModelError(f"{chosen}: no such model folder; check the setting {MODEL_SETTING} or unset it")
    return TransformerEmbedder.from_hub(chosen)


def _looks_like_path(name: str) -> bool:
    """Tell `./models/x` and `a/b/c` from hub names, which are `owner/model` or `model`."""
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1
