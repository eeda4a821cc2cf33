"""The samples against the table that was written with them, and the promise that they are varied and dense."""

from pathlib import Path

import pytest

from ingest.document import Document
from ingest.load import discover, load

COLUMNS = ("file", "title", "number", "issuer", "region", "kind", "form", "characters")


def table(root: Path) -> dict[str, dict[str, str]]:
    lines = (root / "docs" / "samples.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): dict(zip(COLUMNS, row, strict=True)) for row in rows}


@pytest.fixture(scope="module")
def documents(root: Path) -> dict[str, Document]:
    return {file.source: load(file) for file in discover([root / "samples"])}


def test_all_samples_are_in_the_table(root: Path, documents: dict[str, Document]) -> None:
    assert documents.keys() == table(root).keys()
    assert len(documents) >= 12
    assert {document.reading.format for document in documents.values()} == {"txt", "md", "html", "docx", "pdf"}


def test_metadata_are_those_of_the_table(root: Path, documents: dict[str, Document]) -> None:
    for source, row in table(root).items():
        metadata = documents[source].metadata
        number = None if row["number"] == "—" else row["number"]
        assert (metadata.number, metadata.region) == (number, row["region"]), source
        assert metadata.title in row["title"], source
        first = row["issuer"].split("等")[0]
        assert metadata.issuer is not None, source
        assert metadata.issuer.startswith(first), source
        assert metadata.published is not None or "试行" in source, source


def test_samples_are_dense_and_nothing_of_them_is_lost(root: Path, documents: dict[str, Document]) -> None:
    for source, row in table(root).items():
        receipt = documents[source].receipt
        assert 1500 <= int(row["characters"]) <= 6000, source
        assert receipt.coverage == 1.0, source
        furniture = receipt.by_role.get("furniture", 0)
        assert receipt.characters - furniture >= int(row["characters"]) * 0.97, source
        assert not any("跳号" in warning for warning in receipt.warnings), source


def test_responsible_units_of_the_plans(documents: dict[str, Document]) -> None:
    plans = [document for source, document in documents.items() if "行动方案" in source]
    assert len(plans) == 2
    for plan in plans:
        units = [clause.responsible_units for clause in plan.citable() if clause.responsible_units]
        assert len(units) >= 10
        assert all(all(1 < len(unit) <= 20 for unit in named) for named in units)
