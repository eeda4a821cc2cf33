"""Other systems on the labelled files: what of their text is lost, which clauses are cut, which numbers are gone.

LangChain's loaders with its recursive splitter, and unstructured with chunks by title, each called by the ending of the
file's name, as their users do. Those that are not installed are left out.
"""

import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from evaluation.labelled import CONTENT, NUMBERED, Labels, hash_of, plain, read_labels
from evaluation.table import Figure
from ingest.document import Document
from ingest.lines import Line, lines_of
from ingest.load import File, load
from ingest.markers import marker_at

SIZE, OVERLAP = 500, 50
"""Characters of a chunk, and of its overlap with the next."""

Reader = Callable[[Path], tuple[str, list[str]]]
"""The text of a file and the pieces that are searched and cited."""


@dataclass(slots=True)
class Tally:
    """What was counted over all files."""

    files: int = 0
    failed: int = 0
    characters: int = 0
    lost: int = 0
    clauses: int = 0
    cut: int = 0  # numbered lines that no piece holds whole
    numbers_lost: int = 0  # numbered lines whose words are there and whose number is not
    seconds: float = 0.0

    def row(self, system: str) -> dict[str, Figure]:
        """The tally as a row of a table."""
        return {
            "system": system,
            "files": self.files,
            "not read": self.failed,
            "characters lost": round(self.lost / self.characters, 4),
            "clauses cut or lost": round(self.cut / self.clauses, 4),
            "numbers lost": round(self.numbers_lost / self.clauses, 4),
            "seconds a file": round(self.seconds / self.files, 3),
        }


def compare(labels: Path, files: Path) -> Iterator[dict[str, Figure]]:
    """A row for each system that is installed."""
    readers = {"Yinju": _ours, **_langchain(), **_unstructured()}
    gold = [(each, load(File(files / each.path, each.path))) for each in read_labels(labels)]
    for name, reader in readers.items():
        tally = Tally()
        for each, document in gold:
            _count(tally, each, document, files / each.path, reader)
        yield tally.row(name)


def _count(tally: Tally, labels: Labels, document: Document, path: Path, reader: Reader) -> None:
    content, numbered = _gold(labels, document)
    tally.files += 1
    tally.characters += sum(len(plain(line.text)) for line in content)
    tally.clauses += len(numbered)
    began = time.perf_counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text, pieces = reader(path)
    except Exception:  # whatever a foreign library raises: the file is not read
        tally.failed += 1
        text, pieces = "", []
    tally.seconds += time.perf_counter() - began
    whole, parts = plain(text), [plain(piece) for piece in pieces]
    tally.lost += sum(len(plain(line.text)) for line in content if plain(line.text) not in whole)
    for line in numbered:
        words = plain(line.text)
        tally.cut += not any(words in part for part in parts)
        marker = marker_at(line.words)
        bare = plain(line.words[marker.length :]) if marker else ""
        tally.numbers_lost += bool(bare) and words not in whole and bare in whole


def _gold(labels: Labels, document: Document) -> tuple[list[Line], list[Line]]:
    """The lines of content, and of these the numbered ones, found again by their hashes."""
    found: dict[str, Line] = {}
    for line in lines_of(document.text):
        found.setdefault(hash_of(line.text), line)
    content = [found[each.hash] for each in labels.lines if each.role in CONTENT and each.hash in found]
    numbered = [found[each.hash] for each in labels.lines if each.role in NUMBERED and each.hash in found]
    return content, numbered


def _ours(path: Path) -> tuple[str, list[str]]:
    document = load(File(path, path.name))
    starts = [row.start for row in document.clauses if row.role == "heading"]
    starts += [point.start for row in document.clauses for point in row.points]
    ranges = pairwise([*sorted(starts), len(document.text)])
    pieces = [document.text[start:end] for start, end in ranges]
    return document.text, [*pieces, *(document.text_of(row) for row in document.citable())]


def _langchain() -> dict[str, Reader]:
    try:
        from langchain_community import document_loaders as loaders
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        return {}
    splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)
    by_ending: dict[str, Callable[[str], Any]] = {
        ".pdf": loaders.PyPDFLoader,
        ".docx": loaders.Docx2txtLoader,
        ".doc": loaders.Docx2txtLoader,
        ".html": lambda name: loaders.BSHTMLLoader(name, open_encoding="utf-8"),
        ".htm": lambda name: loaders.BSHTMLLoader(name, open_encoding="utf-8"),
    }

    def read(path: Path) -> tuple[str, list[str]]:
        make = by_ending.get(path.suffix.lower(), lambda name: loaders.TextLoader(name, encoding="utf-8"))
        made = make(str(path)).load()  # type: ignore[no-untyped-call]
        return "\n".join(each.page_content for each in made), [
            each.page_content for each in splitter.split_documents(made)
        ]

    return {f"LangChain loaders, splitter {SIZE}/{OVERLAP}": read}


def _unstructured() -> dict[str, Reader]:
    try:
        from unstructured.chunking.title import chunk_by_title
        from unstructured.partition.docx import partition_docx
        from unstructured.partition.html import partition_html
        from unstructured.partition.text import partition_text
    except ImportError:
        return {}
    by_ending: dict[str, Callable[..., Sequence[Any]]] = {
        ".docx": partition_docx,
        ".html": partition_html,
        ".htm": partition_html,
        ".txt": partition_text,
        "": partition_text,
    }

    def read(path: Path) -> tuple[str, list[str]]:
        elements = by_ending[path.suffix.lower()](filename=str(path))
        chunks = chunk_by_title(elements, max_characters=SIZE)
        return "\n".join(str(each) for each in elements), [str(each) for each in chunks]

    return {f"unstructured, chunks by title {SIZE}": read}
