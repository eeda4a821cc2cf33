"""Rows of a library's tables to and from records."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from index import details
from index.details import Details
from index.records import ClauseRow, DocumentRow, ModelRecord, Passage, PassageRow, clause_id
from ingest.document import Clause, Document, Metadata, Point, Reading, Receipt, Table

_DETAILED = {*details.METADATA, "repeals", "attachments", "evidence"}
METADATA = tuple(field.name for field in fields(Metadata) if field.name not in {*_DETAILED, "period"})
_RECEIPT = ("characters", "accounted", "by_role", "clauses", "warnings")
LISTING = (
    "id, source, content_hash, generation, added, characters, period_first, period_last, "
    "receipt_characters, receipt_accounted, receipt_by_role, receipt_clauses, receipt_warnings, "
    "reading_format, details, "
) + ", ".join(METADATA)
"""Columns of a DocumentRow."""
_CLAUSE = 'ordinal, role, path, label, start, "end", level, responsible_units, points, citation_label'
_PASSAGE = 'id, clause, start, "end", context'


@lru_cache(maxsize=4)  # a row's metadata, receipt and parts are asked for one after the other
def details_in(column: str) -> Details:
    """Read the column `details`."""
    return Details(column)


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """Insert a row given as columns and values."""
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def document_columns(document: Document) -> dict[str, object]:
    """Columns of a document that come from the document itself."""
    reading, metadata, receipt = document.reading, document.metadata, document.receipt
    first, last = metadata.period or (None, None)
    return {
        "id": document.id,
        "source": document.source,
        "content_hash": document.content_hash,
        "characters": len(document.text),
        **{name: getattr(metadata, name) for name in METADATA},
        "period_first": first,
        "period_last": last,
        **{f"receipt_{name}": _column(getattr(receipt, name)) for name in _RECEIPT},
        "reading_format": reading.format,
        "reading_encoding": reading.encoding,
        "reading_title": reading.title,
        "reading_warnings": _json(reading.warnings),
        "reading_pages": _json(reading.pages),
        "reading_tables": _json([table.start, table.end] for table in reading.tables),
        "reading_furniture": _json(reading.furniture),
        "details": details.details_of(document),
        "text": reading.text,
    }


def clause_columns(document: str, ordinal: int, clause: Clause) -> dict[str, object]:
    """Columns of a clause."""
    return {
        "document": document,
        "ordinal": ordinal,
        "role": clause.role,
        "path": _json(clause.path),
        "label": clause.label,
        "start": clause.start,
        "end": clause.end,
        "level": clause.level,
        "responsible_units": _json(clause.responsible_units),
        "points": _json([point.label, point.start, point.end] for point in clause.points),
        "citation_label": clause.citation_label,
    }


def passage_columns(document: str, passage: Passage, key: bytes) -> dict[str, object]:
    """Columns of a passage; its text is a range of the document's and not stored twice."""
    return {
        "document": document,
        "clause": passage.clause,
        "start": passage.start,
        "end": passage.end,
        "context": passage.context,
        "key": key,
    }


def metadata_of(row: sqlite3.Row) -> Metadata:
    """Make metadata from a row of documents."""
    period = None if row["period_first"] is None else (row["period_first"], row["period_last"])
    return Metadata(**{name: row[name] for name in METADATA}, **details_in(row["details"]).metadata(), period=period)


def receipt_of(row: sqlite3.Row) -> Receipt:
    """Make a receipt from a row of documents."""
    return Receipt(
        characters=row["receipt_characters"],
        accounted=row["receipt_accounted"],
        by_role=json.loads(row["receipt_by_role"]),
        clauses=row["receipt_clauses"],
        warnings=tuple(json.loads(row["receipt_warnings"])),
        **details_in(row["details"]).receipt(),
    )


def reading_of(row: sqlite3.Row) -> Reading:
    """Make the reading, with the canonical text, from a row of documents."""
    return Reading(
        text=row["text"],
        format=row["reading_format"],
        encoding=row["reading_encoding"],
        pages=tuple(json.loads(row["reading_pages"])),
        tables=tuple(Table(start, end) for start, end in json.loads(row["reading_tables"])),
        furniture=tuple((start, end) for start, end in json.loads(row["reading_furniture"])),
        title=row["reading_title"],
        warnings=tuple(json.loads(row["reading_warnings"])),
        **details_in(row["details"]).reading(),
    )


def document_row_of(row: sqlite3.Row) -> DocumentRow:
    """Make a DocumentRow from the columns of LISTING."""
    return DocumentRow(
        id=row["id"],
        source=row["source"],
        content_hash=row["content_hash"],
        metadata=metadata_of(row),
        receipt=receipt_of(row),
        format=row["reading_format"],
        generation=row["generation"],
        characters=row["characters"],
        added=row["added"],
        parts=details_in(row["details"]).parts(),
        recognised=details_in(row["details"]).recognised(),
    )


def passage_row_of(row: sqlite3.Row, text: str) -> PassageRow:
    """Make a PassageRow from a row of passages and the canonical text of its document."""
    start, end = row["start"], row["end"]
    return PassageRow(row["id"], row["document"], row["clause"], start, end, text[start:end], row["context"])


def read_clauses(db: sqlite3.Connection, document: str, roles: Collection[str] | None = None) -> list[ClauseRow]:
    """Rows of a document in order, all or those of the roles; none if there is no such document."""
    text = _read_text(db, document)
    wanted = "" if roles is None else f" AND role IN ({', '.join('?' * len(roles))})"
    query = f"SELECT {_CLAUSE} FROM clauses WHERE document = ?{wanted} ORDER BY ordinal"
    return [_clause_row(document, text, row) for row in _tuples(db, query, document, *(roles or ()))]


def read_passages(db: sqlite3.Connection, document: str) -> list[PassageRow]:
    """Passages of a document, ids rising; none if there is no such document."""
    text = _read_text(db, document)
    found = _tuples(db, f"SELECT {_PASSAGE} FROM passages WHERE document = ? ORDER BY id", document)
    return [
        PassageRow(id, document, clause, start, end, text[start:end], context)
        for id, clause, start, end, context in found
    ]


def _tuples(db: sqlite3.Connection, query: str, *parameters: object) -> sqlite3.Cursor:
    """Rows as plain tuples, which a large library is read from in half the time."""
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor.execute(query, parameters)


def _clause_row(document: str, text: str, row: tuple[Any, ...]) -> ClauseRow:
    ordinal, role, path, label, start, end, level, units, points, citation_label = row
    clause = Clause(role, _strings(path), label, start, end, level, _strings(units), _points_of(points), citation_label)
    return ClauseRow(clause_id(document, start), document, ordinal, clause, text[start:end])


@lru_cache(maxsize=4096)  # the clauses under one heading share their path
def _strings(column: str) -> tuple[str, ...]:
    return tuple(json.loads(column))


def _points_of(column: str) -> tuple[Point, ...]:
    return () if column == "[]" else tuple(Point(*point) for point in json.loads(column))


def _read_text(db: sqlite3.Connection, document: str) -> str:
    found = db.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
    return str(found[0]) if found else ""


def model_of(row: sqlite3.Row) -> ModelRecord | None:
    """Make the model from the row of `library`; None where it remembers none."""
    if row["fingerprint"] is None:
        return None
    return ModelRecord(row["name"], row["fingerprint"], row["dim"], bool(row["normalised"]))


def _column(value: object) -> object:
    return value if isinstance(value, int) else _json(value)


def _json(value: object) -> str:
    plain = list(value) if isinstance(value, Iterable) and not isinstance(value, dict) else value
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
