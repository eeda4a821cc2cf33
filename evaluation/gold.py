"""From the quotes of a question file to ranges and clauses of a library."""

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.comparison import Comparable, comparable
from evaluation.question_file import GoldQuote
from index.library import Library
from index.records import clause_id
from ingest.document import Clause, Document

DOCUMENT_NAME = 3
"""Characters of a file name that name the document in question files."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a document's canonical text."""

    document: str  # document id
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two have a character in common.

        >>> Span("a", 0, 5).overlaps(Span("a", 4, 9)), Span("a", 0, 5).overlaps(Span("a", 5, 9))
        (True, False)
        """
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold quote, where it stands in the library, and the clause that holds it."""

    quote: GoldQuote
    span: Span | None  # None where the library doesn't hold the quote
    clause: Span | None  # None where no citable clause holds it
    label: str  # of the clause, empty where there is none
    fault: str | None  # why there is no clause, for the person who made the questions

    @property
    def clause_id(self) -> str:
        """The id of the clause; of a quote without one, a name that no hit can have, so that it counts as missed."""
        if self.clause is None:
            return f"unmapped {self.quote.document}: {self.quote.quote or self.quote.label}"
        return clause_id(self.clause.document, self.clause.start)


class GoldFinder:
    """Finds gold quotes in a library; keeps the documents it has read."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._sources = [(row.source.rpartition("/")[2][:DOCUMENT_NAME], row.id) for row in library.documents()]
        self._documents: dict[str, Document] = {}
        self._comparables: dict[str, Comparable] = {}

    def document(self, document_id: str) -> Document:
        """Return a document of the library. Raises UnknownDocument."""
        if document_id not in self._documents:
            self._documents[document_id] = self._library.document(document_id)
        return self._documents[document_id]

    def find(self, quote: GoldQuote) -> Gold:
        """Find a quote: verbatim, else with width, punctuation and spaces set aside; or a clause by its label."""
        ids = [document_id for name, document_id in self._sources if name == quote.document]
        if not ids:
            return Gold(quote, None, None, "", f"the library holds no document whose file name starts {quote.document}")
        if quote.label:
            return self._labelled(ids, quote)
        spans = [*self._verbatim(ids, quote.quote)] or [*self._folded(ids, quote.quote)]
        for span in spans:
            if clause := self._clause_around(span):
                return Gold(quote, span, Span(span.document, clause.start, clause.end), clause.citation_label, None)
        if spans:
            return Gold(quote, spans[0], None, "", "the quote lies in no citable clause whole")
        return Gold(quote, None, None, "", "the document does not hold the quote")

    def _labelled(self, ids: Iterable[str], quote: GoldQuote) -> Gold:
        for document_id in ids:
            for clause in self.document(document_id).citable():
                if clause.citation_label == quote.label:
                    span = Span(document_id, clause.start, clause.end)
                    return Gold(quote, span, span, clause.citation_label, None)
        return Gold(quote, None, None, "", f"the document holds no clause {quote.label}")

    def _verbatim(self, ids: Iterable[str], quote: str) -> Iterable[Span]:
        for document_id in ids:
            text = self.document(document_id).text
            start = text.find(quote)
            while start >= 0:
                yield Span(document_id, start, start + len(quote))
                start = text.find(quote, start + 1)

    def _folded(self, ids: Iterable[str], quote: str) -> Iterable[Span]:
        for document_id in ids:
            if document_id not in self._comparables:
                self._comparables[document_id] = comparable(self.document(document_id).text)
            if found := self._comparables[document_id].find(comparable(quote)):
                yield Span(document_id, *found)

    def _clause_around(self, span: Span) -> Clause | None:
        """Return the citable clause that holds the whole range."""
        clauses = self.document(span.document).citable()
        return next((clause for clause in clauses if clause.start <= span.start and span.end <= clause.end), None)
