"""Question files: questions with the quotes that answer them and the facts a right answer holds."""

from dataclasses import dataclass
from pathlib import Path

from evaluation.lines import Id, Row, check_new, read_rows
from index.query import LONGEST_QUESTION
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words of a document that answer a question, or a whole clause by its label."""

    document: str  # first three characters of its source's file name
    quote: str  # verbatim, in one line of the document; empty where a label is given
    label: str = ""  # as the clause is cited: 二、(一)3.


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a question file."""

    id: Id
    kind: str  # e.g. "teacher", "number"
    question: str
    answerable: bool
    gold: tuple[GoldQuote, ...]  # empty where it can't be answered
    facts: tuple[str, ...]  # strings that a right answer holds


def read_questions(path: Path) -> list[Question]:
    """Read a question file, in the form of `{"id","kind","question","answerable","gold","facts","scope"}` a line.

    Raises UsageError, naming file and line, where a row is not of that form or no row is there.
    """
    seen: set[str] = set()
    questions = []
    for row in read_rows(path):
        questions.append(_question(row))
        check_new(row, questions[-1].id, seen)
    if not questions:
        raise UsageError(f"{path}: holds no question")
    return questions


def _question(row: Row) -> Question:
    question = Question(
        id=row.id(),
        kind=row.text("kind"),
        question=row.text("question"),
        answerable=row.flag("answerable"),
        gold=tuple(_gold(row, entry) for entry in row.list("gold")),
        facts=tuple(_fact(row, entry) for entry in row.list("facts")),
    )
    if len(question.question.strip()) > LONGEST_QUESTION:
        raise row.fault(f"question has {len(question.question)} characters: at most {LONGEST_QUESTION} can be asked")
    if question.answerable != bool(question.gold):
        raise row.fault("an answerable question needs gold, and one that isn't answerable has none")
    return question


def _gold(row: Row, entry: object) -> GoldQuote:
    if not isinstance(entry, dict):
        raise row.fault('gold holds an entry that is neither {"doc","quote"} nor {"doc","label"}')
    inner = Row(entry, f"{row.place}, gold")
    if "label" in entry:
        return GoldQuote(inner.text("doc"), "", inner.text("label"))
    return GoldQuote(inner.text("doc"), inner.text("quote"))


def _fact(row: Row, entry: object) -> str:
    if not isinstance(entry, str) or not entry.strip():
        raise row.fault("facts holds an entry that is not text")
    return entry
