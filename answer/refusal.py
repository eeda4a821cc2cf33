"""When not to answer: what the library lacks, said in the words of the question."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.evidence import Evidence
from answer.figures import holds_figure
from answer.intent import Intent, intent_of
from index.library import Library
from index.query import Query
from index.records import DocumentRow, years_of
from index.search import Result, year_agreement


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores below which the best sentence is no basis; of the bundled model, see docs/quality.md."""

    score: float = 0.28  # cosine + scaled BM25 of the best sentence, lifts for place and year taken off
    sure: float = 0.45  # below this an answer is given with a word of caution


def missing_basis(library: Library, result: Result, found: Sequence[Evidence]) -> str | None:
    """Say what the library lacks to answer; None where the evidence is a basis."""
    query = result.query
    documents = library.snapshot().documents
    if not documents:
        return "文库里还没有文件"
    return (
        _missing_place(query)
        or _missing_article(query, result)
        or _missing_year(query, documents, found)
        or _weak(library, query, found)
        or _missing_figure(query, found)
    )


def _missing_place(query: Query) -> str | None:
    if query.missing_regions and not query.regions:
        return f"文库中没有{'、'.join(query.missing_regions)}的文件"
    return None


def _missing_article(query: Query, result: Result) -> str | None:
    """A named article or number that is not in the library must not be answered from another."""
    found = any(hit.reasons and hit.reasons[0].startswith(("条号", "文号", "文中引用")) for hit in result.hits)
    if query.articles and not found:
        named = "、".join(f"《{each.named}》{each.paragraph}" for each in query.articles)
        return f"文库中没有{named}"
    if query.numbers and not found:
        return f"文库中没有{'、'.join(query.numbers)}，也没有文件引用它"
    return None


def _missing_year(query: Query, documents: Sequence[DocumentRow], found: Sequence[Evidence]) -> str | None:
    if not query.years:
        return None
    named = [row for row in documents if not query.regions or row.metadata.region in query.regions]
    held = {year for row in named for year in years_of(row.metadata)}
    if set(query.years) & held:
        return None
    place = "、".join(query.regions)
    have = f"（现有{'、'.join(map(str, sorted(held)))}年）" if held else ""
    return f"文库中没有{place}{'、'.join(map(str, query.years))}年的文件{have}"


def _weak(library: Library, query: Query, found: Sequence[Evidence]) -> str | None:
    if found and (found[0].asked or found[0].hit.score >= library.weights.lookup):
        return None
    if not found or strength(library, query, found[0]) < Thresholds().score:
        place = "、".join(query.regions)
        return f"文库中{place + '的文件' if place else '的文件'}没有说到这个问题"
    return None


def strength(library: Library, query: Query, piece: Evidence) -> float:
    """Score of a sentence without what place and year added."""
    row = piece.hit.document
    lift = library.weights.region * (row.metadata.region in query.regions)
    lift += library.weights.year * year_agreement(query, row)
    return piece.score - lift


def _missing_figure(query: Query, found: Sequence[Evidence]) -> str | None:
    """The documents speak of the matter, but the sentences that do hold no figure."""
    if intent_of(query) is not Intent.FIGURE or any(piece.asked for piece in found):
        return None
    if any(holds_figure(piece.text) for piece in found[:3]):
        return None
    return "文件说到了这件事，但没有写出所问的数字"
