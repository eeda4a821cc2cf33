"""OFD, the format of fixed pages that offices exchange (GB/T 33190-2016): read by the places of its texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.document import Reading
from ingest.errors import FileTooLarge, NoText
from ingest.reading.blocks import Block, assemble
from ingest.reading.ofd_document import OfdDocument, documents_of
from ingest.reading.ofd_lines import lines_of
from ingest.reading.ofd_package import Package
from ingest.reading.ofd_page import LARGE_IMAGE, Budget, Drawing, draw
from ingest.reading.ofd_text import Piece, is_unknown, pieces_of
from ingest.reading.page_flow import Flow, listed, page_warnings
from ingest.reading.page_lines import Line

MAX_PAGES = 2000
_SCAN_CURE = "请先用文字识别（OCR）软件转成有文字的文件，或向发文单位索取文字版"
_FEWEST_UNKNOWN = 5  # characters of a page; fewer are bullets and the like
_QUOTED = 3  # names or texts written out in a warning
_QUOTED_LENGTH = 20  # characters of each


@dataclass(slots=True)
class _Result:
    """What has been read of the documents of a file; pages are counted through."""

    blocks: list[Block] = field(default_factory=list)
    page_starts: list[tuple[int, int]] = field(default_factory=list)  # index of a block, offset in it
    pages: list[list[Line]] = field(default_factory=list)
    drawings: list[tuple[Drawing, float]] = field(default_factory=list)  # texts dropped; area of the page, mm²
    loose_tables: set[int] = field(default_factory=set)
    replaced: int = 0


def read_ofd(file: str, data: bytes) -> Reading:
    """Read the text of an OFD file: lines by their places, joined to paragraphs as those of a PDF are.

    All its documents are read, in order. Invisible texts, annotations, attachments and signatures are left out;
    warnings say so (of signatures none does). A template that several pages share is furniture.

    Raises NoText if no page has visible text; DamagedFile, EncryptedFile or FileTooLarge if it can't be opened.
    """
    package = Package(file, data)
    documents = documents_of(package)
    count = sum(len(document.page_elements) for document in documents)
    if count > MAX_PAGES:
        raise FileTooLarge(file, f"共 {count} 页，超过上限 {MAX_PAGES} 页", "请拆分后再添加")
    result, budget = _Result(), Budget(file)
    for document in documents:
        _add(document, result, budget)
    if not _has_text(result):
        raise NoText(file, _why_empty(result), _SCAN_CURE)
    assembly = assemble(result.blocks)
    last = len(result.blocks) - 1
    return Reading(
        text=assembly.text,
        format="ofd",
        pages=tuple(assembly.starts[min(block, last)] + offset for block, offset in result.page_starts),
        tables=assembly.tables,
        furniture=assembly.furniture,
        title=next((document.title for document in documents if document.title), None),
        warnings=(
            *page_warnings(result.pages, result.replaced, result.loose_tables),
            *_left_out(result),
            *_beside(documents, result),
            *_unreadable(package),
        ),
    )


def _add(document: OfdDocument, result: _Result, budget: Budget) -> None:
    if not document.page_elements:
        return
    cut: list[tuple[list[Piece], float]] = []
    uses: Counter[str] = Counter()
    for page in document.pages():
        uses.update({*page.background, *page.foreground})
        drawing = draw(document, page, budget)
        cut.append(pieces_of(drawing.texts, page.box))
        drawing.texts.clear()
        result.drawings.append((drawing, (page.box.right - page.box.left) * (page.box.bottom - page.box.top)))
    repeated = {template for template, count in uses.items() if count > 1}
    pages: list[list[Line]] = []
    apart: set[int] = set()
    for number, (pieces, height) in enumerate(cut, start=len(result.pages)):
        lines, others = lines_of(number, height, pieces, repeated)
        pages.append(lines + others)
        apart.update(map(id, others))
    flow = Flow()
    result.replaced += flow.add(pages, apart)
    before = len(result.blocks)
    result.page_starts += [(block + before, offset) for block, offset in flow.page_starts]
    result.blocks += flow.blocks
    result.loose_tables |= flow.loose_tables
    result.pages += pages


def _has_text(result: _Result) -> bool:
    texts = (line.text for lines in result.pages for line in lines)
    return any(not is_unknown(character) and not character.isspace() for text in texts for character in text)


def _why_empty(result: _Result) -> str:
    drawings = [drawing for drawing, _ in result.drawings]
    hidden = sum(drawing.hidden for drawing in drawings)
    if any(drawing.glyphs or drawing.unknown for drawing in drawings):
        why = "文字只存了字形，没有字符"
    elif hidden:
        why = f"只有 {hidden} 处隐藏文字，看得见的都是图片"
    else:
        why = "都没有文字（可能是扫描件）"
    return f"共 {len(drawings)} 页，{why}"


def _left_out(result: _Result) -> list[str]:
    """Say on which pages there is more than was read."""
    kinds: tuple[tuple[str, list[int]], ...] = (
        ("有文字只存了字形、没有通用的字符，不能检索，请核对原文", []),
        ("有大幅图片，图中如有文字则未收录", []),
    )
    for i, (drawing, area) in enumerate(result.drawings):
        if drawing.glyphs or drawing.unknown >= _FEWEST_UNKNOWN:
            kinds[0][1].append(i)
        if result.pages[i] and drawing.image >= LARGE_IMAGE * area:
            kinds[1][1].append(i)
    found = [f"第 {listed(numbers)} 页{what}" for what, numbers in kinds if numbers]
    hidden = [i for i, (drawing, _) in enumerate(result.drawings) if drawing.hidden]
    if hidden:
        count = sum(drawing.hidden for drawing, _ in result.drawings)
        found.append(f"有 {count} 处看不见的文字（第 {listed(hidden)} 页）未收录")
    return found


def _beside(documents: Sequence[OfdDocument], result: _Result) -> list[str]:
    """Say what there is besides the pages of one document."""
    found = []
    if len(documents) > 1:
        found.append(f"文件内含 {len(documents)} 个文档，已按顺序全部收录，页码连续计数")
    marks = [text for document in documents for text in document.annotations()]
    marks += [text for drawing, _ in result.drawings for text in drawing.watermarks]
    if marks:
        found.append(f"水印或批注中的文字未收录：{_quoted(marks)}")
    attachments = [name for document in documents for name in document.attachments()]
    if attachments:
        found.append(f"内嵌的附件未收录，如需要请另存后单独添加：{_quoted(attachments)}")
    return found


def _unreadable(package: Package) -> list[str]:
    return [f"文件的部件打不开，其中的内容未收录：{_quoted(package.unreadable)}"] if package.unreadable else []


def _quoted(texts: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(texts))
    short = "、".join(
        f"“{text[:_QUOTED_LENGTH]}…”" if len(text) > _QUOTED_LENGTH else f"“{text}”" for text in distinct[:_QUOTED]
    )
    return f"{short}等 {len(distinct)} 处" if len(distinct) > _QUOTED else short
