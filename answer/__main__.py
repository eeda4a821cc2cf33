"""Command line: answer one question, or a file of them."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.answering import answer
from answer.records import Answer
from index.export import hit_row
from index.library import Library
from ingest.command import run
from ingest.errors import QuestionError, UsageError


@dataclass(frozen=True, slots=True)
class Question:
    """A row of a question file."""

    id: str
    text: str


def parser() -> argparse.ArgumentParser:
    """The arguments of `python -m answer`."""
    parser = argparse.ArgumentParser(
        prog="python -m answer",
        description="Answer a question from the library, each sentence with its clause; refuse where it has no basis.",
    )
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="the question, in everyday words")
    parser.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    parser.add_argument("--json", action="store_true", help="print the answer as one JSON line")
    parser.add_argument("--questions", type=Path, metavar="IN.jsonl", help='answer a file of {"id","question"} rows')
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the answers to --questions go")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0, or 2 where it could not be carried out."""
    options = parser().parse_args(arguments)
    batch = options.questions is not None
    if batch == (options.question is not None) or batch != (options.out is not None):
        parser().error("give one QUESTION, or --questions with --out")
    return run("answer", lambda: _answer(options))


def _answer(options: argparse.Namespace) -> None:
    with Library.open(options.library) as library:
        if options.questions is not None:
            _answer_file(library, options.questions, options.out)
        else:
            _answer_one(library, options.question, as_json=options.json)


def _answer_one(library: Library, question: str, *, as_json: bool) -> None:
    given = answer(library, question)
    if as_json:
        print(json.dumps({"id": None, **row_of(given)}, ensure_ascii=False))
        return
    for caution in given.cautions:
        print(f"（{caution}）")
    for point in given.points:
        print(point.line)
    print(given.text)
    for citation in given.citations:
        print(f"\n[{citation.number}] {citation.reference}\n    {citation.quote}")
    if given.refused:
        print("\n最接近的条款：")
        for hit in given.hits[:3]:
            print(f"    《{hit.document.metadata.title}》{hit.clause.clause.citation_label}  {hit.passage.text}")


def _answer_file(library: Library, questions: Path, out: Path) -> None:
    """Answer each row; one that can't be asked (empty, too long) is a refusal that says so."""
    rows = list(read_questions(questions))
    temporary = out.with_name(out.name + ".tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            for question in rows:
                file.write(json.dumps(_answered(library, question), ensure_ascii=False) + "\n")
        temporary.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: can't be written ({error.strerror})") from error
    finally:
        temporary.unlink(missing_ok=True)


def _answered(library: Library, question: Question) -> dict[str, object]:
    try:
        return {"id": question.id, **row_of(answer(library, question.text))}
    except QuestionError as error:
        refusal = {"refused": True, "answer": f"{error}。", "citations": [], "hits": [], "milliseconds": 0.0}
        return {"id": question.id, "question": question.text, **refusal}


def read_questions(path: Path) -> Iterator[Question]:
    """Read rows of `{"id","question"}`; other fields are ignored. Raises UsageError naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read as UTF-8 text ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield Question(str(row["id"]), str(row["question"]))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f'{path}, line {number}: not of the form {{"id","question"}} ({error!r})') from error


def row_of(given: Answer) -> dict[str, object]:
    """An answer as JSON values, in the form the command line promises."""
    citations = [
        {
            "number": citation.number,
            "source": citation.source,
            "title": citation.title,
            "doc_number": citation.doc_number,
            "label": citation.label,
            "quote": citation.quote,
            "start": citation.start,
            "end": citation.end,
        }
        for citation in given.citations
    ]
    return {
        "question": given.question,
        "refused": given.refused,
        "answer": given.text,
        "citations": citations,
        "hits": [hit_row(rank, hit) for rank, hit in enumerate(given.hits, 1)],
        "milliseconds": round(given.milliseconds, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
