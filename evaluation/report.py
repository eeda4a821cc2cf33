"""What `python -m evaluation questions` prints: tables, or one JSON object with the same numbers."""

import json
from collections.abc import Mapping, Sequence

from evaluation.questions import Judged, by_kind, measured, worst
from evaluation.table import Figure, columns_table, rows_table

_TITLES = {
    "questions": "questions",
    "answerable": "  of these answerable",
    "ndcg_at_10": "hits: nDCG@10",
    "mrr_at_10": "hits: MRR@10",
    "hit_at_1": "hits: hit@1",
    "hit_at_5": "hits: hit@5",
    "recall_at_10": "hits: recall@10",
    "unanswerable_refused": "unanswerable refused",
    "answerable_refused": "answerable refused (lower is better)",
    "facts_complete": "answers with all facts",
    "facts_present": "facts present",
    "quotes_exact": "quotes equal to source",
    "citation_precision_quote": "citation precision, gold quote",
    "citation_precision_clause": "citation precision, gold clause",
    "citation_recall_quote": "citation recall, gold quote",
    "citation_recall_clause": "citation recall, gold clause",
    "answer_characters_median": "answer length, median characters",
    "milliseconds_p50": "milliseconds p50",
    "milliseconds_p95": "milliseconds p95",
}


def print_text(judged: Sequence[Judged], about: Mapping[str, Figure], count: int) -> None:
    """Print what was measured, the table of measures and the `count` answerable questions that were served worst."""
    print(rows_table(about) + "\n")
    columns = {"overall": measured(judged), **by_kind(judged)}
    print(columns_table({name: measures.rounded() for name, measures in columns.items()}, _TITLES))
    for each in worst(judged, count):
        print(f"\n{_text_of(each)}")


def print_json(judged: Sequence[Judged], about: Mapping[str, Figure], count: int) -> None:
    """Print one JSON object: what was measured, measures by kind, gold without clause, worst questions."""
    report = {
        **about,
        "overall": measured(judged).rounded(),
        "by_kind": {kind: measures.rounded() for kind, measures in by_kind(judged).items()},
        "unmapped": unmapped(judged),
        "worst": [_object_of(each) for each in worst(judged, count)],
    }
    print(json.dumps(report, ensure_ascii=False))


def unmapped(judged: Sequence[Judged]) -> list[str]:
    """One line for each gold quote that no citable clause of the library holds."""
    return [
        f"question {each.question.id}, document {gold.quote.document}: {gold.fault}: {gold.quote.quote}"
        for each in judged
        for gold in each.gold
        if gold.fault
    ]


def _text_of(judged: Judged) -> str:
    question = judged.question
    gold = [f"{each.quote.document} {each.label or each.fault} {each.quote.quote}" for each in judged.gold]
    lines = [f"{question.id} ({question.kind}, {judged.fulfilled:.2f} of 3): {question.question}"]
    lines += [f"  gold:    {each}" for each in gold]
    lines += [f"  first:   {_first_hit(judged)}", f"  answer:  {judged.answer.text}"]
    lines += [f"  missing: {fact}" for fact in _missing(judged)]
    return "\n".join(lines)


def _object_of(judged: Judged) -> dict[str, object]:
    question = judged.question
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "fulfilled": round(judged.fulfilled, 4),
        "gold": [{"doc": each.quote.document, "label": each.label, "quote": each.quote.quote} for each in judged.gold],
        "first_hit": _first_hit(judged),
        "answer": judged.answer.text,
        "missing_facts": _missing(judged),
    }


def _first_hit(judged: Judged) -> str:
    if not judged.answer.hits:
        return "no hit"
    hit = judged.answer.hits[0]
    return f"{hit.document.source} {hit.clause.clause.citation_label} {hit.passage.text}"


def _missing(judged: Judged) -> list[str]:
    return [fact for fact, held in zip(judged.question.facts, judged.facts, strict=True) if not held]
