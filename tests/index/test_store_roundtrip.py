"""Whatever is put comes back: every field of every type, over made-up documents."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.local_store import LocalStore
from index.records import ModelRecord, Passage, clause_id
from ingest.document import (
    Clause,
    Document,
    Evidence,
    Metadata,
    Part,
    Point,
    Reading,
    Receipt,
    Recognised,
    Table,
    document_id,
)

MODEL = ModelRecord("ones", "ones-1", 3, normalised=False)

words = st.text(st.sampled_from("云溪市教育局〔2023〕第一条、。（）\n\t　\0\"'%a𠮷é"), max_size=12)
unknown = st.none() | words
counts = st.integers(0, 10**9)
ranges = st.tuples(counts, counts)
unknown_counts = st.none() | counts
shares = st.lists(st.floats(0, 1), max_size=3).map(tuple)
names = st.lists(words, max_size=3).map(tuple)
metadata = st.builds(
    Metadata, title=words, **dict.fromkeys(
        ["issuer", "region", "province", "number", "index_number", "published", "signed", "effective", "kind",
         "cover_title", "cover_kind", "addressees", "copied_to", "imprinted", "valid_for", "expires", "interprets"],
        unknown),
    repeals=st.lists(words, max_size=2).map(tuple), attachments=st.lists(words, max_size=2).map(tuple),
    evidence=st.lists(
        st.builds(Evidence, words, st.booleans(), unknown_counts, unknown_counts, words), max_size=2).map(tuple),
    period=st.none() | st.tuples(st.integers(1900, 2100), st.integers(1900, 2100)),
)  # fmt: skip
receipts = st.builds(
    Receipt, counts, counts, st.dictionaries(words, counts, max_size=3), counts, names, names, counts, shares,
    counts, counts, counts,
)  # fmt: skip
parts = st.lists(st.builds(Part, words, words, counts, counts, words), max_size=2).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document whose rows tile its text, at cuts drawn by lot."""
    text = draw(st.text(st.characters(codec="utf-8"), max_size=80))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)) | {0, len(text)})
    rows = tuple(
        Clause(
            role=draw(words), path=draw(names), label=draw(words), start=start, end=end, level=draw(st.integers(0, 9)),
            responsible_units=draw(names), citation_label=draw(words),
            points=tuple(draw(st.lists(st.builds(Point, words, counts, counts), max_size=2))),
        )
        for start, end in pairwise(cuts)
    )  # fmt: skip
    reading = Reading(
        text, draw(words), draw(unknown), tuple(draw(st.lists(counts, max_size=3))),
        tuple(Table(*pair) for pair in draw(st.lists(ranges, max_size=2))), tuple(draw(st.lists(ranges, max_size=2))),
        draw(unknown), tuple(draw(st.lists(words, max_size=2))),
        tuple(draw(st.lists(st.builds(Recognised, counts, counts, st.floats(0, 1)), max_size=2))), draw(shares),
        draw(counts),
    )  # fmt: skip
    return Document(draw(words), draw(words), reading, draw(metadata), rows, draw(receipts), draw(parts))


def passages_of(document: Document) -> list[Passage]:
    """Two passages for each row: the whole, and its first half with a context."""
    passages = []
    for ordinal, row in enumerate(document.clauses):
        for end, context in ((row.end, ""), ((row.start + row.end) // 2, document.source)):
            passages.append(Passage(ordinal, row.start, end, context, document.text[row.start : end]))
    return passages


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Lengths and code points: not of unit length, which MODEL says."""
    return np.array([[len(text), sum(map(ord, text)) % 1009, 0.1] for text in texts], np.float32)


@settings(max_examples=60, deadline=None)
@given(st.lists(documents(), max_size=4, unique_by=lambda document: document.source))
def test_what_is_put_comes_back(drawn: list[Document]) -> None:
    with TemporaryDirectory() as folder, LocalStore.open(Path(folder), create=True, model=MODEL) as store:
        for document in drawn:
            assert store.put(document, passages_of(document), embed) == "added"
        check(store, drawn)


def check(store: LocalStore, wanted: list[Document]) -> None:
    """Compare all that the store gives with the documents that were put."""
    ordered = sorted(wanted, key=lambda document: document.source)
    assert [store.document(document.id) for document in ordered] == ordered
    for row, document in zip(store.documents(), ordered, strict=True):
        assert (row.id, row.source, row.content_hash) == (document.id, document.source, document.content_hash)
        assert (row.metadata, row.receipt, row.parts) == (document.metadata, document.receipt, document.parts)
        assert (row.format, row.characters) == (document.reading.format, len(document.text))
    assert [(row.id, row.document, row.ordinal, row.clause, row.text) for row in store.clauses()] == [
        (clause_id(document.id, clause.start), document.id, ordinal, clause, document.text_of(clause))
        for document in ordered
        for ordinal, clause in enumerate(document.clauses)
    ]
    rows = list(store.passages())
    assert [(row.document, Passage(row.clause, row.start, row.end, row.context, row.text)) for row in rows] == [
        (document.id, passage) for document in ordered for passage in passages_of(document)
    ]
    ids, vectors = store.vectors()
    embedded = {row.id: Passage(row.clause, row.start, row.end, row.context, row.text).embedded for row in rows}
    assert ids.tolist() == sorted(embedded)
    assert vectors.tolist() == (embed([embedded[id] for id in sorted(embedded)]).tolist() if rows else [])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["", "一。", "一。二。", "二。三。"])), max_size=12)
)
def test_any_history_leaves_what_its_last_changes_say(history: list[tuple[str, str]]) -> None:
    """A body puts a document, an empty one removes it; a plain dict plays along."""
    wanted: dict[str, str] = {}
    with TemporaryDirectory() as folder, LocalStore.open(Path(folder), create=True, model=MODEL) as store:
        for source, body in history:
            before = store.generation
            changes = wanted.get(source, "") != body
            if body:
                row = Clause("body", (), "", 0, len(body))
                document = Document(source, body, Reading(body, "txt"), Metadata("题"), (row,), Receipt(0, 0))
                cuts = range(0, len(body), 2)
                store.put(document, [Passage(0, at, at + 2, "", body[at : at + 2]) for at in cuts], embed)
                wanted[source] = body
            elif wanted.pop(source, None):
                store.remove(document_id(source))
            assert store.generation == before + changes
        assert {row.document: row.text for row in store.clauses()} == {
            document_id(source): body for source, body in wanted.items()
        }
        assert sorted(row.text for row in store.passages()) == sorted(
            "".join(wanted.values()).replace("。", "。 ").split()
        )
        assert len(store.vectors()[0]) == sum(len(body) // 2 for body in wanted.values())
