"""Who issued a document: its signature, its red head, the page's fields, its 题注, at last its title."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import parts
from ingest.dates import is_speech
from ingest.front import Front, Shown
from ingest.gazetteer import place_in

_PRINTED = ("发布机构", "发文机关", "发文机构", "发文单位", "制发机关")
_NEAR = ("信息来源", "来源", "文章来源")  # where the page has the text from, which need not be the issuer
_GENERAL = re.compile(r"(?:省|市|县|区)(?:教育局|教体局|教育厅|教委|人民政府|政府|委教育工委).*")
_SPEAKER = re.compile(
    r"(.{3,30}?)(?:党组书记、|党委书记、|副书记、|代|副)*(?:[省市县区州]长|局长|厅长|部长|主席|主任)(?![\u4e00-\u9fff]{5})"
)
_NATIONAL_BODIES = frozenset({"国务院", "教育部"})


def issuer_of(front: Front, titles: Sequence[Shown], region: str | None) -> Shown | None:
    """The issuing body, several parted by 、; `titles` the cover's before the document's own."""
    if signed := _signature(front):
        return _with_place(signed, region)
    for found in (front.red_head, *front.named(*_PRINTED)):
        if found and _is_body(found.value):
            return _with_place(found, region)
    if noted := _noted(front) or _speaker(front):
        return noted
    for found in front.named(*_NEAR):
        if _is_body(found.value):
            return _with_place(found, region).guess(why="网页来源")
    return _from_titles(titles, region)


def _is_body(name: str) -> bool:
    return parts.is_organisation(name) or name in _NATIONAL_BODIES


def _signature(front: Front) -> Shown | None:
    names = list(dict.fromkeys(each.value for each in front.signatures))
    if not names:
        return None
    return Shown("、".join(names), front.signatures[0].start, front.signatures[-1].end)


def _with_place(found: Shown, region: str | None) -> Shown:
    """市教育局 of 台州市 is 台州市教育局."""
    if region and region[-1] == found.value[0] and _GENERAL.fullmatch(found.value):
        return found.guess(region + found.value[1:], why=f"“{found.value}”和地区")
    return found


def _noted(front: Front) -> Shown | None:
    if not front.notes:
        return None
    name = issuer_in_note("".join(note.value for note in front.notes))
    return Shown(name, front.notes[0].start, front.notes[-1].end) if name else None


def _speaker(front: Front) -> Shown | None:
    """The body whose head gives the report: 云川市人民政府市长　林某某, below 2024年…在…会议上."""
    if not any(is_speech(note.value) for note in front.notes):
        return None
    for note in front.notes:
        match = _SPEAKER.match(note.value)
        if match and _is_body(match[1]):
            return replace(note, value=match[1])
    return None


def issuer_in_note(note: str) -> str | None:
    """Who passed or issued a text, as its 题注 says.

    >>> issuer_in_note("2015年2月11日 上海市第十四届人民代表大会常务委员会第十九次会议通过")
    '上海市人民代表大会常务委员会'
    >>> issuer_in_note("（2022年8月25日云川市教育局、云川市体育局联合印发）")
    '云川市教育局、云川市体育局'
    """
    match = re.match(r"[（(]?\s*\d{4}年\d{1,2}月\d{1,2}日\s*(.+?)\s*(?:联合)?(?:印发|发布|公布|通过)", note)
    if not match:
        return None
    name = re.sub(r"第[一二三四五六七八九十百]+届|第[一二三四五六七八九十百]+次.*$|令第.*$", "", match[1])
    body = re.match(r".*?(?:人民代表大会常务委员会|人民代表大会)", name)
    name = body[0] if body else name
    return name if _is_body(name) else None


def _from_titles(titles: Sequence[Shown], region: str | None) -> Shown | None:
    for title in titles:
        match = re.match(r"(.{2,40}?)(?:关于|转发|印发)", title.value)
        if match and _is_body(match[1]):
            return _with_place(title.guess(match[1], why="标题"), region)
    for title in titles:
        if region and place_in(title.value) and re.search(r"教育(?:工作|体育工作)(?:要点|总结|计划)$", title.value):
            return title.guess(f"{region}教育局", why="标题")
    return None
