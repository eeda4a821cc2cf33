"""What a document prints about itself: title, 发文字号, issuer, place, dates, period, kind."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import parts
from ingest.document import Clause, Metadata, Reading
from ingest.gazetteer import place_in, place_named, places
from ingest.lines import fields_of

_PERIOD = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—\-－–~～至到]+\s*((?:19|20)\d{2})\s*年?")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:学?年|秋季|春季)")
_EFFECTIVE = re.compile(r"自\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*起?(?:正式)?(?:施行|实施|执行)")
_GENERAL_ISSUER = re.compile(r"(?:省|市|县|区)(?:教育局|教体局|教育厅|政府|委教育工委)")
_SITE_DATES = ("发布时间", "发布日期", "时间", "日期")
_SITE_ISSUERS = ("发布机构", "发文机关", "发文单位", "信息来源", "来源", "文章来源")
_PLACE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}[市县]")
_MOST_LINES = 20  # of a title; what goes on longer is none
_NATIONAL = ("中华人民共和国", "最高人民法院", "最高人民检察院", "国务院", "教育部", "全国", "中共中央", "国家")


@dataclass(frozen=True, slots=True)
class _Front:
    """The rows of a document that name it, with the words of each."""

    titles: tuple[tuple[str, ...], ...]  # title lines, a tuple for each title block
    fields: dict[str, str]  # web fields: 来源, 时间, 文号 …
    signature: str | None
    signature_date: str | None
    notes: tuple[str, ...]  # 题注: （2024年5月30日…联合印发）
    numbers: tuple[str, ...]


def metadata_of(reading: Reading, rows: Sequence[Clause], fallback_title: str) -> tuple[Metadata, tuple[str, ...]]:
    """Read the metadata; the second value says in words what was inferred or is unknown."""
    front = _front(reading.text, rows)
    title, cover = _titles(front, reading.title, fallback_title)
    region, place_note = _region(title, cover, front, reading.text)
    issuer, issuer_note = _issuer(title, cover, front, region)
    place = place_named(region) if region else None
    number = front.numbers[0] if front.numbers else None
    signed = front.signature_date or parts.iso_date(
        front.fields.get("公文生成日期", "") or front.fields.get("成文日期", "")
    )
    published = _published(front, signed, reading.text, rows)
    effective = _EFFECTIVE.search(reading.text)
    metadata = Metadata(
        title=title,
        issuer=issuer,
        region=region,
        province=place.province if place else None,
        number=number,
        index_number=front.fields.get("索引号"),
        published=published,
        signed=signed,
        effective=parts.iso_date(effective[1]) if effective else None,
        period=_period(title) or _period(cover or ""),
        kind=parts.kind_of(title),
        cover_title=cover,
        cover_kind=parts.kind_of(cover) if cover else None,
    )
    unknown = [name for name, value in (("发文机关", issuer), ("地区", region), ("日期", published)) if value is None]
    notes = [note for note in (place_note, issuer_note) if note]
    return metadata, (*notes, *([f"未能识别：{'、'.join(unknown)}"] if unknown else []))


def _front(text: str, rows: Sequence[Clause]) -> _Front:
    blocks: list[list[str]] = []
    fields: dict[str, str] = {}
    numbers: list[str] = []
    notes: list[str] = []
    signatures: list[str] = []
    date = None
    in_attachment = False
    for i, row in enumerate(rows):
        words = text[row.start : row.end].strip("#>*_\u200b\ufeff \t\u3000")
        in_attachment = in_attachment or row.role == "attachment"
        if row.role == "title" and not in_attachment:
            if parts.is_number(words) or parts.is_red_head(words):
                numbers += [found for found in [parts.number_in(words)] if found]
                continue
            if blocks and i and rows[i - 1].role in {"title", "title_note"}:
                blocks[-1].append(words)
            else:
                blocks.append([words])
        elif row.role == "furniture":
            fields |= {name: value for name, value in fields_of(words).items() if name not in fields and value}
        elif row.role == "title_note":
            notes.append(words)
        elif row.role == "signature" and not in_attachment:
            signatures += words.split()
        elif row.role == "signature_date" and not in_attachment:
            date = parts.iso_date(words)
    site_number = next(
        (parts.number_in(fields[name]) for name in ("备注/文号", "文号", "发文字号") if name in fields), None
    )
    titles = tuple(tuple(block[:_MOST_LINES]) for block in blocks)
    signature = "、".join(signatures) or None
    return _Front(titles, fields, signature, date, ("".join(notes),), tuple(filter(None, [site_number, *numbers])))


def _titles(front: _Front, given: str | None, fallback: str) -> tuple[str, str | None]:
    """The citable title, and that of the notice which wraps it."""
    joined = [title for block in front.titles for title in _join(block)]
    named_once: dict[str, str] = {}
    for title in joined:
        named_once.setdefault(_plain(title), title)
    distinct = list(named_once.values())
    if not distinct:
        return (given or fallback), None
    notices = [title for title in distinct if title.endswith("通知")]
    others = [title for title in distinct if not title.endswith("通知")]
    if notices and others and re.search("印发|转发|发布|公布", notices[0]):
        return others[0], notices[0]
    named = [title for title in distinct if parts.kind_of(title)]
    return (named or distinct)[0], None


def _join(block: Sequence[str]) -> list[str]:
    """Join title lines into titles: a line goes on with the next until a kind (and its brackets) is complete."""
    titles: list[str] = []
    current = ""
    for line in block:
        if parts.is_organisation(line) and not current:
            current = line
            continue
        bracket = re.fullmatch(r"[（(].{1,30}[)）]", line)
        if bracket and titles and not current:
            titles[-1] += line
            continue
        current += line
        if parts.kind_of(current):
            titles.append(current)
            current = ""
    return [*titles, current] if current and not (titles and parts.is_organisation(current)) else titles


def _plain(title: str) -> str:
    return re.sub(r"[\s《》]", "", title)


def _region(title: str, cover: str | None, front: _Front, text: str) -> tuple[str | None, str | None]:
    issuers = (front.fields[name] for name in _SITE_ISSUERS if name in front.fields)
    sources = [title, cover, front.signature, *issuers]
    for source in filter(None, sources):
        if source.startswith(_NATIONAL):
            return "全国", None
        if place := place_in(source):
            return place, None
    counted = Counter(name for name in _known_places(text))
    if counted and (best := counted.most_common(1)[0])[1] >= 3:
        return best[0], f"地区“{best[0]}”由正文推断（出现{best[1]}次）"
    return None, None


def _known_places(text: str) -> list[str]:
    """Every mention of a known 市 or 县, longest name first: 《台州市“十五五”教育发展规划》."""
    found = []
    for match in _PLACE_NAME.finditer(text):
        name = match[0]
        found += [name[i:] for i in range(len(name) - 2) if name[i:] in places()][:1]
    return found


def _issuer(title: str, cover: str | None, front: _Front, region: str | None) -> tuple[str | None, str | None]:
    for name in (front.signature, *(front.fields.get(field) for field in _SITE_ISSUERS)):
        if name and parts.is_organisation(name):
            if region and _GENERAL_ISSUER.fullmatch(name):
                return region + name[1:], f"发文机关由“{name}”和地区推断"
            return name, None
    if noted := _issuer_in_note("".join(front.notes)):
        return noted, None
    for source in filter(None, (cover, title)):
        match = re.match(r"(.{2,40}?)关于", source)
        if match and parts.is_organisation(match[1]):
            return match[1], None
    if region and place_in(title) and re.search(r"教育(?:工作|体育工作)(?:要点|总结|计划)$", title):
        return f"{region}教育局", "发文机关由标题推断，正文未写明"
    return None, None


def _issuer_in_note(note: str) -> str | None:
    """Who passed or issued a text, as its 题注 says.

    >>> _issuer_in_note("2015年2月11日 上海市第十四届人民代表大会常务委员会第十九次会议通过")
    '上海市人民代表大会常务委员会'
    >>> _issuer_in_note("（2022年8月25日云川市教育局、云川市体育局联合印发）")
    '云川市教育局、云川市体育局'
    """
    match = re.match(r"[（(]?\s*\d{4}年\d{1,2}月\d{1,2}日\s*(.+?)\s*(?:联合)?(?:印发|发布|公布|通过)", note)
    if not match:
        return None
    name = re.sub(r"第[一二三四五六七八九十百]+届|第[一二三四五六七八九十百]+次.*$|令第.*$", "", match[1])
    body = re.match(r".*?(?:人民代表大会常务委员会|人民代表大会)", name)
    name = body[0] if body else name
    return name if parts.is_organisation(name) or name in {"国务院", "教育部"} else None


def _published(front: _Front, signed: str | None, text: str, rows: Sequence[Clause]) -> str | None:
    for name in _SITE_DATES:
        if date := parts.iso_date(front.fields.get(name, "")):
            return date
    imprints = (parts.iso_date(text[row.start : row.end]) for row in rows if row.role == "imprint")
    notes = [parts.iso_date(text[row.start : row.end]) for row in rows if row.role == "title_note"]
    return next(filter(None, imprints), None) or signed or next(filter(None, reversed(notes)), None)


def _period(title: str) -> tuple[int, int] | None:
    if match := _PERIOD.search(title):
        return int(match[1]), int(match[2])
    if match := _YEAR.search(title):
        return int(match[1]), int(match[1])
    return None
