"""PDF with text in it: lines joined to paragraphs, over page breaks too, page furniture after the paragraph.

The only module that knows pypdf.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PdfReadError

from ingest.document import Reading
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, NoText
from ingest.reading.blocks import Block, assemble
from ingest.reading.glyphs import is_garbled, unify
from ingest.reading.pdf_lines import Fragment, Line, lines_of
from ingest.reading.pdf_margins import margin_lines
from ingest.reading.pdf_paragraphs import Shape, continues, join, shape_of
from ingest.reading.pdf_tables import rows_of, table_runs

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
    flow = _Flow()
    replaced = flow.add(pages)
    assembly = assemble(flow.blocks)
    return Reading(
        text=assembly.text,
        format="pdf",
        pages=tuple(assembly.starts[block] + offset for block, offset in flow.page_starts),
        tables=assembly.tables,
        furniture=assembly.furniture,
        warnings=_warnings(pages, replaced, flow.loose_tables),
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


@dataclass(slots=True)
class _Flow:
    """The paragraphs made so far; furniture that interrupts a paragraph waits for its end."""

    blocks: list[Block] = field(default_factory=list)
    page_starts: list[tuple[int, int]] = field(default_factory=list)  # index of a block, offset in it
    loose_tables: set[int] = field(default_factory=set)  # pages with rows that could not be made a table
    _waiting: list[Block] = field(default_factory=list)
    _last: Line | None = None  # of the open paragraph, which is the last block

    def add(self, pages: Sequence[Sequence[Line]]) -> int:
        """Add all pages; return how many glyphs were replaced by the characters they stand for."""
        margins = margin_lines(pages)
        body = [[line for line in lines if id(line) not in margins] for lines in pages]
        shapes = _shapes([line for lines in body for line in lines])
        for lines, content in zip(pages, body, strict=True):
            marginal = [line for line in lines if id(line) in margins]
            self._wait(line for line in marginal if line.y > line.height / 2)
            self._add_page(content, shapes)
            self._wait(line for line in marginal if line.y <= line.height / 2)
        self._close()
        self.page_starts[0] = (0, 0)
        unified = [unify(block.text) for block in self.blocks]
        self.blocks = [
            Block(text, block.furniture, block.table) for (text, _), block in zip(unified, self.blocks, strict=True)
        ]
        return sum(count for _, count in unified)

    def _add_page(self, lines: Sequence[Line], shapes: Mapping[float, Shape]) -> None:
        runs = dict(table_runs(lines))
        begun, i = False, 0
        while i < len(lines):
            end = runs.get(i, i + 1)
            start = self._add_rows(lines[i:end]) if i in runs else self._add_line(lines[i], shapes[lines[i].height])
            if not begun:
                self.page_starts.append(start)
                begun = True
            i = end
        if not begun:  # a page of pictures, or of furniture only
            self._close()
            self.page_starts.append((max(len(self.blocks) - 1, 0), 0))

    def _add_line(self, line: Line, shape: Shape) -> tuple[int, int]:
        if len(line.cells) > 2:
            self.loose_tables.add(line.page)
        if self._last is not None and continues(self._last, line, shape):
            text = self.blocks[-1].text
            joined = join(text, line.text)
            self.blocks[-1] = Block(joined)
            start = len(joined) - len(line.text)
        else:
            self._close()
            self.blocks.append(Block(line.text))
            start = 0
        self._last = line
        return len(self.blocks) - 1, start

    def _add_rows(self, lines: Sequence[Line]) -> tuple[int, int]:
        self._close()
        self.blocks.append(Block("\n".join(map("\t".join, rows_of(lines))), table=True))
        return len(self.blocks) - 1, 0

    def _wait(self, lines: Iterable[Line]) -> None:
        self._waiting += [Block(line.text, furniture=True) for line in lines]
        if self._last is None:
            self._close()

    def _close(self) -> None:
        self._last = None
        self.blocks += self._waiting
        self._waiting = []


def _shapes(lines: Sequence[Line]) -> dict[float, Shape]:
    """Measure the text area of the pages of each height: a document may turn to landscape for its tables."""
    heights = {line.height for line in lines}
    return {height: shape_of([line for line in lines if line.height == height]) for height in heights}


def _warnings(pages: Sequence[Sequence[Line]], replaced: int, loose_tables: set[int]) -> tuple[str, ...]:
    texts = ["".join(line.text for line in lines) for lines in pages]
    numbered = (
        ("没有文字（可能是图片或扫描页），未收录", [i for i, text in enumerate(texts) if not text]),
        ("的文字可能是乱码，请核对原文", [i for i, text in enumerate(texts) if is_garbled(text)]),
        ("可能有表格，未能按行列读出，请核对原文", sorted(loose_tables)),
    )
    found = [f"第 {_listed(numbers)} 页{what}" for what, numbers in numbered if numbers]
    if replaced:
        found.append(f"有 {replaced} 个部首字形已换成对应汉字（如 ⽂ 换成 文）")
    return tuple(found)


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(_ranges([number + 1 for number in numbers]))


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Write consecutive numbers short: 3, 4, 5 is 3—5."""
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield str(numbers[start]) if start == i - 1 else f"{numbers[start]}—{numbers[i - 1]}"
            start = i
