"""Draft check (草稿核对): whether what a draft cites exists, is named and quoted exactly, and is in force."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from desk.citings import Citing, Place, Quoted, citings, loose_quotations
from desk.findings import KINDS, Finding, Paragraph, Report
from desk.originals import bare, contained, holds, is_of, last_article, nearest
from desk.quotation import Quotation, quotation
from desk.register import Register, date_of, titles_of, version_of
from desk.segments import pairs_of, plain
from index.records import ClauseRow, DocumentRow
from index.snapshot import Snapshot
from index.walk import GoingOn, always

__all__ = ["KINDS", "Finding", "Report", "check"]

_ALTERED = 0.55  # of a quotation's characters, in the same order in the original
_LOOSE = 0.8  # the same, of a quotation that stands behind no title
_SPOKEN_OF = 0.5  # of the words behind a citation that an article holds, to be what they speak of
_FEWEST = 8  # pairs of characters that say enough


def check(
    snapshot: Snapshot,
    paragraphs: Sequence[str],
    *,
    today: date | None = None,
    going_on: GoingOn = always,
) -> Report:
    """Check each paragraph of a draft against the library. `today` decides what is in force."""
    checker = _Checker(Register(snapshot), (today or date.today()).isoformat())
    findings: list[Finding] = []
    cited_in_all: list[Citing] = []
    loose_in_all = 0
    for index, text in enumerate(paragraphs):
        if not going_on():
            break
        cited = citings(text)
        loose = loose_quotations(text, cited)
        cited_in_all, loose_in_all = [*cited_in_all, *cited], loose_in_all + len(loose)
        for each in cited:
            findings += checker.citing(Paragraph(index, text), each)
        for quoted in loose:
            findings += checker.loose(Paragraph(index, text), quoted)
    places = sum(len(each.places) for each in cited_in_all)
    quotations = sum(len(each.quotations) for each in cited_in_all) + loose_in_all
    return Report(tuple(findings), len(cited_in_all), places, quotations)


class _Checker:
    """Holds what is cited against the register of a library."""

    def __init__(self, register: Register, today: str) -> None:
        self._register = register
        self._today = today

    def citing(self, paragraph: Paragraph, cited: Citing) -> list[Finding]:
        """What is wrong with a citation."""
        span = (cited.start, cited.end)
        if not cited.title:
            known = not cited.number or self._register.numbered(cited.number)
            return [] if known else [paragraph.finding(span, "number_unknown")]
        documents, exact = self._register.named(cited.title)
        if not documents:
            return self._unknown(paragraph, cited)
        found = self._number(paragraph, cited, documents)
        if exact:
            found.append(paragraph.finding(span, "title_inexact", exact))
        version = version_of(documents, cited)
        if ended := self._ended(version, documents):
            found.append(paragraph.finding(span, "out_of_force", ended))
        for place in cited.places:
            found += self._place(paragraph, place, version, documents, cited)
        for quoted in cited.quotations:
            before = [place for place in cited.places if place.end <= quoted.start]
            found += self._quotation(paragraph, quoted, documents, before[-1] if before else None)
        return found

    def loose(self, paragraph: Paragraph, quoted: Quoted) -> list[Finding]:
        """A quotation without a title: wrong only where some clause holds nearly the same words."""
        words, held = bare(quoted.words), pairs_of(plain(quoted.words))
        rows = [row for row in self._register.clauses if contained(held, row) >= _LOOSE]
        if not rows or any(words in bare(row.text) for row in rows):
            return []
        return self._altered(paragraph, quoted, rows, _LOOSE)

    def _unknown(self, paragraph: Paragraph, cited: Citing) -> list[Finding]:
        """A title that no document has: another one may say that it was ended."""
        span = (cited.start, cited.end)
        if other := self._register.ended_by(cited.title):
            return [paragraph.finding(span, "out_of_force", f"被《{other.metadata.title}》废止")]
        unknown = paragraph.finding(span, "title_unknown")
        if cited.number and not self._register.numbered(cited.number):
            return [paragraph.finding(cited.number_range, "number_unknown"), unknown]
        return [unknown]

    def _number(self, paragraph: Paragraph, cited: Citing, documents: Sequence[DocumentRow]) -> list[Finding]:
        """A 文号 must be that of a document of the title."""
        held = self._register.numbered(cited.number) if cited.number else []
        if not cited.number or {row.id for row in held} & {row.id for row in documents}:
            return []
        printed = next((row.metadata.number for row in documents if row.metadata.number), None)
        if printed is None and not held:
            return [paragraph.finding(cited.number_range, "number_unknown")]
        right = f"应为{printed}" if printed else f"{cited.number}是《{held[0].metadata.title}》的文号"
        return [paragraph.finding(cited.number_range, "number_mismatch", right)]

    def _ended(self, version: DocumentRow, documents: Sequence[DocumentRow]) -> str:
        """Why a version is no longer in force; empty where nothing says so."""
        if version.metadata.expires and version.metadata.expires < self._today:
            return f"有效期到{version.metadata.expires}"
        newest = max(documents, key=date_of)
        if date_of(newest) > date_of(version):
            return f"已有{date_of(newest)[:4]}年的版本"
        others = (self._register.ended_by(title, date_of(version), version.id) for title in titles_of(version))
        ending = next((row for row in others if row), None)
        return f"被《{ending.metadata.title}》废止" if ending else ""

    def _place(
        self,
        paragraph: Paragraph,
        place: Place,
        version: DocumentRow,
        documents: Sequence[DocumentRow],
        cited: Citing,
    ) -> list[Finding]:
        """An article, paragraph, item or label must be there, and be what the draft speaks of."""
        span, rows = (place.start, place.end), self._register.clauses_of(version)
        named = [row for row in rows if is_of(row, place.label)]
        if moved := self._moved(paragraph, place, documents, cited):
            return [paragraph.finding(span, "article_moved", moved.label, moved)]
        if not named:
            last = last_article(rows) if place.is_article else ""
            return [paragraph.finding(span, "place_missing", f"全文到{last}为止" if last else "")]
        if place.full != place.label and not any(holds(row, place.full, place.label) for row in named):
            source = quotation(named[0], version, named[0].clause.start, named[0].clause.end)
            missing = place.full[len(place.label) :]
            return [paragraph.finding(span, "place_missing", f"{place.label}没有{missing}", source)]
        return []

    def _moved(
        self, paragraph: Paragraph, place: Place, documents: Sequence[DocumentRow], cited: Citing
    ) -> Quotation | None:
        """Where an article stands now, if what the draft says of it is under that number in an earlier version only."""
        words = pairs_of(plain(_said(paragraph.text, place, cited)))
        if not place.is_article or len(documents) < 2 or len(words) < _FEWEST:
            return None
        newest = max(documents, key=date_of)
        current = self._register.clauses_of(newest)
        earlier = [row for each in documents if each.id != newest.id for row in self._register.clauses_of(each)]
        now = max(current, key=lambda row: contained(words, row), default=None)
        before, held = _best(words, earlier, place.label), _best(words, current, place.label)
        if now is None or is_of(now, place.label) or before < _SPOKEN_OF or held >= before:
            return None
        return quotation(now, newest, now.clause.start, now.clause.end) if contained(words, now) >= _SPOKEN_OF else None

    def _quotation(
        self, paragraph: Paragraph, quoted: Quoted, documents: Sequence[DocumentRow], place: Place | None
    ) -> list[Finding]:
        """A quotation must stand in a document of that title, in the article named."""
        words, span = bare(quoted.words), (quoted.start, quoted.end)
        rows = [row for each in documents for row in self._register.clauses_of(each)]
        named = [row for row in rows if place is None or is_of(row, place.label)] or rows
        if any(words in bare(row.text) for row in named):
            return []
        if elsewhere := next((row for row in rows if words in bare(row.text)), None):
            clause = elsewhere.clause
            source = quotation(elsewhere, self._register.document_of(elsewhere), clause.start, clause.end)
            return [paragraph.finding(span, "article_moved", f"这句话在{source.label}", source)]
        if any(words in "".join(bare(row.text) for row in self._register.clauses_of(each)) for each in documents):
            return []  # it runs over several clauses
        altered = self._altered(paragraph, quoted, named, _ALTERED) or self._altered(paragraph, quoted, rows, _ALTERED)
        return altered or [paragraph.finding(span, "quotation_not_found")]

    def _altered(self, paragraph: Paragraph, quoted: Quoted, rows: Iterable[ClauseRow], least: float) -> list[Finding]:
        """The passage that a quotation was altered from, where one is near enough."""
        found = nearest(quoted.words, rows)
        if found is None or found[0] < least:
            return []
        _, row, start, end = found
        offset = row.clause.start
        source = quotation(row, self._register.document_of(row), offset + start, offset + end)
        return [paragraph.finding((quoted.start, quoted.end), "quotation_altered", source.quote, source)]


def _best(words: frozenset[str], rows: Iterable[ClauseRow], label: str) -> float:
    """The largest share of the words that a clause of this label holds."""
    return max((contained(words, row) for row in rows if is_of(row, label)), default=0.0)


def _said(text: str, place: Place, cited: Citing) -> str:
    """What the draft says of an article: its quotation, or the rest of the sentence."""
    behind = [each for each in cited.quotations if each.start >= place.end]
    if behind:
        return behind[0].words
    stop = re.search(r"[。；;\n]", text[place.end :])
    return text[place.end : place.end + stop.start()] if stop else text[place.end :]
