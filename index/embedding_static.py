"""A static embedding model without torch: the mean of the rows of its known pieces, scaled to unit length.

Reads the folder that sentence-transformers writes for a `StaticEmbedding`; both give the same vectors.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize
from tokenizers import Tokenizer

from ingest.errors import ModelError

_MODULES = {"StaticEmbedding", "Normalize"}
_ROWS = {"embedding.weight", "embeddings"}  # the name in sentence-transformers, the one in model2vec
_MARKS = "\ue000\ue001"  # around a single character among the pieces of the bundled model
_BATCH = 512  # texts tokenized at once
_PIECES = 16_384  # rows gathered at once: 16 MB of float32 at 256 dimensions


def static_part(folder: Path) -> Path | None:
    """Return where `folder` keeps its StaticEmbedding; None when it holds another kind of model.

    Versions of sentence-transformers differ: the folder itself, or `0_StaticEmbedding` in it.
    """
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [module["type"].rpartition(".")[2] for module in modules]
        place = folder / modules[0]["path"]
    except (OSError, ValueError, TypeError, LookupError):
        return None
    return place if kinds[0] == "StaticEmbedding" and set(kinds) <= _MODULES else None


class StaticEmbedder:
    """The light path: `tokenizers` and numpy only.

    Raises ModelError when a file of the folder is missing, damaged, or of another make.
    """

    def __init__(self, folder: Path, name: str) -> None:
        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        self._tokenizer = _read_tokenizer(tokenizer)
        self._rows = _read_rows(weights)
        if self._tokenizer.get_vocab_size() > len(self._rows):
            raise ModelError(f"{weights}: fewer rows than {tokenizer.name} has pieces; copy the model folder anew")
        self.name = name
        self.fingerprint = f"{name}-{hash_files([tokenizer, weights])}"
        self.dim = int(self._rows.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, dim) float32, each row of unit length; zeros for a text without a known piece."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for number, encoding in enumerate(encodings, start=start):
                vectors[number] = self._vector(encoding.ids)
        return vectors

    def embed_question(self, question: str) -> NDArray[np.float32]:
        """Return (dim,) float32 of unit length; zeros for a question without a known piece."""
        return self._vector(self._tokenizer.encode(question, add_special_tokens=False).ids)

    def pieces(self, text: str) -> tuple[list[str], NDArray[np.int64], NDArray[np.float32]]:
        """Return the known pieces of a text, each once: words, ids (n,), and rows (n, dim), not of unit length."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        known = {piece: i for piece, i in zip(encoding.tokens, encoding.ids, strict=True) if i > 0}
        ids = np.fromiter(known.values(), np.int64, len(known))
        return [piece.strip(_MARKS) for piece in known], ids, self._rows[ids]

    @property
    def vocabulary(self) -> list[str]:
        """The pieces by their ids, without marks."""
        ordered = sorted(self._tokenizer.get_vocab().items(), key=lambda entry: entry[1])
        return [piece.strip(_MARKS) for piece, _ in ordered]

    def _vector(self, ids: list[int]) -> NDArray[np.float32]:
        total = np.zeros(self.dim, np.float32)
        for piece_ids in _slices(ids, _PIECES):
            total += self._rows[piece_ids].sum(axis=0, dtype=np.float32)
        length = np.linalg.norm(total)
        return total / length if length > 0 else total


def hash_files(files: Iterable[Path]) -> str:
    """Return 16 hexadecimal digits that change with the name or any byte of the files."""
    digest = sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]


def _slices(ids: list[int], size: int) -> Iterator[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _read_tokenizer(file: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises plain Exception
        raise ModelError(f"{file}: not a readable tokenizer ({error}); copy the model folder anew") from error
    tokenizer.no_padding()
    return tokenizer


def _read_rows(file: Path) -> NDArray[np.float32]:
    try:
        tensors = dict(deserialize(file.read_bytes()))  # type: ignore[no-untyped-call]
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{file}: not readable weights ({error}); copy the model folder anew") from error
    if len(tensors) != 1 or not _ROWS & tensors.keys():
        raise ModelError(f"{file}: holds {sorted(tensors)}, not one table of rows; save it with sentence-transformers")
    (weights,) = tensors.values()
    return _to_float32(weights["data"], weights["dtype"], file).reshape(weights["shape"])


def _to_float32(content: bytes, kind: str, file: Path) -> NDArray[np.float32]:
    """Read little-endian numbers; bfloat16, which numpy does not know, is the upper half of a float32."""
    if kind == "BF16":
        return (np.frombuffer(content, "<u2").astype(np.uint32) << 16).view(np.float32)
    if kind in {"F16", "F32"}:
        return np.frombuffer(content, f"<f{int(kind[1:]) // 8}").astype(np.float32)
    raise ModelError(f"{file}: weights of type {kind}; save the model as float32, float16 or bfloat16")
