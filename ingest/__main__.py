"""Command line: add files and folders to a library. An entry point stands above all packages, so it may use `index`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index.library import Library
from index.records import DocumentRow
from ingest.command import run
from ingest.document import Document
from ingest.errors import ReadError
from ingest.load import File, content_hash, discover, load
from ingest.receipt import receipt_json


def parser() -> argparse.ArgumentParser:
    """The arguments of `python -m ingest`."""
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Add files and folders to a library. Files that are there unchanged cost nothing.",
        epilog="Exit status: 0 all well; 1 some file failed (the others are in); 2 wrong usage.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder to add")
    parser.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    parser.add_argument("--json", action="store_true", help="one JSON line a file instead of a table")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = parser().parse_args(arguments)
    return run("ingest", lambda: _add_all(options.paths, options.library, as_json=options.json))


def _add_all(paths: Sequence[Path], folder: Path, *, as_json: bool) -> int:
    files = list(discover(paths))
    statuses = set()
    with Library.open(folder, create=True) as library:
        for file in files:
            row = _add(library, file)
            statuses.add(row["status"])
            print(json.dumps(row, ensure_ascii=False) if as_json else _line(row), flush=True)
        if statuses & {"added", "replaced"}:
            library.snapshot()
    return 1 if "failed" in statuses else 0


def _add(library: Library, file: File) -> dict[str, object]:
    try:
        there = library.unchanged(file.source, content_hash(file))
        if there:
            return _receipt("unchanged", there)
        added = library.add(load(file))
    except ReadError as error:
        empty: dict[str, object] = {"document": None, "title": None, "clauses": 0, "characters": 0, "coverage": 0.0}
        return {
            "source": file.source,
            "status": "failed",
            **empty,
            "warnings": [],
            "error": str(error),
            "receipt": None,
        }
    return _receipt(added.status, added.document)


def _receipt(status: str, document: Document | DocumentRow) -> dict[str, object]:
    return {
        "source": document.source,
        "status": status,
        "document": document.id,
        "title": document.metadata.title,
        "clauses": document.receipt.clauses,
        "characters": document.receipt.characters,
        "coverage": document.receipt.coverage,
        "warnings": list(document.receipt.warnings),
        "error": None,
        "receipt": receipt_json(document.metadata, document.receipt),
    }


def _line(row: dict[str, object]) -> str:
    if row["status"] == "failed":
        return f"failed     {row['error']}"
    counts = f"{row['clauses']:>5} clauses {row['characters']:>7} characters {row['coverage']:>7.1%}"
    warnings = "".join(f"\n             ! {warning}" for warning in row["warnings"])  # type: ignore[attr-defined]
    return f"{row['status']:<10} {counts}  {row['source']}  《{row['title']}》{warnings}"


if __name__ == "__main__":
    sys.exit(main())
