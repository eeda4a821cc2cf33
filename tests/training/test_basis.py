"""Fitting the model of refusals: on made-up signals, and that what is written is what is read."""

from pathlib import Path

import numpy as np
import pytest

from answer.basis import read_model
from answer.signals import NAMES, Directions, unit_pieces
from index.embedding import BUNDLED_MODEL
from training.basis import _static, apart_log_odds, fit, thresholds_for, write
from training.directions import cohesion, line_between
from training.trials import Asked


def asked(count: int, seed: int = 1) -> list[Asked]:
    """Questions that are answered where the first signal is above 0."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(count, len(NAMES))).astype(np.float32)
    kinds = ("everyday", "official")
    return [Asked(kinds[i % 2], i, bool(row[0] > 0), 0, row) for i, row in enumerate(rows)]


def known() -> Directions:
    none = (np.arange(3, dtype=np.float32), 0.5)
    rows = np.array([[0.6, 0.8, 0], [0, 0, 1]], np.float32)
    return Directions(none, none, rows, np.array([0, 0.4, 1], np.float32))


def test_the_fit_finds_what_decides() -> None:
    questions = asked(600)
    odds = apart_log_odds(questions, known())
    right = np.array([each.answered for each in questions])
    assert np.mean((odds > 0) == right) > 0.9
    bounds = thresholds_for(questions, odds)
    official = np.array([each.kind == "official" for each in questions])
    assert np.mean(odds[official & right] < bounds["official"]) == pytest.approx(0.03, abs=0.01)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    model = fit(asked(200), known())
    model.thresholds[:] = 1.5, -2
    write(tmp_path / "model.safetensors", model)
    again = read_model(tmp_path / "model.safetensors")
    found = np.linspace(-1, 1, len(NAMES)).astype(np.float32)
    assert again.log_odds(found) == pytest.approx(model.log_odds(found), abs=1e-5)
    assert again.thresholds.tolist() == [1.5, -2]
    assert again.known.background == pytest.approx(known().background, abs=0.01)
    assert again.known.cohesion == pytest.approx(known().cohesion, abs=0.01)


def test_pairs_that_stand_together_are_words() -> None:
    embedder = _static(BUNDLED_MODEL)
    # 积分 is 8 of 53 pairs; by chance it would be 8/65 x 8/65 of them; log2 of their ratio is 3.317 bits
    found = cohesion(embedder, ["积分"] * 8 + ["入学生活中心安排校园食堂开放时间"] * 3 + ["教"])
    values = dict(zip(embedder.vocabulary, found.tolist(), strict=True))
    assert values["积分"] == pytest.approx((3.317 - 1) / 3, abs=0.001)
    assert values["分入"] == 0
    assert values["教"] == 1


def test_a_line_parts_two_kinds_of_question() -> None:
    embedder = _static(BUNDLED_MODEL)
    ones, zeros = ["学校作业多吗", "老师几点下班", "幼儿园收几岁"], ["感冒吃什么药", "房贷怎么还", "飞机几点起飞"]
    weights, offset = line_between(embedder, ones, zeros)
    sides = [float(unit_pieces(embedder, each).mean(axis=0) @ weights + offset) for each in (*ones, *zeros)]
    assert [side > 0 for side in sides] == [True] * 3 + [False] * 3
