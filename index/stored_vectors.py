"""The table of vectors: one for each embedded text and model, shared by all passages of that text."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from index.records import UNIT_TOLERANCE, ModelRecord, Passage
from index.rows import model_of, passage_row_of
from index.store import Embed
from ingest.errors import LibraryDamaged, ModelError

STORED = np.dtype("<f4")  # little-endian float32 on every machine
FETCH = 4096  # vectors read at a time

_WITHOUT_VECTOR = (
    "FROM passages WHERE id > ? AND NOT EXISTS "
    "(SELECT 1 FROM vectors WHERE vectors.key = passages.key AND vectors.fingerprint = ?)"
)


def key_of(passage: Passage) -> bytes:
    """Key of a passage's vector: SHA-256 of the embedded text."""
    return sha256(passage.embedded.encode()).digest()


def read_model(db: sqlite3.Connection) -> ModelRecord | None:
    """Read which model the library remembers."""
    return model_of(db.execute("SELECT * FROM library").fetchone())


def absent(db: sqlite3.Connection, keys: Iterable[bytes], model: ModelRecord | None) -> set[bytes]:
    """Those of the keys that have no vector of the model."""
    query = "SELECT 1 FROM vectors WHERE key = ? AND fingerprint = ?"
    fingerprint = model and model.fingerprint
    return {key for key in keys if db.execute(query, (key, fingerprint)).fetchone() is None}


def embedded(texts: Mapping[bytes, str], model: ModelRecord, embed: Embed) -> dict[bytes, bytes]:
    """Embed texts and check what comes back. Raises ModelError."""
    if not texts:
        return {}
    vectors = np.asarray(embed(list(texts.values())), dtype=STORED)
    if vectors.shape != (len(texts), model.dim):
        raise ModelError(f"{model.name} gave an array {vectors.shape}, not {(len(texts), model.dim)}: load it anew")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(lengths).all():
        raise ModelError(f"{model.name} gave a vector that is not finite: check the model's files")
    if model.normalised and not np.all((np.abs(lengths - 1) < UNIT_TOLERANCE) | (lengths == 0)):
        raise ModelError(f"{model.name} is recorded as normalised, but a vector is not of unit length: normalise it")
    return {key: vector.tobytes() for key, vector in zip(texts, vectors, strict=True)}


def write_vectors(db: sqlite3.Connection, vectors: Mapping[bytes, bytes], model: ModelRecord) -> None:
    """Store vectors by key; those that are stored already stay."""
    rows = ((key, model.fingerprint, vector) for key, vector in vectors.items())
    db.executemany("INSERT OR IGNORE INTO vectors (key, fingerprint, vector) VALUES (?, ?, ?)", rows)


def keys_of(db: sqlite3.Connection, document: str) -> list[bytes]:
    """Keys of a document's passages."""
    return [key for (key,) in db.execute("SELECT DISTINCT key FROM passages WHERE document = ?", (document,))]


def drop_unused(db: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Delete those of the keys' vectors, of all models, that no passage has any more."""
    unused = "key = ? AND NOT EXISTS (SELECT 1 FROM passages WHERE passages.key = vectors.key)"
    db.executemany(f"DELETE FROM vectors WHERE {unused}", ((key,) for key in keys))


def read_vectors(db: sqlite3.Connection, model: ModelRecord) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Passage ids (n,), rising, and vectors (n, dim). Raises LibraryDamaged if a vector is missing or cut."""
    count = int(db.execute("SELECT count(*) FROM passages").fetchone()[0])
    ids, vectors = np.empty(count, np.int64), np.empty((count, model.dim), np.float32)
    found = 0
    for rows in _batches(db, model):
        stop = found + len(rows)
        ids[found:stop] = [row[0] for row in rows]
        vectors[found:stop] = np.frombuffer(b"".join(row[1] for row in rows), STORED).reshape(-1, model.dim)
        found = stop
    if found != count:
        raise LibraryDamaged(f"{count - found} passages have no vector: rebuild with `python -m index rebuild`")
    return ids, vectors


def _batches(db: sqlite3.Connection, model: ModelRecord) -> Iterator[list[sqlite3.Row]]:
    # CROSS JOIN keeps SQLite's planner from reading the vectors first and sorting them.
    query = (
        "SELECT passages.id, vector FROM passages CROSS JOIN vectors "
        "ON vectors.key = passages.key AND fingerprint = ? AND length(vector) = ? ORDER BY passages.id"
    )
    cursor = db.execute(query, (model.fingerprint, STORED.itemsize * model.dim))
    while rows := cursor.fetchmany(FETCH):
        yield rows


def count_without_vector(db: sqlite3.Connection, model: ModelRecord) -> int:
    """Count the texts without a vector of the model."""
    return int(db.execute(f"SELECT count(DISTINCT key) {_WITHOUT_VECTOR}", (0, model.fingerprint)).fetchone()[0])


def texts_without_vector(
    db: sqlite3.Connection, model: ModelRecord, *, after: int, limit: int
) -> tuple[int, dict[bytes, str]]:
    """Up to `limit` passages without a vector of the model: the last passage id, and the texts by key."""
    query = f"SELECT * {_WITHOUT_VECTOR} ORDER BY id LIMIT ?"
    rows = db.execute(query, (after, model.fingerprint, limit)).fetchall()
    canonical: dict[str, str] = {}
    texts: dict[bytes, str] = {}
    for row in rows:
        name = row["document"]
        if name not in canonical:
            canonical[name] = db.execute("SELECT text FROM documents WHERE id = ?", (name,)).fetchone()[0]
        passage = passage_row_of(row, canonical[name])
        texts[row["key"]] = Passage(passage.clause, passage.start, passage.end, passage.context, passage.text).embedded
    return (rows[-1]["id"] if rows else after), texts


def switch_model(db: sqlite3.Connection, model: ModelRecord) -> None:
    """Make the library remember another model and forget the vectors of the old one."""
    columns = "name = ?, fingerprint = ?, dim = ?, normalised = ?"
    values = (model.name, model.fingerprint, model.dim, model.normalised)
    db.execute(f"UPDATE library SET {columns}", values)
    unused = "fingerprint != ? OR key NOT IN (SELECT key FROM passages)"
    db.execute(f"DELETE FROM vectors WHERE {unused}", (model.fingerprint,))
