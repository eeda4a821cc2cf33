"""The drafting desk against labels made by hand; labels hold offsets and hashes, no text of the documents."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from desk.alignment import aligned, scores, side
from desk.duties import duties
from desk.formulation import same
from desk.targets import Target, targets
from desk.wording import precedents
from evaluation.gold import GoldFinder
from evaluation.question_file import Question, read_questions
from evaluation.table import Figure
from index.library import Library
from ingest.load import File, load

Row = Mapping[str, object]
FIGURE_FIELDS = ("low", "high", "unit", "comparison", "kind", "year", "indicator")
_HEX = 12
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with the number of cases behind it."""

    name: str
    value: float
    cases: int

    @property
    def row(self) -> dict[str, Figure]:
        """The figure as a row of a table."""
        return {"measure": self.name, "value": round(self.value, 4), "cases": self.cases}


def rows_of(path: Path) -> list[Row]:
    """The rows of a file of labels."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measured(library: Library, labels: Path, files: Path, faults: list[str]) -> Iterator[Measure]:
    """All measures of the desk on the library of the labelled policies; `faults` gets what differs."""
    yield from wording_measured(library, read_questions(files / "eval" / "dev.jsonl"), faults)
    texts = Texts((files, Path(__file__).resolve().parents[1]))
    yield from formulations_measured(rows_of(labels / "formulations.jsonl"), texts, faults)
    yield from alignment_measured(library, rows_of(labels / "alignment.jsonl"), faults)
    yield from figures_measured(library, rows_of(labels / "figures.jsonl"), faults)
    yield duties_measured(library)


def figures_measured(library: Library, labels: Sequence[Row], faults: list[str]) -> Iterator[Measure]:
    """Precision and recall of figures, by their ranges, and how many of those found have each value right."""
    snapshot = library.snapshot()
    sources = {row.id: row.source.rpartition("/")[2] for row in snapshot.documents}
    found = {
        (sources[each.quotation.document], each.quotation.start, each.quotation.end): each for each in targets(snapshot)
    }
    gold = {(str(row["source"]), row["start"], row["end"]): row for row in labels}
    both = [place for place in gold if place in found]
    faults += [f"figure missed: {place}" for place in gold if place not in found]
    faults += [f"no figure: {place} {found[place].quotation.quote}" for place in found if place not in gold]
    yield Measure("figures, precision", _share(len(both), len(found)), len(found))
    yield Measure("figures, recall", _share(len(both), len(gold)), len(gold))
    for field in FIGURE_FIELDS:
        judged = [place for place in both if gold[place][field] is not None]
        right = [place for place in judged if gold[place][field] == value_of(found[place], field)]
        faults += [
            f"{field} of {found[place].shown} is {value_of(found[place], field)}"
            for place in judged
            if place not in right
        ]
        yield Measure(f"figures, {field} right", _share(len(right), len(judged)), len(judged))


def value_of(target: Target, field: str) -> object:
    """A value of a figure as the labels hold it: the indicator as a hash."""
    if field == "indicator":
        return sha256(target.indicator.words.encode()).hexdigest()[:_HEX]
    return getattr(target if field in {"kind", "year"} else target.figure, field)


def formulations_measured(labels: Sequence[Row], text_of: "Texts", faults: list[str]) -> Iterator[Measure]:
    """F1 of "same formulation" over pairs of segments, all and by the round in which they were labelled."""
    told = []
    for row in labels:
        one, other = (text_of(*_place(row[key])) for key in ("one", "other"))
        gold, found = bool(row["same"]), same(one, other)
        told.append((gold, found, str(row["round"])))
        if gold != found:
            faults.append(f"{'same' if gold else 'not the same'}: {one} | {other}")
    for name in (None, *sorted({label for _, _, label in told})):
        cases = [(gold, found) for gold, found, label in told if name in {None, label}]
        hit = sum(gold and found for gold, found in cases)
        total = sum(gold for gold, _ in cases) + sum(found for _, found in cases)
        title = "formulations, F1" + (f", round {name}" if name else "")
        yield Measure(title, _share(2 * hit, total), len(cases))


def _place(value: object) -> tuple[str, int, int]:
    path, start, end = list(value) if isinstance(value, list) else ("", 0, 0)
    return str(path), int(start), int(end)


def alignment_measured(library: Library, labels: Sequence[Row], faults: list[str]) -> Iterator[Measure]:
    """Precision and recall of aligned clauses; pairs that the labels call unclear do not count."""
    snapshot = library.snapshot()
    ids = {row.source.rpartition("/")[2]: row.id for row in snapshot.documents}
    hit = wrong = missed = 0
    for row in labels:
        one, other = (side(snapshot, ids[str(row[key])]) for key in ("one", "other"))
        pairs = aligned(scores(one, other))
        found = {(one.clauses[i].clause.start, other.clauses[j].clause.start) for i, j in pairs}
        gold, unclear = ({(a, b) for a, b in row[key]} for key in ("aligned", "unclear"))  # type: ignore[attr-defined]
        hit, missed = hit + len(gold & found), missed + len(gold - found)
        wrong += len(found - gold - unclear)
        faults += [f"not aligned: {row['one']} {row['other']} {pair}" for pair in sorted(gold - found)]
        faults += [f"aligned: {row['one']} {row['other']} {pair}" for pair in sorted(found - gold - unclear)]
    yield Measure("alignment, precision", _share(hit, hit + wrong), hit + wrong)
    yield Measure("alignment, recall", _share(hit, hit + missed), hit + missed)


def duties_measured(library: Library) -> Measure:
    """Share of the responsible units that the clauses of the library name, which are in its duties."""
    snapshot = library.snapshot()
    named = [
        (row.document, row.clause.start, unit) for row in snapshot.clauses for unit in row.clause.responsible_units
    ]
    found = {(each.quotation.document, each.quotation.clause, unit) for each in duties(snapshot) for unit in each.units}
    return Measure("responsible units in duties", _share(sum(each in found for each in named), len(named)), len(named))


def wording_measured(library: Library, questions: Iterable[Question], faults: list[str]) -> Iterator[Measure]:
    """Questions for wording with a gold clause among the first five clauses; quotations equal to their source."""
    finder = GoldFinder(library)
    asked = [each for each in questions if each.kind == "wording" and each.answerable]
    hits, quotes, verbatim = 0, 0, 0
    for question in asked:
        gold = {finder.find(quote).clause_id for quote in question.gold}
        groups = [group for each in precedents(library, question.question) for group in each.groups]
        ranked = sorted((each for group in groups for each in group.wordings), key=lambda each: -each.closeness)
        quoted = [each.quotation for each in ranked]
        first = list(dict.fromkeys(f"{each.document}:{each.clause}" for each in quoted))[:_FIRST]
        if gold & set(first):
            hits += 1
        else:
            faults.append(f"no gold clause in the first {_FIRST}: {question.id}")
        quotes += len(quoted)
        verbatim += sum(finder.document(each.document).text[each.start : each.end] == each.quote for each in quoted)
    yield Measure(f"wording, a gold clause in the first {_FIRST}", _share(hits, len(asked)), len(asked))
    yield Measure("wording, quotations equal to the source", _share(verbatim, quotes), quotes)


class Texts:
    """The canonical texts that labels point into."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """`roots` are tried in turn for the paths of the labels."""
        self._roots = roots
        self._read = lru_cache(maxsize=None)(self._text)

    def __call__(self, path: str, start: int, end: int) -> str:
        """The words of a range."""
        return self._read(path)[start:end]

    def _text(self, path: str) -> str:
        found = next(root / path for root in self._roots if (root / path).exists())
        return load(File(found, path)).text


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
