"""PDF with text in it: lines joined to paragraphs, over page breaks too, page furniture after the paragraph.

The only module that knows pypdf.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PdfReadError

from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading import ocr
from ingest.reading.blocks import assemble
from ingest.reading.glyphs import is_garbled, readable_share
from ingest.reading.page_columns import in_columns, rows_of
from ingest.reading.page_flow import Flow, listed, page_warnings
from ingest.reading.page_images import Page, pdf_pages, recognised_in
from ingest.reading.page_lines import Fragment, Line, lines_of
from ingest.reading.pdf_grid import FEWEST_RULES, Grid, grids, part, table_line
from ingest.reading.pdf_ink import Ink
from ingest.reading.scan import recognition_warning

MAX_PAGES = 2000
_EDGE = 20.0  # points outside the page where text may begin and still be seen
_COVERED = 0.5  # share of a page that a picture takes when it is a scan

_DAMAGED_CURE = "请重新获取文件，或用 PDF 阅读器打开后另存再添加"
_SCAN_CURE = "请先用文字识别（OCR）软件转成可复制文字的 PDF，或向发文单位索取文字版"
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on odd files are no use to a librarian


def read_pdf(file: str, data: bytes) -> Reading:
    """Read the text of a PDF, in the order the pages draw it; pages of pictures by recognition, where it is installed.

    Every non-blank character of the pages is in the canonical text once. `Reading.pages` says where each page's
    text begins, in the middle of a paragraph if it runs over the page break. Text that can't be seen (invisible,
    white on white, outside the page) is left out, counted and said.

    Raises NoText if no page has text, as in a scan that can't be recognised; DamagedFile, EncryptedFile or
    FileTooLarge if it can't be opened.
    """
    drawn = [_draw(number, page) for number, page in enumerate(_open(file, data))]
    ruled = (
        grids(data, numbers) if (numbers := [n for n, page in enumerate(drawn) if page.rules >= FEWEST_RULES]) else {}
    )
    drawn = [_with_tables(n, page, ruled[n]) if ruled.get(n) else page for n, page in enumerate(drawn)]
    unread = [number for number, page in enumerate(drawn) if not page.lines or page.is_garbled]
    recognised = dict(pdf_pages(data, unread)) if unread and ocr.is_installed() else {}
    pages = [recognised[n].lines if n in recognised else page.lines for n, page in enumerate(drawn)]
    if not any(pages):
        cure = _SCAN_CURE if ocr.is_installed() else f"{ocr.INSTALL}；或{_SCAN_CURE.removeprefix('请')}"
        raise NoText(file, f"共 {len(pages)} 页，都没有文字（可能是扫描件）", cure)
    flow = Flow()
    replaced = flow.add(pages)
    assembly = assemble(flow.blocks)
    hidden = sum(page.hidden for page in drawn)
    return Reading(
        text=assembly.text,
        format="pdf",
        pages=tuple(assembly.starts[block] + offset for block, offset in flow.page_starts),
        tables=assembly.tables,
        furniture=assembly.furniture,
        warnings=(*page_warnings(pages, replaced, flow.loose_tables), *_said(drawn, recognised)),
        recognised=recognised_in(assembly.text, [page for page in recognised.values() if page.lines]),
        quality=tuple(_quality(page, recognised.get(number)) for number, page in enumerate(drawn)),
        hidden=hidden,
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The text layer of a page."""

    lines: list[Line]
    hidden: int  # characters that can't be seen, about
    layer: bool  # the text was put under a picture of the page by a recognition program
    fragments: list[Fragment]
    height: float  # of the page, points
    rules: int  # straight lines and rectangles drawn

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def is_garbled(self) -> bool:
        return is_garbled(self.text)


def _said(drawn: Sequence[_Drawn], recognised: Mapping[int, Page]) -> list[str]:
    """Warnings of what was recognised and what was left out."""
    said = []
    if numbers := [number for number, page in sorted(recognised.items()) if page.lines]:
        said.append(recognition_warning(f"第 {listed(numbers)} 页的文字"))
    if layers := [number for number, page in enumerate(drawn) if page.layer]:
        said.append(recognition_warning(f"第 {listed(layers)} 页是扫描图，所带的文字层"))
    if hidden := [number for number, page in enumerate(drawn) if page.hidden]:
        count = sum(page.hidden for page in drawn)
        said.append(f"有约 {count} 个看不见的字符（第 {listed(hidden)} 页）未收录")
    return said


def _quality(page: _Drawn, recognised: Page | None) -> float:
    return round(recognised.quality, 3) if recognised is not None else round(readable_share(page.text), 3)


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


def _draw(number: int, page: PageObject) -> _Drawn:
    """Read a page's text; of a page whose text is all invisible under a picture, that text."""
    box = page.mediabox
    left, bottom = float(box.left), float(box.bottom)
    width, height = float(box.width) or 1.0, float(box.height) or 1.0
    fragments, ink = _extract(page, Ink())
    layer = ink.invisible > 0 and not fragments and _is_covered(ink.pictures, width * height)
    if layer:
        fragments, _ = _extract(page, Ink(keep_invisible=True))
    placed = [Fragment(each.text, each.x - left, each.y - bottom, each.size) for each in fragments]
    inside = [each for each in placed if -_EDGE <= each.x <= width + _EDGE and -_EDGE <= each.y <= height + _EDGE]
    outside = sum(len(each.text.strip()) for each in placed) - sum(len(each.text.strip()) for each in inside)
    hidden = outside + ink.white + (0 if layer else ink.invisible)
    lines = lines_of(number, height, inside)
    lines = in_columns(number, height, rows_of(lines)) or lines
    return _Drawn(lines, hidden, layer, inside, height, ink.rules)


def _with_tables(number: int, page: _Drawn, tables: Sequence[Grid]) -> _Drawn:
    """A page whose ruled tables are read cell by cell; each stands behind the last line above it."""
    outside, inside = part(page.fragments, page.height, tables)
    made = [table_line(number, page.height, *each) for each in zip(tables, inside, strict=True)]
    kept = [line for line in made if line]
    if not kept:
        return page
    loose = [fragment for line, held in zip(made, inside, strict=True) if line is None for fragment in held]
    if loose:  # what looked like a table and is none: a frame around text
        return page
    lines = lines_of(number, page.height, outside)
    for table in kept:
        above = [i for i, line in enumerate(lines) if line.y > table.y]
        lines.insert(above[-1] + 1 if above else 0, table)
    return replace(page, lines=lines)


def _extract(page: PageObject, ink: Ink) -> tuple[list[Fragment], Ink]:
    fragments: list[Fragment] = []

    def visit(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        if text.strip():
            a, b, c, d, e, f = outer
            x, y = inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f
            scale = (abs(inner[2]) + abs(inner[3])) * (abs(b) + abs(d))  # upright or turned by a right angle
            fragments.append(Fragment(text.replace("\n", " ").rstrip(), float(x), float(y), float(size * scale) or 1.0))

    page.extract_text(visitor_text=visit, visitor_operand_before=ink.before)
    return fragments, ink


def _is_covered(pictures: Sequence[tuple[float, float, float, float]], area: float) -> bool:
    return any((right - left) * (top - bottom) > _COVERED * area for left, bottom, right, top in pictures)
