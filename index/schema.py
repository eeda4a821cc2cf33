"""The SQLite form of a library: its tables, its format version, how its file is opened, and its errors."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from urllib.parse import quote

from ingest.errors import LibraryDamaged, LibraryError, LibraryMissing

FORMAT = 3  # kept as user_version
APPLICATION = 0x59494E4A  # "YINJ", kept as application_id: tells a library from any other SQLite file
BUSY_SECONDS = 60.0  # how long a writer waits for the writer of another process
PAGE_BYTES = 8192  # seven vectors of 256 dimensions a page; with 4096 the file is a tenth larger

# `text` comes last: listing documents then never reads its pages.
# Vectors are a table with row ids, because rows of a kilobyte don't fit the pages of WITHOUT ROWID.
# Passage ids are never given again (AUTOINCREMENT), so an old vector index can't point at a wrong passage.
# `state` is drawn by lot with each change: unlike generations, which a library made anew or a backup counts again,
# no two states of any libraries share one. Derived files carry it.
TABLES = """
CREATE TABLE library (
    id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL, state TEXT NOT NULL DEFAULT '',
    name TEXT, fingerprint TEXT, dim INTEGER, normalised INTEGER
);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, source TEXT NOT NULL UNIQUE, content_hash TEXT NOT NULL,
    structure INTEGER NOT NULL, generation INTEGER NOT NULL, added TEXT NOT NULL, characters INTEGER NOT NULL,
    title TEXT NOT NULL, issuer TEXT, region TEXT, province TEXT, number TEXT, index_number TEXT,
    published TEXT, signed TEXT, effective TEXT, period_first INTEGER, period_last INTEGER,
    kind TEXT, cover_title TEXT, cover_kind TEXT,
    receipt_characters INTEGER NOT NULL, receipt_accounted INTEGER NOT NULL, receipt_by_role TEXT NOT NULL,
    receipt_clauses INTEGER NOT NULL, receipt_warnings TEXT NOT NULL,
    reading_format TEXT NOT NULL, reading_encoding TEXT, reading_title TEXT, reading_warnings TEXT NOT NULL,
    reading_pages TEXT NOT NULL, reading_tables TEXT NOT NULL, reading_furniture TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '{}', text TEXT NOT NULL
);
CREATE TABLE clauses (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    role TEXT NOT NULL, path TEXT NOT NULL, label TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    level INTEGER NOT NULL, responsible_units TEXT NOT NULL, points TEXT NOT NULL, citation_label TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, clause INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, context TEXT NOT NULL, key BLOB NOT NULL,
    FOREIGN KEY (document, clause) REFERENCES clauses (document, ordinal) ON DELETE CASCADE
);
CREATE INDEX passages_by_clause ON passages (document, clause);
CREATE INDEX passages_by_key ON passages (key);
CREATE TABLE vectors (
    key BLOB NOT NULL, fingerprint TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (key, fingerprint)
);
INSERT INTO library (id, generation, state) VALUES (1, 0, lower(hex(randomblob(16))));
"""
UPGRADES = {
    1: """
ALTER TABLE library ADD COLUMN state TEXT NOT NULL DEFAULT '';
UPDATE library SET state = lower(hex(randomblob(16)));
""",
    2: """
ALTER TABLE documents ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
""",
}
"""Statements that turn a library of a format version into the next."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection in autocommit mode: transactions begin and end where the code says so.

    synchronous=FULL, not NORMAL: after a power cut NORMAL may lose the last commits, and the next change would
    then take a generation number that a vector index on disk already carries for another state.
    """
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA journal_size_limit = 67108864")  # bytes; a rebuild may blow the WAL up
    except BaseException:
        db.close()
        raise
    db.row_factory = sqlite3.Row
    return db


def open_library(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the library file to read and write, making it where `create` says so.

    Raises LibraryMissing, and LibraryDamaged for a file that is no library or of an unknown format version.
    """
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise missing(path)
    db = connect(path)
    try:
        if create and _is_blank(db):
            _create_tables(db)
        if _pragma(db, "application_id") == APPLICATION and _pragma(db, "user_version") in UPGRADES:
            _upgrade(db)
        _check_format(db, path)
    except BaseException:
        db.close()
        raise
    return db


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the library file where nothing can be written, not even the log and the locks that WAL needs.

    Without a log SQLite is told that the file is immutable, and then takes no locks. With one, a process that can
    write is at work, and SQLite reads along with it. Raises as `open_library`.
    """
    if not path.is_file():
        raise missing(path)
    place = quote(path.absolute().as_posix())  # as_uri would make a shared drive's server an authority: SQLite refuses
    mode = "mode=ro" if log_bytes(path) else "mode=ro&immutable=1"
    uri = f"file://{'' if place.startswith('/') else '/'}{place}?{mode}"
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _check_format(db, path)
    except BaseException:
        db.close()
        raise
    db.row_factory = sqlite3.Row
    return db


def is_writable(path: Path) -> bool:
    """Tell whether SQLite can write the file, and its log beside it.

    The file itself is not opened to find out: closing it would drop the locks that SQLite holds in this process.
    """
    try:
        with TemporaryFile(dir=path.parent):
            return os.access(path, os.W_OK)
    except OSError:
        return False


def log_bytes(path: Path) -> int:
    """Size of the log of changes that are not in the library file yet; 0 without one."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Turn errors of opening a library into ours, those of the file system too."""
    try:
        with translated(path):
            yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(f"library {path} can't be opened ({reason}): check the folder's name and rights") from error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours: LibraryDamaged, or LibraryError where the file itself may be well."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a bug of ours
    except sqlite3.OperationalError as error:
        cause = getattr(error, "sqlite_errorname", "SQLITE_ERROR")  # none: text that is not UTF-8
        if cause == "SQLITE_ERROR":
            raise _damaged(path, str(error)) from error
        if cause.startswith("SQLITE_BUSY"):
            message = f"library {path} is being written by another process: try again when that has ended"
            raise LibraryError(message) from error
        raise LibraryError(f"library {path} can't be used ({error}): check disk space and rights") from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, str(error)) from error


def _is_blank(db: sqlite3.Connection) -> bool:
    return not _pragma(db, "user_version") and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _create_tables(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    _switch_to_wal(db)
    db.execute("BEGIN IMMEDIATE")
    if _is_blank(db):  # another process may have been faster
        _run(db, TABLES)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {FORMAT}")
    db.execute("COMMIT")


def _upgrade(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    while (version := _pragma(db, "user_version")) in UPGRADES:  # another process may have been faster
        _run(db, UPGRADES[version])
        db.execute(f"PRAGMA user_version = {version + 1}")
    db.execute("COMMIT")


def _run(db: sqlite3.Connection, statements: str) -> None:
    """Execute statements in the open transaction; `executescript` would commit it."""
    for statement in statements.strip().removesuffix(";").split(";\n"):
        db.execute(statement)


def _switch_to_wal(db: sqlite3.Connection) -> None:
    """Switch the file to WAL, waiting for other processes: for this one statement SQLite itself does not wait."""
    end = monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
        sleep(0.01)


def _check_format(db: sqlite3.Connection, path: Path) -> None:
    if _is_blank(db):  # its making was cut off
        raise missing(path)
    if _pragma(db, "application_id") != APPLICATION:
        raise _damaged(path, "the file is no library")
    version = _pragma(db, "user_version")
    if version in UPGRADES:
        raise LibraryError(f"library {path} is of format version {version}: open it once where it can be written")
    if version != FORMAT:
        raise _damaged(path, f"format version {version}, this program reads {FORMAT}")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def missing(path: Path) -> LibraryMissing:
    """The error for a folder without a library."""
    return LibraryMissing(f"no library in {path.parent}: make one with `python -m ingest PATH --library {path.parent}`")


def _damaged(path: Path, reason: str) -> LibraryDamaged:
    return LibraryDamaged(f"library {path} can't be read ({reason}): ingest the files anew into another folder")
