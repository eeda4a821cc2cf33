"""Who does what (责任): tasks of clauses that name responsible units, with lead, cooperating units and deadline."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.quotation import Quotation, quotation
from index.records import ClauseRow, DocumentRow
from index.search import Filters
from index.sentences import sentences
from index.snapshot import Snapshot
from index.walk import GoingOn, always, clauses_in
from ingest.unit_names import is_unit, unit_key
from ingest.units import lead_units, responsible_units

_DEADLINE = re.compile(
    r"(?:(?:到|在|于|至|截至|力争)?(?:(?:19|20)\d{2}年|今年|明年|年内)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:春季|秋季|上半年|下半年)?(?:学期)?"
    r"(?:开学)?(?:底|末|初|中)?(?:之?前|以前)?|\d{1,2}月(?:\d{1,2}日)?(?:底|末)?(?:之?前|以前)|(?:每|本|下)(?:学期|学年|年度?)(?:结束|开学)?前|年底前)"
)
_DUE = re.compile(r"[底末前内]|以前|学期|到|至|力争")
_EVERYBODY = re.compile(r"^(?:各|有关|相关)")


@dataclass(frozen=True, slots=True)
class Duty:
    """A task with those who answer for it."""

    task: str  # the heading of its clause, or its first sentence
    sentences: tuple[str, ...]  # what is to be done, verbatim, without the list of units
    lead: tuple[str, ...]  # 牵头, as written; empty where the clause does not say who leads
    others: tuple[str, ...]  # cooperating or jointly responsible
    deadline: str  # as written: 2025年底前; empty where none is
    quotation: Quotation  # the whole clause

    @property
    def units(self) -> tuple[str, ...]:
        """All units, the lead first."""
        return (*self.lead, *self.others)


def duties(
    snapshot: Snapshot,
    *,
    filters: Filters | None = None,
    unit: str = "",
    documents: Iterable[str] | None = None,
    going_on: GoingOn = always,
) -> list[Duty]:
    """The duties of a library in its order; with `unit`, those of that unit in whatever spelling.

    `documents` limits it to these ids; `going_on` is asked before each document.
    """
    walked = clauses_in(snapshot, filters=filters, documents=documents, going_on=going_on)
    found = [duty_of(clause, document) for document, clause in walked if clause.clause.responsible_units]
    return [each for each in found if not unit.strip() or any(is_unit(name, unit) for name in each.units)]


def duty_of(row: ClauseRow, document: DocumentRow) -> Duty:
    """The duty of a clause that names responsible units."""
    units, lead = row.clause.responsible_units, lead_units(row.text)
    done = tuple(
        words for words in _sentences(row.text) if not responsible_units(words) or len(words) > _longest(words)
    )
    heading = row.clause.path[-1] if row.clause.path else ""
    return Duty(
        task=heading.strip() or (done[0] if done else ""),
        sentences=done,
        lead=lead,
        others=tuple(name for name in units if name not in lead),
        deadline=deadline_in("".join(done)),
        quotation=quotation(row, document, row.clause.start, row.clause.end),
    )


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


def _longest(words: str) -> int:
    """Characters up to which a sentence is nothing but its list of units."""
    return sum(map(len, responsible_units(words))) + 3 * len(responsible_units(words)) + 24


def deadline_in(text: str) -> str:
    """The last date by which something is to be done; empty where none is named.

    >>> deadline_in("到2025年，新增学位3万个。"), deadline_in("2024年12月底前完成改造"), deadline_in("2022年工作")
    ('到2025年', '2024年12月底前', '')
    """
    found = [match[0] for match in _DEADLINE.finditer(text) if _DUE.search(match[0])]
    return max(found, key=lambda words: (re.findall(r"20\d{2}", words) or [""])[-1], default="")


def units_of(found: Iterable[Duty]) -> list[tuple[str, int]]:
    """All units of duties in one spelling, with their number of duties, most first; 各… last."""
    counts: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    for duty in found:
        for key, name in {unit_key(name): name for name in duty.units}.items():
            counts[key] += 1
            shown.setdefault(key, Counter())[name] += 1
    named: Sequence[tuple[str, int]] = [(shown[key].most_common(1)[0][0], count) for key, count in counts.items()]
    return sorted(named, key=lambda pair: (bool(_EVERYBODY.match(pair[0])), -pair[1], pair[0]))
