"""Whether there is a basis: the small model by hand, its file, and what it refuses of questions it has not seen."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from answer import answer
from answer.basis import BASIS_MODEL, BasisModel, judge, read_model
from answer.premise import not_granted
from answer.signals import NAMES, Directions, Sentences, direction, missing_words, signals
from index.embedding import BUNDLED_MODEL, load_embedder
from index.embedding_static import StaticEmbedder
from index.library import Library
from ingest.errors import ModelError
from ingest.load import discover, load

Vectors = NDArray[np.float32]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    found = load_embedder(str(BUNDLED_MODEL))
    assert isinstance(found, StaticEmbedder)
    return found


@pytest.fixture(scope="module")
def model() -> BasisModel:
    return read_model(BASIS_MODEL)


def by_hand() -> BasisModel:
    """One network of one unit that looks at the first signal only: 2 tanh(x) - 1."""
    count = len(NAMES)
    hidden = np.zeros((1, count + 1, 1), np.float32)
    hidden[0, 0, 0] = 1
    none = (np.zeros(2, np.float32), 0.0)
    known = Directions(none, none, np.eye(2, dtype=np.float32), np.ones(1, np.float32))
    ones, out = np.ones(count, np.float32), np.array([[2, -1]], np.float32)
    return BasisModel(known, 0 * ones, ones, hidden, out, np.array([1, -3], np.float32))


def test_log_odds_are_those_of_the_network() -> None:
    found = np.zeros(len(NAMES), np.float32)
    assert by_hand().log_odds(found) == pytest.approx(-1)
    found[0] = 0.5
    assert by_hand().log_odds(found) == pytest.approx(2 * np.tanh(0.5) - 1, abs=1e-5)


def test_the_threshold_goes_with_the_style() -> None:
    assert by_hand().threshold(50) == pytest.approx(1)
    assert by_hand().threshold(-50) == pytest.approx(-3)
    assert by_hand().threshold(0) == pytest.approx(-1)


def test_a_direction_is_the_mean_of_its_pieces() -> None:
    units = np.array([[1, 0], [0, 1]], np.float32)
    assert direction(units, (np.array([3, 1], np.float32), 0.5)) == pytest.approx(2.5)
    assert direction(units[:0], (np.array([3, 1], np.float32), 0.5)) == 0.5


def test_signals_of_sentences_that_hold_the_question_and_that_do_not(
    embedder: StaticEmbedder, model: BasisModel
) -> None:
    texts = ["小学课间延长为15分钟。", "支持幼儿园招收2至3岁幼儿。"]
    vectors, lexical = embedder.embed_passages(texts), np.array([6, 0], np.float32)

    def of(question: str, lexical: Vectors) -> dict[str, float]:
        near = Sentences(texts, vectors, lexical, 8.0)
        return dict(zip(NAMES, signals(embedder, model.known, question, near).tolist(), strict=True))

    held = of("小学课间延长", lexical)
    assert held["nearest"] == pytest.approx(float(vectors[0] @ embedder.embed_question("小学课间延长")), abs=1e-5)
    assert (held["words"], held["words of nearest"]) == (0.75, 0.75)
    assert (held["held"], held["absent"], held["absent pieces"]) == (1, 0, 0)
    other = of("手机管理", 0 * lexical)
    assert other["absent"] > 0.5
    assert other["nearest"] < held["nearest"]
    assert of("手机管理", lexical)["behind background"] < 0


def test_missing_words_are_words_and_not_their_borders(embedder: StaticEmbedder, model: BasisModel) -> None:
    near = Sentences(
        ["保障随迁子女公平接受义务教育。"], np.zeros((1, embedder.dim), np.float32), np.zeros(1, np.float32), 1
    )
    assert missing_words(embedder, model.known, "取消了随迁子女积分吗", near) == ["取消", "积分"]
    assert missing_words(embedder, model.known, "", near) == []


def test_the_file_is_checked(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="copy the folder anew"):
        read_model(tmp_path / "none.safetensors")
    damaged = tmp_path / "model.safetensors"
    damaged.write_bytes(BASIS_MODEL.read_bytes()[:5000])
    with pytest.raises(ModelError, match="not a readable model"):
        read_model(damaged)


def questions(root: Path, name: str) -> list[str]:
    lines = (root / "tests" / "fixtures" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def test_questions_about_something_else_are_refused(sample_library: Library, root: Path) -> None:
    asked = questions(root, "off_topic_questions.jsonl")
    refused = [question for question in asked if answer(sample_library, question).refused]
    assert len(refused) >= 0.85 * len(asked)  # 0.90 when it was fitted; 0.12 with a threshold on the cosine


def test_questions_that_have_an_answer_are_not(sample_library: Library, root: Path) -> None:
    asked = [*questions(root, "sample_questions_a.jsonl"), *questions(root, "sample_questions_b.jsonl")]
    refused = [question for question in asked if answer(sample_library, question).refused]
    assert len(refused) <= 0.08 * len(asked)


class Renamed:
    """The bundled model under another name: what a library of another model looks like to the judge."""

    name, fingerprint = "other", "other-1"

    def __init__(self, inner: StaticEmbedder) -> None:
        self._inner = inner
        self.dim = inner.dim

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._inner.embed_passages(texts)

    def embed_question(self, question: str) -> Vectors:
        return self._inner.embed_question(question)


def test_a_library_of_another_model_is_judged_alike(
    sample_library: Library, embedder: StaticEmbedder, root: Path, tmp_path: Path
) -> None:
    with Library.open(tmp_path, create=True, embedder=Renamed(embedder)) as library:
        for file in discover([root / "samples"]):
            library.add(load(file))
        for question in ("下课能多歇会儿不？", "感冒了能不能喝酒？"):
            own, other = (judge(each, each.search(question)) for each in (sample_library, library))
            assert other.margin == pytest.approx(own.margin, abs=1e-3)
            assert (other.off_domain, other.missing) == (own.off_domain, own.missing)


@pytest.mark.parametrize(
    ("question", "text", "word"),
    [
        ("石桥县为什么取消了积分入学？", "实行积分入学。", "取消"),
        ("石桥县为什么取消了积分入学？", "不再实行积分入学。", None),
        ("取消积分入学了吗？", "实行积分入学。", None),  # asked, not taken for granted
        ("既然推迟到九点上课，早读还上吗？", "早读不得早于七点五十分。", "推迟"),
        ("学费全免吗？", "学费每学期三百元。", None),
    ],
)
def test_what_is_taken_for_granted(question: str, text: str, word: str | None) -> None:
    assert not_granted(question, [text]) == word


def test_a_refusal_that_is_close_says_so(sample_library: Library) -> None:
    """Half of the refusals just below the threshold are of questions whose clause is there."""
    near = answer(sample_library, "小孩上课能不能揣着手机？")
    assert (near.refused, near.close) == (True, True)
    assert "着手" not in near.text  # no halves of words: 揣着, 手机
    for question in ("泉州市课间休息多长时间？", "感冒了能不能喝酒？", "云川市2031年的近视率是多少？"):
        far = answer(sample_library, question)
        assert (far.refused, far.close) == (True, False)
    assert not answer(sample_library, "云川市2025年课间要延长到多少分钟？").close
