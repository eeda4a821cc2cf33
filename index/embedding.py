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

from index.embedding_static import StaticEmbedder, static_part
from ingest.errors import ModelError

__all__ = ["BUNDLED_MODEL", "MODEL_SETTING", "Embedder", "load_embedder"]

BUNDLED_MODEL = Path(__file__).resolve().parent.parent / "models" / "yinju-zh-1"
MODEL_SETTING = "YINJU_MODEL"  # environment variable, read when no name is given


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
    """Load the model `name`: a folder, or a name on the Hugging Face hub whose files are in its cache here.

    Without a name, the setting YINJU_MODEL decides; without that, the bundled model is loaded.
    A static model is read without torch; any other needs sentence-transformers. Nothing is downloaded:
    an office cut off from the internet must not wait for a hub.
    Raises ModelError when there is no such model on this machine or it can't be read.
    """
    chosen = name or os.environ.get(MODEL_SETTING) or str(BUNDLED_MODEL)
    folder = Path(chosen).expanduser()
    shown = folder.resolve().name
    if not folder.is_dir():
        folder, shown = _cached(chosen), chosen
    if (static := static_part(folder)) is not None:
        return StaticEmbedder(static, shown)
    from index.embedding_transformer import TransformerEmbedder  # imports torch: seconds

    return TransformerEmbedder(folder, shown)


def _cached(name: str) -> Path:
    """Return the folder in which the hub's cache keeps the model `name`."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError) as error:
        cure = f"give a model folder, or run `hf download {name}` once, or unset {MODEL_SETTING}"
        raise ModelError(f"{name}: no such model on this machine; {cure}") from error
