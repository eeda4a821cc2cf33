"""Asking a question file of a library, and measuring hits and answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from statistics import median

from answer.records import Answer
from evaluation.comparison import holds
from evaluation.gold import Gold, GoldFinder, Span
from evaluation.measures import (
    Measure,
    mean,
    ndcg,
    percentile,
    precision,
    recall,
    reciprocal_rank,
    share,
    success,
)
from evaluation.question_file import Question
from index.library import Library

K = 10
"""Hits that are measured."""


@dataclass(frozen=True, slots=True)
class Citing:
    """What a citation was found to be; ranges are compared in the canonical text, labels are not believed."""

    exact: bool  # its quote is the canonical text of its range
    on_quote: bool  # its range overlaps a gold quote
    on_clause: bool  # its range overlaps a gold clause


@dataclass(frozen=True, slots=True)
class Judged:
    """A question as it was answered, with what its gold says of it."""

    question: Question
    answer: Answer
    gold: tuple[Gold, ...]
    ranking: tuple[str, ...]  # clause ids of the hits, best first
    facts: tuple[bool, ...]  # for each fact, whether the answer holds it
    citings: tuple[Citing, ...]  # one a citation
    quotes_cited: tuple[bool, ...]  # for each gold quote, whether a citation overlaps it
    clauses_cited: tuple[bool, ...]  # for each gold quote, whether a citation overlaps its clause

    @property
    def relevant(self) -> frozenset[str]:
        """Ids of the distinct gold clauses; a quote that could not be mapped counts as one that is missed."""
        return frozenset(each.clause_id for each in self.gold)

    @property
    def fulfilled(self) -> float:
        """How well ranking and answer fit: nDCG@10 + share of facts + share of gold clauses cited, 0 to 3."""
        facts = share(sum(self.facts), len(self.facts))
        cited = share(sum(self.clauses_cited), len(self.clauses_cited))
        return ndcg(self.ranking, self.relevant, K) + (1 if facts is None else facts) + (cited or 0)


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of a set of questions; shares are 0 to 1, and None where there is nothing to measure.

    Hits, facts and citations are measured over the answerable questions, a refused one among them
    holding no fact and citing nothing; lengths over the answers given; times over all questions.
    """

    questions: int
    answerable: int
    ndcg_at_10: float | None  # higher is better, as down to recall
    mrr_at_10: float | None
    hit_at_1: float | None
    hit_at_5: float | None
    recall_at_10: float | None
    unanswerable_refused: float | None  # higher is better
    answerable_refused: float | None  # lower is better
    facts_complete: float | None  # of questions with facts, those whose answer holds all of them; higher is better
    facts_present: float | None  # of facts; higher is better
    quotes_exact: float | None  # of all citations, those equal to canonical_text[start:end]; must be 1
    citation_precision_quote: float | None  # of citations, those that overlap a gold quote; higher is better
    citation_precision_clause: float | None  # of citations, those that lie in a gold clause; higher is better
    citation_recall_quote: float | None  # of gold quotes, those a citation overlaps; higher is better
    citation_recall_clause: float | None  # of gold quotes, those whose clause a citation lies in; higher is better
    answer_characters_median: float | None  # of the answers given, numbers of citations left out
    milliseconds_p50: float | None  # lower is better
    milliseconds_p95: float | None

    def rounded(self) -> dict[str, float | int | None]:
        """Return the measures by name, as they are reported: to four digits."""
        values: dict[str, float | int | None] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            values[each.name] = round(value, 4) if isinstance(value, float) else value
        return values


def judge(library: Library, questions: Iterable[Question], answer: Callable[[str], Answer]) -> list[Judged]:
    """Answer questions and compare with their gold, in the order of the questions.

    Raises what `answer` raises.
    """
    finder = GoldFinder(library)
    library.snapshot()  # reading the library is not part of the first answer
    return [_judged(finder, question, answer(question.question)) for question in questions]


def measured(judged: Sequence[Judged]) -> Measures:
    """Measure judged questions as one set."""
    answerable = [each for each in judged if each.question.answerable]
    rest = [each for each in judged if not each.question.answerable]
    with_facts = [each for each in answerable if each.facts]
    citings = [citing for each in answerable for citing in each.citings]
    exact = [citing.exact for each in judged for citing in each.citings]
    times = [each.answer.milliseconds for each in judged]
    lengths = [sum(len(said.text) for said in each.answer.statements) for each in judged if not each.answer.refused]
    return Measures(
        questions=len(judged),
        answerable=len(answerable),
        ndcg_at_10=_mean(ndcg, answerable, K),
        mrr_at_10=_mean(reciprocal_rank, answerable, K),
        hit_at_1=_mean(precision, answerable, 1),  # of one place, the same as success
        hit_at_5=_mean(success, answerable, 5),
        recall_at_10=_mean(recall, answerable, K),
        unanswerable_refused=_share(each.answer.refused for each in rest),
        answerable_refused=_share(each.answer.refused for each in answerable),
        facts_complete=_share(all(each.facts) for each in with_facts),
        facts_present=_share(fact for each in with_facts for fact in each.facts),
        quotes_exact=_share(exact),
        citation_precision_quote=_share(citing.on_quote for citing in citings),
        citation_precision_clause=_share(citing.on_clause for citing in citings),
        citation_recall_quote=_share(cited for each in answerable for cited in each.quotes_cited),
        citation_recall_clause=_share(cited for each in answerable for cited in each.clauses_cited),
        answer_characters_median=float(median(lengths)) if lengths else None,
        milliseconds_p50=percentile(times, 50),
        milliseconds_p95=percentile(times, 95),
    )


def by_kind(judged: Sequence[Judged]) -> dict[str, Measures]:
    """Measure the questions of each kind, kinds in the order of the file."""
    kinds = dict.fromkeys(each.question.kind for each in judged)
    return {kind: measured([each for each in judged if each.question.kind == kind]) for kind in kinds}


def worst(judged: Sequence[Judged], count: int) -> list[Judged]:
    """Return the answerable questions that were served worst, worst first."""
    answerable = [each for each in judged if each.question.answerable]
    return sorted(answerable, key=lambda each: each.fulfilled)[:count]


def _judged(finder: GoldFinder, question: Question, answer: Answer) -> Judged:
    gold = tuple(finder.find(quote) for quote in question.gold)
    quotes = [each.span for each in gold]
    clauses = [each.clause for each in gold]
    cited = [Span(each.document, each.start, each.end) for each in answer.citations]
    texts = [finder.document(each.document).text[each.start : each.end] for each in answer.citations]
    said = [] if answer.refused else [each.text for each in answer.statements]
    return Judged(
        question=question,
        answer=answer,
        gold=gold,
        ranking=tuple(hit.clause.id for hit in answer.hits),
        facts=tuple(holds(said, fact) for fact in question.facts),
        citings=tuple(
            Citing(each.quote == text, _overlaps_any(span, quotes), _overlaps_any(span, clauses))
            for each, span, text in zip(answer.citations, cited, texts, strict=True)
        ),
        quotes_cited=tuple(_overlaps_any(span, cited) for span in quotes),
        clauses_cited=tuple(_overlaps_any(span, cited) for span in clauses),
    )


def _overlaps_any(span: Span | None, others: Iterable[Span | None]) -> bool:
    return span is not None and any(other is not None and span.overlaps(other) for other in others)


def _mean(measure: Measure, judged: Sequence[Judged], k: int) -> float | None:
    run = {str(each.question.id): each.ranking for each in judged}
    return mean(measure, run, {str(each.question.id): each.relevant for each in judged}, k)


def _share(flags: Iterable[bool]) -> float | None:
    held = list(flags)
    return share(sum(held), len(held))
