"""The sample library: which documents belong to it, and questions that the library at hand can be asked."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from index.records import ClauseRow, DocumentRow
from ingest.load import discover

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
_HEADING = re.compile(r"[\u4e00-\u9fff“”]{4,14}")
_NUMBERING = re.compile(
    r"^[#\s]*(?:第?[一二三四五六七八九十百\d]+[章节条、.．]|[（(][一二三四五六七八九十\d]+[）)])[\s　]*"
)


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
    headings = _headings(clauses, {row.id for row in chosen})
    asked = [_question(row, headings[row.id]) for row in chosen if row.id in headings]
    return _spread(asked, k)


def _spread(items: Sequence[Item], k: int) -> list[Item]:
    """At most k of the items, evenly spaced."""
    if len(items) <= k:
        return list(items)
    return [items[i * len(items) // k] for i in range(k)]


def _headings(clauses: Iterable[ClauseRow], documents: Collection[str]) -> dict[str, str]:
    """Of each of the documents the heading in its middle, without number and end mark."""
    found: dict[str, dict[str, None]] = {}
    for row in clauses:
        if row.document in documents:
            for heading in row.clause.path:
                words = _NUMBERING.sub("", heading).strip("。 　")
                if _HEADING.fullmatch(words):
                    found.setdefault(row.document, {})[words] = None
    return {document: list(words)[len(words) // 2] for document, words in found.items()}


def _question(row: DocumentRow, heading: str) -> str:
    metadata = row.metadata
    year = f"{metadata.period[0]}年" if metadata.period and metadata.period[0] == metadata.period[1] else ""
    if metadata.region and metadata.region != "全国":
        return f"{metadata.region}{year}对“{heading}”有什么要求？"
    return f"《{metadata.title}》对“{heading}”有什么规定？"
