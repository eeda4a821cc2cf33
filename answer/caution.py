"""What to mind about an answer: weak evidence, and parts of the question that the library holds nothing of."""

from collections.abc import Sequence

from answer.basis import Judgement
from answer.choose import MOST_ASKED
from answer.evidence import Evidence
from answer.records import Citation
from index.hits import Result
from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of

SURE, ALIKE = 1.5, 0.5
"""Log odds above the threshold of refusal, or likeness, from which an answer needs no word of caution."""


def cautions(
    library: Library, result: Result, found: Sequence[Evidence], citations: Sequence[Citation], judged: Judgement
) -> tuple[str, ...]:
    """Say what to mind about an answer from this evidence, most important first; empty where nothing."""
    query = result.query
    rows = {row.id: row for row in library.snapshot().documents}
    notes = [*_missing(query, rows), *_unanswered(query, rows, citations), *_articles(query, rows, found)]
    notes += [*_recognised(rows, citations), *_shortened(found)]
    if found and not found[0].asked and judged.margin < SURE and judged.likeness < ALIKE:
        notes.append("原文与问题的说法相差较大，请核对是否切题")
    return tuple(notes)


def _missing(query: Query, rows: dict[str, DocumentRow]) -> list[str]:
    """Places and years of the question that the library holds nothing of."""
    notes = []
    if query.missing_regions:
        notes.append(f"文库中没有{'、'.join(query.missing_regions)}的文件")
    named = [row for row in rows.values() if not query.regions or row.metadata.region in query.regions]
    held = {year for row in named for year in years_of(row.metadata)}
    if missing := [str(year) for year in query.years if year not in held]:
        notes.append(f"文库中没有{'、'.join(query.regions)}{'、'.join(missing)}年的文件")
    return notes


def _unanswered(query: Query, rows: dict[str, DocumentRow], citations: Sequence[Citation]) -> list[str]:
    """Places asked about that are held, but of which no sentence is near enough to be said."""
    if len(query.regions) < 2:
        return []
    said = {rows[each.document].metadata.region for each in citations if each.document in rows}
    without = [region for region in query.regions if region not in said]
    return [f"没有找到{'、'.join(without)}的有关条款"] if without else []


def _recognised(rows: dict[str, DocumentRow], citations: Sequence[Citation]) -> list[str]:
    """Quotations that were recognised from pictures: they may hold wrong characters."""
    held = ((each.number, rows[each.document]) for each in citations if each.document in rows)
    places = {each.number: (each.start, each.end) for each in citations}
    numbers = [number for number, row in held if row.confidence(*places[number]) is not None]
    if not numbers:
        return []
    return [f"依据{'、'.join(map(str, numbers))}由图片识别得到，可能有错字，请核对原件"]


def _shortened(found: Sequence[Evidence]) -> list[str]:
    """Tasks of a unit of which only the first are said."""
    if len(found) > MOST_ASKED and any(piece.heading for piece in found):
        return [f"共有{len(found)}项，以下是前{MOST_ASKED}项，全部见“拟稿”页的“责任”"]
    return []


def _articles(query: Query, rows: dict[str, DocumentRow], found: Sequence[Evidence]) -> list[str]:
    """An article that is not divided as asked, or is quoted of another version than asked."""
    notes = []
    labels = {piece.hit.clause.clause.label for piece in found if piece.asked}
    for reference in query.articles:
        if reference.paragraph != reference.label and reference.paragraph not in labels:
            notes.append(
                f"《{reference.named}》{reference.label}没有{reference.paragraph[len(reference.label) :]}，以下是全条"
            )
        version = rows.get(reference.documents[0]) if reference.documents else None
        if version and query.years and not set(query.years) & set(years_of(version.metadata)):
            dated = f"{version.metadata.published[:4]}年的版本" if version.metadata.published else "现有版本"
            notes.append(f"文库中没有所问年份的《{reference.named}》，以下是{dated}")
        elif version and len(reference.documents) > 1:
            dates = [(rows[each].metadata.published or "日期不详")[:4] for each in reference.documents if each in rows]
            notes.append(f"文库中有《{reference.named}》的多个版本（{'、'.join(dates)}），以下是{dates[0]}年的版本")
    return notes
