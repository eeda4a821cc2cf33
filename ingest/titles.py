"""The title that a document is cited by, and that of the notice which wraps it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest import parts
from ingest.front import Front, Shown

MOST_LINES = 20
"""Lines of a title; what goes on longer is none."""

_SITE_TITLES = ("信息名称", "标题", "名称")
_INTERPRETS = re.compile(
    r"《([^《》]{4,80})》.{0,12}(?:解读|问答|答问|答记者问|政策说明)|^关于(.{6,80}?)的(?:政策)?解读"
)
_HANDS_ON = re.compile("印发|转发|发布|公布")
_REMARK = re.compile(r"[（(](?:全文|附全文|图|组图|点击下载)[)）]$")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Titles:
    """A citable title, and the title of the notice in front of it; with the source of the first."""

    title: Shown
    cover: Shown | None = None
    source: str = "text"


def titles_of(front: Front, given: str | None, fallback: str) -> Titles:
    """Choose the titles; `given` is the one the file format carries, `fallback` the file's name."""
    joined = [title for block in front.title_blocks() for title in _join(block[:MOST_LINES])]
    distinct = _without_shortened(_once([_without_remark(title) for title in joined]))
    site = _site_title(front, distinct)
    if site is not None:
        distinct = [site, *(title for title in distinct if _plain(title.value) not in _plain(site.value))]
    if not distinct:
        why = "文件属性" if given else "文件名"
        return Titles(Shown(given or fallback, 0, 0, guessed=True, why=why), source="properties" if given else "name")
    distinct += _handed_on(distinct[0], front)
    notices = [title for title in distinct if title.value.endswith("通知")]
    others = [title for title in distinct if not title.value.endswith("通知")]
    if notices and others and _HANDS_ON.search(notices[0].value):
        named = [title for title in others if parts.kind_of(title.value)]
        return Titles((named or others)[0], notices[0])
    named = [title for title in distinct if parts.kind_of(title.value)]
    return Titles((named or distinct)[0])


def interprets_in(title: str) -> str | None:
    """The policy that a 解读 explains, as its title says.

    >>> interprets_in("《临溪县课后服务管理办法》政策解读"), interprets_in("2025年教育工作要点")
    ('临溪县课后服务管理办法', None)
    """
    match = _INTERPRETS.search(title)
    return (match[1] or match[2]) if match else None


def _once(titles: Iterable[Shown]) -> list[Shown]:
    found: dict[str, Shown] = {}
    for title in titles:
        found.setdefault(_plain(title.value), title)
    return list(found.values())


def _without_remark(title: Shown) -> Shown:
    return replace(title, value=_REMARK.sub("", title.value))


def _handed_on(notice: Shown, front: Front) -> list[Shown]:
    """Titles of attachments that the notice names as what it hands on."""
    if not (notice.value.endswith("通知") and _HANDS_ON.search(notice.value)):
        return []
    enclosed = [title for block in front.enclosed for title in _join(block[:MOST_LINES])]
    return [title for title in enclosed if len(_plain(title.value)) > 5 and _plain(title.value) in _plain(notice.value)]


def _without_shortened(titles: list[Shown]) -> list[Shown]:
    """Drop headlines that repeat the end of a full title: 关于…的通知 of X局关于…的通知."""
    plain = [_plain(title.value) for title in titles]
    return [
        title
        for title, words in zip(titles, plain, strict=True)
        if not any(other != words and other.endswith(words) and words.startswith("关于") for other in plain)
    ]


def _site_title(front: Front, titles: Sequence[Shown]) -> Shown | None:
    """The title that the web page names in a field, where a title of the text ends with it or is it."""
    fields = [front.fields[name] for name in _SITE_TITLES if name in front.fields]
    for found in fields:
        words = _plain(found.value)
        if any(_plain(title.value) != words and _plain(title.value).endswith(words) for title in titles):
            return found
    return fields[0] if fields and not titles else None


def _join(block: Sequence[Shown]) -> list[Shown]:
    """Join title lines into titles: a line goes on with the next until a kind (and its brackets) is complete."""
    titles: list[Shown] = []
    current: Shown | None = None
    for line in block:
        if parts.is_organisation(line.value) and current is None:
            current = line
            continue
        bracket = re.fullmatch(r"[（(].{1,30}[)）]", line.value)
        if bracket and titles and current is None:
            titles[-1] = _together(titles[-1], line)
            continue
        current = line if current is None else _together(current, line)
        if parts.kind_of(current.value):
            titles.append(current)
            current = None
    if current is not None and not (titles and parts.is_organisation(current.value)):
        titles.append(current)
    return [Shown(_BETWEEN_HAN.sub("", title.value), title.start, title.end) for title in titles]


def _together(first: Shown, second: Shown) -> Shown:
    return Shown(first.value + second.value, first.start, second.end)


def _plain(title: str) -> str:
    return re.sub(r"[\s《》]", "", title)
