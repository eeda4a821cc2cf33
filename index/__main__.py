"""Command line of the library: export, search, list, remove, rebuild."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from index.export import exported, hit_row
from index.library import Library
from index.notebook import Notebook
from index.search import Filters, Hit
from ingest.command import run
from ingest.gazetteer import short_name


def parser() -> argparse.ArgumentParser:
    """The arguments of `python -m index`."""
    parser = argparse.ArgumentParser(prog="python -m index", description="Look into a library, search and keep it.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _command(commands, "export", "print every row of every document, one JSON line each", _export)
    found = _command(commands, "search", "find the clauses that answer a question", _search)
    found.add_argument("query", metavar="QUERY", help="question, topic, 文号 or 《…》第N条")
    found.add_argument("-k", type=int, default=10, metavar="N", help="number of clauses (default: 10)")
    found.add_argument("--region", metavar="R", help="only documents of this place, by its full name")
    found.add_argument("--year", type=int, metavar="Y", help="only documents about this year")
    found.add_argument("--kind", metavar="K", help="only documents of this kind, e.g. 工作要点")
    found.add_argument("--issuer", metavar="I", help="only documents of this issuer")
    found.add_argument("--exact", action="store_true", help="only clauses that hold the query word for word")
    found.add_argument("--json", action="store_true", help="one JSON line a hit")
    listing = _command(commands, "list", "list the documents", _list)
    listing.add_argument("--json", action="store_true", help="one JSON line a document")
    remove = _command(commands, "remove", "remove a document", _remove)
    remove.add_argument("document", metavar="DOCUMENT", help="id or source of the document")
    gaps = _command(commands, "gaps", "list the questions that people recorded as without a basis", _gaps)
    gaps.add_argument("--json", action="store_true", help="one JSON line a question")
    _command(commands, "rebuild", "embed all passages anew with the model in use", _rebuild)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    command.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    command.set_defaults(run=run)
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status: 0, or 2 where it could not be carried out."""
    options = parser().parse_args(arguments)
    return run("index", lambda: options.run(options))


def _print(row: dict[str, object]) -> None:
    print(json.dumps(row, ensure_ascii=False))


def _export(options: argparse.Namespace) -> None:
    with Library.open(options.library, check=False) as library:
        for row in exported(library.store):
            _print(row)


def _search(options: argparse.Namespace) -> None:
    with Library.open(options.library) as library:
        filters = _filters(library, options)
        result = library.search(options.query, k=options.k, filters=filters, exact=options.exact)
    for rank, hit in enumerate(result.hits, 1):
        if options.json:
            _print(hit_row(rank, hit) | {"reasons": list(hit.reasons)})
        else:
            _print_hit(rank, hit)
    if not result.hits:
        print("no clause found", file=sys.stderr)


def _filters(library: Library, options: argparse.Namespace) -> Filters:
    """The filters, places also by their short names; a value that the library lacks is said on standard error."""
    facets = library.facets()
    region = next((name for name in facets.regions if options.region in {name, short_name(name)}), options.region)
    given = Filters(region, options.year, options.kind, options.issuer)
    for name, value, held in (
        ("region", region, facets.regions),
        ("year", options.year, facets.years),
        ("kind", options.kind, facets.kinds),
        ("issuer", options.issuer, facets.issuers),
    ):
        if value is not None and value not in held:
            known = "、".join(map(str, sorted(held)))
            print(f"index: --{name} {value}: no document has it; there are {known or 'none'}", file=sys.stderr)
    return given


def _print_hit(rank: int, hit: Hit) -> None:
    metadata, clause = hit.document.metadata, hit.clause.clause
    number = f"（{metadata.number}）" if metadata.number else ""
    print(f"{rank:>2}. 《{metadata.title}》{number}{clause.citation_label}  [{hit.score:.3f}] {'；'.join(hit.reasons)}")
    print(f"    {hit.passage.text}")


def _list(options: argparse.Namespace) -> None:
    with Library.open(options.library, check=False) as library:
        for row in library.documents():
            title, receipt = row.metadata.title, row.receipt
            if options.json:
                counts = {"clauses": receipt.clauses, "characters": receipt.characters, "coverage": receipt.coverage}
                _print({"document": row.id, "source": row.source, "title": title, "kind": row.metadata.kind, **counts})
            else:
                counted = f"{receipt.clauses:>5} clauses  {receipt.coverage:>6.1%}"
                print(f"{row.id}  {counted}  {row.source}  《{title}》")


def _remove(options: argparse.Namespace) -> None:
    with Library.open(options.library, check=False) as library:
        named = [row.id for row in library.documents() if row.source == options.document]
        library.remove(named[0] if named else options.document)
        print(f"removed {options.document}")


def _gaps(options: argparse.Namespace) -> None:
    with Library.open(options.library, check=False) as library:
        for gap in Notebook(library.folder).gaps():
            if options.json:
                _print({"question": gap.question, "missing": gap.missing, "times": gap.times, "last": gap.last})
            else:
                print(f"{gap.times:>4}  {gap.last[:10]}  {gap.question}  （{gap.missing}）")


def _rebuild(options: argparse.Namespace) -> None:
    def progress(done: int, total: int) -> None:
        print(f"\r{done} of {total} passages", end="", file=sys.stderr, flush=True)

    with Library.open(options.library, check=False) as library:
        library.rebuild(progress)
        print(f"\nrebuilt with {library.embedder.name}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
