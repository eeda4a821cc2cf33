"""How an answer came about: the question as understood, both rankings, their fusion, evidence and thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.answering import HITS, gathered
from answer.basis import judge
from answer.compose import selected
from answer.evidence import Evidence
from answer.intent import spoken_intent
from answer.refusal import missing_basis
from index.fusion import confidence
from index.hits import Filters, Result, ScoredPassage
from index.library import Library
from index.query import Query

SHOWN = 5
"""Sentences of each ranking that are shown."""
_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence in a ranking; higher scores are better."""

    reference: str
    text: str
    score: float
    chosen: bool = False  # it, or a range around it, was said


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came about."""

    understood: tuple[tuple[str, str], ...]  # name and value, in Chinese
    confidence: float  # 0 to 1: how well the library knows the question's words
    weight: float  # of BM25 beside a cosine
    by_meaning: tuple[Ranked, ...]  # by cosine
    by_words: tuple[Ranked, ...]  # by BM25
    fused: tuple[Ranked, ...]
    evidence: tuple[Ranked, ...]  # inside the places and years asked about
    margin: float | None  # log odds above the threshold of refusal; None where a clause was asked for by its number
    missing: str | None  # what the library lacks, in Chinese; None where it was answered


def explain(library: Library, question: str, *, filters: Filters | None = None) -> Explanation:
    """Answer a question once more and say how. Raises QuestionError."""
    result = library.search(question, k=HITS, filters=filters)
    found, judged = gathered(library, result, filters), judge(library, result)
    snapshot = library.snapshot()
    known = confidence(snapshot.lexical, result.query.content, snapshot.lexical.scores(result.query.content))
    asked = bool(found) and found[0].asked
    return Explanation(
        understood=understood(result.query),
        confidence=known,
        weight=float(library.weights.of_words(known)),
        by_meaning=_ranked(result, [each.dense for each in result.passages]),
        by_words=_ranked(result, [each.lexical for each in result.passages]),
        fused=_ranked(result, [each.score for each in result.passages]),
        evidence=_evidence(library, result.query, found),
        margin=None if asked else judged.margin,
        missing=missing_basis(library, result, found, judged),
    )


def understood(query: Query) -> tuple[tuple[str, str], ...]:
    """The question as understood: place, year, 文号, article, what is asked for; what it does not say is left out."""
    articles = (f"《{each.named}》{each.paragraph}{each.item}" for each in query.articles)
    named = [
        ("地区", "、".join((*query.regions, *(f"{place}（文库中没有）" for place in query.missing_regions)))),
        ("年份", "、".join(map(str, query.years))),
        ("文种", "、".join(query.kinds)),
        ("文号", "、".join(query.numbers)),
        ("条款", "、".join(articles)),
        ("问的是", spoken_intent(query)),
    ]
    return tuple((name, value) for name, value in named if value)


def _ranked(result: Result, scores: Sequence[float]) -> tuple[Ranked, ...]:
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:SHOWN]
    return tuple(Ranked(_named(result.passages[i]), result.passages[i].passage.text, scores[i]) for i in order)


def _named(scored: ScoredPassage) -> str:
    title = scored.document.metadata.title
    heading = scored.passage.context.removeprefix(title).strip()
    return f"《{title}》" + (f" {heading}" if heading else "")


def _evidence(library: Library, query: Query, found: Sequence[Evidence]) -> tuple[Ranked, ...]:
    if not found:
        return ()
    said = selected(library, query, found)

    def is_said(piece: Evidence) -> bool:
        same = (each for each in said if each.hit.document.id == piece.hit.document.id)
        return any(each.start < piece.end and piece.start < each.end for each in same)

    return tuple(
        Ranked(
            f"《{piece.hit.document.metadata.title}》{piece.hit.clause.clause.citation_label}",
            piece.text,
            piece.score,
            is_said(piece),
        )
        for piece in found[:_EVIDENCE]
    )
