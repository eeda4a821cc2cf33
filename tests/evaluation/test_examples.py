"""The worked examples in the docstrings of evaluation."""

import doctest
import importlib
from pathlib import Path

import pytest

MODULES = ["comparison", "gold", "labelled", "measures", "retrieval", "table"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"evaluation.{name}"))
    assert tried > 0
    assert failed == 0


def test_every_module_with_examples_is_tried(root: Path) -> None:
    holding = {path.stem for path in (root / "evaluation").glob("*.py") if ">>> " in path.read_text(encoding="utf-8")}
    assert holding == set(MODULES)
