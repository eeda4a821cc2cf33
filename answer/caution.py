"""What to mind about an answer: weak evidence, and parts of the question that the library holds nothing of."""

from collections.abc import Sequence

from answer.evidence import Evidence
from answer.refusal import Thresholds, strength
from index.library import Library
from index.query import Query
from index.records import years_of


def cautions(library: Library, query: Query, found: Sequence[Evidence]) -> tuple[str, ...]:
    """Say what to mind about an answer from this evidence, most important first; empty where nothing."""
    notes = []
    if query.missing_regions:
        notes.append(f"文库中没有{'、'.join(query.missing_regions)}的文件，以下不含这些地方")
    if missing := _missing_years(library, query):
        notes.append(f"文库中没有{'、'.join(map(str, missing))}年的文件，以下不含这些年份")
    if found and not found[0].asked and strength(library, query, found[0]) < Thresholds().sure:
        notes.append("原文与问题的说法相差较大，请核对是否切题")
    return tuple(notes)


def _missing_years(library: Library, query: Query) -> list[int]:
    rows = library.snapshot().documents
    named = [row for row in rows if not query.regions or row.metadata.region in query.regions]
    held = {year for row in named for year in years_of(row.metadata)}
    return [year for year in query.years if year not in held]
