"""What a draft cites: titles with their 文号, articles and quotations, by where they stand."""

import re
from dataclasses import dataclass

from index.references import numbers_in
from ingest.numerals import CHINESE, chinese_number, to_chinese

SHORTEST_QUOTATION = 8
"""Characters between quotation marks that count as quoted from somewhere; shorter ones are names and slogans."""

_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]{1,60}》){2,120})》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}\s*[〔\[［(（【]\s*[12]\d{3}\s*[〕\]］)）】]\s*第?\s*\d{1,4}\s*[号號]")
_NUMERAL = rf"(?:[{CHINESE}]{{1,7}}|\d{{1,4}})"
_ARTICLE = re.compile(
    rf"第\s*({_NUMERAL})\s*条(之[{CHINESE}]{{1,2}})?(?:\s*第\s*({_NUMERAL})\s*款)?(?:\s*第\s*[（(]?({_NUMERAL})[)）]?\s*项)?"
)
_LABEL = re.compile(
    r"(?<![第\d])([一二三四五六七八九十]{1,3})、\s*(?:[（(]([一二三四五六七八九十]{1,3})[)）]\s*)?(?:(\d{1,2})[.．]?)?"
)
_QUOTED = re.compile(r"“([^“”\n]{2,600})”")
_OTHER_LAW = re.compile(r"[\u4e00-\u9fff]*(?:法|条例|规定|办法|章程|细则|本法|本条例)$")
"""A law that is named without 《》 right before its article: 依照刑法第二百三十六条."""
_BESIDE = 12
"""Characters that may stand between a title and what belongs to it."""
_YEAR = re.compile(r"[（(]\s*((?:19|20)\d{2})\s*年?\s*(?:修订|修正|版|公布|发布|施行)?\s*[)）]")


@dataclass(frozen=True, slots=True)
class Citing:
    """A citation in a draft: `text[start:end]` is its title, or its number where it has no title."""

    start: int
    end: int
    title: str  # without 《》; empty where only the number is given
    number: str  # 发文字号 in standard spelling; empty where none is given
    number_range: tuple[int, int]
    year: int | None  # of the version: （2018年修正）
    places: tuple["Place", ...]  # articles or labels that are cited of it
    quotations: tuple["Quoted", ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An article or a label of a clause that a draft names."""

    start: int
    end: int
    label: str  # "第十三条", "二、(一)3."
    full: str  # with paragraph and item: "第十三条第二款第(三)项"
    is_article: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks."""

    start: int
    end: int
    words: str


def citings(text: str) -> list[Citing]:
    """Find what a paragraph cites; each title owns what follows it up to the next one.

    >>> (found,) = citings("按照《云川市办法》（云教〔2023〕7号）第三条第二款，落实责任。")
    >>> found.title, found.number, found.places[0].full
    ('云川市办法', '云教〔2023〕7号', '第三条第二款')
    """
    masked = _QUOTED.sub(lambda match: "\0" * len(match[0]), text)  # what is quoted cites for itself
    titles = [match for match in _TITLE.finditer(text) if masked[match.start()] != "\0"]
    found = []
    for i, match in enumerate(titles):
        stop = titles[i + 1].start() if i + 1 < len(titles) else len(text)
        found.append(_citing(text, masked, match, stop))
    owned = [each.number_range for each in found if each.number]
    for match in _NUMBER.finditer(masked):
        inside = any(start <= match.start() < end for start, end in owned)
        if not inside and not any(title.start() <= match.start() < title.end() for title in titles):
            found.append(_numbered(text, match))
    return sorted(found, key=lambda each: each.start)


def _citing(text: str, masked: str, title: re.Match[str], stop: int) -> Citing:
    number = _NUMBER.search(text, title.end(), min(title.end() + _BESIDE + 40, stop))
    belongs = number is not None and not re.search(r"[。；;，,、]", text[title.end() : number.start()])
    year = _YEAR.match(text, title.end())
    return Citing(
        title.start(),
        title.end(),
        re.sub(r"\s+", "", title[1]),
        numbers_in(_trimmed(number[0]))[0] if number and belongs and numbers_in(_trimmed(number[0])) else "",
        number.span() if number and belongs else (title.end(), title.end()),
        int(year[1]) if year else None,
        tuple(_places(masked, number.end() + 1 if number and belongs else title.end(), stop)),
        tuple(_quotations(text, title.end(), stop)),
    )


def _trimmed(number: str) -> str:
    return re.sub(
        r"^(?:市局|我局|省厅|请|见|已|印发|依据|根据|按照?|参照|落实|执行|贯彻|和|与|及|由|经|以)+", "", number
    )


def _numbered(text: str, match: re.Match[str]) -> Citing:
    words = _trimmed(match[0])
    start = match.end() - len(words)
    numbers = numbers_in(words)
    return Citing(start, match.end(), "", numbers[0] if numbers else "", (start, match.end()), None, (), ())


def _places(text: str, start: int, stop: int) -> list[Place]:
    """Articles of the text up to `stop`; labels only right behind the title and its number."""
    found = []
    for match in _ARTICLE.finditer(text, start, stop):
        if _OTHER_LAW.search(text[start : match.start()]):
            continue
        article, inserted, paragraph, item = match.groups()
        label = f"第{to_chinese(_value(article))}条{inserted or ''}"
        full = label + (f"第{to_chinese(_value(paragraph))}款" if paragraph else "")
        full += f"第({to_chinese(_value(item))})项" if item else ""
        found.append(Place(match.start(), match.end(), label, full, True))
    label_at = _LABEL.match(text, start)
    if not found and label_at and label_at.end() <= stop:
        first, second, third = label_at.groups()
        label = f"{first}、" + (f"({second})" if second else "") + (f"{third}." if third else "")
        found.append(Place(label_at.start(), label_at.end(), label, label, False))
    return found


def _value(numeral: str) -> int:
    number = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    return min(max(number, 1), 9999)


def _quotations(text: str, start: int, stop: int) -> list[Quoted]:
    return [
        Quoted(match.start(1), match.end(1), match[1])
        for match in _QUOTED.finditer(text, start, stop)
        if len(match[1]) >= SHORTEST_QUOTATION
    ]


def loose_quotations(text: str, found: list[Citing]) -> list[Quoted]:
    """Long quotations that stand behind no title of their paragraph."""
    first = min((each.start for each in found if each.title), default=len(text))
    return [each for each in _quotations(text, 0, len(text)) if each.end <= first and len(each.words) >= 12]
