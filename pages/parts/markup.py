"""HTML and labels in which nothing of a document, a question or a file name can act: all is escaped here.

Every string that is not `Markup` is escaped when it goes into a tag; only `Markup` is drawn.

>>> tag("p", "a < b", class_="note")
'<p class="note">a &lt; b</p>'
"""

import re
from collections.abc import Iterable
from html import escape

__all__ = ["Markup", "join", "label", "table", "tag", "text"]

_VOID = {"br", "hr"}
_NAME = re.compile(r"[a-z][a-z0-9]*")
_RELATIVE = re.compile(r"(?:\./|search|library|read|desk)?(?:[?#][^\s\"'<>]*)?")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^@/\"'])")


class Markup(str):
    """HTML that is safe to draw; made by the functions of this module only."""

    __slots__ = ()


def text(words: str) -> Markup:
    """Words as they are, no character of them acting as HTML."""
    return Markup(escape(words, quote=True))


def join(pieces: Iterable[str], between: str = "") -> Markup:
    """Pieces one after another; those that are no Markup are escaped."""
    return Markup(_safe(between).join(_safe(piece) for piece in pieces))


def tag(name: str, *children: str, **attributes: str | int | bool | None) -> Markup:
    """An element. `class_` stands for class, `data_copy` for data-copy; None and False leave an attribute out.

    Raises ValueError for a link that leaves this site.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no element name")
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(opening) if name in _VOID else Markup(f"{opening}{join(children)}</{name}>")


def table(names: Iterable[str], rows: Iterable[Iterable[str]], *, class_: str = "") -> Markup:
    """A table with a head, in a box that may be scrolled sideways.

    >>> table(["地区"], [["云川市"]])
    '<div class="yj-table"><table><tbody><tr><th>地区</th></tr><tr><td>云川市</td></tr></tbody></table></div>'
    """
    head = tag("tr", *(tag("th", name) for name in names))
    lines = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("div", tag("table", tag("tbody", head, *lines)), class_=f"yj-table {class_}".strip())


def label(words: str) -> str:
    r"""Words for a label that Streamlit reads as Markdown (buttons, expanders): each special character escaped.

    >>> label(":red[x] $y$")
    '\\:red\\[x\\] \\$y\\$'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(words.split()))


def _safe(piece: str) -> str:
    return piece if isinstance(piece, Markup) else escape(piece, quote=True)


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if name.startswith("on") or name in {"src", "srcdoc", "style", "action", "formaction"}:
        raise ValueError(f"attribute {name} could act")
    if name == "href" and not _RELATIVE.fullmatch(str(value)):
        raise ValueError(f"link {value!r} leaves this site")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'
