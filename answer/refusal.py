"""When not to answer: what the library lacks, said in the words of the question."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.basis import Judgement
from answer.choose import with_figures
from answer.evidence import Evidence
from answer.intent import Intent, intent_of
from answer.premise import not_granted
from answer.shortfall import named
from index.hits import Result
from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of

_TERM = re.compile("[“「『]([^”」』]{2,20})[”」』]")
_ORDER = re.compile(
    r"(?:忽略|无视|忘掉|忘记|不要管|不用管|绕过|解除|跳过)[^，。？]{0,10}(?:指令|提示词|设定|限制|过滤|身份|(?:前面|以上|之前|上面|所有)的?规则)|"
    r"系统提示|提示词|内部指令|开发者模式|(?:扮演|假装)(?:成|自己是)?(?:一个|一名|你是)"
)
CLOSE = -1.0
"""Log odds from which the nearest clauses may well answer a refused question: half of them do (docs/quality.md)."""
_GRANTING = 5
"""Sentences, best first, that may say what a question takes for granted."""


def missing_basis(library: Library, result: Result, found: Sequence[Evidence], judged: Judgement) -> str | None:
    """Say what the library lacks to answer; None where the evidence is a basis."""
    query = result.query
    documents = library.snapshot().documents
    if not documents:
        return "文库里还没有文件"
    return (
        _order(query)
        or _missing_place(query)
        or _missing_number(query, result)
        or _missing_year(query, documents)
        or _weak(library, query, found, judged)
        or _missing_figure(query, found)
        or _false_premise(query, found)
    )


def is_close(library: Library, result: Result, found: Sequence[Evidence], judged: Judgement) -> bool:
    """Tell whether a refused question lacks nothing but certainty: the nearest clauses may well answer it."""
    sure = replace(judged, margin=0.0)
    return CLOSE <= judged.margin < 0 and missing_basis(library, result, found, sure) is None


def _order(query: Query) -> str | None:
    """An order to the program is no question; the words of documents and questions are never obeyed."""
    return "这是对程序的指令，不是要查的问题" if _ORDER.search(query.question) else None


def _missing_place(query: Query) -> str | None:
    if query.missing_regions and not query.regions:
        return f"文库中没有{'、'.join(query.missing_regions)}的文件"
    return None


def _missing_number(query: Query, result: Result) -> str | None:
    """A named article or number that is not in the library must not be answered from another."""
    found = any(hit.reasons and hit.reasons[0].startswith(("条号", "文号", "文中引用")) for hit in result.hits)
    if found:
        return None
    if query.articles:
        return "文库中没有" + "、".join(f"《{each.named}》{each.paragraph}" for each in query.articles)
    if query.numbers:
        return f"文库中没有{'、'.join(query.numbers)}，也没有文件引用它"
    return None


def _missing_year(query: Query, documents: Sequence[DocumentRow]) -> str | None:
    if not query.years or query.articles or query.numbers:
        return None
    inside = [row for row in documents if not query.regions or row.metadata.region in query.regions]
    held = {year for row in inside for year in years_of(row.metadata)}
    if set(query.years) & held:
        return None
    place = "、".join(query.regions)
    have = f"（现有{'、'.join(map(str, sorted(held)))}年）" if held and len(held) <= 8 else ""
    return f"文库中没有{place}{'、'.join(map(str, query.years))}年的文件{have}"


def _weak(library: Library, query: Query, found: Sequence[Evidence], judged: Judgement) -> str | None:
    if found and (found[0].asked or found[0].hit.score >= library.weights.lookup):
        return None
    if found and (judged.margin >= 0 or _quoted(query, found)):
        return None
    place = "、".join(query.regions)
    if judged.off_domain and not query.regions:
        return "这不像是教育政策问题，文库中的文件没有说到"
    words = named(judged.missing)
    return f"文库中{place}的文件没有说到{words}" if words else f"文库中{place}的文件没有确切说到这个问题"


def _quoted(query: Query, found: Sequence[Evidence]) -> bool:
    """Tell whether a term that the question puts in quotation marks stands in the best sentences."""
    near = "".join(each.text for each in found[:_GRANTING])
    return any(term in near for term in _TERM.findall(query.question))


def _false_premise(query: Query, found: Sequence[Evidence]) -> str | None:
    if found[0].asked:
        return None
    word = not_granted(query.question, [each.text for each in found[:_GRANTING]])
    return f"最接近的原文都没有说“{word}”，问题的前提在文件中没有依据" if word else None


def _missing_figure(query: Query, found: Sequence[Evidence]) -> str | None:
    """The documents speak of the matter, but the sentences that do hold no figure of the kind asked for."""
    if intent_of(query) is not Intent.FIGURE or found[0].asked or with_figures(query, found):
        return None
    return "文件说到了这件事，但没有写出所问的数字"
