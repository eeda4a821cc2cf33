"""What a language model says, held against the clauses that it cites: what they do not bear out is not said."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.numerals import chinese_number
from ingest.parts import NUMBER

SUPPORT = 0.5
"""Least share of a sentence's pairs of Han that stand in the clauses it cites."""

_MARK = re.compile(r"\s*[\[【［]\s*(\d{1,2})\s*[\]】］]")
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+(?:\s*[\[【［]\s*\d{1,2}\s*[\]】］])*[。\s]*")
_OPENS_MARK = "[【［"  # of which the rest has not come yet
_QUOTED = re.compile(r"[“「『]([^”」』]{2,})[”」』]|《([^《》]{2,})》")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SPELLED = re.compile(
    r"([一二两三四五六七八九十百千]{1,6})"
    r"(?=分钟|小时|年|个月|月|日|天|周|个|所|人|名|元|万|亿|次|节|岁|%|％|类|项)"
)
_FORCE = (
    *("不得", "严禁", "禁止", "必须", "应当", "可以", "鼓励", "免费", "不能", "不可", "不需", "无需", "不收"),
    *("取消", "一律", "至少", "最多", "不超过", "不少于"),
)
_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,10}?"
    r"(?:教育局|教体局|教育厅|教育部|财政局|人社局|公安局|民政局|人民政府|教委|编办|发改委|卫健委)"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:省|市|县)(?![内外区场民级域])")
_COMMON = re.compile("[的了和与及或在是为对将由按等其这那也就都]")


@dataclass(frozen=True, slots=True)
class Source:
    """A clause that a model may cite."""

    number: int  # [n], from 1
    text: str
    about: str  # title, label, issuer, place and number of its document: a model may name these too


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a model: with the clauses it cites, or with the reason why it is not said."""

    text: str  # without the marks [n]
    citations: tuple[int, ...]
    fault: str | None = None  # in Chinese


def sentences_of(pieces: Iterable[str]) -> Iterator[str]:
    """Cut a stream into sentences, each with the marks behind it, as soon as the next one begins."""
    held = ""
    for piece in pieces:
        held += piece
        while (match := _SENTENCE.match(held)) and match.end() < len(held) and held[match.end()] not in _OPENS_MARK:
            if match[0].strip():
                yield match[0].strip()
            held = held[match.end() :]
    if held.strip():
        yield held.strip()


def check(sentence: str, sources: Sequence[Source]) -> Checked:
    """Hold a sentence against the clauses it cites."""
    numbers = tuple(dict.fromkeys(int(number) for number in _MARK.findall(sentence)))
    text = _MARK.sub("", sentence).strip(" \t\n-*#•")
    cited = [source for source in sources if source.number in numbers]
    return Checked(text, numbers, _fault(text, numbers, cited))


def _fault(text: str, numbers: Sequence[int], cited: Sequence[Source]) -> str | None:
    if not numbers:
        return "没有注明依据"
    if len(cited) < len(numbers):
        return "注明的依据不存在"
    words = _plain("".join(source.text for source in cited))
    held = words + _plain("".join(source.about for source in cited))
    return (
        _unquoted(text, held)
        or _uncounted(text, held)
        or _unnamed(text, held)
        or _unforced(text, words)
        or _unsupported(text, words)
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _unquoted(text: str, held: str) -> str | None:
    for quoted, title in _QUOTED.findall(text):
        if _plain(quoted or title) not in held:
            return "引文与原文不符"
    return None


def _uncounted(text: str, held: str) -> str | None:
    plain = _plain(text)
    figures = {*_FIGURE.findall(held), *map(_value, _SPELLED.findall(held))}
    spelled = (each for each in _SPELLED.findall(plain) if each not in held)
    if not {*_FIGURE.findall(plain), *map(_value, spelled)} <= figures:
        return "数字在原文中没有"
    if any(_plain(match[0]) not in held for match in NUMBER.finditer(text)):
        return "文号在原文中没有"
    return None


def _value(numeral: str) -> str:
    return str(chinese_number(numeral.replace("两", "二")))


def _unnamed(text: str, held: str) -> str | None:
    plain = _plain(text)
    if any(name not in held for name in _BODY.findall(plain)):
        return "单位名称在原文中没有"
    if any(place not in held and place[1:] not in held for place in _PLACE.findall(plain)):
        return "地名在原文中没有"
    return None


def _unforced(text: str, words: str) -> str | None:
    plain = _plain(text)
    return "语气与原文不符" if any(word in plain and word not in words for word in _FORCE) else None


def _unsupported(text: str, words: str) -> str | None:
    runs = re.findall(r"[\u4e00-\u9fff]+", _COMMON.sub(" ", _plain(text)))
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    if not pairs:
        return "没有实际内容"
    share = sum(pair in words for pair in pairs) / len(pairs)
    return None if share >= SUPPORT else "原文没有这个意思"
