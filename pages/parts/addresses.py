"""Addresses of pages, relative so that they work under any host and path, and what an address says."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from index.search import Filters

LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that an address names: a clause, and in it the range to mark."""

    document: str
    clause: int | None = None
    start: int | None = None
    end: int | None = None


def ask_address(question: str = "", filters: Filters | None = None) -> str:
    """Address of a question and its answer.

    >>> ask_address("课间")
    './?q=%E8%AF%BE%E9%97%B4'
    """
    return _with("./", {"q": question, **filter_parameters(filters)})


def kept_address(name: str) -> str:
    """Address of an answer that was kept.

    >>> kept_address("0a1b2c3d4e5f")
    './?kept=0a1b2c3d4e5f'
    """
    return _with("./", {"kept": name})


def read_address(place: Place, question: str = "") -> str:
    """Address of a place in a document; `question` leads back to it.

    >>> read_address(Place("0a1b2c3d4e5f", 120, 125, 140))
    'read?document=0a1b2c3d4e5f&clause=120&from=125&to=140'
    """
    numbers = {"clause": place.clause, "from": place.start, "to": place.end}
    found = {name: str(number) for name, number in numbers.items() if number is not None}
    return _with("read", {"document": place.document, **found, "q": question})


def place_in(parameters: Mapping[str, str]) -> Place | None:
    """The place that the parameters of an address name; None without a document."""
    document = parameters.get("document", "")
    if not document:
        return None
    start, end = _number(parameters, "from"), _number(parameters, "to")
    if start is None or end is None or start >= end:
        start = end = None
    return Place(document, _number(parameters, "clause"), start, end)


def filter_parameters(filters: Filters | None) -> dict[str, str]:
    """Filters as parameters of an address."""
    if filters is None:
        return {}
    values = {"region": filters.region, "year": filters.year, "kind": filters.kind, "issuer": filters.issuer}
    return {name: str(value) for name, value in values.items() if value is not None}


def filters_in(parameters: Mapping[str, str]) -> Filters:
    """The filters that the parameters of an address name."""
    return Filters(
        region=parameters.get("region") or None,
        year=_number(parameters, "year"),
        kind=parameters.get("kind") or None,
        issuer=parameters.get("issuer") or None,
    )


def _number(parameters: Mapping[str, str], name: str) -> int | None:
    value = parameters.get(name, "")
    if not (value.isascii() and value.isdecimal()) or len(value) > len(str(LARGEST)):
        return None
    return int(value)


def _with(path: str, parameters: Mapping[str, str]) -> str:
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
