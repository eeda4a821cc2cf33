"""Places that a question names: those the library holds documents of, and those it lacks."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ingest.gazetteer import place_named, places, places_by_short_name, short_name

_SUFFIXES = "省市县区州盟旗"
_BEFORE = r"(?:[在去到问和与跟、，,。；;：:\s比及]|我们|咱们?|^)"
_AFTER = (
    r"(?=[省市县区]|\s*(?:19|20)\d\d|这|那|今年|去年|明年|的|有|[、，,。？?和与跟]|教育|小学|初中|高中|中小学|学校|幼儿园|"
    r"民办|公办|积分|招生|老师|教师|孩子|娃|学生|家长|课|校|入学|学区|$)"
)
_NO_PLACE_BEHIND = r"(?!校园|安校|一中|[师工农医科理财政]?(?:大学|学院)|调查|新技术|新区)"
_ALSO_WORDS = frozenset(
    {"大同", "安康", "太平", "白银", "长治", "海东", "海西", "六安", "吉安", "平安", "和平", "大兴"}
)
"""Short names that are ordinary words as well: as places only with their suffix."""


def held_regions(text: str, held: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Regions of the library named in a text, in its order, and the text with line breaks in their place.

    A full name counts anywhere, a short one where it is no part of a longer name; a province or prefecture of
    which the library holds only parts stands for these.
    """
    names = _names(held)
    found: dict[int, tuple[str, ...]] = {}
    for name in sorted(names, key=len, reverse=True):
        pattern = re.escape(name) if name[-1] in _SUFFIXES and len(name) > 2 else _short_pattern(name)
        for match in re.finditer(pattern, text):
            found[match.start()] = names[name]
            text = text[: match.start()] + "\n" * len(name) + text[match.end() :]
    ordered = [region for _, regions in sorted(found.items()) for region in regions]
    return tuple(dict.fromkeys(ordered)), text


def _short_pattern(name: str) -> str:
    """A short name, unless a suffix of another kind of place, or the rest of another name, stands behind it."""
    behind = r"(?:省|市|县|区|自治州)" if name in _ALSO_WORDS else ""
    return (
        re.escape(name)
        + (rf"(?={behind})" if behind else r"(?![省市县区州](?!直|级|属|里|上|内|教|中))")
        + _NO_PLACE_BEHIND
    )


def _names(held: Iterable[str]) -> dict[str, tuple[str, ...]]:
    held = [name for name in held if name != "全国"]
    names: dict[str, tuple[str, ...]] = {}
    for name in sorted(held, key=_rank):
        names.setdefault(short_name(name), (name,))
    for name, inside in _wider(held).items():
        names.setdefault(name, inside)
        names.setdefault(short_name(name), inside)
    return names | {name: (name,) for name in held}


def _rank(name: str) -> int:
    """Larger places first: of 长沙市 and 长沙县, 长沙 means the city."""
    place = place_named(name)
    if name.endswith("省") or (place and place.name == place.province):
        return 0
    return 1 if name.endswith("市") and not (place and place.prefecture) else 2


def _wider(held: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Provinces and prefectures that the library holds places of but nothing of their own: 福建 → 泉州市, 晋江市."""
    wider: dict[str, list[str]] = {}
    for name in held:
        place = place_named(name)
        for above in (place.province, place.prefecture) if place else ():
            if above and above not in held:
                wider.setdefault(above, []).append(name)
    return {name: tuple(inside) for name, inside in wider.items()}


def missing_regions(text: str, held: Sequence[str], titles: str) -> tuple[str, ...]:
    """Places that a text names and no document is of: full names anywhere, short ones where places stand.

    A place that a title of the library names is not missing.
    """
    found: dict[int, str] = {}
    for match in re.finditer(r"[\u4e00-\u9fff]{2,7}?(?:省|市|县|区|自治州)", text):
        for start in range(match.start(), match.end() - 2):
            if text[start : match.end()] in places():
                found[start] = text[start : match.end()]
                break
    for match in re.finditer(rf"{_BEFORE}([\u4e00-\u9fff]{{2,3}}?){_AFTER}{_NO_PLACE_BEHIND}", text):
        place = places_by_short_name().get(match[1])
        if place and match[1] not in _ALSO_WORDS:
            found.setdefault(match.start(1), place.name)
    names = [name for _, name in sorted(found.items()) if name not in held and short_name(name) not in titles]
    return tuple(dict.fromkeys(names))
