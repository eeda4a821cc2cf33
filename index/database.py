"""Connections to one library file: one that writes, a pool of those that read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from index.schema import connect, is_writable, log_bytes, missing, open_library, open_to_read, opening, translated
from ingest.errors import LibraryError, LibraryMissing

IDLE = 8  # reading connections kept open between calls
_BLOCKED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
"""What SQLite says of a file that it can't write, e.g. on a full disk."""


class Database:
    """One library file: a connection that writes, and a pool of connections that read.

    Every connection serves one thread at a time. Readers never wait; writers wait for each other, threads on a
    lock, processes on SQLite's write lock, which is given up after BUSY_SECONDS with a LibraryError.
    A file that can't be written, on a shared drive or a full disk, is opened to be read only.
    """

    def __init__(self, path: Path, *, create: bool, read_only: bool = False) -> None:
        """Open or make the file. Raises LibraryMissing, LibraryDamaged, LibraryError."""
        self._path = path
        self._write_lock = Lock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = Lock()
        self._closed = False
        with opening(path):
            self._writer = None if read_only else _writer(path, create=create)
            if self._writer is None:
                self._idle.append(open_to_read(path))
            self._opened = self._stamp()

    @property
    def read_only(self) -> bool:
        """Whether the library can only be read."""
        return self._writer is None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state throughout. Raises LibraryMissing where the file is gone."""
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
        """Lend the writing connection for one transaction, rolled back if an exception leaves it.

        Raises LibraryMissing where the file is gone, or is gone before the transaction has ended.
        """
        with self._write_lock, translated(self._path):
            db = self.check_writable()
            self._check_in_place()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            self._check_in_place()

    def check_writable(self) -> sqlite3.Connection:
        """The writing connection. Raises LibraryError where there is none."""
        self._check_open()
        if self._writer is None:
            message = f"library {self._path.parent} can only be read: copy it to a folder that can be written"
            raise LibraryError(message)
        return self._writer

    def is_in_place(self) -> bool:
        """Whether the file that was opened is still there, and no other in its place."""
        try:
            return self._stamp()[:2] == self._opened[:2]
        except OSError:
            return False

    def close(self) -> None:
        """Close all connections; one that is being read with closes when its call ends."""
        with self._write_lock, self._idle_lock:
            self._closed = True
            if self._writer is not None:
                self._writer.close()
            self._close_idle()

    def _borrow(self) -> sqlite3.Connection:
        with self._idle_lock:
            self._check_open()
            if self.read_only:
                self._notice_changes()
            else:
                self._check_in_place()
            if self._idle:
                return self._idle.pop()
        return open_to_read(self._path) if self.read_only else connect(self._path)

    def _give_back(self, db: sqlite3.Connection) -> None:
        with self._idle_lock:
            if self._closed or db.in_transaction or len(self._idle) >= IDLE:
                db.close()
            else:
                self._idle.append(db)

    def _close_idle(self) -> None:
        for db in self._idle:
            db.close()
        self._idle.clear()

    def _check_open(self) -> None:
        if self._closed:
            raise LibraryError(f"library {self._path.parent} is closed: open it again")

    def _check_in_place(self) -> None:
        if self.is_in_place():
            return
        if not self._path.exists():
            raise missing(self._path)
        raise LibraryMissing(f"library {self._path} was replaced by another file: open it again")

    def _notice_changes(self) -> None:
        """Let go of connections that were told a file is immutable when somebody else has written it."""
        try:
            stamp = self._stamp()
        except OSError as error:
            raise missing(self._path) from error
        if stamp != self._opened:
            self._close_idle()
            self._opened = stamp

    def _stamp(self) -> tuple[int, ...]:
        """What tells one file, and one state of a file, from another: device and inode, time and sizes."""
        found = self._path.stat()
        return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size, log_bytes(self._path)


def _writer(path: Path, *, create: bool) -> sqlite3.Connection | None:
    """Open the file for writing; None for a library that can only be read."""
    if path.is_file() and not is_writable(path):
        return None
    try:
        return open_library(path, create=create)
    except sqlite3.OperationalError as error:
        if path.is_file() and getattr(error, "sqlite_errorcode", 0) & 0xFF in _BLOCKED:
            return None
        raise
