"""The drafting desk on the real policies, against labels made by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.desk import measured
from index.library import Library
from ingest.load import discover, load

GOALS = {
    "wording, a gold clause in the first 5": 0.98,
    "wording, quotations equal to the source": 1.0,
    "formulations, F1": 0.90,
    "alignment, precision": 0.90,
    "alignment, recall": 0.85,
    "figures, precision": 0.95,
    "figures, recall": 0.90,
    "figures, low right": 0.98,
    "figures, unit right": 0.98,
    "figures, comparison right": 0.98,
    "figures, kind right": 0.95,
    "figures, year right": 0.95,
    "figures, indicator right": 0.90,
    "responsible units in duties": 1.0,
}
LEAST = {"formulations, F1": 60, "alignment, recall": 60, "figures, recall": 150, "responsible units in duties": 50}


@pytest.fixture(scope="module")
def policies(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("policies"), create=True) as library:
        for file in discover([shared / "policies"]):
            library.add(load(file))
        yield library


def test_the_desk_reaches_its_goals_on_the_labels(policies: Library, shared: Path, root: Path) -> None:
    faults: list[str] = []
    found = {each.name: each for each in measured(policies, root / "tests" / "labels_desk", shared, faults)}
    short = {name: found[name].value for name, goal in GOALS.items() if found[name].value < goal}
    assert short == {}, faults[:40]
    assert all(found[name].cases >= least for name, least in LEAST.items())
