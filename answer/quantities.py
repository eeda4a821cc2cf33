"""Figures in a text: how much, of what unit, at least or at most; years, dates, 文号 and names are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.numerals import CHINESE, chinese_number

_ARABIC = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
_NUMERAL = rf"(?:{_ARABIC}|[{CHINESE}]{{1,5}}(?:点[{CHINESE}]+)?)"
_SCALE = r"(?:[百千]?万亿?|亿|千)"
_SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12, "": 1.0}
_UNITS = (
    "个百分点|个工作日|个月|％|%|‰|元/年·生|元/生·年|元/[年月人生天次]|万元|亿元|元|人次|人|名|位|户|所|个|家|项|场|次|节|篇|部|册|条|"
    "件|套|台|间|支|批次|批|门|对|期|处|座|辆|张|课时|学时|学分|小时|分钟|工作日|个月|周岁|岁|年|月|周|天|日|倍|"
    "平方米|平方公里|平方千米|公顷|栋|层|块|株|千瓦|千伏|公里|千米|米|亩|吨|千瓦时|公斤|克|本|片|岗|份"
)
RATIO = "比例"
"""Unit of 5:3:2."""

_RANGE = r"\s*(?:—+|-|－|–|~|～|至|到)\s*"
_FIGURE = re.compile(
    rf"(?P<first>{_NUMERAL})(?P<more>[余多](?=[百千万亿]))?(?P<scale1>{_SCALE})?"
    rf"(?:(?:个百分点|％|%|岁|年|人|名|元|所|个)?{_RANGE}(?P<second>{_NUMERAL})(?P<scale2>{_SCALE})?)?"
    rf"(?P<about>余|多|来)?\s*(?P<unit>{_UNITS})|(?P<bare>{_ARABIC})(?P<bare_scale>万|亿)(?P<bare_more>[余多]?)(?![千百来×人名元])"
)
_SHARE = re.compile(
    rf"百分之(?P<first>[{CHINESE}点]+|{_ARABIC})(?:{_RANGE}(?:百分之)?(?P<second>[{CHINESE}点]+|{_ARABIC}))?"
)
_POSSIBLE = re.compile(rf"[\d{CHINESE}万亿余多来]\s*(?:{_UNITS}|[万亿])|百分之|全覆盖|清零|\d\s*[:：]\s*\d")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?:\s*[:：]\s*\d+(?:\.\d+)?)+")
_WHOLE = re.compile(r"(?<!健)全覆盖(?=[，,。；;、）)的\s]|$)|常态清零|全部清零")
_EXCEPTIONS = re.compile(
    r"(?:19|20)\d{2}\s*(?:[—\-－–~～至到]+\s*(?:19|20)?\d{2,4}\s*)?(?:学年度?|年(?:代|度)?)(?:\s*\d{1,2}\s*月(?:底|份)?(?:\s*\d{1,2}\s*日)?)?"
    r"|(?:19|20)\d{2}届|\d{1,2}月(?:底|份)?(?:\d{1,2}日)?(?!数)|〔\d{4}〕\d+号|[（(]\d{4}[^（()）]{0,9}[)）]"
    rf"|第\s*(?:\d+|[{CHINESE}]+)(?:\s*[、至到—-]\s*(?:\d+|[{CHINESE}]+))*\s*(?:届|批|期|条|款|项|章|节|次|个|名|位|年|号|轮|学期)"
    r"|《[^》\n]{1,80}》|“[^”\n]{1,16}”|(?<!\d)\d(?:\s*\+\s*[\dA-Za-zＮ]+)+|[A-Za-z]+\d+[A-Za-z]*|\d+[A-Za-z]+"
    r"|^\s*\d+\s*[.．、](?!\d)"
)
_BEFORE = (  # what a number stands behind, and the sign it makes
    (re.compile(r"(不低于|不少于|不得低于|不得少于|至少|最低|不小于)\s*$"), ">="),
    (re.compile(r"(不超过|不得超过|不高于|不多于|不大于|最多|最高|不得高于|不得多于|控制在)\s*$"), "<="),
    (re.compile(r"(低于|少于)\s*$"), "<"),
    (re.compile(r"(超过|超|高于|多于|大于|突破)\s*$"), ">"),
    (re.compile(r"(约|近|大约|将近)\s*$"), "~"),
)
_REACHED = re.compile(r"(达到?)\s*$")
_AFTER = re.compile(r"\s*(以上|及以上|以下|及以下|以内|之内|内|左右|上下)")
_COUNTED = re.compile(
    r"(?:不少于|不低于|不超过|不得超过|不得少于|不得低于|至少|最多|满|超过|少于|多于|每|达到?|共|近|约)\s*$"
)
_PLAIN_CHINESE = frozenset("批次 小时 分钟 个百分点 个工作日 工作日 天 日 个月 周岁 课时 学时 倍 米 平方米".split())  # noqa: SIM905
"""Units that a Chinese numeral counts wherever it stands; 三级, 五大, 一批 and the like are words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: `text[start:end]` is the number with its unit."""

    start: int
    end: int
    low: float  # the value, or the lower end of a range
    high: float  # equal to `low` where it is no range
    unit: str
    comparison: str  # ">=", ">", "<=", "<", "~" (about) or "="
    word: str  # what says so: 以上, 不低于, 全覆盖; empty where nothing does

    @property
    def value(self) -> str:
        """The value for people: "30", "1—2"."""
        if self.unit == RATIO:
            return self.word
        return _shown(self.low) if self.low == self.high else f"{_shown(self.low)}—{_shown(self.high)}"


def figures(text: str) -> list[Figure]:
    """Find the figures of a text, in its order.

    >>> [(each.value, each.unit, each.comparison) for each in figures("普惠率在90%以上，学位2万个，不少于十五分钟。")]
    [('90', '%', '>='), ('20000', '个', '='), ('15', '分钟', '>=')]
    >>> figures("2025年召开第18届年会，落实“5G+专递课堂”，印发晋政办〔2022〕45号，建设三级网络。")
    []
    """
    if not _POSSIBLE.search(text):
        return []
    masked = _EXCEPTIONS.sub(lambda match: "\0" * len(match[0]), text)
    found = sorted(
        [*_counted(text, masked), *_shares(text, masked), *_ratios(text, masked), *_wholes(text, masked)],
        key=lambda each: each.start,
    )
    kept: list[Figure] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _counted(text: str, masked: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(masked):
        if not _counts(masked, match):
            continue
        if match["bare"]:  # 随迁子女34.67万
            value = _value(match["bare"]) * _SCALES[match["bare_scale"]]
            yield _figure(text, match.start(), match.end(), (value, value), "", match["bare_more"])
            continue
        first, unit = match["first"], _unit(match["unit"])
        scale = match["scale2"] or match["scale1"] or ""
        low = _value(first) * _SCALES[match["scale1"] or (scale if match["second"] else "")]
        high = _value(match["second"]) * _SCALES[scale] if match["second"] else low
        money = {"万元": 1e4, "亿元": 1e8}.get(unit)
        if money:
            low, high, unit = low * money, high * money, "元"
        yield _figure(text, match.start(), match.end(), (low, high), unit, about=match["about"] or match["more"] or "")


def _counts(masked: str, match: re.Match[str]) -> bool:
    """Whether a numeral with a unit is a quantity."""
    before = masked[: match.start()]
    last = before[-1:]
    if last in ".-—+" or (last.isalnum() and (last.isascii() or last in f"{CHINESE}万亿第")):
        return False
    if match["bare"]:
        return True
    if match["first"][0].isdigit():
        return not (match["unit"] in {"年", "月", "日"} and re.match(r"(?:起|底|末|初|前|以来)", masked[match.end() :]))
    unit = _unit(match["unit"])
    if unit in _PLAIN_CHINESE and match["first"] not in {"百", "千"}:
        return True
    return (
        bool(_COUNTED.search(before))
        or bool(match["scale1"])
        or bool(re.match(r"以上|以下|以内|左右", masked[match.end() :]))
    )


def _shares(text: str, masked: str) -> Iterator[Figure]:
    for match in _SHARE.finditer(masked):
        low = _value(match["first"])
        yield _figure(text, match.start(), match.end(), (low, _value(match["second"] or match["first"])), "%")


def _ratios(text: str, masked: str) -> Iterator[Figure]:
    for match in _RATIO.finditer(masked):
        parts = [float(each) for each in re.split("[:：]", match[0])]
        if masked[: match.start()][-1:].isdigit() or (
            re.match(r"\d{1,2}[:：]\d{2}(?![\d:：])", match[0]) and "比" not in masked[match.end() : match.end() + 3]
        ):
            continue
        yield Figure(match.start(), match.end(), parts[0], parts[0], RATIO, "=", text[match.start() : match.end()])


def _wholes(text: str, masked: str) -> Iterator[Figure]:
    for match in _WHOLE.finditer(masked):
        value = 100.0 if "覆盖" in match[0] else 0.0
        yield Figure(match.start(), match.end(), value, value, "%" if value else "", "=", match[0])


def _figure(text: str, start: int, end: int, values: tuple[float, float], unit: str, about: str = "") -> Figure:
    before, after = text[max(start - 8, 0) : start], _AFTER.match(text, end)
    sign, word = _comparison(before, after[1] if after else "", about)
    return Figure(start, end, min(values), max(values), unit, sign, word)


def _comparison(before: str, after: str, about: str) -> tuple[str, str]:
    """The sign and the word for it, from what stands before and behind."""
    for pattern, sign in _BEFORE:
        if match := pattern.search(before):
            return sign, match[1]
    if after in {"以上", "及以上"}:
        return ">=", after
    if after in {"以下", "及以下", "以内", "之内", "内"}:
        return "<=", after
    if after or about:
        return ("~", after) if after else (">", about)
    return "=", match[1] if (match := _REACHED.search(before)) else ""


def _unit(unit: str) -> str:
    return "%" if unit == "％" else unit


def _value(numeral: str) -> float:
    plain = numeral.replace(",", "").replace("，", "")
    if plain[:1].isdigit():
        return float(plain)
    whole, _, part = plain.partition("点")
    digits = "".join(str(chinese_number(char)) for char in part)
    return float(f"{chinese_number(whole or '零')}.{digits or 0}")


def _shown(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
