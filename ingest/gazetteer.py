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
def places() -> Mapping[str, Place]:
    """All places by full name; where several share a name (鼓楼区), the first is kept."""
    found: dict[str, Place] = {}
    province, prefecture = "", None
    listing = files("stdnum").joinpath("cn", "loc.dat").read_text(encoding="utf-8")
    for line in listing.splitlines():
        if match := _PROVINCE.match(line):
            province, prefecture = match[2], None
            found.setdefault(province, Place(province, province))
        elif (match := _LINE.match(line)) and (name := _current_name(match[2])):
            if name in {"市辖区", "县", province} or name.startswith("省直辖"):
                continue
            if match[1].endswith("00"):
                prefecture = name
                found.setdefault(name, Place(name, province))
            else:
                found.setdefault(name, Place(name, province, prefecture))
    return found


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
    """Name the place that a title or an issuer's name begins with; unknown ones by their suffix.

    A special economic zone (经济特区) legislates under its city's or province's short name.

    >>> [place_in(name) for name in ("晋江市人民政府办公室", "2025年泉州市教育工作要点", "临溪县教育局", "教育部")]
    ['晋江市', '泉州市', '临溪县', None]
    >>> place_in("深圳经济特区学前教育条例"), place_in("海南经济特区禁毒条例")
    ('深圳市', '海南省')
    """
    head = re.sub(r"^(?:中共|共青团|关于|\d{4}[年\-—]*(?:\d{4}年)?)", "", text)
    for length in range(min(12, len(head)), 1, -1):
        if head[:length] in places():
            return head[:length]
    zone = re.match(r"([\u4e00-\u9fff]{2,4})经济特区", head)
    if zone and (place := places_by_short_name().get(zone[1])):
        return place.name
    match = re.match(rf"([\u4e00-\u9fff]{{2,6}}?{_SUFFIX})", head)
    if not match or re.search(r"[的和与各全本学校]", match[1]):
        return None
    return match[1]
