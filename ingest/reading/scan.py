"""Pictures of documents (photos, scans; PNG, JPEG, TIFF, BMP, GIF): by text recognition, with its confidence."""

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.document import Reading
from ingest.errors import DamagedFile, FileTooLarge, NoText
from ingest.reading import ocr
from ingest.reading.blocks import assemble
from ingest.reading.page_flow import Flow
from ingest.reading.page_images import MAX_PAGES, Page, page_of, recognised_in

MAX_PIXELS = 100_000_000
"""Of one picture: A3 at 600 dpi has 70 million."""

_POINT = 72 / 300  # of a pixel, taken for 300 to the inch
CURE = "请添加文字版，或先用文字识别（OCR）软件转成 TXT 或 DOCX 后再添加"


def read_image(file: str, data: bytes) -> Reading:
    """Recognise the text of a picture; frames of a TIFF are pages.

    Raises NoText where no recognition program is installed or nothing is recognised, DamagedFile, FileTooLarge.
    """
    if not ocr.is_installed():
        raise NoText(file, "这是图片，没有可读取的文字", f"{ocr.INSTALL}；或{CURE.removeprefix('请')}")
    pages = [page for page in _pages(file, data) if page is not None]
    if not any(page.lines for page in pages):
        raise NoText(file, "图片里没有识别出文字", CURE)
    flow = Flow()
    flow.add([page.lines for page in pages])
    assembly = assemble(flow.blocks)
    return Reading(
        text=assembly.text,
        format="image",
        pages=tuple(assembly.starts[block] + offset for block, offset in flow.page_starts),
        tables=assembly.tables,
        furniture=assembly.furniture,
        warnings=(recognition_warning("全文"),),
        recognised=recognised_in(assembly.text, pages),
        quality=tuple(round(page.quality, 3) for page in pages),
    )


def recognition_warning(what: str) -> str:
    """What is said of text that was recognised."""
    return f"{what}由图片识别得到，可能有错字，引用前请核对原件"


def _pages(file: str, data: bytes) -> Iterator[Page | None]:
    for number, picture in enumerate(_pictures(file, data)):
        yield page_of(number, picture, _POINT)


def _pictures(file: str, data: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _too_large(file)
                frames = ImageSequence.Iterator(image) if image.format == "TIFF" else iter([image])
                for number, frame in enumerate(frames):
                    if number >= MAX_PAGES:
                        raise FileTooLarge(file, f"图片超过 {MAX_PAGES} 页", "请拆分后再添加")
                    yield ImageOps.exif_transpose(frame).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(file) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFile(file, "图片不完整或已损坏，打不开", "请重新获取，或重新扫描后再添加") from error


def _too_large(file: str) -> FileTooLarge:
    return FileTooLarge(file, f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素", "请以 300 dpi 重新扫描后再添加")
