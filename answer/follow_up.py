"""Follow-up questions, made whole by the question before: 那台州呢？"""

import re
from collections.abc import Sequence

from index.query import Query, understand
from index.records import DocumentRow
from ingest.gazetteer import short_name

_LONGEST = 18
"""Characters of a follow-up question."""
_OPENING = re.compile(r"^(?:那么?|还有|换成|换做|再看看?|如果是|要是)\s*")
_ENDING = re.compile(r"(?:又?(?:怎么样|如何|怎样)|的话|呢)*[呢吗啊呀]?[？?。！!\s]*$")
_BARE = re.compile(
    r"(?:那|又|具体)?(?:是?由?谁(?:来)?(?:负责|牵头|管|出钱)?|(?:从|到)?什么时候(?:开始|完成|截止|起)?|要?多少钱|多少(?:个|人|所|名)?|"
    r"有?哪些|为什么|怎么(?:收费|报名|申请|办|做)?|依据是?什么|责任单位(?:是谁|有哪些)?|有什么条件|多长时间|多久)[呢啊呀]?[？?]?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:学?年度?)?")
_LEVELS = (
    *("学前教育", "义务教育", "特殊教育", "职业教育", "高等教育", "职业院校", "职业学校"),
    *("幼儿园", "小学", "初中", "高中", "中职", "高职", "高校", "大学", "民办学校", "公办学校", "农村", "城市"),
)
_LEVEL = re.compile("|".join(_LEVELS))


def made_whole(question: str, before: str, documents: Sequence[DocumentRow]) -> str | None:
    """The whole question that a follow-up stands for; None where it stands for itself.

    Raises QuestionError as `understand` does.
    """
    text = question.strip()
    if not before.strip() or len(text) > _LONGEST or text == before.strip():
        return None
    if _BARE.fullmatch(text):
        return f"{_ENDING.sub('', before.strip())}，{_OPENING.sub('', text)}"
    opened = bool(_OPENING.match(text))
    topic = _ENDING.sub("", _OPENING.sub("", text)).strip()
    if not topic or not (opened or re.search(r"呢[？?\s]*$", text)):
        return None
    return _changed(topic, before.strip(), documents)


def _changed(topic: str, before: str, documents: Sequence[DocumentRow]) -> str:
    """The question before with the place, the year or the level of the topic, or the topic under its place and year."""
    asked, old = understand(topic, documents), understand(before, documents)
    changed = before
    if places := _places(asked):
        changed = _replaced(changed, _places(old), places)
    if asked.years:
        changed = _with_year(changed, topic, old)
    if changed != before:
        return changed
    levels = _LEVEL.findall(topic)
    if levels and _LEVEL.search(before) and levels[0] == topic:
        return _LEVEL.sub(topic, before, count=1)
    kept = "".join(short_name(place) for place in _places(old)[:1]) + "".join(f"{year}年" for year in old.years[:1])
    return f"{'' if _places(asked) or asked.years else kept}{topic}"


def _places(query: Query) -> tuple[str, ...]:
    return (*query.regions, *query.missing_regions)


def _replaced(text: str, old: Sequence[str], new: Sequence[str]) -> str:
    """A text with the first of its old places turned to the new ones, the others left out; without any, before it."""
    words = "、".join(short_name(place) for place in new)
    spellings = [name for place in old for name in (place, short_name(place)) if name in text]
    if not spellings:
        return words + text
    pattern = "|".join(sorted(map(re.escape, spellings), key=len, reverse=True))
    listed = rf"(?:{pattern})(?:[、，,和与及跟](?:{pattern}))*"
    first = re.sub(listed, "\0", text, count=1)
    return re.sub(listed, "", first).replace("\0", words)


def _with_year(text: str, topic: str, old: Query) -> str:
    years = "、".join(match[0].rstrip("度") for match in _YEAR.finditer(topic))
    years = years if years.endswith("年") else f"{years}年"
    if _YEAR.search(text):
        return _YEAR.sub(years, text, count=1)
    for place in _places(old):
        for name in (place, short_name(place)):
            if name in text:
                return text.replace(name, name + years, 1)
    return years + text
