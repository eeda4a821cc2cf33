"""Clauses asked for by number: 发文字号, and article of a named law."""

import re
from dataclasses import dataclass

from index.ngrams import normalised
from index.query import Query
from index.records import DocumentRow
from index.snapshot import Snapshot

_EMPTY_WORDS = re.compile(
    r"[\s，,。？?！!：:；;、（）()《》“”]|是什么|什么|文件|哪个|哪份|内容|讲|说|了|的|吗|呢|请问|查|找|看|一下|关于|主要|规定|怎么|全文|里|中"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Why a clause is asked for, and how it ranks among those: higher first; similarity counts where it is 0."""

    reason: str  # in Chinese, for people
    rank: float


def looked_up(snapshot: Snapshot, query: Query) -> dict[int, Asked]:
    """Clauses (indexes into `snapshot.clauses`) that the question asks for by number."""
    if not query.numbers and not query.articles:
        return {}
    return _by_number(snapshot, query) | _by_article(snapshot, query)


def _by_article(snapshot: Snapshot, query: Query) -> dict[int, Asked]:
    """The named article of each version of the law, newest first, its paragraphs in order."""
    found: dict[int, Asked] = {}
    for reference in query.articles:
        for document in reference.documents:
            inside = [(i, row.clause.label) for i, row in enumerate(snapshot.clauses) if row.document == document]
            exact = [i for i, label in inside if label == reference.paragraph]
            exact = exact or [
                i for i, label in inside if label.startswith(f"{reference.label}第") or label == reference.label
            ]
            for i in exact:
                found[i] = Asked(f"条号：《{reference.named}》{reference.paragraph}", 2 - 0.001 * len(found))
    return found


def _by_number(snapshot: Snapshot, query: Query) -> dict[int, Asked]:
    """The document of that number: its first clause, or if the question asks for more, the one that fits best."""
    found: dict[int, Asked] = {}
    for number in query.numbers:
        own = {row.id for row in snapshot.documents if has_number(row, number)}
        inside = [i for i, row in enumerate(snapshot.clauses) if row.document in own]
        found |= {i: Asked(f"文号：{number}", 0.0) for i in inside}
        if inside and not _EMPTY_WORDS.sub("", _without_number(query.content, number)):
            found[inside[0]] = Asked(f"文号：{number}", 2.0)
        if not own:
            wanted = bare(number)
            holding = (i for i, row in enumerate(snapshot.clauses) if wanted in bare(row.text))
            found |= {i: Asked(f"文中引用了{number}", 1.0) for i in holding}
    return found


def _without_number(text: str, number: str) -> str:
    return bare(text).replace(bare(number), "")


def has_number(row: DocumentRow, number: str) -> bool:
    """Tell whether a document's own 发文字号 is `number`, whatever the brackets; words in front of it are let pass."""
    own = row.metadata.number
    return own is not None and bare(number).endswith(bare(own))


def bare(text: str) -> str:
    """A text without brackets and space, for comparing numbers: 晋政办202245号."""
    kept = normalised(text).translate({ord(char): None for char in "〔〕[]()【】<>﹝﹞ \t\n\u3000"})
    return kept.replace("第", "")
