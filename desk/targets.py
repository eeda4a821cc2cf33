"""Targets and results: the figures of a library as a table, each with its indicator, year, place and clause."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from answer.indicators import Indicator, indicators
from answer.quantities import Figure, figures
from desk.quotation import Quotation, quotation
from index.records import ClauseRow, DocumentRow, years_of
from index.search import Filters
from index.snapshot import Snapshot
from index.walk import GoingOn, always, clauses_in

TARGET, RESULT, RULE = "目标", "完成", "规定"
"""Kinds of figures: what is to be reached, what was reached, what rules demand."""

SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "~": "约", "=": ""}
"""Signs of comparison for people."""

_YEAR = re.compile(r"(?:到|至|在|力争|截至)?((?:19|20)\d{2})年(?:底|末|前|以前|起|内|秋季)?(?!底?以?来|底?以?后)")
_SCOPE = re.compile(r"(?:到|至)((?:19|20)\d{2})年(?:底|末)?[，,]")
_REPORTS = frozenset({"工作总结", "总结", "报告", "工作报告", "通报"})
_RULES = frozenset({"法", "条例", "规定", "办法", "规章", "法律", "细则", "实施细则", "标准", "规范"})
_PLANNED = re.compile(r"力争|计划(?=[在到于新建投])|确保|到20\d{2}年|目标|预计")
_INTENDED = re.compile(r"力争|计划(?=[在到于新建投])|到20\d{2}年|将(?:继续|进一步|新|建)|下一步")
_AHEAD = re.compile(
    r"打算|展望|下一步|下一年|下一阶段|(?:工作)?(?:思路|安排|计划)$|20\d{2}年(?:重点|主要)?工作(?:安排|计划|思路|打算)"
)
_HEADING_YEAR = re.compile(r"((?:19|20)\d{2})年(?!以来|后)")
_DONE = re.compile(r"已(?!经济)|完成了|累计|同比|较上年|比上年|实现了|截至")
_SENTENCE = re.compile(r"[。；;\n]")
_LONGEST = 400  # characters of a sentence on either side of its figure
_REACH = 1500  # characters that 到2025年，… holds for


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of a clause with what it says."""

    indicator: Indicator
    figure: Figure
    kind: str  # TARGET, RESULT or RULE
    year: int | None  # the figure is for
    place: str | None
    quotation: Quotation  # the number with its unit; its `sentence` is the one around it
    group: str = ""  # indicators that are the same have the same one

    @property
    def shown(self) -> str:
        """The figure as it is printed, with the sign of its comparison: ≥60%."""
        return f"{SIGNS[self.figure.comparison]}{self.quotation.quote}"


def targets(
    snapshot: Snapshot,
    *,
    filters: Filters | None = None,
    documents: Iterable[str] | None = None,
    going_on: GoingOn = always,
) -> list[Target]:
    """All figures of the citable clauses of a library, in its order.

    `documents` limits it to these ids; `going_on` is asked before each document, and ends the work when it says no.
    """
    walked = clauses_in(snapshot, filters=filters, documents=documents, going_on=going_on)
    return [target for document, clause in walked for target in targets_of(clause, document)]


def targets_of(row: ClauseRow, document: DocumentRow) -> list[Target]:
    """The figures of a clause."""
    found = figures(row.text)
    if not found or row.clause.role == "table":
        return []
    offset = row.clause.start
    made = []
    for figure, indicator in zip(found, indicators(row.text, found), strict=True):
        sentence = sentence_around(row.text, figure.start, figure.end)
        shown = quotation(row, document, offset + figure.start, offset + figure.end, context=sentence)
        kind = _kind(document, row.text[sentence[0] : sentence[1]], row.clause.path)
        year = _year(row.text, figure, document, kind, row.clause.path)
        made.append(Target(indicator, figure, kind, year, document.metadata.region, shown))
    return made


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds `text[start:end]`, without white space around it."""
    floor, ceiling = max(start - _LONGEST, 0), min(end + _LONGEST, len(text))
    first = max([match.end() for match in _SENTENCE.finditer(text, floor, start)], default=floor)
    match = _SENTENCE.search(text, end, ceiling)
    last = match.end() if match and match[0] != "\n" else match.start() if match else ceiling
    return first + len(text[first:start]) - len(text[first:start].lstrip()), last


def _kind(document: DocumentRow, sentence: str, path: Sequence[str]) -> str:
    """Rules demand; reports tell results but for what they intend or say under 下一步打算; all else sets targets."""
    kind = document.metadata.kind or ""
    if kind in _RULES or kind.endswith(("法", "条例")):
        return RULE
    if kind in _REPORTS or "总结" in document.metadata.title:
        ahead = any(map(_AHEAD.search, path))
        return TARGET if (ahead or _INTENDED.search(sentence)) and not _DONE.search(sentence) else RESULT
    return RESULT if _DONE.search(sentence) and not _PLANNED.search(sentence) else TARGET


def _year(text: str, figure: Figure, document: DocumentRow, kind: str, path: Sequence[str]) -> int | None:
    """The year a figure is for: named in its sentence, its clause (到2025年，…), a heading, else the document's own."""
    if kind == RULE:
        return None
    start, _ = sentence_around(text, figure.start, figure.end)
    named = [int(match[1]) for match in _YEAR.finditer(text, start, figure.start)]
    if named:
        return named[-1]
    scope = [int(match[1]) for match in _SCOPE.finditer(text, max(figure.start - _REACH, 0), figure.start)]
    if scope:
        return scope[-1]
    above = [int(match[1]) for heading in path for match in _HEADING_YEAR.finditer(heading)]
    if above:
        return above[-1]
    return max(years_of(document.metadata), default=None)


def sorted_by(found: Sequence[Target], order: str) -> list[Target]:
    """Targets by "indicator", "value" (largest first), "year" (latest first) or "place"; "library" leaves them."""
    keys: dict[str, Callable[[Target], tuple[object, ...]]] = {
        "indicator": lambda each: (each.indicator.name, each.year or 0),
        "value": lambda each: (-each.figure.high,),
        "year": lambda each: (-(each.year or 0),),
        "place": lambda each: (each.place or "",),
    }
    return sorted(found, key=keys[order]) if order in keys else list(found)


def naming(found: Iterable[Target], words: str) -> Iterator[Target]:
    """Those whose indicator, or the group it belongs to, holds all of the words, parted by spaces."""
    wanted = words.split()
    for each in found:
        held = each.indicator.words + each.group
        if all(word in held for word in wanted):
            yield each
