"""Tasks of a unit: 人社局是哪几项任务的责任单位, answered from what clauses name as responsible."""

import re
from collections.abc import Iterable

import numpy as np

from answer.evidence import Evidence, in_scope
from index.hits import Filters, Hit
from index.library import Library
from index.query import Query
from index.records import ClauseRow, DocumentRow
from index.sentences import sentences
from index.snapshot import Snapshot
from index.walk import clauses_in
from ingest.unit_names import is_unit, unit_key
from ingest.units import lead_units, responsible_units

_ASKED = re.compile(
    r"(?:负责|牵头|承担|配合|责任单位|分管|要做|管)[^，。？?]{0,12}(?:哪些|哪几|什么|多少)[^，。？?]{0,6}(?:任务|工作|事|项|方面)|"
    r"(?:哪些|哪几|什么)[^，。？?]{0,6}(?:任务|工作|事项|事|项)[^，。？?]{0,12}(?:负责|牵头|承担|配合|责任单位|分管|要做)"
)


def tasks(library: Library, query: Query, filters: Filters | None = None) -> tuple[Evidence, ...]:
    """The clauses, inside the places and years asked about, that name the unit asked about as responsible, in order.

    Empty where the question does not ask for the tasks of a unit, or no clause names it.
    """
    if not _ASKED.search(query.question):
        return ()
    snapshot = library.snapshot()
    walked = clauses_in(snapshot, filters=filters)
    inside = [pair for pair in walked if pair[1].clause.responsible_units and in_scope(query, pair[0])]
    unit = _unit(query.question, {name for _, clause in inside for name in clause.clause.responsible_units})
    if not unit:
        return ()
    leads = "牵头" in query.question
    return tuple(
        _evidence(snapshot, row, clause, unit)
        for row, clause in inside
        if any(is_unit(name, unit) for name in (lead_units(clause.text) if leads else clause.clause.responsible_units))
    )


def _unit(question: str, names: Iterable[str]) -> str:
    """The longest of the names, in any of its spellings, that the question holds."""
    held = [name for name in names if any(len(each) > 1 and each in question for each in _spellings(name))]
    longest = {name: max(len(each) for each in _spellings(name) if each in question) for name in held}
    return max(sorted(held), key=longest.__getitem__, default="")


def _spellings(name: str) -> tuple[str, ...]:
    return name, re.sub(r"^[省市县区州](?=..)", "", name), unit_key(name)


def _evidence(snapshot: Snapshot, row: DocumentRow, clause: ClauseRow, unit: str) -> Evidence:
    """The sentence that names the unit, said behind the heading of its clause."""
    index = snapshot.clauses.index(clause, snapshot.ranges[row.id].start)
    passage = snapshot.passages[int(np.flatnonzero(snapshot.clause_of == index)[0])]
    hit = Hit(clause, row, 1.0, 0.0, 0.0, passage, (f"责任单位：{unit}",), (unit,))
    start = clause.clause.start
    whole = Evidence(hit, start, clause.clause.end, clause.text, 1.0, asked=True)
    for first, last in sentences(clause.text, 0, len(clause.text)):
        if any(is_unit(name, unit) for name in responsible_units(clause.text[first:last])):
            return whole.span(start + first, start + last).under_heading()
    return whole
