"""From quotes to ranges and clauses."""

import pytest

from evaluation.gold import Gold, GoldFinder, Span
from evaluation.question_file import GoldQuote
from index.library import Library
from ingest.load import document_from


def found(library: Library, document: str, quote: str) -> Gold:
    return GoldFinder(library).find(GoldQuote(document, quote))


def words(library: Library, span: Span | None) -> str:
    assert span is not None
    return library.document(span.document).text[span.start : span.end]


def test_a_quote_is_found_verbatim_in_its_clause(library: Library) -> None:
    gold = found(library, "900", "小学课间10分钟延长为15分钟")
    assert gold.fault is None
    assert words(library, gold.span) == "小学课间10分钟延长为15分钟"
    assert words(library, gold.clause) == "推动小学课间10分钟延长为15分钟。"
    assert gold.label == "二、3."
    assert gold.clause_id in {row.id for row in library.snapshot().clauses}


def test_a_document_in_a_folder_is_named_by_its_file_name(library: Library) -> None:
    assert found(library, "901", "开设托班").label == "一、1."


def test_width_punctuation_and_spaces_may_differ(library: Library) -> None:
    gold = found(library, "900", '"阳光厨房"检查, 覆盖率达到100%')
    assert words(library, gold.span) == "阳光厨房”检查，覆盖率达到１００％"
    assert gold.label == "一、2."


@pytest.mark.parametrize(
    ("document", "quote", "fault"),
    [
        ("999", "开设托班", "no document whose file name starts 999"),
        ("900", "开设托班", "does not hold the quote"),
        ("900", "3.延长课间。推动小学", "in no citable clause whole"),
        ("900", "减轻学生负担", "in no citable clause whole"),
    ],
)
def test_a_quote_without_clause_says_why_and_can_not_be_hit(
    library: Library, document: str, quote: str, fault: str
) -> None:
    gold = found(library, document, quote)
    assert gold.fault is not None
    assert fault in gold.fault
    assert gold.clause is None
    assert gold.clause_id not in {row.id for row in library.snapshot().clauses}


def test_a_heading_that_says_the_same_does_not_hide_the_clause(library: Library) -> None:
    library.add(document_from("902.txt", "某市要点\n\n一、开设托班\n1.扩大供给。鼓励幼儿园开设托班。\n".encode()))
    gold = found(library, "902", "开设托班")
    assert gold.clause is not None
    assert words(library, gold.clause) == "鼓励幼儿园开设托班。"


def test_ranges_of_two_documents_never_overlap() -> None:
    assert Span("a", 0, 5).overlaps(Span("a", 4, 6))
    assert not Span("a", 0, 5).overlaps(Span("b", 0, 5))
    assert not Span("a", 0, 5).overlaps(Span("a", 5, 6))


def test_a_clause_is_named_by_its_label(library: Library) -> None:
    gold = GoldFinder(library).find(GoldQuote("900", "", "二、3."))
    assert gold.span == gold.clause
    assert words(library, gold.clause) == "推动小学课间10分钟延长为15分钟。"
    missing = GoldFinder(library).find(GoldQuote("900", "", "九、99."))
    assert missing.fault == "the document holds no clause 九、99."
    assert missing.clause_id not in {row.id for row in library.snapshot().clauses}
