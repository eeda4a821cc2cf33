"""Reading against labels made by hand: where clauses begin, what they are called, what the document prints of itself.

Labels hold no text of the documents: each line is a place and a hash, each value of the metadata a hash.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

from evaluation.table import Figure
from ingest.document import BODY_ROLES, Clause, Document, Metadata
from ingest.lines import lines_of
from ingest.load import File, load
from ingest.parts import KINDS
from ingest.region import NATIONWIDE

FIELDS = ("title", "number", "issuer", "signed", "published", "addressees", "effective", "kind", "region")
"""Values of the metadata that are labelled."""

NUMBERED = frozenset({"clause", "item"})
CONTENT = frozenset({*NUMBERED, "text", "cover", "table"})
"""Roles of lines whose words can be cited."""

_HEX = 12


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """What a person says of a line; `start` is its place in the canonical text that was labelled."""

    start: int
    hash: str
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person says of a file."""

    path: str  # below the folder of files
    sha256: str
    lines: tuple[LabelledLine, ...]
    metadata: Mapping[str, Sequence[str]]  # field to hashes of its plain values, any of them right; none printed: empty


@dataclass(frozen=True, slots=True)
class Judged:
    """A document held against its labels."""

    path: str
    gold: frozenset[tuple[int, str]]  # numbered lines: index among the labels, label
    found: frozenset[tuple[int, str]]
    content_right: int  # lines that are content, and taken as such, or neither
    content_lines: int
    metadata: Mapping[str, str]  # field to "right", "missing", "wrong", "invented" or "absent"
    faults: tuple[str, ...]


def plain(text: str) -> str:
    """Fold width and leave out blanks and signs, for comparing."""
    return re.sub(r"[^\w]|_", "", unicodedata.normalize("NFKC", text))


def hash_of(text: str) -> str:
    """Hash of the plain words of a text."""
    return sha256(plain(text).encode()).hexdigest()[:_HEX]


def read_labels(folder: Path) -> Iterator[Labels]:
    """Read the label files of a folder, by name."""
    for path in sorted(folder.glob("*.json")):
        values = json.loads(path.read_text(encoding="utf-8"))
        lines = tuple(LabelledLine(*line) for line in values["lines"])
        yield Labels(values["path"], values["sha256"], lines, values["metadata"])


def judge(document: Document, labels: Labels) -> Judged:
    """Hold a document against its labels; its lines are found again by their hashes."""
    lines = list(lines_of(document.text))
    hashes = [hash_of(line.text) for line in lines]
    matcher = SequenceMatcher(None, [line.hash for line in labels.lines], hashes, autojunk=False)
    matched = {a + i: b + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}
    starts = [line.start for line in lines]
    rows = _rows_by_line(document, [(line.start, line.end) for line in lines])
    found_all = {i: _number_of(document, rows[i], starts[i]) for i in range(len(lines))}
    back = {b: a for a, b in matched.items()}
    gold = {(i, line.label) for i, line in enumerate(labels.lines) if line.role in NUMBERED}
    found = {(back.get(i, -1 - i), label) for i, label in found_all.items() if label}
    faults, right = [], 0
    for i, line in enumerate(labels.lines):
        row = rows[matched[i]] if i in matched else None
        content = row is not None and (row.role in BODY_ROLES or row.role in {"heading", "table_header"})
        if content == (line.role in CONTENT):
            right += 1
        else:
            faults.append(f"line {i + 1}: {line.role} {line.label} taken as {row.role if row else 'lost'}")
    faults += [f"line {i + 1}: {label} not found" for i, label in sorted(gold - found)]
    faults += [f"line {i + 1}: {label} is no such number" for i, label in sorted(found - gold)]
    metadata = {name: _verdict(labels.metadata.get(name, ()), value_of(document.metadata, name)) for name in FIELDS}
    faults += [f"{name}: {verdict}" for name, verdict in metadata.items() if verdict not in {"right", "absent"}]
    return Judged(labels.path, frozenset(gold), frozenset(found), right, len(labels.lines), metadata, tuple(faults))


def _rows_by_line(document: Document, lines: Sequence[tuple[int, int]]) -> list[Clause | None]:
    """The first row of each line: one that begins in it, else the one that runs on into it."""
    found: list[Clause | None] = []
    rows, i = document.clauses, 0
    for start, _ in lines:
        while i < len(rows) and rows[i].end <= start:
            i += 1
        found.append(rows[i] if i < len(rows) and rows[i].start <= start else None)
    return found


def _number_of(document: Document, row: Clause | None, start: int) -> str:
    """The full number that a document gives the line at `start`, "" for a line without one."""
    if row is None:
        return ""
    if row.role == "heading" and row.start == start:
        return row.label
    points = [point for point in row.points if point.start <= start < point.end and point.label.endswith(("项", "目"))]
    if not points or points[-1].start != start:
        return ""
    article = re.sub(r"第[^第]+款$", "", row.label)
    above = [point for point in row.points if point.label.endswith("项") and point.start < start]
    above = above if points[-1].label.endswith("目") else []
    return article + "".join(point.label for point in above[-1:]) + points[-1].label


def value_of(metadata: Metadata, field: str) -> str | None:
    """The value of a labelled field, None where the document itself does not print it.

    An issuer that it prints without the place (市教育局) counts as printed.
    """
    value, shown = getattr(metadata, field), metadata.shown_by(field)
    if not value or value == NATIONWIDE:
        return None
    if shown is not None and shown.guessed and not (field == "issuer" and _printed_in_short(metadata, shown.words)):
        return None
    return base_kind(value) if field == "kind" else str(value)


def _printed_in_short(metadata: Metadata, words: str) -> bool:
    issuer, region = metadata.issuer or "", metadata.region or ""
    return (
        bool(region)
        and issuer.startswith(region)
        and f"{region[-1]}{issuer[len(region) :]}" in re.split(r"[\s：:]+", words)
    )


def base_kind(kind: str) -> str:
    """The shortest kind that a kind ends with.

    >>> base_kind("实施意见"), base_kind("工作要点")
    ('意见', '要点')
    """
    return min((known for known in KINDS if kind.endswith(known)), key=len, default=kind)


def _verdict(gold: Sequence[str], value: str | None) -> str:
    if not gold:
        return "absent" if value is None else "invented"
    if value is None:
        return "missing"
    return "right" if hash_of(value) in gold else "wrong"


def judge_all(labels: Path, files: Path) -> Iterator[Judged]:
    """Read each labelled file and hold it against its labels."""
    for each in read_labels(labels):
        yield judge(load(File(files / each.path, each.path)), each)


def summary(judged: Sequence[Judged]) -> list[dict[str, Figure]]:
    """Precision and recall of numbered lines, share of lines rightly taken for content, and each field's verdicts.

    Of a field: `right` is the share of the printed values that were found; `false` the share of the values found that
    are wrong or not printed.
    """
    gold, found = sum(len(each.gold) for each in judged), sum(len(each.found) for each in judged)
    both = sum(len(each.gold & each.found) for each in judged)
    lines = sum(each.content_lines for each in judged)
    rows: list[dict[str, Figure]] = [
        {"what": "clause starts and labels, precision", "share": _share(both, found), "of": found},
        {"what": "clause starts and labels, recall", "share": _share(both, gold), "of": gold},
        {"what": "lines taken for content", "share": _share(sum(e.content_right for e in judged), lines), "of": lines},
    ]
    for field in FIELDS:
        verdicts = Counter(each.metadata[field] for each in judged)
        printed = verdicts["right"] + verdicts["missing"] + verdicts["wrong"]
        given = verdicts["right"] + verdicts["wrong"] + verdicts["invented"]
        rows.append(
            {"what": f"{field}, right where printed", "share": _share(verdicts["right"], printed), "of": printed}
        )
        rows.append({"what": f"{field}, right where given", "share": _share(verdicts["right"], given), "of": given})
    return rows


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
