"""OFD files made for tests: pages set as an office sets them, packed to a zip (GB/T 33190-2016)."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from ingest.document import Reading
from ingest.reading import read_bytes

SIZE, LEFT, TOP, PITCH = 5.6, 28.0, 40.0, 10.0  # millimetres; 27 characters to a line, as GB/T 9704 lays out
PER_LINE = 27
FOOT = 280.0
NAMESPACE = "http://www.ofdspec.org/2016"


def text(
    x: float, y: float, words: str, inner: str = "", size: float = SIZE, step: float = 0, **attributes: str
) -> str:
    """A TextObject whose base line begins at (x, y)."""
    steps = f'DeltaX="g {len(words) - 1} {step or size}"' if len(words) > 1 else ""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    place = f'Boundary="{x} {y - size} {size * len(words)} {size * 1.2}"'
    code = f'<ofd:TextCode X="0" Y="{size}" {steps}>{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Font="1" Size="{size}" {place}{more}>{inner}{code}</ofd:TextObject>'


def layer(*objects: str, **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<ofd:Content><ofd:Layer{more}>{''.join(objects)}</ofd:Layer></ofd:Content>"


def part(name: str, body: str, namespace: str = NAMESPACE) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{namespace}">{body}</ofd:{name}>'


def document(pages: int, common: str = "", after: str = "") -> str:
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    entries = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    return f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{entries}</ofd:Pages>{after}"


def body_entry(folder: str = "Doc_0", title: str = "") -> str:
    info = f"<ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
    return f"<ofd:DocBody>{info}<ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def parts_of(pages: Sequence[str], common: str = "", after: str = "", **more: str) -> dict[str, str | bytes]:
    """The parts of a file with one document; `more` are further parts of Doc_0, by name without suffix."""
    return {
        "OFD.xml": part("OFD", body_entry(title="关于做好招生工作的通知")),
        "Doc_0/Document.xml": part("Document", document(len(pages), common, after)),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": part("Page", page) for i, page in enumerate(pages)},
        **{f"Doc_0/{name}.xml": content for name, content in more.items()},
    }


def read(pages: Sequence[str], common: str = "", after: str = "", **more: str) -> Reading:
    return read_bytes("文.ofd", packed(parts_of(pages, common, after, **more)))


def typeset(paragraphs: Sequence[str], per_page: int, foot: str = "— {} —") -> list[str]:
    """Set paragraphs the way an office does: indented, so many lines to a page, page numbers in dashes."""
    lines: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        first = PER_LINE - 2
        lines.append((LEFT + 2 * SIZE, paragraph[:first]))
        lines += [(LEFT, paragraph[i : i + PER_LINE]) for i in range(first, len(paragraph), PER_LINE)]
    pages = []
    for start in range(0, len(lines), per_page):
        drawn = [text(x, TOP + PITCH * i, words) for i, (x, words) in enumerate(lines[start : start + per_page])]
        number = [text(95, FOOT, foot.format(len(pages) + 1), size=4.9)] if foot else []
        pages.append(layer(*number, *reversed(drawn)))  # the order of drawing is no order of reading
    return pages


def furniture(reading: Reading) -> list[str]:
    return [reading.text[start:end] for start, end in reading.furniture]
