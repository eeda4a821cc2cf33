"""Any other embedding model, through sentence-transformers, with the prompts its authors train it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from index.embedding_static import hash_files
from ingest.errors import ModelError

_AT_ONCE = 2_048  # passages tokenized and sorted by length together
_BATCH = 32  # passages in the network together
_MODEL_SUFFIXES = {".bin", ".json", ".model", ".safetensors", ".txt"}


@dataclass(frozen=True)
class Prompts:
    """What stands before a question and before a passage."""

    question: str = ""
    passage: str = ""


_BGE_ZH = Prompts(question="为这个句子生成表示以用于检索相关文章：")
_E5 = Prompts(question="query: ", passage="passage: ")
_QWEN3 = Prompts("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:")

# First match wins; the key is a part of the model's name, in lower case. bge-m3, gte and all others: no prompt.
_PROMPTS = {
    "bge-small-zh-v1.5": _BGE_ZH,
    "bge-base-zh-v1.5": _BGE_ZH,
    "bge-large-zh-v1.5": _BGE_ZH,
    "qwen3-embedding": _QWEN3,
    "multilingual-e5-large-instruct": Prompts(_QWEN3.question.replace("Query:", "Query: ")),
    "e5-": _E5,
}


def prompts_for(name: str) -> Prompts:
    """Return the prompts of the model `name`, a hub name or the last part of a folder's path.

    >>> prompts_for("intfloat/multilingual-e5-small").passage
    'passage: '
    """
    plain = name.lower().rpartition("/")[2]
    return next((prompts for part, prompts in _PROMPTS.items() if part in plain), Prompts())


class TransformerEmbedder:
    """A model of sentence-transformers in a folder of this machine.

    Raises ModelError when the folder holds no model that can be read.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._model = _load(folder)
        dim = self._model.get_embedding_dimension()
        if dim is None:
            raise ModelError(f"{folder}: does not say how long its vectors are; choose an embedding model")
        self.dim = dim
        self.name = name
        self._prompts = prompts_for(name)
        self.fingerprint = f"{name}-{hash_files(_model_files(folder))}"

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dim) float32, each row of unit length."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            batch = [self._prompts.passage + text for text in texts[start : start + _AT_ONCE]]
            vectors[start : start + len(batch)] = self._encode(batch)
        return vectors

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """Return (dim,) float32 of unit length."""
        vector: NDArray[np.float32] = self._encode([self._prompts.question + question])[0]
        return vector

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        # An empty prompt, not None: a prompt saved in the model's configuration must not come on top of ours.
        vectors = self._model.encode(
            texts, prompt="", batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def _model_files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob("*")) if file.suffix in _MODEL_SUFFIXES]


def _load(folder: Path) -> SentenceTransformer:
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as error:  # each library behind it has errors of its own
        reason = str(error).partition("\n")[0]
        raise ModelError(f"{folder}: not a readable embedding model ({reason}); copy the folder anew") from error
