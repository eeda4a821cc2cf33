"""Files of JSON lines: reading rows with their place, checking fields, writing whole files."""

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UsageError

Id = str | int


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a file of JSON lines, and where it stands."""

    fields: dict[str, object]
    place: str  # "dev.jsonl, line 3", for messages

    def fault(self, what: str) -> UsageError:
        """Make the error that says where the row stands and what is wrong with it."""
        return UsageError(f"{self.place}: {what}")

    def text(self, name: str) -> str:
        """Return a field that must be text with something in it. Raises UsageError."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{name} is {_shown(value)}: give text")
        return value

    def id(self, name: str = "id") -> Id:
        """Return a field that must be a number or text. Raises UsageError."""
        return self.checked_id(name, self.fields.get(name))

    def ids(self, name: str) -> list[Id]:
        """Return a field that must be a list of ids. Raises UsageError."""
        return [self.checked_id(name, value) for value in self.list(name)]

    def flag(self, name: str) -> bool:
        """Return a field that must be true or false. Raises UsageError."""
        value = self.fields.get(name)
        if not isinstance(value, bool):
            raise self.fault(f"{name} is {_shown(value)}: give true or false")
        return value

    def list(self, name: str) -> list[object]:
        """Return a field that must be a list. Raises UsageError."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise self.fault(f"{name} is {_shown(value)}: give a list")
        return value

    def checked_id(self, name: str, value: object) -> Id:
        """Return an id that is a whole number or text with something in it. Raises UsageError."""
        if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
            raise self.fault(f"{name} is {_shown(value)}: give a whole number or text")
        return value


def read_rows(path: Path) -> Iterator[Row]:
    """Read the objects of a file of JSON lines, gzip too; blank lines are left out.

    Raises UsageError, naming file and line, where the file can't be read or a line is no JSON object.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield Row(_object(line, place := f"{path.name}, line {number}"), place)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file; check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: can't be read ({error})") from error


def write_rows(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Write objects as JSON lines: a whole file or, where that fails, none. Raises UsageError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: can't be written ({error.strerror}); check folder and rights") from error


def check_writable(path: Path) -> None:
    """Raise UsageError where a file can't be written there, before long work is done for it."""
    if not path.parent.is_dir() or path.is_dir():
        raise UsageError(f"{path}: not a file in an existing folder; make the folder or choose another file")


def check_new(row: Row, name: Id, seen: set[str]) -> None:
    """Raise UsageError if an earlier row had the same id; ids are compared as text."""
    if str(name) in seen:
        raise row.fault(f"id {_shown(name)} is given twice: give each row its own")
    seen.add(str(name))


def _object(line: str, place: str) -> dict[str, object]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: not JSON ({error})") from error
    if not isinstance(fields, dict):
        raise UsageError(f"{place}: {_shown(fields)} is not an object {{…}}")
    return fields


def _shown(value: object) -> str:
    """Show a value as JSON, cut to a length that a message can bear."""
    text = "missing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
