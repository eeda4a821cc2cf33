"""Search over small libraries: fusion, filters, places, look-ups, exact phrases, and that removal removes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.fusion import Weights, lexical_scale
from index.library import Library
from index.search import Filters
from ingest.errors import QuestionError, UnknownDocument
from ingest.load import document_from

WORDS = ("课间", "补课", "食堂", "校车", "资助")


class WordEmbedder:
    """A real, tiny model: one dimension for each of five words."""

    name = "words"
    fingerprint = "words-1"
    dim = len(WORDS)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.array([[text.count(word) for word in WORDS] for text in texts], np.float32).reshape(-1, self.dim)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return self.embed_passages([question])[0]


FILES = {
    "quan.txt": (
        "2025年泉州市教育工作要点\n一、作息\n1.课间。课间10分钟延长为15分钟。课间不拖堂。\n2.食堂。食堂明厨亮灶。"
    ),
    "jin.txt": "晋江市2024年教育工作要点\n一、作息\n1.课间。课间活动不少于12分钟。\n2.校车。校车每月检查。",
    "law.txt": "晋江市校车管理办法\n晋政办〔2022〕45号\n第一条 校车应当检验。\n第二条 校车限速。\n校车停靠要报备。",
    "cites.txt": "晋江市2026年工作总结\n一、安全\n落实晋政办[2022]45号，校车事故为零。",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("library"), create=True, embedder=WordEmbedder()) as library:
        for source, text in FILES.items():
            library.add(document_from(source, text.encode()))
        yield library


def found(library: Library, question: str, **options: object) -> list[tuple[str, str]]:
    hits = library.search(question, **options).hits  # type: ignore[arg-type]
    return [(hit.document.source, hit.clause.clause.label) for hit in hits]


def test_score_is_cosine_plus_scaled_bm25_plus_lifts(library: Library) -> None:
    content = "课间多久"  # place and year are matched with documents, not with sentences
    hit = library.search("泉州2025年课间多久").hits[0]
    snapshot = library.snapshot()
    position = [passage.id for passage in snapshot.passages].index(hit.passage.id)
    lexical = float(snapshot.lexical.scores(content)[position])
    weights = Weights()
    scale = lexical_scale(weights, snapshot.lexical, content, snapshot.lexical.scores(content))
    expected = 1.0 * hit.dense + float(scale) * lexical
    assert hit.dense == pytest.approx(1.0)
    assert hit.score == pytest.approx(expected + weights.region + weights.year, abs=1e-5)


def test_the_light_model_compares_sentences_without_their_headings_too(sample_library: Library) -> None:
    embedder, weights = sample_library.embedder, Weights()
    result = sample_library.search("补课老师跑了怎么退钱", k=3)
    vector = embedder.embed_question(result.query.content)
    for hit in result.hits:
        headed = float(sample_library.snapshot().vectors.scores(vector, np.array([hit.passage.id]))[0])
        alone = float(embedder.embed_passages([hit.passage.text])[0] @ vector)
        assert hit.dense == pytest.approx((headed + weights.alone * alone) / (1 + weights.alone), abs=1e-4)
        assert abs(headed - alone) > 1e-3  # the two differ, or nothing is shown here


def test_passages_that_are_not_compared_again_stay_behind_the_others(tmp_path: Path) -> None:
    text = "小学课间延长通知\n\n一、课间延长\n1.小学课间。任何人不得拖堂。"  # headings say more than the sentence
    with Library.open(tmp_path / "library", create=True) as library:
        for number in range(100):  # more of the same than are compared again
            library.add(document_from(f"{number:03}.txt", f"{text}\n2.校区。第{number}号校区。".encode()))
        hits = library.search("小学课间延长", k=200).hits
        same = [hit.document.source for hit in hits if hit.clause.text == "任何人不得拖堂。"]
        assert same == [f"{number:03}.txt" for number in range(100)]  # as good as each other: in their order
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_each_clause_once_by_its_best_passage_best_first(library: Library) -> None:
    hits = library.search("课间拖堂").hits
    ids = [hit.clause.id for hit in hits]
    assert len(ids) == len(set(ids))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].passage.text == "课间不拖堂。"


def test_a_place_in_the_question_prefers_its_documents(library: Library) -> None:
    assert found(library, "泉州课间")[0] == ("quan.txt", "一、1.")
    assert found(library, "晋江课间")[0] == ("jin.txt", "一、1.")


def test_filters_let_through_only_what_has_the_value(library: Library) -> None:
    assert {source for source, _ in found(library, "课间", filters=Filters(region="晋江市", year=2024))} == {"jin.txt"}
    assert found(library, "课间", filters=Filters(kind="没有这种")) == []


def test_article_and_number_come_first(library: Library) -> None:
    assert found(library, "《晋江市校车管理办法》第二条第二款")[0] == ("law.txt", "第二条第二款")
    assert found(library, "晋江市校车管理办法第2条")[:2] == [("law.txt", "第二条第一款"), ("law.txt", "第二条第二款")]
    by_number = library.search("晋政办（2022）45号").hits[0]
    assert (by_number.document.source, by_number.reasons[0]) == ("law.txt", "文号：晋政办〔2022〕45号")


def test_number_of_no_document_is_found_where_it_is_cited(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, embedder=WordEmbedder()) as library:
        library.add(document_from("cites.txt", FILES["cites.txt"].encode()))
        hit = library.search("晋政办〔2022〕45号").hits[0]
        assert hit.reasons[0] == "文中引用了晋政办〔2022〕45号"


def test_exact_search_finds_the_phrase_word_for_word(library: Library) -> None:
    result = library.search("延长为１５分钟", exact=True)
    assert [(hit.document.source, hit.passage.text) for hit in result.hits] == [
        ("quan.txt", "课间10分钟延长为15分钟。")
    ]
    assert library.search("延长至15分钟", exact=True).hits == ()
    assert library.search("校车", exact=True, k=2).total == 5


def test_exact_search_sees_headings_and_titles(library: Library) -> None:
    by_heading = library.search("作息", exact=True).hits[0]
    assert by_heading.reasons == ("条款标题包含该词句",) or "作息" in by_heading.clause.text
    titled = library.search("泉州市教育工作要点", exact=True).hits
    assert [(hit.document.source, hit.clause.clause.label) for hit in titled] == [("quan.txt", "一、1.")]
    with pytest.raises(QuestionError):
        library.search("“”", exact=True)


def test_filters_hold_for_look_ups_too(library: Library) -> None:
    filters = Filters(region="泉州市")
    for question in ("晋政办〔2022〕45号", "《晋江市校车管理办法》第二条"):
        assert {source for source, _ in found(library, question, filters=filters)} <= {"quan.txt"}


def test_reasons_name_words_place_and_year(library: Library) -> None:
    reasons = library.search("泉州2025年课间").hits[0].reasons
    assert reasons[:3] == ("原词：课间", "地区：泉州市", "年份：2025")


def test_a_removed_document_can_not_be_found(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, embedder=WordEmbedder()) as library:
        added = {s: library.add(document_from(s, text.encode())).document.id for s, text in FILES.items()}
        library.snapshot()
        library.remove(added["law.txt"])
        questions = ["校车限速", "晋政办〔2022〕45号", "《晋江市校车管理办法》第一条", "停靠要报备"]
        for exact in (False, True):
            for question in questions:
                assert "law.txt" not in {source for source, _ in found(library, question, exact=exact, k=50)}
        with pytest.raises(UnknownDocument):
            library.document(added["law.txt"])


def test_indexes_are_read_again_from_disk_for_the_same_generation(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, embedder=WordEmbedder()) as library:
        for source, text in FILES.items():
            library.add(document_from(source, text.encode()))
        before = found(library, "校车检验")
        stamps = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "derived").iterdir()}
    assert {"lexical.npz", "vectors.faiss"} <= stamps.keys()
    with Library.open(tmp_path, embedder=WordEmbedder()) as library:
        assert found(library, "校车检验") == before
        assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "derived").iterdir()} == stamps


def test_nonsense_is_refused_or_finds_nothing(library: Library, tmp_path: Path) -> None:
    with pytest.raises(QuestionError):
        library.search("课间", k=0)
    assert library.search("！？……").query.regions == ()
    with Library.open(tmp_path, create=True, embedder=WordEmbedder()) as empty:
        assert empty.search("课间").hits == ()
