"""Any other embedding model, through sentence-transformers, with the prompt that its authors train it with."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding_static import hash_files
from ingest.errors import ModelError

_BATCH = 32  # passages in memory at once
_CURE = "give a model folder or a hub name that this machine can reach, or unset YINJU_MODEL"


@dataclass(frozen=True)
class Prompts:
    """What stands before a question and before a passage."""

    question: str = ""
    passage: str = ""


_BGE_ZH = Prompts(question="为这个句子生成表示以用于检索相关文章：")
_E5 = Prompts(question="query: ", passage="passage: ")
_QWEN3 = Prompts(
    question="Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)
PROFILES = {
    "bge-small-zh-v1.5": _BGE_ZH,
    "bge-base-zh-v1.5": _BGE_ZH,
    "bge-large-zh-v1.5": _BGE_ZH,
    "multilingual-e5-small": _E5,
    "multilingual-e5-base": _E5,
    "multilingual-e5-large": _E5,
    "qwen3-embedding-0.6b": _QWEN3,
    "qwen3-embedding-4b": _QWEN3,
    "qwen3-embedding-8b": _QWEN3,
}
