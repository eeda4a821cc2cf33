"""Command line: add files and folders to a library. An entry point stands above all packages, so it may use `index`."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from index.library import Library
from index.records import DocumentRow
from ingest.command import run
from ingest.document import Document
from ingest.errors import ReadError
from ingest.load import File, content_hash, discover
from ingest.pool import Pool
from ingest.receipt import receipt_json

_BATCH = 64
"""Files that are looked up in the library before they are read."""


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
    statuses = set()
    with Library.open(folder, create=True) as library, Pool() as pool:
        for row in _rows(library, pool, discover(paths)):
            statuses.add(row["status"])
            print(json.dumps(row, ensure_ascii=False) if as_json else _line(row), flush=True)
        if statuses & {"added", "replaced"}:
            library.snapshot()
    return 1 if "failed" in statuses else 0


def _rows(library: Library, pool: Pool, files: Iterator[File]) -> Iterator[dict[str, object]]:
    """What became of each file, in order; those that are there unchanged are not read."""
    while batch := list(islice(files, _BATCH)):
        there = {file: _there(library, file) for file in batch}
        read = pool.load(file for file in batch if there[file] is None)
        for file in batch:
            yield _row(library, file, there[file] or next(read)[1])


def _there(library: Library, file: File) -> DocumentRow | ReadError | None:
    """The document that the library holds of a file as it is now, None for a new or changed one."""
    try:
        return library.unchanged(file.source, content_hash(file))
    except ReadError as error:
        return error


def _row(library: Library, file: File, found: Document | DocumentRow | ReadError) -> dict[str, object]:
    if isinstance(found, ReadError):
        empty: dict[str, object] = {"document": None, "title": None, "clauses": 0, "characters": 0, "coverage": 0.0}
        failed: dict[str, object] = {"warnings": [], "error": str(found), "receipt": None}
        return {"source": file.source, "status": "failed", **empty, **failed}
    if isinstance(found, DocumentRow):
        return _receipt("unchanged", found)
    return _receipt(library.add(found).status, found)


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
