"""What a question says of place, year, 发文字号 and article, against the library's own values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.records import DocumentRow
from ingest.errors import QuestionError
from ingest.gazetteer import place_named, places, places_by_short_name, short_name
from ingest.numerals import CHINESE, chinese_number, to_chinese

LONGEST_QUESTION = 2000
"""Characters."""

_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[—\-－–~～至到]+\s*((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:年|学年|版|[^\d.%万亿个所名人元项家户次号〕\])）】]|$))")
_YEAR_WORDS = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:\s*年?\s*[—\-－–~～至到]+\s*(?:19|20)\d{2}\s*年?|\s*学?年)度?(?:以来|那会儿|的时候)?"
)
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,10}?)\s*[〔\[［(（【<]?\s*([12]\d{3})\s*[〕\]］)）】>]?\s*第?\s*(\d{1,4})\s*[号號]"
)
_ARTICLE = re.compile(
    rf"第?\s*([{CHINESE}]{{1,7}}|\d{{1,4}})\s*条(之[{CHINESE}]+)?(?:\s*第?\s*([{CHINESE}]{{1,3}}|\d{{1,2}})\s*款)?"
)
_TITLE = re.compile(r"《([^《》]{2,80})》")
_BEFORE_PLACE = r"(?:[在去到问和与跟、，,。；;：:\s比及]|我们|咱们?|^)"
_AFTER_PLACE = r"(?=[市省县区]|\s*(?:19|20)\d\d|这|那|今年|去年|明年|的|有|[、，,和与跟]|教育|小学|初中|中小学|学校)"


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """An article that the question names: 《义务教育法》第十三条第二款."""

    documents: tuple[str, ...]  # ids of the library's documents of that name, newest first
    label: str  # "第十三条"
    paragraph: str  # "第十三条第二款", or the same as `label`
    named: str  # the name as the question writes it


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
    content: str = ""  # the question without places of the library and years: what a sentence must answer


def understand(question: str, documents: Sequence[DocumentRow]) -> Query:
    """Read places, years, numbers and articles out of a question.

    Raises QuestionError where it is empty or over `LONGEST_QUESTION` characters.
    """
    text = question.strip()
    if not text:
        raise QuestionError("请输入问题")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"问题有{len(text)}个字，请缩短到{LONGEST_QUESTION}字以内")
    numbers = _numbers(text)
    bare = _NUMBER.sub("", text) if numbers else text
    held = list(dict.fromkeys(row.metadata.region for row in documents if row.metadata.region))
    regions, rest = _held_regions(bare, held, documents)
    return Query(
        question=text,
        regions=regions,
        missing_regions=_missing_regions(rest, held),
        years=_years(bare),
        numbers=numbers,
        articles=tuple(_articles(text, documents)),
        titles=tuple(_TITLE.findall(text)),
        content=_content(text, rest),
    )


def _content(text: str, without_places: str) -> str:
    r"""What is asked, apart from where and when: these are matched with documents, not with sentences.

    >>> _content("泉州2025年课间多长", "\n\n2025年课间多长")
    '课间多长'
    """
    content = _YEAR_WORDS.sub(" ", without_places.replace("\n", " ")).strip()
    return content if len(content) >= 2 else text


def _held_regions(text: str, held: Iterable[str], documents: Sequence[DocumentRow]) -> tuple[tuple[str, ...], str]:
    """Regions of the library named in a text, in its order, and the text without them."""
    wider = _wider_regions(held)
    names = {name: (name,) for name in held} | {short_name(name): (name,) for name in held} | wider
    titles = " ".join(row.metadata.title for row in documents)
    found: dict[int, tuple[str, ...]] = {}
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if name != "全国" or "全国" in titles:
                found[match.start()] = names[name]
        text = text.replace(name, "\n" * len(name))
    ordered = [region for _, regions in sorted(found.items()) for region in regions]
    return tuple(dict.fromkeys(ordered)), text


def _wider_regions(held: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Provinces and prefectures that the library holds places of but nothing of their own: 福建 → 泉州市, 晋江市."""
    wider: dict[str, list[str]] = {}
    held = list(held)
    for name in held:
        place = place_named(name)
        for above in (place.province, place.prefecture) if place else ():
            if above and above not in held:
                wider.setdefault(above, []).append(name)
    full = {name: tuple(inside) for name, inside in wider.items()}
    return full | {short_name(name): inside for name, inside in full.items()}


def _missing_regions(text: str, held: Sequence[str]) -> tuple[str, ...]:
    """Places that a text names and the library holds nothing of; full names anywhere, short ones where places stand."""
    found: dict[int, str] = {}
    for match in re.finditer(r"[\u4e00-\u9fff]{2,7}?(?:省|市|县|区|自治州)", text):
        for start in range(match.start(), match.end() - 2):
            if text[start : match.end()] in places():
                found[start] = text[start : match.end()]
                break
    for match in re.finditer(rf"{_BEFORE_PLACE}([\u4e00-\u9fff]{{2,3}}?){_AFTER_PLACE}", text):
        place = places_by_short_name().get(match[1])
        if place:
            found.setdefault(match.start(1), place.name)
    names = [name for _, name in sorted(found.items()) if name not in held]
    return tuple(dict.fromkeys(names))


def _years(text: str) -> tuple[int, ...]:
    years: list[int] = []
    for match in _RANGE.finditer(text):
        years += range(int(match[1]), int(match[2]) + 1)
    years += [int(match[1]) for match in _YEAR.finditer(_RANGE.sub("", text))]
    return tuple(dict.fromkeys(years))


def _numbers(text: str) -> tuple[str, ...]:
    """发文字号 in any spelling: 教基2021 8号, [2021]第8号."""
    return tuple(f"{prefix}〔{year}〕{int(number)}号" for prefix, year, number in _NUMBER.findall(text))


def _articles(text: str, documents: Sequence[DocumentRow]) -> Iterable[ArticleReference]:
    names = _names(documents)
    for match in _ARTICLE.finditer(text):
        before = re.sub(r"[《》\s]|中华人民共和国", "", text[: match.start()])
        named = max((name for name in names if before.endswith(name)), key=len, default=None)
        if named is None and (title := re.search(r"《([^《》]+)》[^《》]{0,12}$", text[: match.start()])):
            named = _plain(title[1])
        label = f"第{_chinese(match[1])}条{match[2] or ''}"
        paragraph = f"{label}第{_chinese(match[3])}款" if match[3] else label
        if named:
            yield ArticleReference(tuple(names.get(named, ())), label, paragraph, named)


def _chinese(numeral: str) -> str:
    number = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    return to_chinese(number) if 1 <= number <= 9999 else numeral


def _plain(title: str) -> str:
    return re.sub(r"[《》\s]|中华人民共和国|[（(](?:试行|暂行|修订.?)[）)]$", "", title)


def _names(documents: Sequence[DocumentRow]) -> Mapping[str, list[str]]:
    """Names by which documents are asked for, without 中华人民共和国 and 《》; newest version first."""
    names: dict[str, list[str]] = {}
    for row in sorted(documents, key=lambda row: row.metadata.published or "", reverse=True):
        names.setdefault(_plain(row.metadata.title), []).append(row.id)
    return names
