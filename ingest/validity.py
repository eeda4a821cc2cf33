"""From when, and until when, a document is in force, and what it repeals, as its sentences say."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ingest.front import Shown
from ingest.numerals import chinese_number
from ingest.parts import iso_date

_DATE = r"[〇○零一二三四五六七八九\d]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
_EFFECTIVE = re.compile(rf"自\s*({_DATE})\s*(?:起|开始)?\s*(?:正式)?(?:施行|实施|执行|生效)")
_NUMBER = r"[\d一二两三四五六七八九十]{1,3}"
_VALID_FOR = re.compile(
    rf"有效期(?:限)?\s*(?:为|是)?\s*({_NUMBER}\s*(?:年|个月)|(?:至|到)\s*{_DATE})|试行(?:期(?:限)?(?:为)?)?\s*({_NUMBER}\s*年)"
)
_VALID_UNTIL = re.compile(rf"(?:有效期|有效|执行|施行|实施)\s*(?:截止)?(?:至|到)\s*({_DATE})")
_REPEALS = re.compile(r"[^。；;\n]*(?:同时废止|予以废止|自行废止|即行废止|一律废止|停止执行)[^。；;\n]*[。；;]?")


def effective_in(text: str) -> Shown | None:
    """The date from which a text says that it is in force: 自…起施行; the last, for attachments stand behind."""
    found = next(iter(_EFFECTIVE.finditer(text)), None)
    value = iso_date(found[1]) if found else None
    return Shown(value, found.start(), found.end()) if found and value else None


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
    """The sentences that end the force of documents, verbatim."""
    return tuple(match[0].strip() for match in _REPEALS.finditer(text))
