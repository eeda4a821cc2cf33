"""Clauses asked for by number: 发文字号, and article of a named law."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ngrams import normalised
from index.query import Query
from index.records import DocumentRow
from index.references import ArticleReference, plain_title
from index.snapshot import Snapshot

CANDIDATES = 300
"""Passages looked at for a 发文字号 that is no document's own."""
_BRACKETS = {ord(char): None for char in "〔〕[]()【】<>﹝﹞ \t\n\u3000"}
_EMPTY_WORDS = re.compile(
    r"[\s，,。？?！!：:；;、（）()《》“”]|是什么|什么|文件|哪个|哪份|内容|讲|说|了|的|吗|呢|请问|查|找|看|一下|"
    r"关于|主要|规定|怎么|全文|里|中"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Why a clause is asked for, and how it ranks among those: higher first; similarity counts where it is 0."""

    reason: str  # in Chinese, for people
    rank: float


def looked_up(snapshot: Snapshot, query: Query, admitted: NDArray[np.bool_]) -> dict[int, Asked]:
    """Clauses (indexes into `snapshot.clauses`) that the question asks for by number.

    `admitted` (documents,) says which documents the filters let through.
    """
    if not query.numbers and not query.articles:
        return {}
    allowed = {row.id for row, admit in zip(snapshot.documents, admitted, strict=True) if admit}
    return _by_number(snapshot, query, allowed) | _by_article(snapshot, query, allowed)


def _by_article(snapshot: Snapshot, query: Query, allowed: set[str]) -> dict[int, Asked]:
    """The named articles, each of the version that comes first, then of the others; paragraphs in order."""
    found: dict[int, Asked] = {}
    for reference in query.articles:
        versions = [document for document in reference.documents if document in allowed]
        places = [_places(snapshot, reference, snapshot.ranges[document]) for document in versions]
        if not reference.documents:
            places = [_in_attachments(snapshot, reference, allowed)]
        for version, inside in enumerate(places):
            for i in inside:
                reason = f"条号：《{reference.named}》{reference.paragraph}{reference.item}"
                found.setdefault(i, Asked(reason, 2 - 0.5 * min(version, 1) - 0.001 * len(found)))
    return found


def _places(snapshot: Snapshot, reference: ArticleReference, clauses: Iterable[int]) -> list[int]:
    """The paragraph asked for among these clauses; all of the article where it is not divided so."""
    labels = [(i, snapshot.clauses[i].clause.label) for i in clauses]
    exact = [i for i, label in labels if label == reference.paragraph]
    return exact or [i for i, label in labels if re.fullmatch(rf"{reference.label}(?:第.+款)?", label)]


def _in_attachments(snapshot: Snapshot, reference: ArticleReference, allowed: set[str]) -> list[int]:
    """The article of rules that are an attachment of a document: 附件1 幼儿园管理办法."""
    inside = (
        i
        for i, row in enumerate(snapshot.clauses)
        if row.document in allowed
        and row.clause.path
        and row.clause.path[0].startswith("附")
        and plain_title(row.clause.path[0]).endswith(reference.named)
    )
    return _places(snapshot, reference, inside)


def _by_number(snapshot: Snapshot, query: Query, allowed: set[str]) -> dict[int, Asked]:
    """The document of that number: its first clause, or if the question asks for more, the one that fits best."""
    found: dict[int, Asked] = {}
    for number in query.numbers:
        own = [row.id for row in snapshot.documents if row.id in allowed and has_number(row, number)]
        inside = [i for document in own for i in snapshot.ranges[document]]
        found |= dict.fromkeys(inside, Asked(f"文号：{number}", 0.0))
        if inside and not _EMPTY_WORDS.sub("", bare(query.content).replace(bare(number), "")):
            found[inside[0]] = Asked(f"文号：{number}", 2.0)
        if not own:
            holding = _citing(snapshot, number, allowed)
            found |= dict.fromkeys(holding, Asked(f"文中引用了{number}", 1.0))
    return found


def _citing(snapshot: Snapshot, number: str, allowed: set[str]) -> list[int]:
    """Clauses whose text cites a 发文字号, in any brackets."""
    scores = snapshot.lexical.scores(number)
    best = np.argsort(-scores)[:CANDIDATES]
    places = dict.fromkeys(int(snapshot.clause_of[i]) for i in best if scores[i] > 0)
    wanted = bare(number)
    rows = ((i, snapshot.clauses[i]) for i in places)
    return [i for i, row in rows if row.document in allowed and wanted in bare(row.text)]


def has_number(row: DocumentRow, number: str) -> bool:
    """Tell whether a document's own 发文字号 is `number`, whatever the brackets; words in front of it are let pass."""
    own = row.metadata.number
    return own is not None and bare(number).endswith(bare(own))


def bare(text: str) -> str:
    """A text without brackets and space, for comparing numbers: 晋政办202245号."""
    return normalised(text).translate(_BRACKETS).replace("第", "")
