"""The sample library as the desk reads it."""

import pytest

from index.library import Library
from index.snapshot import Snapshot


@pytest.fixture(scope="session")
def samples(sample_library: Library) -> Snapshot:
    return sample_library.snapshot()
