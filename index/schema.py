"""The SQLite form of a library: its tables, its format version, its connections and their errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from ingest.errors import LibraryDamaged, LibraryError, LibraryMissing

FORMAT = 1  # kept as user_version
APPLICATION = 0x59494E4A  # "YINJ", kept as application_id: tells a library from any other SQLite file
BUSY_SECONDS = 60.0  # how long a writer waits for the writer of another process
IDLE = 8  # reading connections kept open between calls
PAGE_BYTES = 8192  # seven vectors of 256 dimensions a page; with 4096 the file is a tenth larger

# `text` comes last: listing documents then never reads its pages.
# Vectors are a table with row ids, because rows of a kilobyte don't fit the pages of WITHOUT ROWID.
# Passage ids are never given again (AUTOINCREMENT), so an old vector index can't point at a wrong passage.
TABLES = """
CREATE TABLE library (
    id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL,
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
    reading_pages TEXT NOT NULL, reading_tables TEXT NOT NULL, reading_furniture TEXT NOT NULL, text TEXT NOT NULL
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
INSERT INTO library (id, generation) VALUES (1, 0);
"""


class Database:
    """One library file: a connection that writes, and a pool of connections that read.

    Every connection serves one thread at a time. Readers never wait; writers wait for each other, threads on a
    lock, processes on SQLite's write lock, which is given up after BUSY_SECONDS with a LibraryError.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path = path
        self._writer = open_library(path, create=create)
        self._write_lock = Lock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = Lock()
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state throughout."""
        with translated(self._path):
            db = self._borrow()
            try:
                db.execute("BEGIN")
                yield db
                db.execute("COMMIT")
            finally:
                self._give_back(db)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection for one transaction, rolled back if an exception leaves it."""
        with self._write_lock, translated(self._path):
            self._check_open()
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close all connections; one that is being read with closes when its call ends."""
        with self._write_lock, self._idle_lock:
            self._closed = True
            for db in (self._writer, *self._idle):
                db.close()
            self._idle.clear()

    def _borrow(self) -> sqlite3.Connection:
        with self._idle_lock:
            self._check_open()
            if self._idle:
                return self._idle.pop()
        return connect(self._path)

    def _give_back(self, db: sqlite3.Connection) -> None:
        with self._idle_lock:
            if self._closed or db.in_transaction or len(self._idle) >= IDLE:
                db.close()
            else:
                self._idle.append(db)

    def _check_open(self) -> None:
        if self._closed:
            raise LibraryError(f"library {self._path.parent} is closed: open it again")


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
    """Open the library file, making it where `create` says so.

    Raises LibraryMissing, and LibraryDamaged for a file that is no library or of an unknown format version.
    """
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise _missing(path)
    with translated(path):
        db = connect(path)
        try:
            if create and _is_blank(db):
                _create_tables(db)
            _check_format(db, path)
        except BaseException:
            db.close()
            raise
    return db


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
        for statement in TABLES.strip().removesuffix(";").split(";\n"):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {FORMAT}")
    db.execute("COMMIT")


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
        raise _missing(path)
    if _pragma(db, "application_id") != APPLICATION:
        raise _damaged(path, "the file is no library")
    version = _pragma(db, "user_version")
    if version != FORMAT:
        raise _damaged(path, f"format version {version}, this program reads {FORMAT}")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _missing(path: Path) -> LibraryMissing:
    return LibraryMissing(f"no library in {path.parent}: make one with `python -m ingest PATH --library {path.parent}`")


def _damaged(path: Path, reason: str) -> LibraryDamaged:
    return LibraryDamaged(f"library {path} can't be read ({reason}): ingest the files anew into another folder")
