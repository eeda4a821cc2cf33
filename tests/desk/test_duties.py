"""Who does what: every named unit is told, spellings of one unit are one."""

import pytest

from desk.duties import deadline_in, duties, units_of
from index.snapshot import Snapshot
from ingest.unit_names import is_unit, unit_key


def test_every_unit_of_every_clause_is_told(samples: Snapshot) -> None:
    found = duties(samples)
    named = [row for row in samples.clauses if row.clause.responsible_units]
    assert len(found) == len(named) > 30
    for duty, row in zip(found, named, strict=True):
        assert set(duty.units) == set(row.clause.responsible_units)
        assert duty.task
        assert not set(duty.lead) & set(duty.others)


def test_the_tasks_of_one_unit(samples: Snapshot) -> None:
    found = duties(samples, unit="市委编办")
    assert found
    assert all(any(unit_key(name) == "委编办" for name in each.units) for each in found)
    assert len(found) < len(duties(samples))
    assert duties(samples, unit="航天局") == []


def test_units_are_counted_in_one_spelling(samples: Snapshot) -> None:
    found = duties(samples)
    counted = units_of(found)
    keys = [unit_key(name) for name, _ in counted]
    assert len(keys) == len(set(keys))
    education = next(count for name, count in counted if unit_key(name) == "教育局")
    assert education == sum(any(unit_key(unit) == "教育局" for unit in each.units) for each in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市教育局", "教育局"),
        ("泉州市教育局", "县教育局"),
        ("市人社局", "人力资源和社会保障局"),
        ("市委编办", "编办"),
        ("市住建局", "市住房和城乡建设局"),
        ("县妇联", "妇女联合会"),
    ],
)
def test_spellings_of_one_unit(one: str, other: str) -> None:
    assert is_unit(one, other)


def test_other_units_are_others() -> None:
    assert not is_unit("市财政局", "教育局")
    assert not is_unit("各镇（街道）", "教育局")


def test_deadlines() -> None:
    assert deadline_in("2025年6月底前完成；到2026年全部达标。") == "到2026年"
    assert deadline_in("2022年是开局之年。") == ""
