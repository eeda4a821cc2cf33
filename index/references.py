"""Articles and 发文字号 that a question names, in the spellings that people and officials use."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.records import DocumentRow, years_of
from ingest.gazetteer import short_name
from ingest.numerals import CHINESE, chinese_number, to_chinese

MOST_REFERENCES = 12
"""References read from one question; each costs a look-up."""

_SHORTEST_NAME = 6
"""Characters of a name that is given without its beginning."""

_NUMERAL = rf"(?:[{CHINESE}]{{1,7}}|\d{{1,4}})"
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,10}?)\s*[〔\[［(（【<]?\s*([12]\d{3})\s*[〕\]］)）】>]?\s*第?\s*(\d{1,4})\s*[号號]"
)
_ARTICLE = re.compile(
    rf"第?\s*({_NUMERAL})(?:\s*[、,，和与及]\s*第?\s*({_NUMERAL}))?(?:\s*条?\s*(至|到|—|-|~)\s*第?\s*({_NUMERAL}))?\s*条"
    rf"(之[{CHINESE}]+)?(?:\s*第?\s*({_NUMERAL})\s*款)?(?:\s*第?\s*[（(]?({_NUMERAL})[)）]?\s*项)?"
)
_MARKS = re.compile(r"[《》〈〉<>\s]|中华人民共和国")
_EDITION = re.compile(r"[（(](?:试行|暂行|(?:19|20)\d{2}年?(?:修正|修订|版)?|修正|修订)[^（）()]{0,6}[)）]$")
_NAMED = re.compile(r"《([^《》]+(?:《[^《》]+》[^《》]*)?)》[^《》]{0,12}$")


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """An article that the question names: 《义务教育法》第十三条第二款第（三）项."""

    documents: tuple[str, ...]  # ids of the library's documents of that name, the version asked for or newest first
    label: str  # "第十三条"
    paragraph: str  # "第十三条第二款", or the same as `label`
    named: str  # the name as the question writes it, without marks
    item: str = ""  # "第(三)项"


def numbers_in(text: str) -> tuple[str, ...]:
    """发文字号 of a question in standard spelling, whatever the brackets: 教基2021 8号, [2021]第8号.

    >>> numbers_in("晋政办[2022]45号和泉教〔2023〕7号")
    ('晋政办〔2022〕45号', '和泉教〔2023〕7号')
    """
    found = (f"{prefix}〔{year}〕{int(number)}号" for prefix, year, number in _NUMBER.findall(text))
    return tuple(dict.fromkeys(found))[:MOST_REFERENCES]


def without_numbers(text: str) -> str:
    """A question without its 发文字号."""
    return _NUMBER.sub("", text)


def articles_in(text: str, documents: Sequence[DocumentRow], years: Sequence[int] = ()) -> tuple[ArticleReference, ...]:
    """Articles of named laws and rules; `years` are those the question names, to choose a version by."""
    names = _names(documents)
    found: list[ArticleReference] = []
    last: tuple[str, tuple[str, ...]] | None = None
    for match in _ARTICLE.finditer(text):
        named = _name_before(text[: match.start()], names)
        if named:
            last = (named, _versions(names.get(named, ()), years))
        if last:
            found += _references(match, *last)
    return tuple(dict.fromkeys(found))[:MOST_REFERENCES]


def _references(match: re.Match[str], named: str, documents: tuple[str, ...]) -> Iterable[ArticleReference]:
    first, second, to, last, inserted, paragraph, item = match.groups()
    numbers = [_value(first)]
    if second:
        numbers.append(_value(second))
    if to and last and numbers[-1] < _value(last) <= numbers[-1] + MOST_REFERENCES:
        numbers += range(numbers[-1] + 1, _value(last) + 1)
    for number in numbers:
        label = f"第{to_chinese(number)}条{inserted or ''}"
        full = f"{label}第{to_chinese(_value(paragraph))}款" if paragraph else label
        yield ArticleReference(documents, label, full, named, f"第({to_chinese(_value(item))})项" if item else "")


def _value(numeral: str) -> int:
    number = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    return min(max(number, 1), 9999)


@lru_cache(maxsize=20_000)
def plain_title(title: str) -> str:
    """A title without 《》 and 〈〉, 中华人民共和国 and its edition: for comparing names.

    >>> plain_title("上海市实施《中华人民共和国义务教育法》办法"), plain_title("云川市轮岗实施细则（试行）")
    ('上海市实施义务教育法办法', '云川市轮岗实施细则')
    """
    return _EDITION.sub("", _MARKS.sub("", title))


def _name_before(before: str, names: Mapping[str, list[DocumentRow]]) -> str | None:
    """The name that stands before 第X条: the longest known one, or what is in 《》."""
    plain = _EDITION.sub("", re.sub(r"[的之中里,，：:]+$", "", _MARKS.sub("", before)))
    known = max((name for name in names if plain.endswith(name)), key=len, default=None)
    if known:
        return known
    title = _NAMED.search(before)
    if title:
        asked = plain_title(title[1])
        return _shortened(asked, names) or asked
    return next((found for i in _starts(plain) if (found := _shortened(plain[i:], names))), None)


def _starts(plain: str) -> Iterable[int]:
    """Places where a name may begin in running text: at the start, or behind punctuation or a word that asks."""
    return [0, *(match.end() for match in re.finditer(r"[^\u4e00-\u9fff]|[问按据查看在的]", plain))]


def _shortened(asked: str, names: Mapping[str, list[DocumentRow]]) -> str | None:
    """The one name that ends with what is asked: 课后服务管理办法 for 云川市中小学校课后服务管理办法."""
    if len(asked) < _SHORTEST_NAME:
        return None
    ending = [name for name in names if name.endswith(asked)]
    documents = {tuple(row.id for row in names[name]) for name in ending}
    return max(ending, key=len) if len(documents) == 1 else None


def _names(documents: Sequence[DocumentRow]) -> Mapping[str, list[DocumentRow]]:
    """Names by which documents are asked for, also with the place's short name; newest version first."""
    names: dict[str, list[DocumentRow]] = {}
    for row in sorted(documents, key=lambda row: row.metadata.published or "", reverse=True):
        title = plain_title(row.metadata.title)
        region = row.metadata.region or ""
        for name in dict.fromkeys((title, title.replace(region, short_name(region), 1) if region else title)):
            names.setdefault(name, []).append(row)
    return names


def _versions(rows: Iterable[DocumentRow], years: Sequence[int]) -> tuple[str, ...]:
    """Versions of one document: those of the years named first, then the newest."""
    ordered = sorted(rows, key=lambda row: not (set(years_of(row.metadata)) & set(years)))
    return tuple(row.id for row in ordered)
