"""The sample library: which documents belong to it, and questions that the library at hand can be asked."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from index.records import ClauseRow, DocumentRow
from ingest.load import discover
from pages.parts.signs import NUMBER, unsigned
from pages.parts.wording import facts

Item = TypeVar("Item")

FOLDER = Path(__file__).resolve().parents[2] / "samples"
NOTICE = "示例文库：云川市等为虚构地名，文件仅供试用，不是现行政策。"
QUESTIONS = (
    "课间能不能多歇一会儿？",
    "下班晚赶不上接孩子，学校能多看一会儿吗？",
    "老师在一所学校教满几年要轮岗？",
    "补习班的预付费怎么监管？",
    "上级让老师做跟教学无关的事，学校能拒绝吗？",
    "云川市和石桥县2025年普惠性幼儿园覆盖率各要达到多少？",
)
_SUBJECT = re.compile(r"[\u4e00-\u9fff、]{6,16}")
_CHAPTER = re.compile(r"[\u4e00-\u9fff、]{4,16}")
_NUMBERING = re.compile(rf"^[#\s]*{NUMBER}[\s　]*")
_LAW = re.compile(r".*(?:法|条例|规定|规则|细则|解释)")
_GENERIC = re.compile(
    "总则|附则|附件|附录|措施|目标|组织|领导|要求|指导思想|基本原则|[任业]务|重点工作|工作(?:安排|思路|回顾|情况|总结|计划)"
    "|步骤|下一步|问题|规定|法律责任|监督管理|其他|说明|进度|时间安排|总体|一览表|名单"
)
"""Headings that many documents have: they name no subject."""


def sample_hashes(folder: Path = FOLDER) -> dict[str, str]:
    """Content hashes of the sample files by their sources."""
    files = discover([folder]) if folder.is_dir() else ()
    return {file.source: sha256(file.path.read_bytes()).hexdigest() for file in files}


def samples_among(documents: Iterable[DocumentRow], hashes: Mapping[str, str]) -> frozenset[str]:
    """Ids of the documents that are sample files, unchanged."""
    return frozenset(row.id for row in documents if hashes.get(row.source) == row.content_hash)


def questions_for(
    documents: Sequence[DocumentRow], clauses: Iterable[ClauseRow], samples: Collection[str], k: int = 6
) -> list[str]:
    """Questions to begin with: of the sample library its own, of another one its headings."""
    if documents and len(samples) == len(documents):
        return list(QUESTIONS[:k])
    chosen = _spread([row for row in documents if row.id not in samples], 4 * k)
    headings = _headings(clauses, {row.id: _is_law(row) for row in chosen})
    asked = [_question(row, headings[row.id]) for row in chosen if row.id in headings]
    return _spread(asked, k)


def _spread(items: Sequence[Item], k: int) -> list[Item]:
    """At most k of the items, evenly spaced."""
    if len(items) <= k:
        return list(items)
    return [items[i * len(items) // k] for i in range(k)]


def _is_law(row: DocumentRow) -> bool:
    return _LAW.fullmatch(row.metadata.kind or "") is not None


def _headings(clauses: Iterable[ClauseRow], documents: Mapping[str, bool]) -> dict[str, str]:
    """Of each document the heading in its middle that names a subject, without number and end mark.

    `documents` tells of each id whether it is a law: chapters of laws have short names.
    """
    found: dict[str, dict[str, None]] = {}
    for row in clauses:
        if row.document in documents:
            for heading in row.clause.path:
                words = _NUMBERING.sub("", unsigned(heading)).strip("。 　")
                named = _CHAPTER if documents[row.document] else _SUBJECT
                if named.fullmatch(words) and not _GENERIC.search(words):
                    found.setdefault(row.document, {})[words] = None
    return {document: list(words)[len(words) // 2] for document, words in found.items()}


def _question(row: DocumentRow, heading: str) -> str:
    metadata = row.metadata
    if _is_law(row):
        return f"《{metadata.title}》对{heading}是怎么规定的？"
    place = metadata.region if metadata.region != "全国" else None
    named = f"{place}{dict(facts(metadata)).get('所涉年份', '')}" if place else f"《{metadata.title}》"
    asked = "做了哪些工作" if "总结" in (metadata.kind or "") else "有哪些要求"
    return f"{named}在{heading}方面{asked}？"
