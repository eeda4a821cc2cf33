"""Ranking a corpus, against brute force."""

import numpy as np
import pytest

from evaluation.benchmark import BenchmarkQuestion, CorpusText
from evaluation.retrieval import PIECE, DenseIndex, pieces_of, ranker, rankings
from index.embedding import Embedder
from index.fusion import Weights
from index.lexical import LexicalIndex
from index.ngrams import ngrams

CORPUS = [
    CorpusText(11, "学前教育", "新增公办幼儿园学位3000个。支持有条件的幼儿园招收2至3岁幼儿。"),
    CorpusText("b", "减负", "推动小学课间10分钟延长为15分钟。"),
    CorpusText(13, "", "推广“先学后付”，严禁一次性收费超过60课时。"),
    CorpusText(14, "托班", "鼓励幼儿园开设托班，新增托位200个。" + "规范办园行为，开展检查。" * 30),
]
QUESTIONS = [BenchmarkQuestion(1, "课间延长多少分钟", ("b",)), BenchmarkQuestion(2, "幼儿园托班", (14,))]
TENTH = Weights(dense=1, lexical=0.1, confident=0)


def refuse_to_load() -> Embedder:
    raise AssertionError("lexical ranking needs no model")


def test_lexical_is_bm25_over_title_and_text() -> None:
    index = LexicalIndex.build([f"{each.title}\n{each.text}" for each in CORPUS])
    found = rankings(ranker("lexical", CORPUS, refuse_to_load), CORPUS, QUESTIONS)
    for question in QUESTIONS:
        scores = index.scores(question.text).tolist()
        order = sorted(range(len(CORPUS)), key=lambda position: (-scores[position], position))
        assert found[question.id] == [CORPUS[position].id for position in order]
    assert found[1][0] == "b"


def test_dense_scores_a_text_as_its_best_piece(embedder: Embedder) -> None:
    index = DenseIndex.build(CORPUS, embedder)
    question = embedder.embed_question("幼儿园托班")
    scores = index.scores(question)
    for text, score in zip(CORPUS, scores, strict=True):
        cosines = [float(embedder.embed_passages([piece])[0] @ question) for piece in pieces_of(text)]
        assert score == pytest.approx(max(cosines), abs=1e-6)
    found = rankings(ranker("dense", CORPUS, lambda: embedder), CORPUS, QUESTIONS)
    assert found[2] == [CORPUS[position].id for position in np.argsort(-scores, kind="stable")]


def test_hybrid_is_cosine_plus_a_tenth_of_bm25_over_the_root_of_the_ngrams(embedder: Embedder) -> None:
    words = LexicalIndex.build([f"{each.title}\n{each.text}" for each in CORPUS])
    meanings = DenseIndex.build(CORPUS, embedder)
    found = rankings(ranker("hybrid", CORPUS, lambda: embedder, TENTH), CORPUS, QUESTIONS)
    for question in QUESTIONS:
        root = len(ngrams([question.text])[0]) ** 0.5
        total = meanings.scores(embedder.embed_question(question.text)) + 0.1 * words.scores(question.text) / root
        order = sorted(range(len(CORPUS)), key=lambda position: -total[position])
        assert found[question.id] == [CORPUS[position].id for position in order]


def test_hybrid_has_the_weights_of_the_product_unless_others_are_given(embedder: Embedder) -> None:
    for weights in (None, Weights()):
        found = rankings(ranker("hybrid", CORPUS, lambda: embedder, weights), CORPUS, QUESTIONS)
        assert found == rankings(ranker("hybrid", CORPUS, lambda: embedder), CORPUS, QUESTIONS)
    dense_only = ranker("hybrid", CORPUS, lambda: embedder, Weights(lexical=0, confident=0))
    assert rankings(dense_only, CORPUS, QUESTIONS) == rankings(
        ranker("dense", CORPUS, lambda: embedder), CORPUS, QUESTIONS
    )


def test_hybrid_of_many_texts_has_the_order_of_the_sum_of_both_scores(embedder: Embedder) -> None:
    drawn = np.random.default_rng(7)
    letters = list("学位幼儿园招收延长课间分钟培训托班检查")
    corpus = [CorpusText(number, "", "".join(drawn.choice(letters, 30))) for number in range(60)]
    questions = [BenchmarkQuestion(number, "".join(drawn.choice(letters, 5 + number)), (0,)) for number in range(9)]
    words = LexicalIndex.build([f"\n{each.text}" for each in corpus])
    found = rankings(ranker("hybrid", corpus, lambda: embedder, TENTH), corpus, questions)
    for question in questions:
        vector = embedder.embed_question(question.text)
        lexical = words.scores(question.text).tolist()
        root = len(ngrams([question.text])[0]) ** 0.5
        total = [float(embedder.embed_question(each.text) @ vector) + 0.1 * lexical[each.id] / root for each in corpus]  # type: ignore[index]
        assert found[question.id] == sorted(range(60), key=lambda position: -total[position])


def test_at_most_depth_texts_are_ranked(embedder: Embedder) -> None:
    for system in ("lexical", "dense", "hybrid"):
        found = rankings(ranker(system, CORPUS, lambda: embedder), CORPUS, QUESTIONS, depth=2)  # type: ignore[arg-type]
        assert [len(ranking) for ranking in found.values()] == [2, 2]


def test_pieces_hold_every_word_in_order_each_behind_the_title() -> None:
    pieces = pieces_of(CORPUS[3])
    assert len(pieces) > 1
    bodies = [piece.removeprefix("托班\n") for piece in pieces]
    assert "".join(bodies) == CORPUS[3].text
    assert all(piece.startswith("托班\n") for piece in pieces)
    assert all(len(body) <= PIECE for body in bodies)


def test_a_text_without_sentences_is_one_piece() -> None:
    assert pieces_of(CorpusText(1, "", "目录")) == ["目录"]
    assert pieces_of(CorpusText(1, "题", " ")) == ["题\n "]
