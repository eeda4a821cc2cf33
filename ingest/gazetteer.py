"""Places of China: provinces, prefectures and counties, from the list in python-stdnum (GB/T 2260 codes)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SUFFIX = (
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|林区|省|市|县|区|州|盟|旗)"
)
_LINE = re.compile(r'\s+(\d{4}) county="([^"]+)"')
_PERIOD = re.compile(r"\[(\d{4})?-(\d{4})?\]([^,\[\]]+)")
_PROVINCE = re.compile(r'(\d\d) province="([^"]+)"')

_BEFORE = re.compile(r"^(?:中共|共青团|关于(?:印发)?|[《“]|\d{4}(?:年?[\-—]\d{4})?(?:学年度?|年度?)?(?:[春秋]季)?)*")
_SHORT_BEFORE = re.compile(
    "教[委育体]|市教|小升初|中考|高考|幼升小|义务教育|普通高|初中|小学|政府|(?=[\u4e00-\u9fff]{2,4}[市县区])"
)
"""What stands behind the short name of a place (南京义务教育…, 上海黄浦区…)."""

_UNKNOWN = re.compile(rf"([\u4e00-\u9fff]{{2,6}}?{_SUFFIX})(?!民|域|划)")
_NO_NAME = re.compile(
    "[的和与各全本在第届]|学校|学区|校区|年级|教育|厅|局|委|办|政府|关于|印发|做好|进一步|加强|推进|实施|规范|落实|招生|工作|地区|城区|城市"
)
"""What the name of a place does not hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with those it lies in; `prefecture` is None for provinces and prefectures themselves."""

    name: str  # "晋江市"
    province: str  # "福建省"
    prefecture: str | None = None  # "泉州市"


def short_name(name: str) -> str:
    """Drop the administrative suffix, as people do.

    >>> short_name("泉州市"), short_name("内蒙古自治区"), short_name("东区")
    ('泉州', '内蒙古', '东区')
    """
    short = re.sub(rf"{_SUFFIX}$", "", name)
    return short if len(short) > 1 else name


def _current_name(entry: str) -> str | None:
    """Read the name in force from "[1985-1992]晋江县,[1992-]晋江市"."""
    if "[" not in entry:
        return entry
    names = [name for _, end, name in _PERIOD.findall(entry) if not end]
    return names[-1] if names else None


@cache
def _all_places() -> Mapping[str, tuple[Place, ...]]:
    """All places by full name, those that share a name (鼓楼区) in the order of their codes."""
    found: dict[str, list[Place]] = {}
    province, prefecture = "", None
    listing = files("stdnum").joinpath("cn", "loc.dat").read_text(encoding="utf-8")
    for line in listing.splitlines():
        if match := _PROVINCE.match(line):
            province, prefecture = match[2], None
            found.setdefault(province, []).append(Place(province, province))
        elif (match := _LINE.match(line)) and (name := _current_name(match[2])):
            if name in {"市辖区", "县", province} or name.startswith("省直辖"):
                continue
            if match[1].endswith("00"):
                prefecture = name
                found.setdefault(name, []).append(Place(name, province))
            else:
                found.setdefault(name, []).append(Place(name, province, prefecture))
    return {name: tuple(alike) for name, alike in found.items()}


@cache
def places() -> Mapping[str, Place]:
    """All places by full name; where several share a name (鼓楼区), the first is kept."""
    return {name: alike[0] for name, alike in _all_places().items()}


@cache
def places_by_short_name() -> Mapping[str, Place]:
    """Provinces and prefectures and county-level cities by the short name that people use (泉州, 晋江)."""
    found: dict[str, Place] = {}
    ranked = sorted(places().values(), key=lambda place: place.prefecture is not None)
    for place in ranked:
        if (len(short_name(place.name)) > 1 and not place.name.endswith(("区", "旗"))) or place.name.endswith("自治区"):
            found.setdefault(short_name(place.name), place)
    return found


def place_named(name: str) -> Place | None:
    """Find a place by its full or short name."""
    return places().get(name) or places_by_short_name().get(name)


def place_in(text: str) -> str | None:
    """Name the narrowest place that a title or an issuer's name begins with; unknown ones by their suffix.

    A special economic zone (经济特区) legislates under its city's or province's short name.

    >>> [place_in(name) for name in ("晋江市人民政府办公室", "2025年泉州市教育工作要点", "临溪县教育局", "教育部")]
    ['晋江市', '泉州市', '临溪县', None]
    >>> place_in("深圳经济特区学前教育条例"), place_in("海南经济特区禁毒条例"), place_in("上海黄浦区招生意见")
    ('深圳市', '海南省', '黄浦区')
    >>> place_in("行政区划管理条例") is None
    True
    """
    chain = chain_in(text)
    return chain[-1].name if chain else None


def chain_in(text: str) -> tuple[Place, ...]:
    """The places that a title or an issuer's name begins with, each inside the one before: 福建省, 泉州市, 晋江市."""
    rest = _BEFORE.sub("", text)
    zone = re.match(r"([\u4e00-\u9fff]{2,4})经济特区", rest)
    if zone and (place := places_by_short_name().get(zone[1])):
        return (place,)
    chain: tuple[Place, ...] = ()
    while found := _next(rest, chain[-1] if chain else None):
        place, length = found
        chain, rest = (*chain, place), rest[length:]
    return chain


def known_in(text: str) -> tuple[Place, ...]:
    """The first known place that a text names by its full name, with those named directly behind it."""
    for start in range(len(text)):
        if any(text[start : start + length] in _all_places() for length in range(3, 12)):
            return chain_in(text[start:])
    return ()


def _next(text: str, above: Place | None) -> tuple[Place, int] | None:
    """The place that a text begins with, and the length of its name; it lies in `above`."""
    for length in range(min(12, len(text)), 1, -1):
        inside = [place for place in _all_places().get(text[:length], ()) if _lies_in(place, above)]
        if inside:
            return inside[0], length
    for length in range(min(6, len(text)), 1, -1):
        place = places_by_short_name().get(text[:length])
        if place and _lies_in(place, above) and _SHORT_BEFORE.match(text, length):
            return place, length
    match = _UNKNOWN.match(text)
    if not match or _NO_NAME.search(match[1]):
        return None
    province = above.province if above else ""
    prefecture = (above.prefecture or (above.name if above.name != province else None)) if above else None
    return Place(match[1], province, prefecture), len(match[1])


def _lies_in(place: Place, above: Place | None) -> bool:
    return above is None or (place.name != above.name and above.name in {place.province, place.prefecture})
