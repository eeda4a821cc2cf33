"""Addresses, marking, wording, export, examples: what the pages compute."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from index.search import Filters
from ingest.document import Metadata, Receipt
from ingest.errors import EmptyFile
from ingest.load import document_from
from pages.parts import addresses, export, marking, samples, wording
from pages.parts.adding import add_files, matching, source_of
from pages.parts.addresses import Place
from pages.parts.shelf import make


def _parameters(address: str) -> dict[str, str]:
    return dict(parse_qsl(address.partition("?")[2]))


@given(st.text(min_size=1), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_place_comes_back_out_of_its_address(document: str, clause: int, start: int, length: int) -> None:
    place = Place(document, clause, start, start + length)
    try:
        address = addresses.read_address(place, "课间?&=")
    except UnicodeEncodeError:  # half of a surrogate pair is no document's name
        return
    assert addresses.place_in(_parameters(address)) == place
    assert _parameters(address)["q"] == "课间?&="


@given(st.dictionaries(st.sampled_from(["document", "clause", "from", "to"]), st.text()))
def test_any_address_is_understood_or_left_aside(parameters: dict[str, str]) -> None:
    place = addresses.place_in(parameters)
    assert (place is None) == (not parameters.get("document"))
    if place is not None and place.start is not None:
        assert place.end is not None
        assert place.start < place.end


def test_filters_come_back_out_of_an_address() -> None:
    filters = Filters(region="云川市", year=2024, kind="工作要点", issuer=None)
    assert addresses.filters_in(_parameters(addresses.ask_address("课间", filters))) == filters
    assert addresses.filters_in({"year": "二〇二四"}) == Filters()


@given(st.text(), st.integers(0, 50), st.integers(0, 50), st.integers(-5, 60), st.integers(-5, 60))
def test_pieces_join_to_the_text_and_mark_what_both_ranges_hold(text: str, a: int, b: int, c: int, d: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    first, last = sorted((c, d))
    cut = marking.pieces(text, start, end, (first, last))
    assert "".join(each.text for each in cut) == text[start:end]
    expected = "".join(text[i] for i in range(start, end) if first <= i < last)
    assert "".join(each.text for each in cut if each.marked) == expected


@given(st.text("ab课间", max_size=30), st.lists(st.text("ab课间", max_size=3), max_size=4))
def test_words_set_off_are_the_given_ones_and_nothing_is_lost(text: str, words: list[str]) -> None:
    cut = marking.with_words([marking.Piece(text)], words)
    assert "".join(each.text for each in cut) == text
    assert all(each.text in words for each in cut if each.word)
    rest = [each.text for each in cut if not each.word]
    assert not any(word in each for word in words if word for each in rest)


@given(st.text("甲乙。", min_size=0, max_size=600), st.integers(0, 600), st.integers(0, 600))
def test_an_excerpt_is_short_and_holds_the_focus_or_its_beginning(text: str, a: int, b: int) -> None:
    first, last = sorted((min(a, len(text)), min(b, len(text))))
    start, end = marking.excerpt(text, (first, last), width=100)
    assert 0 <= start <= first
    assert end <= len(text)
    assert end - start <= 100
    assert end >= min(last, first + 100)


def test_a_percentage_below_all_is_never_a_hundred() -> None:
    assert [wording.percent(share) for share in (1.0, 0.9999999, 0.5, 0.0)] == ["100%", "99.9%", "50.0%", "0.0%"]


def test_facts_leave_out_what_is_unknown_and_name_it_apart() -> None:
    metadata = Metadata("要点", region="云川市", period=(2024, 2026), published="2024-03-06", signed="2024-03-06")
    assert wording.facts(metadata) == [("地区", "云川市"), ("所涉年份", "2024—2026年"), ("发布日期", "2024-03-06")]
    assert wording.unknown_facts(metadata) == ["发文字号", "发文机关", "文种"]


def test_characters_in_clauses_are_those_of_citable_roles() -> None:
    receipt = Receipt(100, 100, {"body": 60, "table": 10, "title": 20, "furniture": 10})
    assert wording.clause_characters(receipt) == 70
    assert wording.roles_of(receipt)[0] == ("正文", 60)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "  =1", "　=1", "＝1"])
def test_cells_that_act_are_guarded(cell: str) -> None:
    assert export.guarded(cell) == "'" + cell


def test_the_table_of_hits_is_read_back_whole(library: Library) -> None:
    hits = library.search("课间", k=5).hits
    data = export.csv_of(hits)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == export.COLUMNS
    assert [row[4] for row in rows] == [hit.clause.text.replace("\t", " ｜ ") for hit in hits]
    assert [row[1] for row in rows] == [hit.document.metadata.title for hit in hits]
    assert not any(re.search(r"语义相近（\d", row[9]) for row in rows)
    assert any("语义相近（" in row[9] for row in rows)


def test_a_hostile_clause_does_not_act_in_a_spreadsheet(hostile: Library) -> None:
    hits = hostile.search("@SUM(A1)课间休息由学校安排", exact=True).hits
    (row,) = [row for row in csv.reader(io.StringIO(export.csv_of(hits).decode("utf-8-sig"))) if row[0] == "1"]
    assert row[4] == "'@SUM(A1)课间休息由学校安排。"


def test_sample_documents_are_known_by_name_and_content(library: Library) -> None:
    hashes = samples.sample_hashes()
    rows = library.documents()
    assert samples.samples_among(rows, hashes) == {row.id for row in rows}
    assert samples.samples_among(rows, {source: "other" for source in hashes}) == set()


def test_another_library_is_asked_about_by_its_own_headings(library: Library) -> None:
    snapshot = library.snapshot()
    assert samples.questions_for(snapshot.documents, snapshot.clauses, {row.id for row in snapshot.documents}) == list(
        samples.QUESTIONS
    )
    questions = samples.questions_for(snapshot.documents, snapshot.clauses, set())
    assert len(questions) == 3
    headings = " ".join(heading for row in snapshot.clauses for heading in row.clause.path)
    asked = re.compile(
        r"(?:云川市202[45]年在(.+)方面(?:有哪些要求|做了哪些工作)|《.+办法》在(.+)方面有哪些要求|《.+办法》对(.+)是怎么规定的|云川市在(.+)方面有哪些要求)？"
    )
    for question in questions:
        found = asked.fullmatch(question)
        assert found, question
        assert next(filter(None, found.groups())) in headings
    assert samples.questions_for((), (), set()) == []


def test_questions_are_of_headings_that_name_a_subject(folder: Path) -> None:
    chapters = "\n\n".join(
        f"第{n}章　{name}\n\n第{n}条　学校应当做好{name}，保障学生。"
        for n, name in zip("一二三", ("总则", "校园安全", "附则"), strict=True)
    )
    plan = (
        "临江市2026年教育工作要点\n\n一、组织领导\n\n加强领导，压实责任。\n\n二、课间\n\n课间十五分钟。\n\n三、完善课间活动安排\n\n"
        "课间开放操场。\n\n四、健全保障措施\n\n落实经费保障。\n"
    )
    with Library.open(folder, create=True) as made:
        made.add(document_from("a.txt", f"临江市学校安全条例\n\n{chapters}\n".encode()))
        made.add(document_from("b.txt", plan.encode()))
        snapshot = made.snapshot()
    assert samples.questions_for(snapshot.documents, snapshot.clauses, set()) == [
        "《临江市学校安全条例》对校园安全是怎么规定的？",
        "临江市2026年在完善课间活动安排方面有哪些要求？",
    ]


@pytest.mark.parametrize(
    ("source", "format_", "told"),
    [
        ("a/要点.PDF", "html", "扩展名是.pdf，内容是网页，请核对"),
        ("通知.doc", "docx", "扩展名是.doc，内容是Word（docx），请核对"),
        ("要点.md", "txt", None),
        ("要点.htm", "html", None),
        ("要点", "pdf", None),
        ("要点（2024.3）", "txt", None),
    ],
)
def test_names_that_do_not_fit_are_told(source: str, format_: str, told: str | None) -> None:
    assert wording.misnamed(source, format_) == told


@pytest.mark.parametrize(
    ("cosine", "grade"),
    [("1.00", "高"), ("0.60", "高"), ("0.59", "中"), ("0.40", "中"), ("0.39", "低"), ("0.00", "低")],
)
def test_nearness_is_told_in_three_grades(cosine: str, grade: str) -> None:
    assert wording.graded(f"语义相近（{cosine}）") == (f"语义相近（{grade}）", f"相似度{cosine}")


def test_reasons_of_a_search_are_graded(library: Library) -> None:
    reasons = [reason for hit in library.search("孩子放学没人接", k=5).hits for reason in hit.reasons]
    assert any(reason.startswith("语义相近") for reason in reasons)
    assert not any(re.search(r"\d", wording.graded(reason)[0]) for reason in reasons if reason.startswith("语义"))


def test_files_are_added_one_by_one_and_a_bad_one_stops_none(folder: Path) -> None:
    def broken() -> bytes:
        raise RuntimeError("bug")

    told: list[float] = []
    files = [
        ("空.txt", lambda: b""),
        ("坏.txt", broken),
        ("要点.txt", lambda: "云川市2024年教育工作要点\n\n一、课间\n\n课间休息十五分钟。\n".encode()),
        ("..\\要点.txt", lambda: "云川市2024年教育工作要点\n\n一、课间\n\n课间休息二十分钟。\n".encode()),
    ]
    with Library.open(folder, create=True) as made:
        outcomes = add_files(made, files, lambda share, _: told.append(share))
        assert [each.status for each in outcomes] == ["failed", "failed", "added", "replaced"]
        assert [row.source for row in made.documents()] == ["要点.txt"]
    assert outcomes[0].message is not None
    assert outcomes[0].message.startswith("空.txt：")
    assert outcomes[1].message is not None
    assert "RuntimeError" in outcomes[1].message
    assert told == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize(
    ("name", "source"),
    [("../../a.txt", "a.txt"), ("C:\\x\\b.md", "b.md"), ("a\x00\n.txt", "a.txt"), ("", "未命名"), ("..", "未命名")],
)
def test_uploads_are_named_by_their_last_part(name: str, source: str) -> None:
    assert source_of(name) == source


def test_long_names_keep_their_ending() -> None:
    assert len(source_of("长" * 500 + ".pdf")) == 200
    assert source_of("长" * 500 + ".pdf").endswith(".pdf")


def test_documents_are_found_by_all_words(library: Library) -> None:
    rows = library.documents()
    assert [row.source for row in matching(rows, "云川市 2024")] == ["云川市2024年教育工作要点.txt"]
    assert matching(rows, "") == rows
    assert matching(rows, "火星") == []


def test_the_sample_library_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    source = tmp_path / "samples"
    source.mkdir()
    (source / "a.txt").write_text("云川市2024年教育工作要点\n\n一、课间\n\n课间休息十五分钟。\n", encoding="utf-8")
    (source / "b.txt").write_bytes(b"")  # can't be read

    with pytest.raises(EmptyFile, match=r"b\.txt"):
        make(tmp_path / "library", lambda *_: None, source)
    assert list((tmp_path / "library").iterdir()) == []

    (source / "b.txt").unlink()
    told: list[str] = []
    make(tmp_path / "library", lambda _, words: told.append(words), source)
    assert told == ["正在建立示例文库（1/1）"]
    assert [file.name for file in (tmp_path / "library").iterdir()] == ["library.sqlite3"]
    with Library.open(tmp_path / "library") as made:
        assert [row.source for row in made.documents()] == ["a.txt"]
