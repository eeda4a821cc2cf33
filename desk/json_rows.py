"""What the desk finds as JSON values, in the form `docs/command-line.md` promises."""

from dataclasses import asdict

from desk.check import Finding, Report
from desk.collocation import Concordance
from desk.compare import Cell, Comparison
from desk.duties import Duty
from desk.quotation import Quotation
from desk.targets import Target
from desk.wording import Group, Precedents

Row = dict[str, object]


def quotation_row(quoted: Quotation) -> Row:
    """A quotation: source, place and verbatim text."""
    row: Row = asdict(quoted)
    row["years"] = list(quoted.years)
    row["reference"] = quoted.reference
    return row


def precedents_row(found: Precedents) -> Row:
    """The wordings of a draft sentence, by formulation."""
    return {
        "draft": found.draft,
        "strength": found.strength.name,
        "groups": [_group(group) for group in found.groups],
    }


def _group(group: Group) -> Row:
    return {
        "formulation": group.frame,
        "count": len(group.quotations),
        "places": list(group.places),
        "years": list(group.years),
        "rank": group.rank,
        "first": group.first.reference if group.first else None,
        "latest": group.latest.reference if group.latest else None,
        "wordings": [
            quotation_row(each.quotation)
            | {"strength": each.strength.name, "same": [quotation_row(other) for other in each.folded]}
            for each in group.wordings
        ],
    }


def concordance_row(found: Concordance) -> Row:
    """Uses of a pattern and how often each filling occurs."""
    lines = [
        {"before": line.before, "keyword": line.keyword, "after": line.after} | quotation_row(line.quotation)
        for line in found.lines
    ]
    return {"pattern": found.pattern, "total": found.total, "fillings": dict(found.fillings), "lines": lines}


def target_row(target: Target) -> Row:
    """A figure with what it says."""
    figure = target.figure
    return {
        "indicator": target.indicator.words,
        "group": target.group,
        "value": target.shown,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "comparison": figure.comparison,
        "word": figure.word,
        "kind": target.kind,
        "year": target.year,
        "place": target.place,
    } | quotation_row(target.quotation)


def duty_row(duty: Duty) -> Row:
    """A task with those who answer for it."""
    return {
        "task": duty.task,
        "sentences": list(duty.sentences),
        "lead": list(duty.lead),
        "units": list(duty.others),
        "deadline": duty.deadline,
    } | quotation_row(duty.quotation)


def comparison_row(found: Comparison) -> Row:
    """Documents side by side."""
    return {
        "documents": [
            {"document": row.id, "source": row.source, "title": row.metadata.title} for row in found.documents
        ],
        "counts": found.counted(),
        "rows": [[[_cell(cell) for cell in cells] for cells in row.cells] for row in found.rows],
    }


def _cell(cell: Cell) -> Row:
    sentences = [
        {
            "quote": each.quotation.quote,
            "start": each.quotation.start,
            "end": each.quotation.end,
            "status": each.status,
            "other": each.other.reference if each.other else None,
            "other_quote": each.other.quote if each.other else None,
            "why": each.why,
        }
        for each in cell.sentences
    ]
    return quotation_row(cell.quotation) | {"heading": cell.heading, "sentences": sentences}


def report_row(found: Report) -> Row:
    """What a draft check found."""
    return {
        "citings": found.citings,
        "places": found.places,
        "quotations": found.quotations,
        "findings": [_finding(each) for each in found.findings],
    }


def _finding(finding: Finding) -> Row:
    return {
        "paragraph": finding.paragraph + 1,
        "start": finding.start,
        "end": finding.end,
        "words": finding.words,
        "kind": finding.kind,
        "message": finding.message,
        "source": quotation_row(finding.source) if finding.source else None,
    }
