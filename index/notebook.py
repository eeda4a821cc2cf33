"""What people leave in a library beside its documents: gaps, feedback, kept answers, in a file of their own.

The file is apart from the documents', so that a note never waits for, or disturbs, the library's own transactions.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ingest.errors import LibraryError, UsageError

FILE = "notes.sqlite3"
LONGEST = 2000
"""Characters of a question or of the words of a feedback."""
Verdict = Literal["right", "wrong", "incomplete"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "incomplete")
_WAIT = 5.0  # seconds for another writer
_TABLES = """
CREATE TABLE IF NOT EXISTS gap (
    question TEXT PRIMARY KEY, missing TEXT NOT NULL, times INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL, verdict TEXT NOT NULL, words TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, at TEXT NOT NULL, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS same_indicator (words TEXT PRIMARY KEY, name TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the library has no basis for, as often as it was recorded."""

    question: str
    missing: str  # what the library lacks, in Chinese
    times: int
    first: str  # ISO time in UTC
    last: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of an answer."""

    at: str  # ISO time in UTC
    question: str
    verdict: Verdict
    words: str
    answer: str  # JSON, see `answer.kept`


class Notebook:
    """The notes of a library's folder; each call opens the file for itself, so that threads need no lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def record_gap(self, question: str, missing: str) -> None:
        """Record a question without a basis, or count it again. Raises LibraryError, UsageError."""
        now = _now()
        with self._open() as db:
            db.execute(
                "INSERT INTO gap VALUES (?, ?, 1, ?, ?) ON CONFLICT (question) "
                "DO UPDATE SET times = times + 1, last = excluded.last, missing = excluded.missing",
                (_bounded(question), missing, now, now),
            )

    def close_gap(self, question: str) -> None:
        """Take a gap off the list: the library has been completed. Raises LibraryError."""
        with self._open() as db:
            db.execute("DELETE FROM gap WHERE question = ?", (question,))

    def gaps(self) -> list[Gap]:
        """All gaps, the most asked first, then the latest. Raises LibraryError."""
        rows = self._all("SELECT question, missing, times, first, last FROM gap ORDER BY times DESC, last DESC")
        return [Gap(question, missing, int(times), first, last) for question, missing, times, first, last in rows]

    def record_feedback(self, question: str, verdict: Verdict, words: str, answer: str) -> None:
        """Record what somebody says of an answer. Raises LibraryError, UsageError."""
        if verdict not in VERDICTS:
            raise UsageError(f"verdict {verdict!r}: say one of {', '.join(VERDICTS)}")
        with self._open() as db:
            db.execute(
                "INSERT INTO feedback (at, question, verdict, words, answer) VALUES (?, ?, ?, ?, ?)",
                (_now(), _bounded(question), verdict, _bounded(words), answer),
            )

    def feedback(self) -> list[Feedback]:
        """All feedback, oldest first. Raises LibraryError."""
        rows = self._all("SELECT at, question, verdict, words, answer FROM feedback ORDER BY id")
        return [
            Feedback(at, question, _verdict(verdict), words, answer) for at, question, verdict, words, answer in rows
        ]

    def keep(self, answer: str) -> str:
        """Keep an answer (JSON); return the id under which it can be opened again. Raises LibraryError."""
        name = sha256(answer.encode()).hexdigest()[:12]
        with self._open() as db:
            db.execute("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", (name, _now(), answer))
        return name

    def kept(self, name: str) -> tuple[str, str] | None:
        """The ISO time and JSON of an answer that was kept; None where there is none. Raises LibraryError."""
        rows = self._all("SELECT at, answer FROM kept WHERE id = ?", (name,))
        return (rows[0][0], rows[0][1]) if rows else None

    def name_indicator(self, words: str, name: str) -> None:
        """Say which indicator words of a document stand for; an empty name takes that back. Raises LibraryError."""
        with self._open() as db:
            db.execute("DELETE FROM same_indicator WHERE words = ?", (words,))
            if name.strip():
                db.execute("INSERT INTO same_indicator VALUES (?, ?)", (words, _bounded(name)))

    def indicator_names(self) -> dict[str, str]:
        """Words of documents with the indicator they were said to stand for. Raises LibraryError."""
        return {words: name for words, name in self._all("SELECT words, name FROM same_indicator ORDER BY words")}

    def _all(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        if not self._path.exists():
            return []
        with self._open() as db:
            return list(db.execute(query, values))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT)) as db, db:
                if not _has_tables(db):
                    db.executescript(_TABLES)
                yield db
        except sqlite3.Error as error:
            blocked = isinstance(error, sqlite3.OperationalError)
            cure = "请检查文库文件夹的写权限和磁盘空间" if blocked else "请移走这个文件"
            raise LibraryError(f"{self._path}: 记录读写不了（{error}），{cure}") from error


def _has_tables(db: sqlite3.Connection) -> bool:
    names = "'gap', 'feedback', 'kept', 'same_indicator'"
    (count,) = db.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ({names})").fetchone()
    return bool(count == 4)


def _verdict(value: str) -> Verdict:
    return next(known for known in VERDICTS if known == value)


def _bounded(words: str) -> str:
    if len(words) > LONGEST:
        raise UsageError(f"写了{len(words)}个字，请缩短到{LONGEST}字以内")
    return words.strip()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
