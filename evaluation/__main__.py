"""Command line of the evaluation: measure a library by a question file, or ranking by a passage benchmark."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import get_args

from evaluation.benchmark import measures_of, not_in_corpus, read_benchmark_questions, read_corpus, write_run
from evaluation.lines import Id, check_writable
from evaluation.memory import peak_megabytes
from evaluation.question_file import read_questions
from evaluation.retrieval import DEPTH, System, ranker, rankings
from evaluation.table import Figure, markdown_table, rows_table
from index.embedding import BUNDLED_MODEL, load_embedder
from ingest.command import run


def parser() -> argparse.ArgumentParser:
    """Return the arguments of `python -m evaluation`."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Measure a library, or ranking alone.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = _command(commands, "questions", "ask a library questions and measure hits and answers", _questions)
    asked.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    asked.add_argument("--questions", type=Path, required=True, metavar="FILE", help="questions with gold, JSON lines")
    asked.add_argument("--worst", type=_count, default=0, metavar="N", help="show the N questions served worst, too")
    ranked = _command(commands, "retrieval", "rank the texts of a passage benchmark and measure", _retrieval)
    ranked.add_argument("--corpus", type=Path, required=True, metavar="FILE", help="texts, JSON lines, also .gz")
    ranked.add_argument("--questions", type=Path, required=True, metavar="FILE", help="questions with ids of texts")
    ranked.add_argument("--run", type=Path, required=True, metavar="OUT", help=f"file for the first {DEPTH} ids each")
    ranked.add_argument("--system", choices=get_args(System), default="hybrid", help="default: hybrid")
    peers = _command(commands, "peers", "rank clauses of a library with other systems, on the same questions", _peers)
    peers.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    peers.add_argument("--questions", type=Path, required=True, metavar="FILE", help="questions with gold, JSON lines")
    peers.add_argument("--model", action="append", default=[], metavar="MODEL", help="one more model; may be repeated")
    said = _command(
        commands, "feedback", "write what people called right as a question file, the rest to complete", _said
    )
    said.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    said.add_argument("--out", type=Path, required=True, metavar="FILE", help="the question file, JSON lines")
    said.add_argument("--rest", type=Path, metavar="FILE", help="what was called wrong or incomplete, JSON lines")
    desk = _command(commands, "desk", "the drafting desk against labels: figures, formulations, alignment", _desk)
    desk.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="of the labelled policies")
    desk.add_argument("--labels", type=Path, default=Path("tests/labels_desk"), metavar="DIR")
    desk.add_argument("--files", type=Path, required=True, metavar="DIR", help="the folder of the labelled files")
    desk.add_argument("--faults", action="store_true", help="list what differs")
    _add_reading(commands)
    return parser


def _add_reading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that measure reading."""
    scans = _command(commands, "scans", "draw the samples as noisy scans, recognise and compare", _scans)
    scans.add_argument("--texts", type=Path, default=Path("samples"), metavar="DIR", help="default: samples")
    scans.add_argument("--font", type=Path, required=True, metavar="FILE", help="a font with Chinese, .ttf, .otf, .ttc")
    scans.add_argument("--dpi", type=_count, default=200, metavar="N", help="default: 200")
    labels = _command(
        commands, "labels", "read labelled files; numbers, content and metadata against the labels", _labels
    )
    labels.add_argument(
        "--labels", type=Path, default=Path("tests/labels"), metavar="DIR", help="default: tests/labels"
    )
    labels.add_argument("--files", type=Path, required=True, metavar="DIR", help="the files that were labelled")
    labels.add_argument("--faults", action="store_true", help="list what differs, file by file")
    readers = _command(commands, "readers", "other systems on the labelled files, where they are installed", _readers)
    readers.add_argument("--labels", type=Path, default=Path("tests/labels"), metavar="DIR")
    readers.add_argument("--files", type=Path, required=True, metavar="DIR", help="the files that were labelled")
    speed = _command(commands, "reading", "read files made for it; speed and memory", _reading)
    speed.add_argument("--files", type=_count, default=1000, metavar="N", help="files of each format; default: 1000")
    speed.add_argument("--format", action="append", metavar="F", help="txt, html, docx or pdf; default: all")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    command.add_argument("--json", action="store_true", help="one JSON object with the same numbers")
    command.set_defaults(run_command=run)
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status: 0, or 2 where it could not be carried out."""
    options = parser().parse_args(arguments)
    return run("evaluation", lambda: options.run_command(options))


def _said(options: argparse.Namespace) -> None:
    from answer.feedback import json_lines, open_rows, question_rows
    from index.library import Library
    from index.notebook import Notebook

    with Library.open(options.library, check=False) as library:
        feedback = Notebook(library.folder).feedback()
    written = {options.out: list(question_rows(feedback)), options.rest: list(open_rows(feedback))}
    for path, rows in written.items():
        if path:
            check_writable(path)
            path.write_text(json_lines(rows), encoding="utf-8")
    counts = {"right": len(written[options.out]), "to complete": len(written[options.rest])}
    print(json.dumps(counts) if options.json else f"{counts['right']} questions, {counts['to complete']} to complete")


def _questions(options: argparse.Namespace) -> None:
    from answer.answering import answer
    from evaluation.questions import judge
    from evaluation.report import print_json, print_text, unmapped
    from index.library import Library

    questions = read_questions(options.questions)
    with Library.open(options.library) as library:
        judged = judge(library, questions, partial(answer, library))
        about: dict[str, Figure] = {"model": library.embedder.name, "documents": len(library.documents())}
    for line in unmapped(judged):
        print(f"evaluation: gold that no clause holds, counted as missed: {line}", file=sys.stderr)
    show = print_json if options.json else print_text
    show(judged, about, options.worst)


def _retrieval(options: argparse.Namespace) -> None:
    corpus, questions = read_corpus(options.corpus), read_benchmark_questions(options.questions)
    check_writable(options.run)
    if lacking := not_in_corpus(corpus, questions):
        print(f"evaluation: ids not in the corpus, counted as missed: {_listed(lacking)}", file=sys.stderr)
    began = time.perf_counter()
    load = cache(load_embedder)
    ranked = ranker(options.system, corpus, load)
    built = time.perf_counter()
    run = rankings(ranked, corpus, questions)
    done = time.perf_counter()
    write_run(options.run, run)
    report: dict[str, Figure] = {
        "system": options.system,
        "model": None if options.system == "lexical" else load().name,
        "texts": len(corpus),
        "questions": len(questions),
        **measures_of(run, questions),
        "seconds to index": round(built - began, 2),
        "seconds to rank": round(done - built, 2),
        "peak memory, MB": peak_megabytes(),
    }
    print(json.dumps(report) if options.json else rows_table(report))


def _peers(options: argparse.Namespace) -> None:
    from evaluation.peers import compared
    from index.library import Library

    questions = read_questions(options.questions)
    bundled = load_embedder(str(BUNDLED_MODEL))
    models = {bundled.name: bundled} | {"/".join(Path(name).parts[-2:]): load_embedder(name) for name in options.model}
    with Library.open(options.library) as library:
        rows = list(compared(library, questions, models))
    print(json.dumps(rows) if options.json else markdown_table(rows))


def _scans(options: argparse.Namespace) -> None:
    from evaluation.scans import Noise, read_samples

    found = list(read_samples(options.texts, options.font, Noise(dpi=options.dpi)))
    characters = sum(each.characters for each in found)
    rows: list[dict[str, Figure]] = [
        {
            "text": each.name,
            "pages": each.pages,
            "characters": each.characters,
            "accuracy": round(each.accuracy, 4),
            "confidence": round(each.confidence, 3),
            "seconds a page": round(each.seconds / each.pages, 1),
        }
        for each in found
    ]
    rows.append(
        {
            "text": "all",
            "pages": sum(each.pages for each in found),
            "characters": characters,
            "accuracy": round(sum(each.accuracy * each.characters for each in found) / characters, 4),
            "confidence": round(sum(each.confidence * each.characters for each in found) / characters, 3),
            "seconds a page": round(sum(each.seconds for each in found) / sum(each.pages for each in found), 1),
        }
    )
    print(json.dumps(rows) if options.json else markdown_table(rows))


def _reading(options: argparse.Namespace) -> None:
    from evaluation.reading_speed import FORMATS, measure

    rows: list[dict[str, Figure]] = []
    for name in options.format or FORMATS:
        found = measure(name, max(options.files, 10))
        rows.append(
            {
                "format": found.format,
                "files": found.files,
                "files a second": round(found.per_second, 1),
                "memory after a tenth, MB": round(found.memory_early),
                "memory at the end, MB": round(found.memory_late),
            }
        )
    print(json.dumps(rows) if options.json else markdown_table(rows))


def _labels(options: argparse.Namespace) -> None:
    from evaluation.labelled import judge_all, summary

    judged = list(judge_all(options.labels, options.files))
    if options.faults:
        for each in judged:
            for fault in each.faults:
                print(f"{each.path}: {fault}", file=sys.stderr)
    rows = summary(judged)
    print(json.dumps(rows) if options.json else markdown_table(rows))


def _desk(options: argparse.Namespace) -> None:
    from evaluation.desk import measured
    from index.library import Library

    faults: list[str] = []
    with Library.open(options.library) as library:
        rows = [each.row for each in measured(library, options.labels, options.files, faults)]
    for fault in faults if options.faults else ():
        print(fault, file=sys.stderr)
    print(json.dumps(rows) if options.json else markdown_table(rows))


def _readers(options: argparse.Namespace) -> None:
    from evaluation.peer_readers import compare

    rows = list(compare(options.labels, options.files))
    print(json.dumps(rows) if options.json else markdown_table(rows))


def _listed(names: Sequence[Id], most: int = 10) -> str:
    return ", ".join(map(str, names[:most])) + (f" and {len(names) - most} more" if len(names) > most else "")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number, 0 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
