"""The frame around every page: which pages there are, the bar that leads to them, errors in the user's words.

On a server just started, Streamlit takes the folder pages/ for an application of its old kind, until `st.navigation`
is first called: a link straight to /search then runs pages/search.py without app.py. `page` puts the frame around it.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from ingest.errors import ModelMismatch, YinjuError
from pages.parts import look, shelf
from pages.parts.markup import tag

_FOLDER = Path(__file__).resolve().parents[1]
_framed: ContextVar[bool] = ContextVar("framed", default=False)


def run() -> None:
    """Draw the frame, and in it the page that the address names."""
    pages = [
        st.Page(_FOLDER / "ask.py", title="问答", default=True),
        st.Page(_FOLDER / "search.py", title="检索", url_path="search"),
        st.Page(_FOLDER / "desk.py", title="拟稿", url_path="desk"),
        st.Page(_FOLDER / "library.py", title="文库", url_path="library"),
        st.Page(_FOLDER / "read.py", title="阅读", url_path="read"),
    ]
    look.dress()
    chosen = st.navigation([*pages, *_lost(pages)], position="hidden")
    look.bar(pages)
    inside = _framed.set(True)
    try:
        chosen.run()
    except ModelMismatch as error:
        _offer_rebuild(error)
    except YinjuError as error:
        look.trouble(error)
    finally:
        _framed.reset(inside)
    look.footer()


def _lost(pages: Sequence[Page]) -> list[Page]:
    """A page for the address at hand where it is none of ours; without it Streamlit says so in English."""
    name = last_part(st.context.url or "")
    if not name or name in {page.url_path for page in pages}:
        return []
    return [st.Page(_nothing_here, title="没有这个页面", url_path=name, visibility="hidden")]


def last_part(url: str) -> str:
    """The name that an address gives to a page.

    >>> last_part("http://localhost:8501/serach?q=1"), last_part("http://localhost:8501/")
    ('serach', '')
    """
    return unquote(urlsplit(url).path).rpartition("/")[2].strip()


def _nothing_here() -> None:
    look.notice("没有这个页面，地址可能写错了。", tag("a", "到问答", href="./"), kind="warning")


def _offer_rebuild(error: ModelMismatch) -> None:
    look.trouble(error)
    if not st.button("现在重建索引", type="primary", key="rebuild"):
        return
    try:
        shelf.rebuild()
    except YinjuError as failure:
        look.trouble(failure)
    else:
        st.rerun()


def page(draw: Callable[[], None]) -> None:
    """Draw a page, with the frame around it where it is not drawn in one."""
    if _framed.get():
        draw()
    else:
        run()
