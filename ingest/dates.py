"""When a document was signed and published, as its lines and the web page around it say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.front import Front, Shown
from ingest.parts import iso_date

_PUBLISHED = ("发布时间", "发布日期", "发表时间", "录入时间", "时间", "日期")
_SIGNED = ("成文日期", "公文生成日期", "发文日期")
_MADE = "生成日期"  # some sites mean the signature by it, some the day the page was made
_BARE = re.compile(
    r"[（(\[]?\s*(?:发布时间|发布日期|时间|日期)?[:：]?\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[^\u4e00-\u9fff]*"
)
_SPEECH = re.compile(r"[—\-－–（(]{0,4}\s*\d{4}年\d{1,2}月\d{1,2}日.{0,4}在.*(?:会|会议)上?")


def signed_of(front: Front) -> Shown | None:
    """The date of the signature, or what the site gives as such; its value an ISO date."""
    made = front.named(_MADE) if front.signed is None else []
    return _first([*([front.signed] if front.signed else []), *front.named(*_SIGNED), *made])


def published_of(front: Front, signed: Shown | None) -> Shown | None:
    """The date of publication on the page, or of the speech; else a guess: of the imprint, signature or 题注.

    A bare date below the signature of a cover is that of the text it hands on.
    """
    made = front.named(_MADE) if front.signed is not None else []
    last = front.signed.start if front.signed else float("inf")
    bare = (note for note in front.notes if _BARE.fullmatch(note.value) and note.start < last)
    speech = (note for note in front.notes if is_speech(note.value))
    if printed := _first([*front.named(*_PUBLISHED), *bare, *speech, *made]):
        return printed
    imprint = _first([front.imprint] if front.imprint else [])
    if imprint:
        return imprint.guess(why="印发日期")
    if signed:
        return signed.guess(why="成文日期")
    noted = _first(reversed(front.notes))
    return noted.guess(why="题注") if noted else None


def is_speech(note: str) -> bool:
    """Tell whether a line under the title says when and where a speech was held.

    >>> is_speech("——2024年2月1日在云川市第八届人民代表大会第四次会议上"), is_speech("（2024年2月1日印发）")
    (True, False)
    """
    return bool(_SPEECH.match(note))


def _first(lines: Iterable[Shown]) -> Shown | None:
    return next(_dated(lines), None)


def _dated(lines: Iterable[Shown]) -> Iterator[Shown]:
    for line in lines:
        if date := iso_date(line.value):
            yield replace(line, value=date)
