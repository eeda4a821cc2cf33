"""What a file is, by its content: names lie (a web page saved as .pdf, a .txt without a suffix)."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath
from typing import IO

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # compound file: the container of .doc, .xls, .ppt and encrypted .docx
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "bitmap"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"%!PS", "postscript"),
    (b"CAJ", "caj"),
    (b"HN\0", "caj"),
)
_ZIP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("META-INF/container.xml", "epub"),
    ("content.xml", "odf"),
)
_BROKEN_WITHIN = 50 * 1024 * 1024  # bytes of a broken zip file that are searched for names
_HEAD = 65_536  # bytes that are searched for tags
_PDF_WITHIN = 1024  # bytes; ISO 32000 readers accept a header that begins a little late
_COMMENTS = re.compile(rb"<!--.*?-->|<\?xml[^>]*\?>", re.DOTALL)
_DOCUMENT_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ANY_TAG = re.compile(
    rb"</?(?:script|style|meta|title|link|table|tbody|tr|td|div|span|p|br|ul|ol|li|h[1-6]|font|center|a|b|strong)\b[^<>]*>",
    re.IGNORECASE,
)
_FEWEST_TAGS = 4
_MARKDOWN = frozenset({".md", ".markdown"})
TEXT_SUFFIXES = frozenset({".txt", ".text", *_MARKDOWN})
"""Suffixes of text files that are taken for documents whatever is in them."""

_DATA_SUFFIXES = frozenset(
    [
        ".json",
        ".jsonl",
        ".ndjson",
        ".geojson",
        ".ipynb",
        ".csv",
        ".tsv",
        ".log",
        ".py",
        ".pyi",
        ".js",
        ".mjs",
        ".ts",
        ".tsx",
        ".jsx",
        ".vue",
        ".java",
        ".kt",
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".hpp",
        ".cs",
        ".go",
        ".rs",
        ".swift",
        ".rb",
        ".php",
        ".pl",
        ".lua",
        ".r",
        ".m",
        ".sh",
        ".bash",
        ".bat",
        ".cmd",
        ".ps1",
        ".sql",
        ".css",
        ".scss",
        ".less",
        ".ini",
        ".cfg",
        ".conf",
        ".toml",
        ".yaml",
        ".yml",
        ".properties",
        ".env",
        ".lock",
        ".diff",
        ".patch",
        ".tex",
        ".bib",
        ".svg",
        ".srt",
        ".po",
    ]
)
"""Suffixes of text that is no document: programs, data, settings, logs."""


def recognise(name: str, data: bytes) -> str:
    """Name the format of a file: "txt", "md", "html", "pdf", "docx", "ofd", or one that no reader knows yet.

    The name is asked only where content can't tell: Markdown is text, and may begin with a tag; so are programs.
    """
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK"):
        return zip_kind(BytesIO(data))
    if data.startswith(_OLE):
        return _ole_kind(data)
    magic = next((kind for mark, kind in _MAGIC if start.startswith(mark)), None)
    if magic == "bitmap":  # two letters are too few: ask for the zeros of a bitmap's header as well
        magic = "image" if data[6:10] == b"\0\0\0\0" else None
    if magic is not None:
        return magic
    return _text_kind(name, data[:_HEAD])


def zip_kind(stream: IO[bytes]) -> str:
    """Name the format of a zip file by its members: a kind of document, "archive", or "broken_zip"."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = set(archive.namelist())
            kind = next((kind for member, kind in _ZIP_MEMBERS if member in members), "archive")
            return _opendocument_kind(archive) if kind == "odf" else kind
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Cut off, so the list at its end is missing; local headers still tell what it was.
        stream.seek(0)
        data = stream.read(_BROKEN_WITHIN)
        return "docx" if b"word/document.xml" in data or b"[Content_Types].xml" in data else "broken_zip"


def _opendocument_kind(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as part:
            named = part.read(100).decode("ascii", "replace")
    except (KeyError, OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        named = ""
    kinds = {"opendocument.spreadsheet": "ods", "opendocument.text": "odt"}
    return next((kind for name, kind in kinds.items() if name in named), "odf")


def _ole_kind(data: bytes) -> str:
    names = ((stream.encode("utf-16-le"), kind) for stream, kind in _OLE_STREAMS)
    return next((kind for stream, kind in names if stream in data), "ole")


def _text_kind(name: str, data: bytes) -> str:
    markdown = PurePath(name).suffix.lower() in _MARKDOWN
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.replace(b"\0", b"")  # tags are ASCII: enough to see them in UTF-16
    start = _COMMENTS.sub(b"", data.removeprefix(b"\xef\xbb\xbf")).lstrip(b" \t\r\n\xff\xfe")
    if start[:20].lower().startswith(b"mime-version:") or b"multipart/related" in start[:2000]:
        return "mhtml"
    if _DOCUMENT_TAG.match(start):
        return "html"
    tags = _ANY_TAG.findall(start)
    if not markdown and len(tags) >= _FEWEST_TAGS and (_ANY_TAG.match(start) or _DOCUMENT_TAG.search(start)):
        return "html"
    if data.lstrip().startswith(b"<?xml"):
        return "xml"
    if PurePath(name).suffix.lower() in _DATA_SUFFIXES:
        return "data"
    return "md" if markdown else "txt"
