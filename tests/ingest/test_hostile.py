"""A thousand hostile or broken files go through reading into a library, which stays whole."""

import sqlite3
import time
from pathlib import Path

import pytest
from hostile_files import TEXT, VALID, hostile_files
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import DATABASE, Library
from ingest.document import Document
from ingest.errors import ReadError
from ingest.load import discover, document_from
from ingest.pool import Pool

COUNT = 1000
SECONDS = 20.0  # that one file may take in this test


def sound(document: Document) -> bool:
    """Whether each non-blank character lies in exactly one row."""
    rows = sorted(document.clauses, key=lambda row: row.start)
    inside = "".join(document.text[row.start : row.end] for row in rows)
    return "".join(inside.split()) == "".join(document.text.split()) and document.receipt.coverage == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in hostile_files(COUNT):
        (folder / name).write_bytes(data)
    return folder


def test_a_thousand_hostile_files(folder: Path, tmp_path: Path) -> None:
    slowest, read, refused, last = 0.0, 0, 0, time.monotonic()
    with Library.open(tmp_path / "library", create=True) as library, Pool(2, seconds=SECONDS) as pool:
        library.add(document_from("先有的.txt", TEXT.encode()))
        for file, result in pool.load(discover([folder])):
            slowest, last = max(slowest, time.monotonic() - last), time.monotonic()
            if isinstance(result, ReadError):
                refused += 1
                assert result.reason, file.source
                assert result.cure, file.source
                continue
            read += 1
            assert sound(result), file.source
            library.add(result)
        assert len(list(folder.iterdir())) == COUNT
        assert refused > 200
        assert read > 200
        assert slowest < SECONDS + 5
        assert any(hit.document.source == "先有的.txt" for hit in library.search("小学八月报名", k=200).hits)
    database = sqlite3.connect(tmp_path / "library" / DATABASE)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("SELECT count(*) FROM documents").fetchone() == (read + 1,)
    database.close()


def test_valid_files_of_each_format_are_read() -> None:
    for name, make in VALID.items():
        if name != "zip":
            assert sound(document_from(f"通知.{name}", make())), name


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([name for name in VALID if name != "zip"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=40)), min_size=1, max_size=6),
)
def test_any_valid_file_with_bytes_written_over(name: str, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(VALID[name]())
    for place, written in changes:
        start = int(place * len(data))
        data[start : start + len(written)] = written
    try:
        document = document_from(f"改.{name}", bytes(data))
    except ReadError:
        return
    assert sound(document)
