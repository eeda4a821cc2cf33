"""Every row of a library as plain JSON values, in the form the command line promises."""

from collections.abc import Iterator

from index.records import ClauseRow, DocumentRow
from index.search import Hit
from index.store import Store
from ingest.units import lead_units


def exported(store: Store) -> Iterator[dict[str, object]]:
    """All rows of all documents of one state, in document order; the rows of a document cover its text."""
    with store.reading() as view:
        documents = {row.id: row for row in view.documents()}
        for row in view.clauses():
            yield _row(row, documents[row.document])


def _row(row: ClauseRow, document: DocumentRow) -> dict[str, object]:
    metadata, clause = document.metadata, row.clause
    return {
        "source": document.source,
        "document": document.id,
        "title": metadata.title,
        "issuer": metadata.issuer,
        "region": metadata.region,
        "doc_number": metadata.number,
        "published": metadata.published,
        "kind": metadata.kind,
        "path": list(clause.path),
        "label": clause.label,
        "role": clause.role,
        "start": clause.start,
        "end": clause.end,
        "text": row.text,
        "responsible_units": list(clause.responsible_units),
        "lead_units": list(lead_units(row.text)) if clause.responsible_units else [],
        "period": list(metadata.period) if metadata.period else None,
        "recognised": document.confidence(clause.start, clause.end),
        "points": [{"label": point.label, "start": point.start, "end": point.end} for point in clause.points],
    }


def hit_row(rank: int, hit: Hit) -> dict[str, object]:
    """One hit as JSON values."""
    clause = hit.clause.clause
    return {
        "rank": rank,
        "source": hit.document.source,
        "label": clause.citation_label or clause.label,
        "score": round(hit.score, 6),
        "start": clause.start,
        "end": clause.end,
        "text": hit.clause.text,
    }
