"""Web pages: all visible text in document order, with navigation and the like marked as furniture.

The only module, with its helpers `html_lines` and `html_furniture`, that knows Beautiful Soup.
"""

import re

from bs4 import BeautifulSoup, Tag

from ingest.document import Reading
from ingest.errors import EmptyFile, UndecodableText
from ingest.reading.blocks import assemble
from ingest.reading.encodings import decode, unreadable_marks
from ingest.reading.html_furniture import Furniture
from ingest.reading.html_lines import Page

_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_FOREIGN = frozenset({"big5", "big5-hkscs", "shift_jis", "euc-jp", "euc-kr"})
"""Declarations that are believed where the bytes are no UTF-8; a declared Latin encoding is a server's default."""
_UNSEEN = re.compile(rb"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[a-z/!][^<>]*>", re.IGNORECASE | re.DOTALL)
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_EMPTY_CURE = "请在浏览器中打开网页，把正文复制到 TXT 或 DOCX 后再添加"
_SHORTEST_TITLE = 4  # characters; shorter headings are names of columns


def read_html(file: str, data: bytes) -> Reading:
    """Read a web page.

    Encoding: byte order mark, valid UTF-8, declared <meta>, GB18030. Text that a browser would not show
    (scripts, `hidden`, `display: none`, <noscript>) is left out and counted in a warning.

    Raises EmptyFile if nothing on the page is visible, as when a script draws it all; UndecodableText if no
    encoding fits.
    """
    text, encoding = _decode(file, data)
    soup = BeautifulSoup(text.replace("\r\n", "\n").replace("\r", "\n"), "lxml")
    root = soup.body or soup
    page = Page(Furniture(root))
    assembly = assemble(page.blocks(root))
    if not assembly.text.strip():
        raise EmptyFile(file, "网页里没有看得见的文字（内容可能由脚本生成）", _EMPTY_CURE)
    hidden = (f"有 {page.hidden} 处网页隐藏文字未收录",) if page.hidden else ()
    return Reading(
        text=assembly.text,
        format="html",
        encoding=encoding,
        tables=assembly.tables,
        furniture=assembly.furniture,
        title=_title(soup),
        warnings=hidden + unreadable_marks(assembly.text),
        hidden=page.hidden_characters,
    )


def _decode(file: str, data: bytes) -> tuple[str, str]:
    declared = _DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in _FOREIGN:
        for encoding in ("utf-8", name):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    try:
        return decode(file, data)
    except UndecodableText:
        return decode(file, _UNSEEN.sub(_ascii, data))


def _ascii(unseen: re.Match[bytes]) -> bytes:
    """Blank what is no ASCII inside tags, scripts and comments: pages paste those from elsewhere, encoding and all."""
    return _NOT_ASCII.sub(b" ", unseen.group())


def _title(soup: BeautifulSoup) -> str | None:
    """Find the title: <meta name="ArticleTitle">, a heading that <title> confirms, else <title>."""
    for meta in soup.find_all("meta"):
        if str(meta.get("name", "")).lower() == "articletitle" and str(meta.get("content", "")).strip():
            return _line(str(meta["content"]))
    named = _text(soup.title)
    headings = [heading for heading in map(_text, soup.find_all("h1")) if len(heading) >= _SHORTEST_TITLE]
    confirmed = next((heading for heading in headings if not named or heading in named), None)
    return confirmed or named or None


def _text(element: Tag | None) -> str:
    return _line(element.get_text()) if element is not None else ""


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
