"""Feedback as rows of a question file, so that what people said of answers becomes a measure."""

import json
from collections.abc import Iterable, Iterator

from answer.kept import KeptAnswer, opened
from index.notebook import Feedback

NAME = 3
"""Characters of a file name that name the document in question files, see `evaluation.question_file`."""


def question_rows(feedback: Iterable[Feedback]) -> Iterator[dict[str, object]]:
    """Yield a row of a question file for each answer that was called right, the latest of a question only.

    A right answer's quotations are its gold; a right refusal is a question that can't be answered. What was called
    wrong or incomplete has no gold yet: see `open_rows`.
    """
    latest = {each.question: each for each in feedback}
    for number, each in enumerate(latest.values(), start=1):
        if each.verdict == "right":
            yield _row(number, each, opened(each.answer))


def open_rows(feedback: Iterable[Feedback]) -> Iterator[dict[str, object]]:
    """Yield what was called wrong or incomplete, with the words of who said so, for a person to find the gold of."""
    for each in feedback:
        if each.verdict != "right":
            said = opened(each.answer)
            text = "".join(statement.text for statement in said.statements)
            yield {
                "question": each.question,
                "verdict": each.verdict,
                "words": each.words,
                "at": each.at,
                "answer": text,
            }


def json_lines(rows: Iterable[dict[str, object]]) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _row(number: int, each: Feedback, said: KeptAnswer) -> dict[str, object]:
    gold = [
        {"doc": kept.citation.source.rpartition("/")[2][:NAME], "quote": kept.citation.quote.split("\n")[0]}
        for kept in said.citations
    ]
    return {
        "id": f"f{number:04}",
        "kind": "feedback",
        "question": each.question,
        "answerable": not said.refused,
        "gold": gold,
        "facts": [],
        "scope": None,
    }
