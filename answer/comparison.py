"""An answer that compares places or years, as a table with the sentences of each side in its cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from answer.intent import Intent, intent_of
from answer.records import Answer, Statement
from index.records import DocumentRow, years_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places down, years across; a cell holds what is said of a place and a year, or nothing."""

    places: tuple[str, ...]
    years: tuple[str, ...]  # as they are said: 2025, 2023—2026
    cells: Mapping[tuple[str, str], tuple[Statement, ...]]


def comparison_of(answer: Answer, rows: Mapping[str, DocumentRow]) -> Comparison | None:
    """The answer as a table; None where it does not compare two sides. `rows` are the library's documents by id."""
    if answer.refused or intent_of(answer.query) is not Intent.COMPARISON:
        return None
    sides = {each.number: _side(rows[each.document]) for each in answer.citations if each.document in rows}
    cells: dict[tuple[str, str], list[Statement]] = {}
    for statement in answer.statements:
        for side in dict.fromkeys(sides[number] for number in statement.citations if number in sides):
            cells.setdefault(side, []).append(statement)
    if len(cells) < 2:
        return None
    asked = [region for region in answer.query.regions if any(place == region for place, _ in cells)]
    places = tuple(dict.fromkeys([*asked, *(place for place, _ in cells)]))
    years = tuple(sorted({year for _, year in cells}))
    return Comparison(places, years, {side: tuple(said) for side, said in cells.items()})


def _side(row: DocumentRow) -> tuple[str, str]:
    years = years_of(row.metadata)
    said = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    return row.metadata.region or "地区不详", said
