"""The sample library reads: every file, with nothing lost from the PDFs and no page number left in the content."""

import re
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from ingest.document import Reading
from ingest.reading import SUFFIXES, bytes_of, read_bytes

SAMPLES = sorted(p for p in (Path(__file__).resolve().parents[2] / "samples").rglob("*") if p.suffix in SUFFIXES)
PAGE_NUMBER = re.compile(r"^\s*[—-]\s*\d+\s*[—-]\s*$", re.MULTILINE)


def read(path: Path) -> Reading:
    return read_bytes(path.name, bytes_of(path, path.name))


@pytest.mark.skipif(not SAMPLES, reason="the sample library is not there yet")
def test_every_sample_is_read() -> None:
    for path in SAMPLES:
        reading = read(path)
        assert len(reading.text) > 500, path.name
        assert reading.warnings == (), path.name
        for start, end in [*reading.furniture, *((table.start, table.end) for table in reading.tables)]:
            assert reading.text[start:end].strip(), path.name


def test_nothing_is_lost_from_the_sample_pdfs() -> None:
    for path in (p for p in SAMPLES if p.suffix == ".pdf"):
        pages = pypdf.PdfReader(path).pages
        extracted = "".join(page.extract_text() for page in pages)
        reading = read(path)
        assert Counter("".join(reading.text.split())) == Counter("".join(extracted.split()))
        assert len(reading.pages) == len(pages)
        numbers = [match.span() for match in PAGE_NUMBER.finditer(reading.text)]
        assert set(numbers) <= set(reading.furniture)
        assert len(numbers) == len(pages)
