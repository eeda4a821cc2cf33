"""Any other embedding model, through sentence-transformers, with the prompts its authors train it with."""

import logging
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

    A text longer than the model reads is embedded in parts, its vector the mean of theirs: nothing is left out.

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
        """Return (n, dim) float32, each row of unit length; a warning says how many were too long for the model."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        in_parts = 0
        for start in range(0, len(texts), _AT_ONCE):
            parts = [self._parts(text, self._prompts.passage) for text in texts[start : start + _AT_ONCE]]
            vectors[start : start + len(parts)] = self._embed(parts, self._prompts.passage)
            in_parts += sum(len(each) > 1 for each in parts)
        if in_parts:
            message = "%s reads %d tokens at a time; %d of %d passages are longer and were embedded in parts"
            logging.getLogger(__name__).warning(message, self.name, self._model.max_seq_length, in_parts, len(texts))
        return vectors

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """Return (dim,) float32 of unit length."""
        prompt = self._prompts.question
        vector: NDArray[np.float32] = self._embed([self._parts(question, prompt)], prompt)[0]
        return vector

    def _parts(self, text: str, prompt: str) -> list[str]:
        """Halve a text until the model can read each part with the prompt before it; mostly it is one part."""
        if len(text) < 2 or self._reads_whole(prompt + text):
            return [text]
        middle = len(text) // 2
        return [*self._parts(text[:middle], prompt), *self._parts(text[middle:], prompt)]

    def _reads_whole(self, text: str) -> bool:
        limit = self._model.max_seq_length
        return limit is None or len(self._model.tokenizer(text, verbose=False)["input_ids"]) <= limit

    def _embed(self, parts: list[list[str]], prompt: str) -> NDArray[np.float32]:
        """Embed texts given in parts: (texts, dim) of unit length."""
        owner = np.repeat(np.arange(len(parts)), [len(each) for each in parts])
        vectors = self._encode([prompt + part for each in parts for part in each])
        total = np.zeros((len(parts), self.dim), np.float32)
        np.add.at(total, owner, vectors)
        total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
        return total

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
