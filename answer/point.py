"""The point of an answer, before its sentences: the figure, the time, who, how binding; in the words of the clause."""

import re
from collections.abc import Iterator, Sequence

from answer.evidence import Evidence
from answer.figures import asks_for_time, expected_figure
from answer.indicators import indicators
from answer.intent import Intent, asks_yes_or_no, intent_of
from answer.quantities import Figure, figures
from answer.records import Citation, Point
from index.query import Query
from ingest.units import lead_units, responsible_units

_MOST = 4
_MOST_UNITS = 12
_ASKED = re.compile("多少|几|[率数]|占比|比例|标准|最[高低多少]|上限|至少")
_SEGMENT = re.compile("[，,、；;。？?]|以及|和(?=.{0,8}(?:多少|几|率))")
_ALIKE = 0.5
"""Share of the shorter one's pairs of characters that a part of the question and an indicator have in common."""
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:19|20)\d{2}\s*年"
_DAY = rf"{_NUMERAL}\s*月(?:\s*{_NUMERAL}\s*日)?(?:[上中下]旬)?(?:\s*\d{{1,2}}[:：]\d{{2}})?"
_DATE = rf"(?:{_YEAR}\s*{_DAY}|{_YEAR}(?:[春秋]季|下|上)?(?:学期|学年)?|(?:每年)?{_DAY})"
_WHEN = re.compile(
    rf"(?:自|从|于|到)?{_DATE}(?:\s*(?:[—\-–~至到]+|[和、])\s*(?:{_DATE}|{_NUMERAL}\s*日))?(?:（[^（）]{{1,6}}）)?(?:[底末初])?(?:以?前|以后|之前|起|开始)?|"
    rf"{_NUMERAL}个?(?:工作日|日|天|月|小时)(?:以?内|之内|前)|每(?:周[一二三四五六日末]?|学期|学年|年|月|季度)(?=[，,。；;为的、]|至少|不)"
)
_REST = r"[^，,。；;：:\n]{1,40}(?![^，,。；;：:\n])"
_FORCE = (
    (re.compile(rf"(?:严禁|(?:不得|不能)(?!不|已)|(?<!不)禁止|不准|不允许|不可以|不应当?){_REST}"), "禁止"),
    (re.compile(rf"(?<![不无])(?:应当|必须|一律|(?<![毋必])须(?!知)){_REST}"), "必须做到"),
    (re.compile(rf"(?<!不)(?:可以|允许|有权){_REST}"), "允许"),
    (re.compile(rf"(?<!不)(?:鼓励|支持|提倡|倡导){_REST}"), "提倡，不是硬性要求"),
)
_CONDITION = re.compile(
    r"有条件的[^，,。；;、]{0,6}|符合[^，,。；;]{1,20}的|(?:须|需)?经[^，,。；;]{2,20}(?:批准|同意|评估|公示|审核|备案|合格)后?|"
    r"未经[^，,。；;]{2,16}|在[^，,。；;]{2,16}的(?:前提|条件)下|[^，,。；;]{2,20}的?除外|除[^，,。；;]{2,20}外|确[需有因][^，,。；;]{0,16}的"
)


def points(query: Query, best: Evidence, citations: Sequence[Citation]) -> tuple[Point, ...]:
    """What the question asks for by name, found in the quotations; empty where nothing is found for certain.

    `best` is the evidence with the highest score.
    """
    if best.asked or not citations:
        return ()
    intent = intent_of(query)
    if intent is Intent.FIGURE:
        found = _times(citations[0]) if asks_for_time(query.question) else _figures(query, citations)
        return tuple(found) if len(found) <= _MOST else ()
    if intent is Intent.WHO:
        return tuple(_bodies(citations))
    where = next((each for each in citations if _holds(each, best)), None)
    return tuple(_force(best.text, where)) if where and asks_yes_or_no(query) else ()


def _figures(query: Query, citations: Sequence[Citation]) -> list[Point]:
    """For each part of the question that asks for a figure, those of each quotation that are most likely meant."""
    kind = expected_figure(query.question)
    parts = [_pairs(part) for part in _SEGMENT.split(query.content) if _ASKED.search(part)]
    found: list[Point] = []
    for citation in citations:
        held = figures(citation.quote)
        named = [
            (_pairs(indicator.words), Point(indicator.words, _with_word(citation.quote, figure), citation.number))
            for figure, indicator in zip(held, indicators(citation.quote, held), strict=True)
            if not _left_behind(citation.quote, figure)
        ]
        named = [(words, point) for words, point in named if kind is None or kind.search(point.words)]
        for part in parts:
            alike = [_likeness(words, part) for words, _ in named]
            best = max(alike, default=0.0)
            meant = [point for likeness, (_, point) in zip(alike, named, strict=True) if likeness == best >= _ALIKE]
            if len({point.name for point in meant}) == len(meant):  # several values of one name need their sentence
                found += [point for point in meant if point not in found]
    return found


def _left_behind(text: str, figure: Figure) -> bool:
    """Tell whether a figure is what was before: the 400元 of 由每月400元提高到600元."""
    rest = re.match(r"[^，,。；;]{0,8}?(?:到|至|为)", text[figure.end :])
    return rest is not None and re.search(r"(?:由|从)[^，,。；;由从]{0,10}$", text[: figure.start]) is not None


def _with_word(text: str, figure: Figure) -> str:
    """A figure with the word of comparison that stands at it: 90%以上, 不低于90%."""
    start, end = figure.start, figure.end
    if figure.comparison == "=":
        return text[start:end]
    if figure.word and text.endswith(figure.word, 0, start):
        start -= len(figure.word)
    elif figure.word and text.startswith(figure.word, end):
        end += len(figure.word)
    return text[start:end]


def _times(citation: Citation) -> list[Point]:
    return [Point("时间", match[0], citation.number) for match in _WHEN.finditer(citation.quote)]


def _bodies(citations: Sequence[Citation]) -> Iterator[Point]:
    """Who leads and who cooperates, of the first quotation that names responsible units."""
    named = next((each for each in citations if responsible_units(each.quote)), None)
    if named is None:
        return
    units, lead = responsible_units(named.quote), lead_units(named.quote)
    others = [name for name in units if name not in lead]
    for name, held in (("牵头", lead), ("配合" if lead else "责任单位", others)):
        if 0 < len(held) <= _MOST_UNITS:
            yield Point(name, "、".join(held), named.number)


def force(sentence: str) -> tuple[str, str] | None:
    """What a sentence forbids, demands, allows or encourages, and which of these; None where no word says.

    >>> force("学校可以推迟上课。"), force("教师不应当拖堂。"), force("学校无须报批。")
    (('可以推迟上课', '允许'), ('不应当拖堂', '禁止'), None)
    """
    return next(((match[0], sense) for word, sense in _FORCE if (match := word.search(sentence))), None)


def _force(sentence: str, citation: Citation) -> Iterator[Point]:
    """How binding a sentence is, and on what condition."""
    found = force(sentence)
    if found is None:
        return
    yield Point("条款的说法", found[0], citation.number, note=found[1])
    if (condition := _CONDITION.search(sentence)) and condition[0] not in found[0]:
        yield Point("条件", condition[0], citation.number)


def _holds(citation: Citation, piece: Evidence) -> bool:
    return citation.document == piece.hit.document.id and citation.start <= piece.start < citation.end


def _likeness(one: set[str], other: set[str]) -> float:
    """Share of the pairs of the shorter one that both have, 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
