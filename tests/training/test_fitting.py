"""Fitting the weights of fusion, on candidates whose best order is known; and the data it is fitted on."""

import gzip
import json

import numpy as np
import pytest

from index.fusion import Weights, confidence, lexical_scale
from index.lexical import LexicalIndex, token_count
from training.fitting import Scored, fitted, gains, totals
from training.pairs import Clause, Pair, apart, read_articles


def scored(cosines, words, right, sure, kinds) -> Scored:
    return Scored(
        np.array(cosines, np.float32), np.array(words, np.float32), np.array(right), np.array(sure), np.array(kinds)
    )


WORDS_ARE_RIGHT = scored(
    [[0.5, 0.4, 0.3], [0.6, 0.55, -10]],
    [[0.0, 3.0, 1.0], [0.0, 1.0, 0.0]],
    [[False, True, False], [False, True, False]],
    [[0.9], [0.8]],
    ["draft", "lay"],
)


def test_gains_by_hand():
    assert gains(WORDS_ARE_RIGHT, Weights(lexical=0, confident=0)) == {"draft": 0.5, "lay": 0.5}
    assert gains(WORDS_ARE_RIGHT, Weights(lexical=0.06, confident=0)) == {"draft": 1.0, "lay": 1.0}


def test_a_passage_that_is_no_candidate_gains_nothing():
    lost = scored([[0.5, 0.4]], [[0.0, 0.0]], [[False, False]], [[0.1]], ["lay"])
    assert gains(lost, Weights()) == {"lay": 0.0}


def test_fitted_weights_rank_what_can_be_ranked():
    assert set(gains(WORDS_ARE_RIGHT, fitted(WORDS_ARE_RIGHT)).values()) == {1.0}


def test_scores_are_those_of_search():
    texts = ["课间十分钟", "学位供给", "课后服务时间"]
    lexical, question, weights = LexicalIndex.build(texts), "课间有几分钟", Weights(lexical=0.1, confident=0.7, power=3)
    words = lexical.scores(question)
    scale = np.sqrt(token_count(question))
    candidates = scored([[0.1, 0.2, 0.3]], [words / scale], [[True, False, False]], [[0.0]], ["lay"])
    candidates.confidence[0] = confidence(lexical, question, words)
    expected = np.float32([0.1, 0.2, 0.3]) + lexical_scale(weights, lexical, question, words) * words
    np.testing.assert_allclose(totals(candidates, weights)[0], expected, rtol=1e-6)
    assert words.max() > 0


def test_clauses_kept_apart_are_not_trained_on():
    clauses = [Clause(str(i), (), "", "") for i in range(25)]
    kept, asked = apart(clauses)
    assert [each.formal for each in asked] == ["0", "10", "20"]
    assert sorted(kept + asked, key=lambda each: int(each.formal)) == clauses


def test_questions_about_articles_get_the_article_of_their_name(tmp_path):
    statutes = tmp_path / "statutes.jsonl.gz"
    with gzip.open(statutes, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"q": "某法第一条", "p": "为了办学。"}) + "\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"article": "某法第一条", "lay": ["甲", "乙"]}), encoding="utf-8")
    assert read_articles(tmp_path, statutes) == [
        *(Pair("甲", "某法第一条 为了办学。"), Pair("乙", "某法第一条 为了办学。")),
    ]
    (tmp_path / "b.jsonl").write_text(json.dumps({"article": "某法第二条", "lay": ["丙"]}), encoding="utf-8")
    with pytest.raises(KeyError, match="第二条"):
        read_articles(tmp_path, statutes)


def test_every_article_asked_about_is_there(root, shared):
    pairs = read_articles(root / "training/articles", shared / "training/statute_name_article.jsonl.gz")
    assert len(pairs) == 7_440
