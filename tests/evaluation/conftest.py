"""A tiny model, a library of two documents of our own, and files of JSON lines, for the tests of evaluation."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from index.library import Library
from ingest.load import document_from

YUNXI = """云溪市2025年教育工作要点

一、办好学前教育
1.扩大学位供给。新增公办幼儿园学位3000个。支持有条件的幼儿园招收2至3岁幼儿。
2.规范办园行为。开展“阳光厨房”检查，覆盖率达到１００％。

二、减轻学生负担
3.延长课间。推动小学课间10分钟延长为15分钟。
4.规范校外培训。推广“先学后付”，严禁一次性收费超过60课时。
"""
HAIFENG = """海风县2025年教育工作要点

一、办好学前教育
1.扩大托位供给。鼓励幼儿园开设托班，新增托位200个。
"""
VOCABULARY = sorted(set(YUNXI + HAIFENG + "多歇一会儿孩子能不能早点送进园里") - set("\n "))

WriteLines = Callable[[str, Sequence[object]], Path]


class CharacterEmbedder:
    """Embeds a text as the counts of its characters, scaled to unit length."""

    name = "characters"
    fingerprint = "characters-1"
    dim = len(VOCABULARY)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self.embed_question(text) for text in texts], np.float32).reshape(len(texts), self.dim)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        counts = np.array([question.count(each) for each in VOCABULARY], np.float32)
        return counts / max(float(np.linalg.norm(counts)), 1e-9)


@pytest.fixture
def embedder() -> CharacterEmbedder:
    return CharacterEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: CharacterEmbedder) -> Iterator[Library]:
    with Library.open(tmp_path / "library", create=True, embedder=embedder) as opened:
        opened.add(document_from("900_yunxi.txt", YUNXI.encode()))
        opened.add(document_from("inbox/901_haifeng.txt", HAIFENG.encode()))
        yield opened


@pytest.fixture
def write_lines(tmp_path: Path) -> WriteLines:
    """Write rows as JSON lines, text rows as they are."""

    def write(name: str, rows: Sequence[object]) -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def static_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model folder as sentence-transformers writes it, one row a character, in use through YINJU_MODEL."""
    folder = tmp_path / "characters"
    folder.mkdir()
    words = {"[UNK]": 0} | {each: number for number, each in enumerate(VOCABULARY, start=1)}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    rows = np.eye(len(words), dtype=np.float32)
    rows[0] = 0
    save_file({"embedding.weight": rows}, folder / "model.safetensors")
    module = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([module]), encoding="utf-8")
    monkeypatch.setenv("YINJU_MODEL", str(folder))
    return folder
