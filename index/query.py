"""What a question says of place, year, 发文字号 and article, against the library's own values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.places import held_regions, missing_regions
from index.records import DocumentRow
from index.references import ArticleReference, articles_in, numbers_in, without_numbers
from ingest.errors import QuestionError
from ingest.gazetteer import short_name

LONGEST_QUESTION = 2000
"""Characters."""

_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[—\-－–~～至到]+\s*((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})"
    r"(?!\s*年\s*(?:\d{1,2}\s*月)?(?:\d{1,2}\s*[日号])?[份底初末]?(?:出生|生的|生人))"  # of a child, not a policy
    r"(?=\s*(?:年|学年|版|修|[^\d.%万亿个所名人元项家户次号〕\])）】]|[)）]|$))"
)
_YEAR_WORDS = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:\s*年?\s*[—\-－–~～至到]+\s*(?:19|20)\d{2}\s*年|\s*学?年)度?(?:以来|那会儿|的时候)?"
)
_PLACES = re.compile(r"\n(?:\s*[、，,和与及跟同]?\s*\n)*")  # each stands where a place was: 泉州、台州和聊城
_TITLE = re.compile(r"《([^《》]{2,80})》")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the library understands it."""

    question: str
    regions: tuple[str, ...] = ()  # regions of the library that it names, by their full names
    missing_regions: tuple[str, ...] = ()  # places it names that the library holds nothing of
    years: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()  # 发文字号 in standard spelling
    articles: tuple[ArticleReference, ...] = ()
    titles: tuple[str, ...] = ()  # titles it gives in 《》
    kinds: tuple[str, ...] = ()  # kinds of documents of the library that it names: 工作总结
    content: str = ""  # the question without places of the library and years: what a sentence must answer


def understand(question: str, documents: Sequence[DocumentRow]) -> Query:
    """Read places, years, numbers and articles out of a question.

    Raises QuestionError where it is empty, over `LONGEST_QUESTION` characters, or holds broken characters.
    """
    text = question.strip()
    if not text:
        raise QuestionError("请输入问题")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"问题有{len(text)}个字，请缩短到{LONGEST_QUESTION}字以内")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise QuestionError("问题里有无法识别的字符，请重新输入")
    bare = without_numbers(text)
    held = list(dict.fromkeys(row.metadata.region for row in documents if row.metadata.region))
    regions, rest = held_regions(bare, held)
    missing = missing_regions(rest, held, " ".join(row.metadata.title for row in documents))
    years = _years(bare)
    return Query(
        question=text,
        regions=regions,
        missing_regions=missing,
        years=years,
        numbers=numbers_in(text),
        articles=articles_in(text, documents, years),
        titles=tuple(_TITLE.findall(text)),
        kinds=_kinds(text, documents),
        content=_content(text, _without(rest, missing)),
    )


def _kinds(text: str, documents: Sequence[DocumentRow]) -> tuple[str, ...]:
    """Kinds of the library's documents named as such: 工作要点, 2024年的总结里, 行动方案提出; not 有什么办法."""
    known = dict.fromkeys(row.metadata.kind for row in documents if row.metadata.kind)
    named = (kind for kind in known if re.search(_kind_pattern(kind), text))
    return tuple(sorted(named, key=len, reverse=True))


def _kind_pattern(kind: str) -> str:
    """A long name counts anywhere; a short one, or 工作总结 as 总结, where something is said to stand in it."""
    short = kind.removeprefix("工作")
    ahead = "(?<![的种么没啥好])" if len(short) < 3 else ""
    where = f"{ahead}{re.escape(short)}(?=里|中|提|说|写|规定|要求|明确|$|[，。？?])"
    return f"{re.escape(kind)}|{where}" if len(kind) > 2 else where


def _without(text: str, places: Sequence[str]) -> str:
    """A text with a line break in place of each of the places."""
    for name in (spelling for place in places for spelling in (place, short_name(place))):
        text = text.replace(name, "\n")
    return text


def _content(text: str, without_places: str) -> str:
    r"""What is asked, apart from where and when: these are matched with documents, not with sentences.

    >>> _content("泉州2025年课间多长", "\n\n2025年课间多长")
    '课间多长'
    """
    content = re.sub(r"^[\s、，,和与及跟]+", "", _YEAR_WORDS.sub(" ", _PLACES.sub(" ", without_places))).strip()
    return content if len(content) >= 2 else text


def _years(text: str) -> tuple[int, ...]:
    years: list[int] = []
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        years += range(first, last + 1) if 0 <= last - first <= 30 else [first, last]
    years += [int(match[1]) for match in _YEAR.finditer(_RANGE.sub("", text))]
    return tuple(dict.fromkeys(years))
