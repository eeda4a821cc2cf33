"""Draft check (草稿核对): whether what a draft cites exists, is named and quoted exactly, and is in force."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from desk.citings import Citing, Place, Quoted, citings, loose_quotations
from desk.quotation import Quotation, quotation
from desk.segments import dice, pairs_of, plain
from index.ngrams import normalised
from index.records import ClauseRow, DocumentRow
from index.references import numbers_in, plain_title
from index.snapshot import Snapshot

KINDS = {
    "number_unknown": "文库里没有这个文号",
    "number_mismatch": "文号与标题不符",
    "title_unknown": "文库里没有这份文件，无法核对",
    "title_inexact": "标题与原文不一致",
    "place_missing": "没有这一条（款、项）",
    "quotation_altered": "引文与原文不一致",
    "quotation_not_found": "原文里找不到这句话",
    "out_of_force": "文件已失效或已被替代",
    "article_moved": "条文序号在现行版本中已经变动",
}
"""Kinds of findings, each with what is said of it."""

_NEAR_TITLE = 0.72  # of pairs in common
_NEAR_QUOTATION = 0.55  # of its characters in the same order in the original
_LEAST_PAIRS = 0.35  # of a quotation's pairs that a clause holds, to be looked at
_MOVED = 0.5  # of the words behind a citation that an article holds, to be what they speak of
_CLAUSES = 6  # clauses that are compared with a quotation


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a draft that does not agree with the library."""

    paragraph: int  # index of the paragraph, from 0
    start: int
    end: int  # of `words` in the paragraph
    words: str
    kind: str  # a key of KINDS
    right: str  # how it should read, or where it stands now; empty where the library does not say
    source: Quotation | None = None  # the clause that shows it

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return KINDS[self.kind] + (f"：{self.right}" if self.right else "")


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    citings: int
    places: int
    quotations: int


def check(
    snapshot: Snapshot,
    paragraphs: Sequence[str],
    *,
    today: date | None = None,
    going_on: Callable[[], bool] = lambda: True,
) -> Report:
    """Check each paragraph of a draft against the library. `today` decides what is in force."""
    checker = _Checker(snapshot, (today or date.today()).isoformat())
    findings: list[Finding] = []
    counts = [0, 0, 0]
    for index, text in enumerate(paragraphs):
        if not going_on():
            break
        cited = citings(text)
        loose = loose_quotations(text, cited)
        counts[0] += len(cited)
        counts[1] += sum(len(each.places) for each in cited)
        counts[2] += sum(len(each.quotations) for each in cited) + len(loose)
        for each in cited:
            findings += checker.citing(index, text, each)
        for quoted in loose:
            findings += checker.loose(index, quoted)
    return Report(tuple(findings), *counts)


class _Checker:
    """The library's documents by title and number."""

    def __init__(self, snapshot: Snapshot, today: str) -> None:
        self._snapshot = snapshot
        self._today = today
        self._by_title: dict[str, list[DocumentRow]] = {}
        self._exact: dict[str, set[str]] = {}  # plain title → spellings that count as exact
        self._by_number: dict[str, list[DocumentRow]] = {}
        for row in snapshot.documents:
            for title in _titles(row):
                held = self._by_title.setdefault(plain_title(title), [])
                if row not in held:
                    held.append(row)
                self._exact.setdefault(plain_title(title), set()).update(_spellings(title))
            for number in numbers_in(row.metadata.number or ""):
                self._by_number.setdefault(number, []).append(row)
        self._pairs = {title: pairs_of(plain(title)) for title in self._by_title}

    def citing(self, paragraph: int, text: str, cited: Citing) -> list[Finding]:
        """What is wrong with a citation."""
        span = (cited.start, cited.end)
        number_span = cited.number_range
        if not cited.title:
            known = any(cited.number.endswith(number) for number in self._by_number)  # 落实云教基〔2023〕9号
            return [] if known or not cited.number else [_finding(paragraph, text, span, "number_unknown")]
        found: list[Finding] = []
        documents, exact = self._documents(cited)
        numbered = self._by_number.get(cited.number, [])
        if cited.number and not numbered:
            right = _right_number(documents)
            kind = "number_mismatch" if right else "number_unknown"
            found.append(_finding(paragraph, text, number_span, kind, right))
        elif cited.number and documents and not set(_ids(numbered)) & set(_ids(documents)):
            right = _right_number(documents) or f"{cited.number}是《{numbered[0].metadata.title}》的文号"
            found.append(_finding(paragraph, text, number_span, "number_mismatch", right))
        if not documents:
            repealing = next((row for row in self._snapshot.documents if _names(row, cited.title)), None)
            if repealing:
                right = f"被《{repealing.metadata.title}》废止"
                return [_finding(paragraph, text, span, "out_of_force", right)]
            return [*found, _finding(paragraph, text, span, "title_unknown")]
        if exact:
            found.append(_finding(paragraph, text, span, "title_inexact", exact))
        versions = self._versions(documents, cited)
        found += self._force(paragraph, text, span, versions, documents)
        for place in cited.places:
            found += self._place(paragraph, text, place, versions, documents, cited)
        for quoted in cited.quotations:
            found += self._quotation(paragraph, quoted, documents, self._place_before(cited, quoted))
        return found

    def loose(self, paragraph: int, quoted: Quoted) -> list[Finding]:
        """A quotation without a title: wrong only where some clause holds nearly the same words."""
        words, held = _bare(quoted.words), pairs_of(plain(quoted.words))
        rows = [row for row in self._snapshot.clauses if _held_share(held, row) >= 0.8]
        if not rows or any(words in _bare(row.text) for row in rows):
            return []
        return self._altered(paragraph, quoted, rows, least=0.8)

    def _documents(self, cited: Citing) -> tuple[list[DocumentRow], str]:
        """Documents of that title, and where it is not exact, how it reads."""
        asked = plain_title(cited.title)
        if held := self._by_title.get(asked):
            spelled = _spelled(cited.title)
            if spelled in self._exact[asked]:
                return held, ""
            return held, f"《{max(self._exact[asked], key=lambda each: dice(pairs_of(each), pairs_of(spelled)))}》"
        pairs = pairs_of(plain(asked))
        nearest = max(self._pairs, key=lambda title: dice(self._pairs[title], pairs), default="")
        if nearest and dice(self._pairs[nearest], pairs) >= _NEAR_TITLE:
            return self._by_title[nearest], f"《{self._by_title[nearest][0].metadata.title}》"
        return [], ""

    def _versions(self, documents: Sequence[DocumentRow], cited: Citing) -> list[DocumentRow]:
        """The version that is meant: of the year or number named, else the latest."""
        by_number = [row for row in documents if cited.number in numbers_in(row.metadata.number or "")]
        by_year = [row for row in documents if cited.year and _date(row).startswith(str(cited.year))]
        return by_year or by_number or [max(documents, key=_date)]

    def _force(
        self,
        paragraph: int,
        text: str,
        span: tuple[int, int],
        versions: Sequence[DocumentRow],
        documents: Sequence[DocumentRow],
    ) -> list[Finding]:
        row = versions[0]
        if row.metadata.expires and row.metadata.expires < self._today:
            return [_finding(paragraph, text, span, "out_of_force", f"有效期到{row.metadata.expires}")]
        newest = max(documents, key=_date)
        if newest.id != row.id and _date(newest) > _date(row):
            return [_finding(paragraph, text, span, "out_of_force", f"已有{_date(newest)[:4]}年的版本")]
        for other in self._snapshot.documents:
            if other.id != row.id and _date(other) >= _date(row) and _repeals(other, row):
                right = f"被《{other.metadata.title}》废止"
                return [_finding(paragraph, text, span, "out_of_force", right)]
        return []

    def _rows(self, row: DocumentRow) -> list[ClauseRow]:
        return [self._snapshot.clauses[index] for index in self._snapshot.ranges[row.id]]

    def _place(
        self,
        paragraph: int,
        text: str,
        place: Place,
        versions: Sequence[DocumentRow],
        documents: Sequence[DocumentRow],
        cited: Citing,
    ) -> list[Finding]:
        rows = self._rows(versions[0])
        span = (place.start, place.end)
        named = [row for row in rows if _is_of(row, place.label)]
        moved = self._moved(text, place, named, versions[0], documents, cited)
        if moved:
            return [_finding(paragraph, text, span, "article_moved", moved.label, moved)]
        if not named:
            last = _last_article(rows) if place.is_article else ""
            return [_finding(paragraph, text, span, "place_missing", f"全文到{last}为止" if last else "")]
        if place.full != place.label and not any(_holds(row, place.full, place.label) for row in named):
            source = quotation(named[0], versions[0], named[0].clause.start, named[0].clause.end)
            right = f"{place.label}没有{place.full[len(place.label) :]}"
            return [_finding(paragraph, text, span, "place_missing", right, source)]
        return []

    def _moved(
        self,
        text: str,
        place: Place,
        named: Sequence[ClauseRow],
        version: DocumentRow,
        documents: Sequence[DocumentRow],
        cited: Citing,
    ) -> Quotation | None:
        """Where an article stands now whose number, as cited, is that of an earlier version."""
        if not place.is_article or len(documents) < 2:
            return None
        words = pairs_of(plain(_said(text, place, cited)))
        if len(words) < 8:
            return None
        newest = max(documents, key=_date)
        held = max((_contained(words, row) for row in named), default=0.0) if version.id == newest.id else 0.0
        old = [
            row for each in documents if each.id != newest.id for row in self._rows(each) if _is_of(row, place.label)
        ]
        before = max((_contained(words, row) for row in old), default=0.0)
        now = max(self._rows(newest), key=lambda row: _contained(words, row), default=None)
        if before < _MOVED or held >= before or now is None or _is_of(now, place.label):
            return None
        if _contained(words, now) < _MOVED:
            return None
        return quotation(now, newest, now.clause.start, now.clause.end)

    def _place_before(self, cited: Citing, quoted: Quoted) -> Place | None:
        before = [place for place in cited.places if place.end <= quoted.start]
        return before[-1] if before else None

    def _quotation(
        self, paragraph: int, quoted: Quoted, documents: Sequence[DocumentRow], place: Place | None
    ) -> list[Finding]:
        """A quotation must stand in a document of that title, in the article named."""
        words = _bare(quoted.words)
        rows = [row for each in documents for row in self._rows(each)]
        named = [row for row in rows if place is None or _is_of(row, place.label)] or rows
        if any(words in _bare(row.text) for row in named):
            return []
        if any(words in text for text in self._whole(documents)):
            elsewhere = next((row for row in rows if words in _bare(row.text)), None)
            if elsewhere is None or place is None:
                return []
            document = next(each for each in documents if each.id == elsewhere.document)
            source = quotation(elsewhere, document, elsewhere.clause.start, elsewhere.clause.end)
            at = quoted.start, quoted.end
            return [Finding(paragraph, *at, quoted.words, "article_moved", f"这句话在{source.label}", source)]
        altered = self._altered(paragraph, quoted, named, least=_NEAR_QUOTATION)
        altered = altered or self._altered(paragraph, quoted, rows, least=_NEAR_QUOTATION)
        return altered or [Finding(paragraph, quoted.start, quoted.end, quoted.words, "quotation_not_found", "")]

    def _whole(self, documents: Iterable[DocumentRow]) -> list[str]:
        return ["".join(_bare(row.text) for row in self._rows(each)) for each in documents]

    def _altered(self, paragraph: int, quoted: Quoted, rows: Iterable[ClauseRow], *, least: float) -> list[Finding]:
        """The passage that a quotation was altered from, where one is near enough."""
        held = pairs_of(plain(quoted.words))
        near = sorted(rows, key=lambda row: -_held_share(held, row))[:_CLAUSES]
        best: tuple[float, ClauseRow, int, int] | None = None
        for row in near:
            if _held_share(held, row) < _LEAST_PAIRS:
                continue
            share, start, end = _window(quoted.words, row.text)
            if share >= least and (best is None or share > best[0]):
                best = (share, row, start, end)
        if best is None:
            return []
        _, row, start, end = best
        document = next(each for each in self._snapshot.documents if each.id == row.document)
        source = quotation(row, document, row.clause.start + start, row.clause.start + end)
        return [Finding(paragraph, quoted.start, quoted.end, quoted.words, "quotation_altered", source.quote, source)]


def _finding(
    paragraph: int, text: str, span: tuple[int, int], kind: str, right: str = "", source: Quotation | None = None
) -> Finding:
    return Finding(paragraph, span[0], span[1], text[span[0] : span[1]], kind, right, source)


def _ids(rows: Iterable[DocumentRow]) -> list[str]:
    return [row.id for row in rows]


def _titles(row: DocumentRow) -> list[str]:
    """Titles that a document is cited by: its own, that of the notice around it, those of its attachments."""
    titles = [row.metadata.title, row.metadata.cover_title or "", *(part.title for part in row.parts)]
    return [title for title in dict.fromkeys(titles) if len(title) >= 4]


def _spelled(title: str) -> str:
    """A title as it is compared to the letter: width and blanks do not count."""
    return re.sub(r"\s+", "", normalised(title)).replace("〈", "《").replace("〉", "》")


def _spellings(title: str) -> set[str]:
    """Ways of writing a title that are all exact: with and without 中华人民共和国 and the year of its edition."""
    plain_edition = re.sub(r"[（(](?:19|20)\d{2}年?(?:修正|修订|版)?[)）]$", "", title)
    forms = {title, plain_edition}
    forms |= {form.replace("中华人民共和国", "") for form in forms}
    forms |= {f"中华人民共和国{form}" for form in forms if form.endswith(("法", "条例")) and "《" not in form}
    return {_spelled(form) for form in forms}


def _right_number(documents: Sequence[DocumentRow]) -> str:
    numbers = [row.metadata.number for row in documents if row.metadata.number]
    return f"应为{numbers[0]}" if numbers else ""


def _date(row: DocumentRow) -> str:
    """The day of a version: its publication, or where it was revised since, the day from which it is in force."""
    metadata = row.metadata
    return max(metadata.published or metadata.signed or "", metadata.effective or "")


def _repeals(other: DocumentRow, row: DocumentRow) -> bool:
    return any(_names(other, title) for title in _titles(row))


def _names(other: DocumentRow, title: str) -> bool:
    """Whether a document says that it ends the force of a title."""
    return any(_spelled(f"《{title}》") in _spelled(sentence) for sentence in other.metadata.repeals)


def _is_of(row: ClauseRow, label: str) -> bool:
    """Whether a clause is the one of a label, or lies in it."""
    own = row.clause.label.replace("（", "(").replace("）", ")")
    return (
        own == label
        or own.rstrip(".") == label.rstrip(".")
        or (own.startswith(label) and own[len(label) :][:1] in "第(、")
    )


def _holds(row: ClauseRow, full: str, label: str) -> bool:
    """Whether a clause is, or has, the paragraph and item that are cited."""
    rest = full[len(label) :]
    paragraph, _, item = rest.partition("款")
    if not paragraph.startswith("第("):
        wanted = f"{label}{paragraph}款"
        one = row.clause.label == label and paragraph == "第一"
        if not (row.clause.label == wanted or one):
            return False
        rest = item
    return not rest or any(point.label == rest for point in row.clause.points)


def _last_article(rows: Sequence[ClauseRow]) -> str:
    labels = [match[0] for row in rows if (match := re.match(r"第[^条]{1,7}条", row.clause.label))]
    return labels[-1] if labels else ""


def _said(text: str, place: Place, cited: Citing) -> str:
    """What the draft says of an article: its quotation, or the rest of the sentence."""
    behind = [each for each in cited.quotations if each.start >= place.end]
    if behind:
        return behind[0].words
    stop = re.search(r"[。；;\n]", text[place.end :])
    return text[place.end : place.end + stop.start()] if stop else text[place.end :]


def _contained(words: frozenset[str], row: ClauseRow) -> float:
    """Share of pairs that a clause holds, 0 to 1."""
    return len(words & pairs_of(plain(row.text))) / len(words) if words else 0.0


def _held_share(words: frozenset[str], row: ClauseRow) -> float:
    return _contained(words, row)


def _bare(words: str) -> str:
    """Words without blanks, punctuation and width: punctuation may differ in a quotation."""
    return re.sub(r"[\W_]+", "", normalised(words))


def _window(words: str, text: str) -> tuple[float, int, int]:
    """The stretch of a text that words were taken from: share of them in it, in order, and its range."""
    blocks = [block for block in SequenceMatcher(None, words, text, autojunk=False).get_matching_blocks() if block.size]
    best = max(blocks, key=lambda block: block.size, default=None)
    if best is None:
        return 0.0, 0, 0
    low, high = best.b - best.a - len(words) // 2, best.b + len(words) - best.a + len(words) // 2
    inside = [block for block in blocks if low <= block.b and block.b + block.size <= high]
    start, end = min(block.b for block in inside), max(block.b + block.size for block in inside)
    return sum(block.size for block in inside) / len(words), start, end
