"""An answer as JSON, to be kept and opened again, and what has changed in its sources since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from answer.records import Answer, Citation, Statement
from index.library import Library
from index.records import DocumentRow
from ingest.errors import LibraryError, UnknownDocument

FORMAT = 1
State = Literal["same", "moved", "lost", "removed"]


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A citation with the hash of the document that it was taken from."""

    citation: Citation
    content_hash: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given."""

    question: str
    refused: bool
    statements: tuple[Statement, ...]
    citations: tuple[KeptCitation, ...]
    cautions: tuple[str, ...]
    model: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the source of a citation."""

    number: int
    state: State

    @property
    def words(self) -> str:
        """The change in Chinese; empty where there is none."""
        return _WORDS[self.state]


_WORDS: Mapping[State, str] = {
    "same": "",
    "moved": "文件已更新，这句话仍在",
    "lost": "文件已更新，新文本里没有这句话",
    "removed": "文件已从文库移除",
}


def record_of(answer: Answer, rows: Mapping[str, DocumentRow]) -> str:
    """An answer as JSON; `rows` are the library's documents by id."""
    citations = [
        {
            **{name: getattr(each, name) for name in _FIELDS},
            "content_hash": rows[each.document].content_hash if each.document in rows else "",
        }
        for each in answer.citations
    ]
    values = {
        "format": FORMAT,
        "question": answer.question,
        "refused": answer.refused,
        "statements": [{"text": each.text, "citations": list(each.citations)} for each in answer.statements],
        "citations": citations,
        "cautions": list(answer.cautions),
        "model": answer.model,
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


_FIELDS = ("number", "document", "source", "title", "doc_number", "label", "clause", "quote", "start", "end")


def opened(record: str) -> KeptAnswer:
    """Read an answer that was kept. Raises LibraryError where it is of another make."""
    try:
        values = json.loads(record)
        if values["format"] != FORMAT:
            raise ValueError(f"format {values['format']}")
        return KeptAnswer(
            question=str(values["question"]),
            refused=bool(values["refused"]),
            statements=tuple(Statement(str(e["text"]), tuple(map(int, e["citations"]))) for e in values["statements"]),
            citations=tuple(
                KeptCitation(Citation(**{name: each[name] for name in _FIELDS}), str(each["content_hash"]))
                for each in values["citations"]
            ),
            cautions=tuple(map(str, values["cautions"])),
            model=values["model"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"保存的回答读不出来（{error!r}）：请重新提问") from error


def changes(library: Library, kept: KeptAnswer) -> tuple[Change, ...]:
    """What became of the sources of an answer since it was kept, a change a citation."""
    rows = {row.id: row for row in library.snapshot().documents}
    return tuple(Change(each.citation.number, _state(library, each, rows)) for each in kept.citations)


def _state(library: Library, kept: KeptCitation, rows: Mapping[str, DocumentRow]) -> State:
    row = rows.get(kept.citation.document)
    if row is None:
        return "removed"
    if row.content_hash == kept.content_hash:
        return "same"
    try:
        return "moved" if kept.citation.quote in library.document(row.id).text else "lost"
    except UnknownDocument:  # removed at this moment
        return "removed"
