"""What a document prints about itself, each value with what shows it, and in words what was guessed or is unknown."""

import re
from collections.abc import Mapping, Sequence

from ingest import parts
from ingest.dates import published_of, signed_of
from ingest.document import Clause, Evidence, Metadata, Reading
from ingest.front import Front, Shown, front_of
from ingest.issuer import issuer_of
from ingest.region import region_of
from ingest.titles import interprets_in, titles_of
from ingest.validity import effective_of, expires, repeals_in, valid_for_in

_PERIOD = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—\-－–~～至到]+\s*((?:19|20)\d{2})\s*年?")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:学?年|秋季|春季)")
_NUMBERS = ("备注/文号", "文号", "发文字号", "文件编号")
_NAMES = {
    "title": "标题",
    "issuer": "发文机关",
    "region": "地区",
    "number": "发文字号",
    "signed": "成文日期",
    "published": "发布日期",
}
"""Fields that the warnings speak of, by the words they use."""

_LONGEST_EVIDENCE = 120
"""Characters of the words that show a value."""

_WANTED = ("issuer", "region", "published")
"""Fields whose absence is worth a word: search and citations use them."""


def metadata_of(reading: Reading, rows: Sequence[Clause], fallback_title: str) -> tuple[Metadata, tuple[str, ...]]:
    """Read the metadata; the second value says in words what was inferred or is unknown."""
    front = front_of(reading.text, rows)
    named = titles_of(front, reading.title, fallback_title)
    titles = [title for title in (named.title, named.cover) if title]
    region, place = region_of(front, titles, reading.text)
    signed = signed_of(front)
    found = {
        "title": named.title,
        "cover_title": named.cover,
        "issuer": issuer_of(front, titles[::-1], region.value if region else None),
        "region": region,
        "number": _number(front),
        "index_number": next(iter(front.named("索引号")), None),
        "published": published_of(front, signed),
        "signed": signed,
        "effective": effective_of(front, reading.text),
        "addressees": front.addressees,
        "copied_to": front.copied_to,
        "imprinted": _dated(front.imprint),
        "valid_for": valid_for_in(reading.text),
    }
    values = {name: shown.value for name, shown in found.items() if shown}
    metadata = Metadata(
        **{"title": fallback_title, **values},
        province=(place.province or None) if place else None,
        period=_period(named.title.value) or _period(named.cover.value if named.cover else ""),
        kind=parts.kind_of(named.title.value),
        cover_kind=parts.kind_of(named.cover.value) if named.cover else None,
        expires=expires(values.get("valid_for"), values.get("effective") or values.get("signed")),
        repeals=repeals_in(reading.text),
        attachments=tuple(dict.fromkeys(each.value for each in front.attachments)),
        interprets=interprets_in(named.title.value),
        evidence=_evidence(found, named.source, reading.text),
    )
    return metadata, _notes(found)


def _evidence(found: Mapping[str, Shown | None], title_source: str, text: str) -> tuple[Evidence, ...]:
    made = []
    for name, shown in found.items():
        if shown is None:
            continue
        if name == "title" and title_source != "text":
            made.append(Evidence(name, guessed=True, source=title_source, words=shown.why))
        else:
            words = " ".join(text[shown.start : shown.end].split())[:_LONGEST_EVIDENCE]
            made.append(Evidence(name, shown.guessed, shown.start, shown.end, words=words))
    return tuple(made)


def _notes(found: Mapping[str, Shown | None]) -> tuple[str, ...]:
    guesses = (
        f"{_NAMES[name]}“{shown.value}”由{shown.why}推断"
        for name, shown in found.items()
        if shown and shown.guessed and name in _NAMES and name != "published"
    )
    unknown = "、".join(_NAMES[name] for name in _WANTED if found[name] is None)
    return (*guesses, *([f"未能识别：{unknown}"] if unknown else []))


def _number(front: Front) -> Shown | None:
    on_page = (_numbered(shown) for shown in front.named(*_NUMBERS))
    return next((number for number in (*on_page, *front.numbers) if number), None)


def _numbered(shown: Shown) -> Shown | None:
    value = parts.number_in(shown.value)
    return Shown(value, shown.start, shown.end) if value else None


def _dated(shown: Shown | None) -> Shown | None:
    date = parts.iso_date(shown.value) if shown else None
    return Shown(date, shown.start, shown.end) if shown and date else None


def _period(title: str) -> tuple[int, int] | None:
    if match := _PERIOD.search(title):
        return int(match[1]), int(match[2])
    if match := _YEAR.search(title):
        return int(match[1]), int(match[1])
    return None
