"""A draft as a file: its paragraphs, and the file with comments at what was found."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from answer.office_text import printable
from desk.findings import Finding
from ingest.pool import shared

AUTHOR = "引据"
_TEXT = frozenset(qn(name) for name in ("w:rPr", "w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen"))
_HIDDEN = frozenset({qn("w:del"), qn("w:moveFrom")})


@dataclass(frozen=True, slots=True)
class Draft:
    """The paragraphs of a draft, and its own file where that is a .docx, whatever its name says."""

    paragraphs: tuple[str, ...]
    docx: bytes | None = None


def read_draft(name: str, data: bytes) -> Draft:
    """Read a draft in any format that can be read; the paragraphs of a .docx are those that Word counts.

    Read first in a process of its own with limits, as library files are. Raises ReadError.
    """
    document = shared().document_from(name, data)
    if document.reading.format == "docx":
        return Draft(tuple(_text(each) for each in _paragraphs(Document(BytesIO(data)))), data)
    return Draft(tuple(document.text.split("\n")))


def commented(findings: Iterable[Finding], draft: Draft) -> bytes:
    """The draft as .docx with a comment at each finding: its own file where it is one, else one that is made."""
    file = Document(BytesIO(draft.docx)) if draft.docx else _made(draft.paragraphs)
    held = list(_paragraphs(file))
    for finding in sorted(findings, key=lambda each: (each.paragraph, -each.start)):
        runs = _cut(held[finding.paragraph], finding.start, finding.end)
        if runs:
            file.add_comment(runs, text=printable(_comment(finding)), author=AUTHOR, initials="引")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _comment(finding: Finding) -> str:
    source = finding.source
    return f"{finding.message}。" + (f"\n依据：{source.reference}“{source.quote}”" if source else "")


def _made(paragraphs: Sequence[str]) -> DocumentFile:
    file = Document()
    for words in paragraphs:
        file.add_paragraph(printable(words))
    return file


def _paragraphs(file: DocumentFile) -> Iterator[Paragraph]:
    """All paragraphs of the body in order, those in tables too."""
    for element in file.element.body.iter(qn("w:p")):
        yield Paragraph(element, file)


def _runs(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph that show: inserted ones too, deleted ones not."""
    return [
        Run(element, paragraph)
        for element in paragraph._p.iter(qn("w:r"))
        if not any(above.tag in _HIDDEN for above in element.iterancestors())
        and next(element.iterancestors(qn("w:p"))) is paragraph._p
    ]


def _text(paragraph: Paragraph) -> str:
    return "".join(run.text for run in _runs(paragraph))


def _cut(paragraph: Paragraph, start: int, end: int) -> list[Run]:
    """The runs that hold exactly `start` to `end` of a paragraph; those that hold more are cut in two."""
    found: list[Run] = []
    position = 0
    for run in _runs(paragraph):
        first, last = position, position + len(run.text)
        position = last
        if last <= start or first >= end:
            continue
        if _is_text(run):
            if first < start:
                run = _split(run, start - first)
                first = start
            if last > end:
                _split(run, end - first)
        found.append(run)
    return found


def _is_text(run: Run) -> bool:
    """Whether a run holds nothing but text; one with a picture or a note is not cut, which would lose that."""
    return all(child.tag in _TEXT for child in run._r)


def _split(run: Run, at: int) -> Run:
    """Cut a run in two, both with its look; return the second."""
    words = run.text
    second = deepcopy(run._r)
    run._r.addnext(second)
    run.text = words[:at]
    rest = Run(second, run._parent)
    rest.text = words[at:]
    return rest
