"""PDF with text in it: lines joined to paragraphs, over page breaks too, page furniture after the paragraph.

The only module that knows pypdf.
"""

import logging
from collections.abc import Sequence
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PdfReadError

from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading.blocks import assemble
from ingest.reading.page_flow import Flow, page_warnings
from ingest.reading.pdf_lines import Fragment, Line, lines_of

MAX_PAGES = 2000

_DAMAGED_CURE = "请重新获取文件，或用 PDF 阅读器打开后另存再添加"
_SCAN_CURE = "请先用文字识别（OCR）软件转成可复制文字的 PDF，或向发文单位索取文字版"
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on odd files are no use to a librarian


def read_pdf(file: str, data: bytes) -> Reading:
    """Read the text of a PDF, in the order the pages draw it.

    Every non-blank character of the pages is in the canonical text once. `Reading.pages` says where each page's
    text begins, in the middle of a paragraph if it runs over the page break.

    Raises NoText if no page has text, as in a scan; DamagedFile, EncryptedFile or FileTooLarge if it can't be opened.
    """
    pages = [_lines(number, page) for number, page in enumerate(_open(file, data))]
    if not any(pages):
        raise NoText(file, f"共 {len(pages)} 页，都没有文字（可能是扫描件）", _SCAN_CURE)
    flow = Flow()
    replaced = flow.add(pages)
    assembly = assemble(flow.blocks)
    return Reading(
        text=assembly.text,
        format="pdf",
        pages=tuple(assembly.starts[block] + offset for block, offset in flow.page_starts),
        tables=assembly.tables,
        furniture=assembly.furniture,
        warnings=page_warnings(pages, replaced, flow.loose_tables),
    )


def _open(file: str, data: bytes) -> Sequence[PageObject]:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        count = len(reader.pages)
    except (DependencyError, FileNotDecryptedError) as error:
        raise EncryptedFile(file, "PDF 已加密，打不开", "请用 PDF 阅读器取消密码和权限限制，另存后再添加") from error
    except (PdfReadError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedFile(file, "PDF 不完整或已损坏，打不开", _DAMAGED_CURE) from error
    if not count:
        raise DamagedFile(file, "PDF 里没有页面", _DAMAGED_CURE)
    if count > MAX_PAGES:
        raise FileTooLarge(file, f"共 {count} 页，超过上限 {MAX_PAGES} 页", "请拆分后再添加")
    return reader.pages


def _lines(number: int, page: PageObject) -> list[Line]:
    fragments: list[Fragment] = []

    def visit(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        if text.strip():
            a, b, c, d, e, f = outer
            x, y = inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f
            scale = (abs(inner[2]) + abs(inner[3])) * (abs(b) + abs(d))  # upright or turned by a right angle
            fragments.append(Fragment(text.replace("\n", " ").rstrip(), float(x), float(y), float(size * scale) or 1.0))

    page.extract_text(visitor_text=visit)
    box = page.mediabox
    raised = (Fragment(f.text, f.x - float(box.left), f.y - float(box.bottom), f.size) for f in fragments)
    return lines_of(number, float(box.height) or 1.0, raised)
