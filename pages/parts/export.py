"""Hits as a table for spreadsheets: CSV in UTF-8 with a byte order mark, cells that can't act as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from desk.cells import guarded
from index.search import Hit
from pages.parts.signs import unsigned
from pages.parts.wording import graded

COLUMNS = ("序号", "标题", "文号", "条款", "原文", "发文机关", "发布日期", "地区", "文种", "理由")
LONGEST = 200
"""Hits that a table holds at most."""


def csv_of(hits: Iterable[Hit]) -> bytes:
    """A CSV file of hits that spreadsheet programs open as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in rows(hits))
    return out.getvalue().encode("utf-8-sig")


def rows(hits: Iterable[Hit]) -> list[Sequence[str]]:
    """One row a hit, in the order of COLUMNS."""
    return [_row(rank, hit) for rank, hit in enumerate(hits, 1)]


def _row(rank: int, hit: Hit) -> tuple[str, ...]:
    metadata, clause = hit.document.metadata, hit.clause.clause
    return (
        str(rank),
        unsigned(metadata.title),
        metadata.number or "",
        clause.citation_label or clause.label,
        unsigned(hit.clause.text).replace("\t", " ｜ "),
        metadata.issuer or "",
        metadata.published or "",
        metadata.region or "",
        metadata.kind or "",
        "；".join(graded(reason)[0] for reason in hit.reasons),
    )
