"""The place a document is of: the narrowest that its title or issuer names, at last the one its text speaks of."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.front import Front, Shown
from ingest.gazetteer import Place, chain_in, known_in, places

_NATIONAL = ("中华人民共和国", "最高人民法院", "最高人民检察院", "国务院", "教育部", "全国", "中共中央", "国家")
_ISSUERS = ("发布机构", "发文机关", "发文机构", "发文单位", "信息来源", "来源", "文章来源")
_PLACE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}[市县区]")
_FEWEST = 3
"""Times that a text must name a place before the document is taken to be of it."""

NATIONWIDE = "全国"


def region_of(front: Front, titles: Sequence[Shown], text: str) -> tuple[Shown | None, Place | None]:
    """The region's name, 全国 for national documents, with the place where it is known."""
    sources = [*titles, *front.signatures, *([front.red_head] if front.red_head else []), *front.named(*_ISSUERS)]
    for source in sources:
        if source.value.startswith(_NATIONAL):
            return Shown(NATIONWIDE, source.start, source.end), None
        if chain := chain_in(source.value):
            return Shown(chain[-1].name, source.start, source.end, source.guessed, source.why), chain[-1]
    for title in (*titles, *front.notes):
        if chain := known_in(title.value):
            return Shown(chain[-1].name, title.start, title.end, title.guessed, title.why), chain[-1]
    return _most_named(text)


def _most_named(text: str) -> tuple[Shown | None, Place | None]:
    counted = Counter(name for name, _ in _known(text))
    if not counted or (best := counted.most_common(1)[0])[1] < _FEWEST:
        return None, None
    name, times = best
    start = next(place for each, place in _known(text) if each == name)
    return Shown(name, start, start + len(name), guessed=True, why=f"正文（出现{times}次）"), places()[name]


def _known(text: str) -> Iterator[tuple[str, int]]:
    """Every mention of a known 市, 县 or 区, longest name first: 《台州市“十五五”教育发展规划》."""
    for match in _PLACE_NAME.finditer(text):
        name = match[0]
        starts = (i for i in range(len(name) - 2) if name[i:] in places())
        if (first := next(starts, None)) is not None:
            yield name[first:], match.start() + first
