"""What a figure measures: its indicator, named in the words that stand around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.quantities import RATIO, Figure
from answer.verbs import leading_verb, without_adverbs

_BREAK = re.compile(r"[，,。；;：:！？!?\n\t]")
_JOINT = re.compile(r"、|以及|并且|(?<!参)与|(?<![普惠涉波顾以])及|和(?![、，])")
_BEHIND = re.compile(
    r"(?:分别|均|都|已|又|先后|全年|共计|共|约|近|为|占|在|达到?|超过?|高于|低于|不低于|不少于|不超过|不得超过|不得少于|不得低于|至少|最低|最多|"
    r"增加到|增加至|增至|提高至|提高到|提升至|提升到|降至|降低到|下降到|控制在|稳定在|保持在|延长至|延长为|延长到|缩短为|缩短至|调整为|扩大到|发展到|"
    r"突破|按|每年|每月|每学期|每生|每|由|从|上年|实现)+\s*$"
)
_WHEN = re.compile(
    r"^(?:其中|同时|到|至|在)?\s*(?:(?:19|20)\d{2}\s*年?(?:[—\-–~～至到]+(?:19|20)\d{2})?年?(?:底|末|起|前|以来|内)*|今年|本年度|年内|“[一-十]+五”(?:期间|末|时期)?)?[，,]?"
)
_BEGUN = re.compile(
    r"^(?:[一二三四五六七八九十]+是|其中|力争|确保|计划|累计|首批|并|且|全市|全省|全县|全区|我市|我省|我县|我区|本市)+"
)
_CONTINUED = re.compile(
    r"^(?:占比|比例|同比(?:增长|下降|增加|减少)|较?上?年?.{0,6}(?:增长|下降)|增长|下降|压减|减少|增加|增幅|降幅|其中|比.{1,12}[多少])$"
)
_REACHING = re.compile(r"(?:惠及|涉及|覆盖|受益)$")
_LEVEL = re.compile(r"(?:推荐|其中)?(?:国家|部|省|市|县|区|校)级")
_PART = re.compile(
    r"(?:城区|城镇|城市|乡村|农村|乡镇|公办|民办)?(?:幼儿园|学前教育|小学|初中|普通高中|高中|义务教育|中小学|中学|中职|男生?|女生?)?(?<=.)"
)
"""Parts that a total is divided into."""
_RATES = frozenset({"%", "‰", "个百分点", "倍", RATIO})
_OF = re.compile(r"^(?:以上|及以上|以下|以内|之内|内(?![容涵部设])|左右|余|多)?的?(?:比例)?")
_MARK = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]+\s*")
_FARTHEST = 80  # characters before a bracket in which its name begins
SHORTEST = 2
"""Characters of a name; what is shorter is completed by the figure before."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """The name of what is measured, with the verb that makes it, where there is one: 新增 + 中学学位."""

    name: str
    action: str = ""

    @property
    def words(self) -> str:
        """Name and action as they are read: 新增中学学位."""
        return self.action + self.name


def indicators(text: str, found: Sequence[Figure]) -> list[Indicator]:
    """Name what each of the figures of a text measures.

    >>> from answer.quantities import figures
    >>> text = "学前教育公办率在60%以上、普惠率在90%以上，新增中学学位2万个、教室30间，建设100个“书香校园”。"
    >>> [each.words for each in indicators(text, figures(text))]
    ['学前教育公办率', '普惠率', '新增中学学位', '新增教室', '建设“书香校园”']
    """
    named: list[Indicator] = []
    base: Indicator | None = None  # the last one that stands in no bracket
    for i, figure in enumerate(found):
        last = found[i - 1] if i else None
        following = found[i + 1] if i + 1 < len(found) else None
        if bracket := _bracket_around(text, figure.start):
            named.append(_noted(text, bracket, last, figure, base))
            continue
        same = last is not None and _BREAK.search(text, last.end, figure.start) is None
        before, after = _before(text, last, figure), _after(text, figure, following)
        if base and last and not after and _PART.fullmatch(before) and figure.unit == last.unit:
            named.append(Indicator(f"{base.name}（{before}）", base.action))  # 新增学位300个，其中幼儿园90个
            continue
        indicator = _named(figure, before, after, base, same=same)
        named.append(indicator)
        if not _LEVEL.fullmatch(before):
            base = indicator
    return named


def _bracket_around(text: str, position: int) -> int | None:
    """Where the bracket opens that a position stands in, within its sentence."""
    depth = 0
    for i in range(position - 1, max(position - 60, -1), -1):
        if text[i] in "）)":
            depth += 1
        elif text[i] in "（(":
            if not depth:
                return i
            depth -= 1
        elif text[i] in "。\n":
            return None
    return None


def _noted(text: str, bracket: int, last: Figure | None, figure: Figure, base: Indicator | None) -> Indicator:
    """The indicator of a figure in a bracket: what stands before the bracket, and what the bracket says."""
    floor = max(bracket + 1, last.end if last else 0)
    inner = _BREAK.split(text[floor : figure.start])[-1].strip("、和与及")
    if base and last and last.end >= bracket - 4 and last.start < figure.start:
        outer = base
    else:
        start = max(
            [match.end() for match in _BREAK.finditer(text, max(bracket - _FARTHEST, 0), bracket)],
            default=max(bracket - _FARTHEST, 0),
        )
        outer = _named(figure, _cleaned(text[start:bracket]), "", None, same=False)
        outer = Indicator(outer.name) if last is None or last.end <= start else base or outer
    words = _BEHIND.sub("", inner.strip().removeprefix("其中"))
    return Indicator(f"{outer.name}（{words}）" if words else outer.name, outer.action)


def _named(figure: Figure, before: str, after: str, last: Indicator | None, *, same: bool) -> Indicator:
    rate, money = figure.unit in _RATES, figure.unit.startswith("元")
    words = without_adverbs(before if (before and (rate or money)) or not after else before + after)
    action = "" if rate else leading_verb(words)
    name = words[len(action) :] or words
    if rate:
        name = _without_places(_without_verbs(name))
    if last and (not words or _CONTINUED.match(words)):
        return Indicator(last.name + words, "" if rate else last.action)
    if last and not after and _LEVEL.fullmatch(words):
        return Indicator(f"{last.name}（{words}）", last.action)
    if last and same and not action and not rate:
        action = last.action
    return Indicator(name, action if action != name else "")


def _without_verbs(name: str) -> str:
    """The name of a rate without the verbs it is the object of."""
    while (verb := leading_verb(name)) and len(name) - len(verb) >= SHORTEST:
        name = without_adverbs(name[len(verb) :])
    return name


def _before(text: str, last: Figure | None, figure: Figure) -> str:
    """The words before a figure, from where they begin to name it."""
    start = last.end if last else 0
    if last:
        start += len(_OF.match(text[start : figure.start])[0])  # type: ignore[index]
    breaks = [match.end() for match in _BREAK.finditer(text, start, figure.start)]
    if breaks:
        start = breaks[-1]
    elif last and (joints := list(_JOINT.finditer(text, start, figure.start))):
        start = joints[-1].end()
    return _cleaned(text[start : figure.start])


def _after(text: str, figure: Figure, following: Figure | None) -> str:
    """The words behind a figure that say what is counted."""
    ceiling = following.start if following else len(text)
    end = match.start() if (match := _BREAK.search(text, figure.end, ceiling)) else ceiling
    if following and end == ceiling:
        joints = list(_JOINT.finditer(text, figure.end, ceiling))
        end = joints[-1].start() if joints else ceiling
    words = text[figure.end : end]
    opened = max(words.rfind("（"), words.rfind("("))
    if opened > max(words.rfind("）"), words.rfind(")")):  # what it opens belongs to the next figure
        words = words[:opened]
    words = _OF.sub("", words)
    if following and end == ceiling:
        words = _BEHIND.sub("", _REACHING.sub("", words))
    return words.strip(" 、")


def _cleaned(words: str) -> str:
    """Words before a figure without what only leads to it."""
    words = words.strip().lstrip("、和与及）)")
    words = _MARK.sub("", words)
    for _ in range(2):
        words = _BEGUN.sub("", _WHEN.sub("", words, count=1).strip())
    return _BEHIND.sub("", words).strip()


def _without_places(name: str) -> str:
    return re.sub(r"^(?:全市|全省|全县|全区|全国|各县)", "", name)
