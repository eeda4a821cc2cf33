"""Passages: what is embedded and scored. A sentence of a clause, with its heading path as context."""

import re
from collections.abc import Iterator

from index.records import Passage
from index.sentences import sentences
from ingest.document import Clause, Document
from ingest.markers import marker_at

LONGEST = 220
"""Characters; a longer sentence is cut at commas, so that none of it is lost to a model's length limit."""

_COMMA = re.compile(r"[，,、]")


def passages_of(document: Document) -> list[Passage]:
    """Cut each citable clause of a document into passages, in document order."""
    found: list[Passage] = []
    columns, before = "", ""
    for ordinal, clause in enumerate(document.clauses):
        if clause.role == "table_header":  # of two lines, where cells are merged across
            words = document.text_of(clause).replace("\t", " ")
            columns = f"{columns} {words}" if before == "table_header" else words
        before = clause.role
        for start, end in _ranges(document.text, clause):
            context = context_of(document, clause, columns if clause.role == "table" else "")
            found.append(Passage(ordinal, start, end, context, document.text[start:end]))
    return found


def _ranges(text: str, clause: Clause) -> Iterator[tuple[int, int]]:
    if clause.role == "table":
        yield clause.start, clause.end
    elif clause.role in {"body", "preamble", "cover_notice"}:
        for start, end in sentences(text, clause.start, clause.end):
            yield from _shortened(text, start, end)


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        commas = [match.end() for match in _COMMA.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = commas[-1] if commas else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def context_of(document: Document, clause: Clause, columns: str = "") -> str:
    """The words put before a passage: title, innermost headings without their numbers, and a table's columns."""
    headings = [_unnumbered(heading) for heading in clause.path[-2:]]
    return " ".join(filter(None, [document.metadata.title, *headings, columns]))


def _unnumbered(heading: str) -> str:
    marker = marker_at(heading)
    return heading[marker.length :] if marker else heading
