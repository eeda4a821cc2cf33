"""What a refusal says beyond what is missing: where was looked, and why the nearest clauses fall short."""

from collections.abc import Sequence

from answer.basis import Judgement
from answer.evidence import in_scope
from answer.figures import answers_figure
from answer.intent import Intent, intent_of
from index.hits import Filters, Hit, Result
from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of

_NAMED = 3
"""Words that are named at most."""


def named(words: Sequence[str]) -> str:
    """The first of some words, as a refusal names them.

    >>> named(["取消", "积分"])
    '“取消”、“积分”'
    """
    return "、".join(f"“{word}”" for word in words[:_NAMED])


def searched(library: Library, result: Result, filters: Filters | None) -> str:
    """Where was looked for an answer, in Chinese: 云川市2025年的2份文件，共96条."""
    snapshot = library.snapshot()
    admitted = [row for row in snapshot.documents if (filters or Filters()).admits(row)]
    inside = [row for row in admitted if in_scope(result.query, row)]
    rows = inside or admitted
    count = sum(len(snapshot.ranges[row.id]) for row in rows)
    scope = f"{'、'.join(result.query.regions)}{_years(result.query)}" if inside else ""
    return f"查找了{scope + '的' if scope else ''}{len(rows)}份文件，共{count}条"


def _years(query: Query) -> str:
    return f"{'、'.join(map(str, query.years))}年" if query.years else ""


def shortfalls(result: Result, judged: Judgement) -> tuple[str, ...]:
    """Why each of the hits is no basis, in Chinese."""
    return tuple(_shortfall(result.query, hit, judged.missing) for hit in result.hits)


def _shortfall(query: Query, hit: Hit, missing: Sequence[str]) -> str:
    if not in_scope(query, hit.document):
        return f"是{_held(hit.document)}的文件"
    if words := named([word for word in missing if word not in hit.clause.text]):
        return f"没有说到{words}"
    if intent_of(query) is Intent.FIGURE and not answers_figure(query.question, hit.clause.text):
        return "没有写出所问的数字"
    return "说的是相近的另一件事"


def _held(row: DocumentRow) -> str:
    years = years_of(row.metadata)
    span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else "".join(f"{year}年" for year in years)
    return f"{row.metadata.region or ''}{span}" or "别处"
