"""Word documents (.docx): body in order, tables as rows, automatic numbers written out.

The only module that knows python-docx; `word_body` and `numbering` see XML elements.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml

from ingest.document import Reading
from ingest.errors import DamagedFile, NoText
from ingest.reading.archive import check_archive
from ingest.reading.blocks import Block, assemble
from ingest.reading.numbering import Numbering
from ingest.reading.word_body import Body, W

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_word(file: str, data: bytes) -> Reading:
    """Read a Word document.

    Insertions are in, deletions out; field results in, field codes out; text boxes stand after their paragraph;
    footnotes and endnotes follow the body; headers and footers come last, once each, as furniture.

    Raises NoText if there is no text, as in a document of pasted pictures; else as `check_archive` does.
    """
    check_archive(file, data)
    document = _open(file, data)
    styles = _part(document, "styles")
    body = Body(Numbering(_part(document, "numbering"), styles), styles)
    blocks = [*body.blocks(document.element.body), *_notes(document, body)]
    if not blocks:
        raise NoText(file, "文件里没有文字（可能是粘贴的图片）", "请添加文字版，或先用文字识别（OCR）软件转成文字")
    assembly = assemble([*blocks, *_margins(document, body)])
    return Reading(
        text=assembly.text,
        format="docx",
        tables=assembly.tables,
        furniture=assembly.furniture,
        title=_title(document),
        warnings=body.warnings(),
        hidden=body.hidden,
    )


def _open(file: str, data: bytes) -> WordDocument:
    try:
        return Document(BytesIO(data))
    except (OpcError, KeyError, ValueError) as error:
        raise DamagedFile(file, "不是完整的 Word 文件", "请用 Word 或 WPS 打开，另存为 .docx 后再添加") from error


def _title(document: WordDocument) -> str | None:
    """Give the title from the file's properties; python-docx makes one up where there are no properties."""
    own = any(relation.reltype.endswith("/core-properties") for relation in document.part.package.rels.values())
    return (document.core_properties.title.strip() or None) if own else None


def _parts(document: WordDocument, kind: str) -> Iterator[Element]:
    """Find the parts of a kind: by relation, for their file names are free."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/" + kind):
            yield parse_xml(relation.target_part.blob)


def _part(document: WordDocument, kind: str) -> Element | None:
    return next(_parts(document, kind), None)


def _notes(document: WordDocument, body: Body) -> Iterator[Block]:
    for kind in ("footnotes", "endnotes"):
        for part in _parts(document, kind):
            for note in part:
                if note.get(f"{W}type") not in _SEPARATORS:
                    yield from body.blocks(note)


def _margins(document: WordDocument, body: Body) -> Iterator[Block]:
    """Give the headers and footers: each text once, however many sections show it."""
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for part in _parts(document, kind):
            for block in body.blocks(part):
                if block.text not in seen:
                    seen.add(block.text)
                    yield Block(block.text, furniture=True)
