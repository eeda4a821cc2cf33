"""The documents of a library as drafts cite them: by title, by 文号, by version."""

import re
from collections.abc import Sequence

from desk.citings import Citing
from desk.segments import dice, pairs_of, plain
from index.ngrams import normalised
from index.records import ClauseRow, DocumentRow
from index.references import numbers_in, plain_title
from index.snapshot import Snapshot

NEAR = 0.72
"""Share of pairs in common, 0 to 1, from which a title is another one written wrongly."""


class Register:
    """Titles and numbers of one state of a library."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._by_title: dict[str, list[DocumentRow]] = {}
        self._exact: dict[str, set[str]] = {}  # plain title → spellings that count as exact
        self._by_number: dict[str, list[DocumentRow]] = {}
        for row in snapshot.documents:
            self._enter(row)
        self._pairs = {title: pairs_of(plain(title)) for title in self._by_title}

    def _enter(self, row: DocumentRow) -> None:
        for title in titles_of(row):
            held = self._by_title.setdefault(plain_title(title), [])
            if row not in held:
                held.append(row)
            self._exact.setdefault(plain_title(title), set()).update(_spellings(title))
        for number in numbers_in(row.metadata.number or ""):
            self._by_number.setdefault(number, []).append(row)

    @property
    def clauses(self) -> Sequence[ClauseRow]:
        """All citable clauses."""
        return self._snapshot.clauses

    def clauses_of(self, row: DocumentRow) -> list[ClauseRow]:
        """The citable clauses of a document."""
        return [self._snapshot.clauses[index] for index in self._snapshot.ranges[row.id]]

    def document_of(self, row: ClauseRow) -> DocumentRow:
        """The document of a clause."""
        return next(each for each in self._snapshot.documents if each.id == row.document)

    def numbered(self, number: str) -> list[DocumentRow]:
        """Documents of a 文号; words that were read into its beginning (落实云教基〔2023〕9号) do not count."""
        exact = self._by_number.get(number)
        return exact or [row for known, rows in self._by_number.items() if number.endswith(known) for row in rows]

    def named(self, title: str) -> tuple[list[DocumentRow], str]:
        """Documents of a title, and where it is not exact, how it reads."""
        asked = plain_title(title)
        if held := self._by_title.get(asked):
            spelled = _spelled(title)
            if spelled in self._exact[asked]:
                return held, ""
            nearest = max(self._exact[asked], key=lambda each: dice(pairs_of(each), pairs_of(spelled)))
            return held, f"《{nearest}》"
        pairs = pairs_of(plain(asked))
        near = max(self._pairs, key=lambda known: dice(self._pairs[known], pairs), default="")
        if near and dice(self._pairs[near], pairs) >= NEAR:
            return self._by_title[near], f"《{self._by_title[near][0].metadata.title}》"
        return [], ""

    def ended_by(self, title: str, since: str = "", but: str = "") -> DocumentRow | None:
        """The document, not older than `since` and not `but`, that says it ends the force of a title."""
        name = _spelled(f"《{title}》")
        for row in self._snapshot.documents:
            if row.id != but and date_of(row) >= since and any(name in _spelled(each) for each in row.metadata.repeals):
                return row
        return None


def version_of(documents: Sequence[DocumentRow], cited: Citing) -> DocumentRow:
    """The version that is meant: of the year or number that the draft names, else the latest."""
    by_year = [row for row in documents if cited.year and date_of(row).startswith(str(cited.year))]
    by_number = [row for row in documents if cited.number and cited.number in numbers_in(row.metadata.number or "")]
    return (by_year or by_number or [max(documents, key=date_of)])[0]


def date_of(row: DocumentRow) -> str:
    """The day of a version: its publication, or where it was revised since, the day from which it is in force."""
    metadata = row.metadata
    return max(metadata.published or metadata.signed or "", metadata.effective or "")


def titles_of(row: DocumentRow) -> list[str]:
    """Titles that a document is cited by: its own, that of the notice around it, those of its attachments."""
    titles = [row.metadata.title, row.metadata.cover_title or "", *(part.title for part in row.parts)]
    return [title for title in dict.fromkeys(titles) if len(title) >= 4]


def _spelled(title: str) -> str:
    """A title as it is compared to the letter: width and blanks do not count."""
    return re.sub(r"\s+", "", normalised(title)).replace("〈", "《").replace("〉", "》")


def _spellings(title: str) -> set[str]:
    """Ways of writing a title that are all exact: with and without 中华人民共和国 and the year of its edition."""
    forms = {title, re.sub(r"[（(](?:19|20)\d{2}年?(?:修正|修订|版)?[)）]$", "", title)}
    forms |= {form.replace("中华人民共和国", "") for form in forms}
    forms |= {f"中华人民共和国{form}" for form in forms if form.endswith(("法", "条例")) and "《" not in form}
    return {_spelled(form) for form in forms}
