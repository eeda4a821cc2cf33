"""From when, and until when, a document is in force, and what it repeals, as its sentences say."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ingest.front import Front, Shown
from ingest.numerals import chinese_number
from ingest.parts import iso_date

_DATE = r"[〇○零一二三四五六七八九\d]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
_EFFECTIVE = re.compile(rf"自\s*({_DATE})\s*(?:起|开始)?\s*(?:正式)?(?:施行|实施|执行|生效)")
_OWN_EFFECTIVE = re.compile(rf"本[\u4e00-\u9fff]{{1,6}}{_EFFECTIVE.pattern}")
_EFFECTIVE_FIELDS = ("施行日期", "生效日期", "实施日期", "执行日期")
_FIRST = "1949-10-01"  # some sites fill an empty field with 1900-1-1
_NUMBER = r"[\d一二两三四五六七八九十]{1,3}"
_VALID_FOR = re.compile(
    rf"有效期(?:限)?\s*(?:为|是)?\s*({_NUMBER}\s*(?:年|个月)|(?:至|到)\s*{_DATE})|试行(?:期(?:限)?(?:为)?)?\s*({_NUMBER}\s*年)"
)
_VALID_UNTIL = re.compile(rf"(?:有效期|有效|执行|施行|实施)\s*(?:截止)?(?:至|到)\s*({_DATE})")
_REPEALS = re.compile("同时废止|予以废止|自行废止|即行废止|一律废止|停止执行")
_BREAK = re.compile(r"[。；;\n]")
_LONGEST_SENTENCE = 400
"""Characters on either side of the word that repeals."""


def effective_of(front: Front, text: str) -> Shown | None:
    """The date from which a document is in force: 本办法自…起施行, else 自…起施行, else a field of the page."""
    found = next(_OWN_EFFECTIVE.finditer(text), None) or next(_EFFECTIVE.finditer(text), None)
    value = iso_date(found[1]) if found else None
    if found and value:
        return Shown(value, found.start(), found.end())
    fields = ((shown, iso_date(shown.value)) for shown in front.named(*_EFFECTIVE_FIELDS))
    return next((Shown(date, shown.start, shown.end) for shown, date in fields if date and date > _FIRST), None)


def valid_for_in(text: str) -> Shown | None:
    """How long a text says that it is in force.

    >>> valid_for_in("本办法自印发之日起施行，有效期5年。").value
    '5年'
    """
    found = _VALID_FOR.search(text) or _VALID_UNTIL.search(text)
    if not found:
        return None
    value = next(group for group in found.groups() if group)
    value = value if value[0] in "至到" or found.re is _VALID_FOR else f"至{value}"
    return Shown(re.sub(r"\s", "", value), found.start(), found.end())


def expires(valid_for: str | None, begins: str | None) -> str | None:
    """The last day in force, ISO date; None where it can't be told.

    >>> expires("5年", "2023-03-01"), expires("至2027年12月31日", None), expires("5年", None)
    ('2028-02-29', '2027-12-31', None)
    """
    if valid_for is None:
        return None
    if valid_for[0] in "至到":
        return iso_date(valid_for)
    count = re.match(_NUMBER, valid_for)
    if not count or begins is None:
        return None
    number = int(count[0]) if count[0].isdigit() else chinese_number(count[0].replace("两", "二"))
    first = date.fromisoformat(begins)
    months = first.month - 1 + number * (12 if valid_for.endswith("年") else 1)
    year, month = first.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return None
    end = date(year, month, min(first.day, monthrange(year, month)[1]))
    return (end - timedelta(days=1)).isoformat()


def repeals_in(text: str) -> tuple[str, ...]:
    """The sentences that end the force of documents, verbatim, each once.

    >>> repeals_in("本办法自印发之日起施行。《临溪县招生办法》同时废止。")
    ('《临溪县招生办法》同时废止。',)
    """
    return tuple(dict.fromkeys(_sentence(text, match.start(), match.end()) for match in _REPEALS.finditer(text)))


def _sentence(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _LONGEST_SENTENCE) : start], text[end : end + _LONGEST_SENTENCE]
    begin = max((match.end() for match in _BREAK.finditer(before)), default=0)
    stop = _BREAK.search(after)
    return (before[begin:] + text[start:end] + after[: stop.end() if stop else len(after)]).strip()
