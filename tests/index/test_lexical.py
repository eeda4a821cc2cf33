"""BM25 against a reference program and a case worked by hand; n-grams against a slow spelling-out."""

import math
from pathlib import Path

import bm25s
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalIndex, token_count
from index.ngrams import ngrams, normalised

TEXTS = ["课间延长为15分钟。", "课后服务，每天两小时", "课间不拖堂；课后不留作业", "", "Ａ区学校"]


def spelled_out(text: str) -> list[str]:
    """1-grams and 2-grams the slow way."""
    plain = normalised(text)
    ones = [char for char in plain if char.isalnum()]
    twos = [plain[i : i + 2] for i in range(len(plain) - 1) if plain[i].isalnum() and plain[i + 1].isalnum()]
    return ones + twos


def number_of(gram: str) -> int:
    return ord(gram) if len(gram) == 1 else (ord(gram[0]) << 21) | ord(gram[1])


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=6))
def test_ngrams_are_those_spelled_out(texts: list[str]) -> None:
    tokens, owners = ngrams(texts)
    for i, text in enumerate(texts):
        expected = sorted(number_of(gram) for gram in spelled_out(text))
        assert sorted(tokens[owners == i].tolist()) == expected


def test_scores_of_a_case_worked_by_hand() -> None:
    index = LexicalIndex.build(["甲乙", "甲"], k1=1.5, b=0.75)
    # tokens: 甲 乙 甲乙 | 甲; average length 2; 乙 is in one text of two
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weight = idf * 1 * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 3 / 2))
    np.testing.assert_allclose(index.scores("乙"), [weight, 0], rtol=1e-6)


def test_scores_are_those_of_bm25s() -> None:
    vocabulary = {gram: i for i, gram in enumerate(sorted({gram for text in TEXTS for gram in spelled_out(text)}))}
    reference = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    reference.index(
        ([[vocabulary[gram] for gram in spelled_out(text)] for text in TEXTS], vocabulary), show_progress=False
    )
    index = LexicalIndex.build(TEXTS, k1=1.5, b=0.75)
    for question in ("课间多少分钟", "课后作业", "Ａ", "作业作业"):
        ids = [vocabulary[gram] for gram in spelled_out(question) if gram in vocabulary]
        expected = reference.get_scores_from_ids(ids) * 2.5  # Lucene leaves out the constant k1 + 1
        np.testing.assert_allclose(index.scores(question), expected, rtol=1e-5)


def test_empty_index_and_unknown_words() -> None:
    assert LexicalIndex.build([]).scores("课间").shape == (0,)
    assert LexicalIndex.build(TEXTS).scores("龘").tolist() == [0.0] * 5


def test_saved_index_is_read_for_its_generation_only(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path, 7)
    loaded = LexicalIndex.load(tmp_path, 7)
    assert loaded is not None
    assert loaded.scores("课间").tolist() == index.scores("课间").tolist()
    assert LexicalIndex.load(tmp_path, 8) is None
    (tmp_path / "lexical.npz").write_bytes(b"broken")
    assert LexicalIndex.load(tmp_path, 7) is None


def test_token_count_is_that_of_the_ngrams() -> None:
    assert token_count("课间，15") == 4 + 2
