"""Questions about the five real policies: the development set, and everyday ones written apart, labelled by clause.

The bounds lie a little below what docs/quality.md reports: they tell when something breaks, they are no goals.
"""

from functools import partial
from pathlib import Path

from answer import answer
from evaluation.question_file import read_questions
from evaluation.questions import Measures, judge, measured
from index.library import Library


def measures(library: Library, questions: Path) -> Measures:
    found = measured(judge(library, read_questions(questions), partial(answer, library)))
    assert found.quotes_exact == 1.0
    return found


def test_development_questions(policy_library: Library, shared: Path) -> None:
    found = measures(policy_library, shared / "eval" / "dev.jsonl")
    least = {
        "ndcg_at_10": 0.945,
        "hit_at_1": 0.90,
        "unanswerable_refused": 0.88,
        "facts_complete": 0.88,
        "citation_precision_quote": 0.85,
        "citation_precision_clause": 0.89,
        "citation_recall_clause": 0.84,
    }
    assert {name: getattr(found, name) for name, bound in least.items() if getattr(found, name) < bound} == {}
    assert found.answerable_refused <= 0.04
    assert found.answer_characters_median <= 220


def test_everyday_questions_that_nothing_was_tuned_on(policy_library: Library, root: Path) -> None:
    found = measures(policy_library, root / "tests" / "labels_questions" / "everyday.jsonl")
    assert (found.questions, found.answerable) == (149, 105)
    least = {"ndcg_at_10": 0.93, "hit_at_1": 0.84, "hit_at_5": 0.97, "unanswerable_refused": 0.75}
    assert {name: getattr(found, name) for name, bound in least.items() if getattr(found, name) < bound} == {}
    assert found.answerable_refused <= 0.15
    assert found.citation_precision_clause >= 0.82
