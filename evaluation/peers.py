"""How other systems rank the passages of a library: what a buyer could build in an afternoon, on the same questions."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.gold import GoldFinder, Span
from evaluation.measures import mean, ndcg, precision, reciprocal_rank, success
from evaluation.question_file import Question
from evaluation.table import Figure
from index.embedding import Embedder
from index.lexical import LexicalIndex
from index.library import Library
from index.records import Passage, clause_id
from ingest.document import Document

K = 10
CHUNK, OVERLAP = 500, 50  # characters: the defaults of most LangChain tutorials

Scorer = Callable[[str], NDArray[np.float32]]
"""Takes a question and returns the score of each span, higher is better."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What a system ranks: texts as they are embedded, and where each stands."""

    texts: tuple[str, ...]
    spans: tuple[Span, ...]


def passages(library: Library) -> Texts:
    """The product's own passages: sentences with their title and headings before them."""
    snapshot = library.snapshot()
    rows = snapshot.passages
    return Texts(
        tuple(Passage(row.clause, row.start, row.end, row.context, row.text).embedded for row in rows),
        tuple(Span(row.document, row.start, row.end) for row in rows),
    )


def chunks(library: Library) -> Texts:
    """The documents cut as tutorials do, by a number of characters."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True)
    texts: list[str] = []
    spans: list[Span] = []
    for row in library.documents():
        for chunk in splitter.create_documents([library.document(row.id).text]):
            start = int(chunk.metadata["start_index"])
            texts.append(chunk.page_content)
            spans.append(Span(row.id, start, start + len(chunk.page_content)))
    return Texts(tuple(texts), tuple(spans))


def bm25_ngrams(texts: Sequence[str]) -> Scorer:
    """BM25 over character 1-grams and 2-grams, as in the product's lexical search."""
    return LexicalIndex.build(texts).scores


def bm25_words(texts: Sequence[str]) -> Scorer:
    """BM25 over the words that jieba finds."""
    import bm25s
    import jieba

    jieba.setLogLevel("WARNING")
    retriever = bm25s.BM25()
    retriever.index([jieba.lcut_for_search(text) for text in texts], show_progress=False)
    return lambda question: np.asarray(retriever.get_scores(jieba.lcut_for_search(question)), np.float32)


def tfidf(texts: Sequence[str]) -> Scorer:
    """Cosine of TF-IDF over character 1-grams and 2-grams."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    return lambda question: np.asarray((matrix @ vectorizer.transform([question]).T).todense(), np.float32)[:, 0]


def dense(texts: Sequence[str], embedder: Embedder) -> Scorer:
    """Cosine of a model's vectors."""
    vectors = embedder.embed_passages(texts)
    return lambda question: vectors @ embedder.embed_question(question)


def systems(library: Library, models: Mapping[str, Embedder]) -> Iterator[tuple[str, Callable[[str], list[str]]]]:
    """Yield a name and what ranks clause ids for a question, the product last."""
    ours, cut = passages(library), chunks(library)
    scorers = {
        "BM25, character 1+2-grams": (ours, bm25_ngrams(ours.texts)),
        "BM25, jieba words": (ours, bm25_words(ours.texts)),
        "TF-IDF, characters": (ours, tfidf(ours.texts)),
    }
    for name, model in models.items():
        scorers[f"{name}, cosine"] = (ours, dense(ours.texts, model))
        scorers[f"LangChain recipe, {name}"] = (cut, dense(cut.texts, model))
    documents = {row.id: library.document(row.id) for row in library.documents()}
    for name, (texts, scorer) in scorers.items():
        covered = [covered_clauses(documents[span.document], span) for span in texts.spans]
        yield name, _ranker(covered, scorer)
    yield "Yinju", lambda question: [hit.clause.id for hit in library.search(question, k=K).hits]


def covered_clauses(document: Document, span: Span) -> list[str]:
    """Ids of the clauses that a span holds at least half of, or that hold at least half of the span, in their order."""
    found = []
    for clause in document.citable():
        common = min(clause.end, span.end) - max(clause.start, span.start)
        if common > 0 and 2 * common >= min(clause.end - clause.start, span.end - span.start):
            found.append(clause_id(span.document, clause.start))
    return found


def _ranker(covered: Sequence[Sequence[str]], scorer: Scorer) -> Callable[[str], list[str]]:
    def ranked(question: str) -> list[str]:
        order = np.argsort(-scorer(question), kind="stable")
        ids = (clause for position in order[: 20 * K] for clause in covered[position])
        return list(dict.fromkeys(ids))[:K]

    return ranked


def compared(
    library: Library, questions: Sequence[Question], models: Mapping[str, Embedder]
) -> Iterator[dict[str, Figure]]:
    """Yield one row a system: measures over the answerable questions, of all kinds and of teachers, and the time."""
    finder = GoldFinder(library)
    asked = [question for question in questions if question.answerable]
    relevant = {str(each.id): frozenset(finder.find(quote).clause_id for quote in each.gold) for each in asked}
    teacher = {str(each.id): relevant[str(each.id)] for each in asked if each.kind == "teacher"}
    for name, ranked in systems(library, models):
        began = time.perf_counter()
        run = {str(each.id): ranked(each.question) for each in asked}
        seconds = time.perf_counter() - began
        yield {
            "system": name,
            "nDCG@10": mean(ndcg, run, relevant, K),
            "MRR@10": mean(reciprocal_rank, run, relevant, K),
            "teacher nDCG@10": mean(ndcg, run, teacher, K),
            "teacher hit@5": mean(success, run, teacher, 5),
            "teacher hit@1": mean(precision, run, teacher, 1),
            "milliseconds a question": 1000 * seconds / max(len(asked), 1),
        }
