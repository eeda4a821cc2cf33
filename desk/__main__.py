"""Command line of the drafting desk: wording, collocations, compare, targets, duties, check."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desk import json_rows, tables
from desk.check import check
from desk.collocation import concordance
from desk.compare import Comparison, compare, compare_topic
from desk.duties import duties
from desk.lineup import grouped, lines
from desk.spreadsheet import Sheet, workbook
from desk.targets import naming, targets
from desk.wording import ORDERS, precedents
from index.library import Library
from index.notebook import Notebook
from index.records import DocumentRow
from index.search import Filters
from ingest.command import run
from ingest.errors import UnknownDocument, UsageError
from ingest.gazetteer import short_name


def parser() -> argparse.ArgumentParser:
    """The arguments of `python -m desk`."""
    parser = argparse.ArgumentParser(prog="python -m desk", description="The drafting desk, on a library.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wording = _command(
        commands, "wording", "how other documents word a half sentence, a paragraph or a topic", _wording
    )
    wording.add_argument("draft", metavar="TEXT", help="what to find precedents for")
    wording.add_argument("--order", choices=ORDERS, default="closeness", help="order of groups (default: closeness)")
    found = _command(commands, "collocations", "what stands in a gap: 健全…机制, …全覆盖", _collocations)
    found.add_argument("pattern", metavar="PATTERN", help="words, with … or ... for a gap")
    compared = _command(commands, "compare", "documents side by side, or what they say of a topic", _compare)
    compared.add_argument("documents", nargs="*", metavar="DOCUMENT", help="ids, sources or titles of 2 to 4 documents")
    compared.add_argument("--topic", metavar="TEXT", help="compare what all documents say of this instead")
    listed = _command(commands, "targets", "figures with indicator, year and place", _targets)
    listed.add_argument("--indicator", default="", metavar="WORDS", help="only indicators with these words")
    listed.add_argument(
        "--lines", action="store_true", help="only indicators that two documents or more have, in lines"
    )
    duty = _command(commands, "duties", "tasks with responsible units and deadlines", _duties)
    duty.add_argument("--unit", default="", metavar="U", help="only those of this unit, in whatever spelling")
    checked = _command(commands, "check", "check titles, 文号, articles and quotations of a draft", _check)
    checked.add_argument("draft", type=Path, metavar="FILE", help="draft, .docx or any other format that can be read")
    checked.add_argument("--comments", type=Path, metavar="OUT.docx", help="write the draft with comments")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace, Library], int | None],
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    command.add_argument("--library", type=Path, default=Path("library"), metavar="DIR", help="default: library")
    command.add_argument("--json", action="store_true", help="print JSON")
    if name != "check":
        command.add_argument("--region", metavar="R", help="only documents of this place")
        command.add_argument("--year", type=int, metavar="Y", help="only documents about this year")
        command.add_argument("--kind", metavar="K", help="only documents of this kind, e.g. 工作要点")
        command.add_argument("--xlsx", type=Path, metavar="OUT.xlsx", help="write the table as an Excel file, too")
    command.set_defaults(run=run)
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status: 0, 1 where a check found something, 2 where it could not be done."""
    options = parser().parse_args(arguments)
    return run("desk", lambda: _run(options))


def _run(options: argparse.Namespace) -> int | None:
    with Library.open(options.library) as library:
        status: int | None = options.run(options, library)
        return status


def _print(row: object) -> None:
    print(json.dumps(row, ensure_ascii=False))


def _filters(options: argparse.Namespace, library: Library) -> Filters:
    held = library.facets().regions
    region = next((name for name in held if options.region in {name, short_name(name)}), options.region)
    return Filters(region, options.year, options.kind)


def _write(path: Path | None, sheets: Sequence[Sheet]) -> None:
    if path is None:
        return
    try:
        path.write_bytes(workbook(sheets))
    except OSError as error:
        raise UsageError(f"{path}: can't be written ({error.strerror})") from error


def _wording(options: argparse.Namespace, library: Library) -> None:
    found = precedents(library, options.draft, filters=_filters(options, library), order=options.order)
    _write(options.xlsx, [tables.wording_sheet(found)])
    for each in found:
        if options.json:
            _print(json_rows.precedents_row(each))
            continue
        print(f"# {each.draft}")
        for group in each.groups:
            print(f"\n{group.frame}  ×{len(group.quotations)}  {'、'.join(group.places)}  {group.rank}")
            for wording in group.wordings:
                print(f"    {wording.quotation.quote}  {wording.quotation.reference}")


def _collocations(options: argparse.Namespace, library: Library) -> None:
    found = concordance(library.snapshot(), options.pattern, filters=_filters(options, library))
    _write(options.xlsx, [tables.concordance_sheet(found)])
    if options.json:
        _print(json_rows.concordance_row(found))
        return
    for line in found.lines:
        print(f"{line.before:>20}【{line.keyword}】{line.after}  {line.quotation.reference}")
    print(f"{found.total} uses: " + "、".join(f"{words} {count}" for words, count in found.fillings[:20]))


def _compare(options: argparse.Namespace, library: Library) -> None:
    if bool(options.topic) == bool(options.documents):
        raise UsageError("give 2 to 4 DOCUMENTs, or --topic")
    snapshot = library.snapshot()
    if options.topic:
        found = compare_topic(library, options.topic, filters=_filters(options, library))
    else:
        found = compare(snapshot, [_document(snapshot.documents, name) for name in options.documents])
    _write(options.xlsx, tables.comparison_sheets(found))
    if options.json:
        _print(json_rows.comparison_row(found))
    else:
        _print_comparison(found)


def _print_comparison(found: Comparison) -> None:
    print(" | ".join(tables.column_name(row) for row in found.documents))
    for row in found.rows:
        print("\n" + " | ".join("；".join(cell.quotation.label for cell in cells) or "—" for cells in row.cells))
        for cells in row.cells:
            for cell in cells:
                for each in cell.sentences:
                    print(f"    {each.status:<4}{each.quotation.quote}" + (f"（{each.why}）" if each.why else ""))
    print("、".join(f"{status} {count}" for status, count in found.counted().items()))


def _document(documents: Sequence[DocumentRow], name: str) -> str:
    """The id of a document that is named by id, source, or a title that is its alone."""
    exact = [row.id for row in documents if name in {row.id, row.source, row.metadata.title}]
    near = [row.id for row in documents if name in row.metadata.title or name in row.source]
    found = exact or near
    if len(found) != 1:
        raise UnknownDocument(
            f"{name}: {len(found) or 'no'} documents have that name; `python -m index list` shows them"
        )
    return found[0]


def _targets(options: argparse.Namespace, library: Library) -> None:
    names = Notebook(library.folder).indicator_names()
    found = grouped(targets(library.snapshot(), filters=_filters(options, library)), names)
    found = list(naming(found, options.indicator))
    if options.lines:
        found = [each for line in lines(found) for each in line.targets]
    _write(options.xlsx, [tables.target_sheet(found)])
    for each in found:
        if options.json:
            _print(json_rows.target_row(each))
        else:
            year, place = each.year or "—", each.place or "—"
            print(f"{each.indicator.words}  {each.shown}  {each.kind} {year} {place}  {each.quotation.reference}")


def _duties(options: argparse.Namespace, library: Library) -> None:
    found = duties(library.snapshot(), filters=_filters(options, library), unit=options.unit)
    _write(options.xlsx, [tables.duty_sheet(found)])
    for each in found:
        if options.json:
            _print(json_rows.duty_row(each))
        else:
            lead = f"牵头：{'、'.join(each.lead)}；" if each.lead else ""
            print(f"{each.task}  {lead}{'、'.join(each.others)}  {each.deadline}  {each.quotation.reference}")


def _check(options: argparse.Namespace, library: Library) -> int:
    from desk.draft_file import commented, read_draft

    try:
        data = options.draft.read_bytes()
    except OSError as error:
        raise UsageError(f"{options.draft}: can't be read ({error.strerror})") from error
    draft = read_draft(options.draft.name, data)
    report = check(library.snapshot(), draft.paragraphs)
    if options.comments:
        try:
            options.comments.write_bytes(commented(report.findings, draft))
        except OSError as error:
            raise UsageError(f"{options.comments}: can't be written ({error.strerror})") from error
    if options.json:
        _print(json_rows.report_row(report))
    else:
        for each in report.findings:
            print(f"第{each.paragraph + 1}段  {each.words}  {each.message}")
        print(
            f"核对了{report.citings}处引用、{report.places}处条款、{report.quotations}处引文，发现{len(report.findings)}处"
        )
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
