"""A library file of one long document or a few, with vectors of two dimensions."""

from pathlib import Path

import numpy as np

from index.local_store import LocalStore
from index.records import ModelRecord, Passage
from ingest.document import Clause, Document, Metadata, Reading, Receipt

FILE = "library.sqlite3"
MODEL = ModelRecord("model", "fingerprint", 2, normalised=True)


def build(folder: Path, documents: int = 1) -> None:
    text = "人人读书。" * 500
    with LocalStore.open(folder, create=True, model=MODEL) as store:
        for number in range(documents):
            rows = (Clause("body", (), "", 0, len(text)),)
            document = Document(f"{number}.txt", "hash", Reading(text, "txt"), Metadata("题"), rows, Receipt(1, 1))
            store.put(document, [Passage(0, 0, 5, "", text[:5])], lambda texts: np.array([[0, 1]], np.float32))
