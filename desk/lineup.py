"""The same indicator in several documents: 普惠率 and 普惠性幼儿园在园幼儿占比 stand in one line."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desk.segments import dice, pairs_of, plain
from desk.targets import Target

_KNOWN = {  # indicators of official statistics, and how documents name them
    "学前教育毛入园率": r"(?:学前|幼儿).{0,6}(?:毛)?入园率",
    "普惠率": r"普惠率|普惠性(?:民办)?幼儿园.{0,8}(?:覆盖率|占比|比例|占.{0,10}(?:总数|幼儿))|普惠性幼儿园在园",
    "公办率": r"(?:学前教育|幼儿园)?公办率|公办(?:幼儿)?园在园(?:幼儿)?(?:占比|比例|占)",
    "九年义务教育巩固率": r"义务教育(?:阶段)?巩固率",
    "高中阶段毛入学率": r"高中阶段(?:教育)?毛入学率",
    "残疾儿童少年义务教育入学率": r"残疾儿童.{0,6}入学率",
    "随迁子女公办就读率": r"公办(?:学校)?就读(?:率|比例)|随迁子女.{0,10}公办.{0,6}(?:率|比例)",
    "体质健康优良率": r"体质健康.{0,8}优良率",
    "体质健康合格率": r"体质健康.{0,8}(?:及格|合格)率",
    "近视率": r"近视率",
    "课后服务参与率": r"课后服务.{0,6}参与率|学生参与率",
    "心理教师配备率": r"心理(?:健康)?(?:教育)?教师配备率",
    "双师型教师占比": r"双师型.{0,4}教师.{0,4}(?:占比|比例)",
    "毕业生就业率": r"毕业生就业率",
    "集团化办学覆盖率": r"(?:集团|共同体|教联体).{0,8}覆盖率",
    "新增学位": r"新增.{0,6}学位",
    "一般公共预算教育经费": r"一般公共预算教育(?:经费|支出)",
    "课间时间": r"课间",
    "交流轮岗比例": r"交流.{0,8}(?:比例|占比)",
    "指标到校比例": r"指标到校",
}
_PATTERNS = [(name, re.compile(words)) for name, words in _KNOWN.items()]
_UNITS = {"新增学位": "个", "一般公共预算教育经费": "元", "课间时间": "分钟"}
"""Units of the known indicators that are no shares of a whole."""
_PART = re.compile(r"（[^（）]{1,20}）$")
ALIKE = 0.75
"""Share of pairs in common, from which two names are one indicator where no list knows them."""


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its figures, by year and place."""

    name: str
    targets: tuple[Target, ...]
    names: tuple[str, ...]  # as the documents name it

    @property
    def documents(self) -> int:
        """How many documents have it."""
        return len({each.quotation.document for each in self.targets})


def grouped(found: Sequence[Target], corrections: Mapping[str, str] | None = None) -> list[Target]:
    """Give each target the name of its group; `corrections` map an indicator's words to the group it belongs to."""
    corrections = corrections or {}
    groups = _Groups(found)
    return [replace(each, group=corrections.get(each.indicator.words) or _group(each, groups)) for each in found]


def _group(target: Target, groups: "_Groups") -> str:
    """The group of a target; a part of a total, as 新增学位（幼儿园）, has one of its own."""
    part = _PART.search(target.indicator.words)
    whole = target.indicator.words[: part.start()] if part else target.indicator.words
    known = _known(whole, target.figure.unit)
    if known:
        return known + (part[0] if part else "")
    return groups.name_of(target)


class _Groups:
    """Groups of nearly equal names; the first name met is the group's.

    A name is compared with those that share one of its rarest pairs of characters: names that are alike must
    (prefix filter; Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007).
    """

    def __init__(self, found: Sequence[Target]) -> None:
        names = {each.indicator.name for each in found}
        self._pairs = {name: pairs_of(plain(name)) for name in names}
        self._counts = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        self._homes: dict[tuple[str, str], str] = {}  # unit and name → group
        self._groups: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = {}  # unit and pair → groups there

    def name_of(self, target: Target) -> str:
        """The group of a target; a new one where none is alike."""
        unit, name = target.figure.unit, target.indicator.name
        if (unit, name) not in self._homes:
            self._homes[unit, name] = self._alike(unit, name) or self._opened(unit, name, target.indicator.words)
        return self._homes[unit, name]

    def _rarest(self, name: str) -> list[str]:
        pairs = sorted(self._pairs[name], key=lambda pair: (self._counts[pair], pair))
        return pairs[: int((1 - ALIKE / (2 - ALIKE)) * len(pairs)) + 1]

    def _alike(self, unit: str, name: str) -> str | None:
        held = self._pairs[name]
        near = (group for pair in self._rarest(name) for group in self._groups.get((unit, pair), ()))
        return next((words for words, pairs in near if dice(pairs, held) >= ALIKE), None)

    def _opened(self, unit: str, name: str, words: str) -> str:
        for pair in self._rarest(name):
            self._groups.setdefault((unit, pair), []).append((words, self._pairs[name]))
        return words


def lines(found: Iterable[Target], *, least: int = 2) -> list[Line]:
    """Indicators that at least so many documents have, those of most documents first."""
    held: dict[str, list[Target]] = {}
    for each in found:
        held.setdefault(each.group, []).append(each)
    made = [
        Line(
            name,
            tuple(sorted(group, key=lambda each: (each.year or 0, each.place or ""))),
            tuple(dict.fromkeys(each.indicator.words for each in group)),
        )
        for name, group in held.items()
    ]
    chosen = [line for line in made if line.documents >= least]
    return sorted(chosen, key=lambda line: (-line.documents, -len(line.targets)))


def _known(words: str, unit: str) -> str | None:
    fitting = (name for name, pattern in _PATTERNS if pattern.search(words) and unit == _UNITS.get(name, "%"))
    return next(fitting, None)
