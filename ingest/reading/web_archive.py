"""Web pages saved as one file (.mht, .mhtml; RFC 2557): the page inside, by the reader of web pages."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from ingest.document import Reading
from ingest.errors import EmptyFile
from ingest.reading.html import read_html

_CURE = "请在浏览器中重新打开网页，另存为“网页，仅 HTML”后再添加"


def read_web_archive(file: str, data: bytes) -> Reading:
    """Read the first HTML part of a web archive. Raises EmptyFile if there is none, else as `read_html` does."""
    message = message_from_bytes(data, policy=policy.HTTP)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            return replace(read_html(file, _bytes_of(part)), format="mhtml")
    raise EmptyFile(file, "网页归档里没有网页正文", _CURE)


def _bytes_of(part: EmailMessage) -> bytes:
    """The bytes of a part, in UTF-8 with its mark where the part names an encoding that fits."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    named = part.get_content_charset()
    try:
        return data.decode(named).encode("utf-8-sig") if named else data
    except (LookupError, UnicodeDecodeError):
        return data
