"""Measures of answers, with values worked by hand."""

from collections.abc import Sequence
from math import log2

import pytest

from answer.records import Answer, Citation, Statement
from evaluation.question_file import GoldQuote, Question
from evaluation.questions import Judged, by_kind, judge, measured, worst
from evaluation.report import unmapped
from index.library import Library
from index.query import Query

BREAK = "推动小学课间10分钟延长为15分钟。"
KITCHEN = "开展“阳光厨房”检查，覆盖率达到１００％。"
PLACES = "新增公办幼儿园学位3000个。"
TODDLERS = "支持有条件的幼儿园招收2至3岁幼儿。"
TRAINING = "推广“先学后付”，严禁一次性收费超过60课时。"

QUESTIONS = [
    Question("q1", "teacher", "课间", True, (GoldQuote("900", "延长为15分钟"),), ("15 分钟",)),
    Question(
        "q2",
        "teacher",
        "托班",
        True,
        (GoldQuote("900", "招收2至3岁幼儿"), GoldQuote("901", "开设托班")),
        ("2至3岁", "托班"),
    ),
    Question("q3", "official", "课时", True, (GoldQuote("900", "60课时"),), ()),
    Question("q4", "unanswerable", "校车", False, (), ()),
    Question("q5", "unanswerable", "食堂", False, (), ()),
]


def said(
    library: Library, question: str, *, hits: Sequence[str], quotes: Sequence[str], milliseconds: float, shift: int = 0
) -> Answer:
    """An answer that lists the clauses holding `hits` and cites `quotes`, ranges moved by `shift`; none: refused."""
    found = [library.search(hit, exact=True).hits[0] for hit in hits]
    document = next(row for row in library.documents() if row.source == "900_yunxi.txt")
    text = library.document(document.id).text
    citations = []
    for number, quote in enumerate(quotes, start=1):
        start = text.index(quote) + shift
        citations.append(
            Citation(number, document.id, document.source, "要点", None, "", 0, quote, start, start + len(quote))
        )
    statements = tuple(Statement(each.quote, (each.number,)) for each in citations) or (Statement("没有2至3岁。", ()),)
    missing = None if quotes else "没有"
    return Answer(
        question, not quotes, statements, tuple(citations), tuple(found), Query(question), missing, milliseconds
    )


@pytest.fixture
def judged(library: Library) -> list[Judged]:
    answers = {
        "课间": said(library, "课间", hits=["阳光厨房", "延长为15分钟"], quotes=[BREAK], milliseconds=50),
        "托班": said(library, "托班", hits=["招收2至3岁"], quotes=[PLACES, KITCHEN], milliseconds=10),
        "课时": said(library, "课时", hits=["60课时"], quotes=[], milliseconds=20),
        "校车": said(library, "校车", hits=["60课时"], quotes=[], milliseconds=30),
        "食堂": said(library, "食堂", hits=["阳光厨房"], quotes=[KITCHEN], milliseconds=40, shift=1),
    }
    return judge(library, QUESTIONS, answers.__getitem__)


def test_hits_by_hand(judged: list[Judged]) -> None:
    measures = measured(judged)
    assert (measures.questions, measures.answerable) == (5, 3)
    assert measures.ndcg_at_10 == pytest.approx((1 / log2(3) + 1 / (1 + 1 / log2(3)) + 1) / 3)
    assert measures.mrr_at_10 == pytest.approx((1 / 2 + 1 + 1) / 3)
    assert measures.hit_at_1 == pytest.approx((0 + 1 + 1) / 3)
    assert measures.hit_at_5 == pytest.approx((1 + 1 + 1) / 3)
    assert measures.recall_at_10 == pytest.approx((1 + 1 / 2 + 1) / 3)


def test_answers_by_hand(judged: list[Judged]) -> None:
    measures = measured(judged)
    assert measures.unanswerable_refused == 1 / 2
    assert measures.answerable_refused == 1 / 3
    assert measures.facts_complete == 1 / 2
    assert measures.facts_present == 1 / 3
    assert measures.answer_characters_median == sorted([len(BREAK), len(PLACES + KITCHEN), len(KITCHEN)])[1]
    assert (measures.milliseconds_p50, measures.milliseconds_p95) == (30, 50)


def test_citations_by_hand(judged: list[Judged]) -> None:
    measures = measured(judged)
    assert measures.quotes_exact == 3 / 4  # the citation of q5 is moved by one character
    assert measures.citation_precision_quote == 1 / 3  # of BREAK, PLACES, KITCHEN only BREAK
    assert measures.citation_precision_clause == 2 / 3  # PLACES stands in the clause of a gold quote
    assert measures.citation_recall_quote == 1 / 4
    assert measures.citation_recall_clause == 2 / 4


def test_kinds_are_measured_apart_in_the_order_of_the_file(judged: list[Judged]) -> None:
    kinds = by_kind(judged)
    assert list(kinds) == ["teacher", "official", "unanswerable"]
    assert kinds["teacher"].facts_present == 1 / 3
    assert kinds["official"].facts_present is None
    assert kinds["official"].answerable_refused == 1
    assert kinds["official"].answer_characters_median is None
    assert kinds["unanswerable"].ndcg_at_10 is None
    assert kinds["unanswerable"].unanswerable_refused == 1 / 2
    assert kinds["unanswerable"].quotes_exact == 0


def test_a_refusal_holds_no_fact_whatever_it_says(library: Library) -> None:
    refusal = said(library, "托班", hits=["招收2至3岁"], quotes=[], milliseconds=1)
    assert judge(library, QUESTIONS[1:2], lambda _: refusal)[0].facts == (False, False)


def test_a_fact_inside_a_longer_number_is_not_held(library: Library) -> None:
    question = Question(1, "number", "学位", True, (GoldQuote("900", PLACES),), ("000个",))
    answer = said(library, "学位", hits=["3000"], quotes=[PLACES], milliseconds=1)
    assert judge(library, [question], lambda _: answer)[0].facts == (False,)


def test_gold_that_is_not_found_counts_as_missed_and_is_reported(library: Library) -> None:
    question = Question(9, "teacher", "课间", True, (GoldQuote("900", BREAK), GoldQuote("900", "课间20分钟")), ())
    answer = said(library, "课间", hits=["延长为15分钟"], quotes=[BREAK], milliseconds=1)
    judged = judge(library, [question], lambda _: answer)
    measures = measured(judged)
    assert measures.recall_at_10 == 1 / 2
    assert measures.citation_recall_quote == 1 / 2
    assert unmapped(judged) == ["question 9, document 900: the document does not hold the quote: 课间20分钟"]


def test_two_quotes_of_one_clause_are_one_gold_clause(library: Library) -> None:
    question = Question(9, "teacher", "学位", True, (GoldQuote("900", PLACES), GoldQuote("900", TODDLERS)), ())
    answer = said(library, "学位", hits=["3000"], quotes=[PLACES], milliseconds=1)
    measures = measured(judge(library, [question], lambda _: answer))
    assert measures.recall_at_10 == 1
    assert (measures.citation_recall_quote, measures.citation_recall_clause) == (1 / 2, 1)


def test_worst_are_answerable_and_worst_first(judged: list[Judged]) -> None:
    assert [each.question.id for each in worst(judged, 9)] == ["q2", "q3", "q1"]
    assert [each.question.id for each in worst(judged, 1)] == ["q2"]
    # q2: nDCG 1 / (1 + 1/log2(3)), no fact, one of two gold quotes by clause; q3: nDCG 1, no facts asked, not cited
    assert worst(judged, 1)[0].fulfilled == pytest.approx(1 / (1 + 1 / log2(3)) + 0 + 1 / 2)
    assert worst(judged, 2)[1].fulfilled == pytest.approx(1 + 1 + 0)


def test_nothing_to_measure_is_none() -> None:
    measures = measured([])
    assert measures.questions == 0
    assert measures.ndcg_at_10 is measures.milliseconds_p50 is measures.quotes_exact is None
