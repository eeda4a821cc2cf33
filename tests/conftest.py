"""Where the real documents are, and a library of the samples, for all tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("YINJU_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and benchmarks; tests that need it are skipped where it is not."""
    if not (SHARED / "eval" / "structure.json").exists():
        pytest.skip("the shared folder of real documents is not here (set YINJU_SHARED to name it)")
    return SHARED


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Library"]:  # noqa: F821
    """A library of all samples with the bundled model, for reading only."""
    from index.library import Library
    from ingest.load import discover, load

    with Library.open(tmp_path_factory.mktemp("samples"), create=True) as library:
        for file in discover([ROOT / "samples"]):
            library.add(load(file))
        yield library


@pytest.fixture(scope="session")
def policy_library(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator["Library"]:  # noqa: F821
    """A library of the five real policy documents with the bundled model, for reading only."""
    from index.library import Library
    from ingest.load import discover, load

    with Library.open(tmp_path_factory.mktemp("policies"), create=True) as library:
        for file in discover([shared / "policies"]):
            library.add(load(file))
        yield library
