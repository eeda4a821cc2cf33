"""How much words count, worked by hand."""

import math

import numpy as np
import pytest

from index.fusion import Weights, confidence, lexical_scale
from index.lexical import LexicalIndex

INDEX = LexicalIndex.build(["甲乙", "丙丁"], k1=1.5, b=0.75)


def test_own_score_is_that_of_an_average_text_that_holds_each_ngram_once() -> None:
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))  # each n-gram is in one of two texts
    assert INDEX.own_score("甲乙") == pytest.approx(3 * idf)
    # both texts are of average length and tf is 1, so BM25's factor is 2.5 / (1 + 1.5) = 1
    assert INDEX.scores("甲乙")[0] == pytest.approx(3 * idf)


def test_confidence_is_the_share_of_the_own_score() -> None:
    assert confidence(INDEX, "甲乙", INDEX.scores("甲乙")) == pytest.approx(1.0)
    unknown = math.log(1 + 2.5 / 0.5)  # an n-gram in no text
    known = math.log(1 + 1.5 / 1.5)
    # 甲戊: 甲 is known, 戊 and 甲戊 are not
    assert confidence(INDEX, "甲戊", INDEX.scores("甲戊")) == pytest.approx(known / (known + 2 * unknown))
    assert confidence(INDEX, "！", INDEX.scores("！")) == 0.0


def test_scale_grows_with_confidence() -> None:
    weights = Weights(lexical=0.1, confident=0.5)
    scale = lexical_scale(weights, INDEX, "甲乙", INDEX.scores("甲乙"))
    assert scale == np.float32((0.1 + 0.5) / math.sqrt(3))


def test_holding_lists_the_texts_of_each_ngram() -> None:
    assert [texts.tolist() for texts in INDEX.holding("甲乙")] == [[0], [0], [0]]
    assert [texts.tolist() for texts in INDEX.holding("戊")] == [[]]
    assert INDEX.holding("。") == []


def test_weight_of_words_by_hand() -> None:
    assert Weights(lexical=0.1, confident=0.5, power=3).of_words(0.5) == pytest.approx(0.1 + 0.5 * 0.125)
