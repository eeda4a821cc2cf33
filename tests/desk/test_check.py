"""The check of drafts: what is wrong is found, what is right is left alone."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from drafts import CLEAN, NEW_RULES, OLD_RULES, SEEDED

from desk.check import KINDS, check
from desk.targets import targets
from desk.wording import precedents
from index.library import Library
from index.snapshot import Snapshot
from ingest.load import discover, document_from, load

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def snapshot(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The samples and two versions of one set of rules."""
    with Library.open(tmp_path_factory.mktemp("library"), create=True) as library:
        for file in discover([root / "samples"]):
            library.add(load(file))
        for name, text in (("安全规定(2019-03-01).txt", OLD_RULES), ("安全规定(2025-09-10).txt", NEW_RULES)):
            library.add(document_from(name, text.encode()))
        yield library.snapshot()


def test_a_clean_draft_raises_no_alarm(snapshot: Snapshot) -> None:
    report = check(snapshot, CLEAN, today=TODAY)
    assert [(each.words, each.message) for each in report.findings] == []
    assert report.citings >= 15
    assert report.places >= 8
    assert report.quotations >= 5


def test_forty_seeded_errors_are_found(snapshot: Snapshot) -> None:
    report = check(snapshot, [text for text, _ in SEEDED], today=TODAY)
    found = {(each.paragraph, each.kind) for each in report.findings}
    missed = [SEEDED[i] for i, (_, kind) in enumerate(SEEDED) if (i, kind) not in found]
    assert len(SEEDED) == 40
    assert len({kind for _, kind in SEEDED}) == 8
    assert len(missed) <= 2, missed
    others = [each for each in report.findings if each.kind != SEEDED[each.paragraph][1]]
    assert [(each.paragraph, each.kind, each.words) for each in others] == []


def test_findings_say_how_it_should_read(snapshot: Snapshot) -> None:
    drafts = [text for text, kind in SEEDED if kind in {"quotation_altered", "article_moved", "number_mismatch"}]
    for each in check(snapshot, drafts, today=TODAY).findings:
        assert each.words == drafts[each.paragraph][each.start : each.end]
        assert each.right or each.source, each
        assert each.message.startswith(KINDS[each.kind])


def test_an_empty_draft_and_one_without_citations(snapshot: Snapshot) -> None:
    for paragraphs in ([], [""], ["深化“双减”工作，落实“五项管理”。"]):
        assert check(snapshot, paragraphs, today=TODAY).findings == ()


def test_a_draft_is_text_and_nothing_else(snapshot: Snapshot) -> None:
    hostile = [
        "《" * 500,
        "《》《》第条“”",
        "“" + "a" * 599 + "”",
        "<script>《云川市》</script>第99999999条",
        "〔2023〕" * 300,
    ]
    for each in check(snapshot, hostile, today=TODAY).findings:
        assert each.words == hostile[each.paragraph][each.start : each.end]
    assert [each.kind for each in check(snapshot, hostile[3:4], today=TODAY).findings] == ["title_unknown"]


@pytest.mark.parametrize("piece", ["5个（", "占比5%，", "“课间", "《甲》第一条", "一是推进；", "到2025年，"])
def test_long_and_repetitive_texts_take_little_time(piece: str, tmp_path: Path) -> None:
    text = f"云川市2025年教育工作要点\n一、甲\n{piece * 4000}"
    with Library.open(tmp_path, create=True) as library:
        library.add(document_from("a.txt", text.encode()))
        snapshot = library.snapshot()
        begun = time.process_time()
        targets(snapshot)
        check(snapshot, [piece * 4000, f"“{piece * 60}”"], today=TODAY)
        precedents(library, piece * 20)
        assert time.process_time() - begun < 20


def test_an_altered_quotation_is_found_in_a_long_clause(tmp_path: Path) -> None:
    long = "学校应当建立制度，落实责任，加强管理，定期检查。" * 150
    text = f"云川市安全办法\n第一条 {long}每餐留样不少于一百二十五克。{long}"
    with Library.open(tmp_path, create=True) as library:
        library.add(document_from("a.txt", text.encode()))
        report = check(library.snapshot(), ["《云川市安全办法》要求，“每餐留样不少于一百克。”"], today=TODAY)
    (found,) = report.findings
    assert (found.kind, found.source.quote) == ("quotation_altered", "每餐留样不少于一百二十五克。")
