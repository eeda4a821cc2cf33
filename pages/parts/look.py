"""The look of all pages: frame, notices, headings, footer. The one place where markup is handed to Streamlit."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from answer.language_model import settings_in
from ingest.errors import LibraryDamaged, ModelError, ModelMismatch, QuestionError, UnknownDocument, YinjuError
from pages.parts import samples
from pages.parts.markup import Markup, tag

_HERE = Path(__file__).resolve().parent
_CURES = {
    LibraryDamaged: (
        "文库打不开",
        "文库文件已损坏，或者不是引据建立的。请先备份文库文件夹，再把它改名或移走，然后刷新本页：会重新建立示例文库，您的文件需要重新添加。",
    ),
    ModelMismatch: (
        "文库要重建索引",
        "文库是用另一个语义模型建立的。请点下面的按钮重建，或者运行 python -m index rebuild；文件不用重新添加。",
    ),
    ModelError: ("语义模型读不出来", "请核对设置 YINJU_MODEL；没有设置过的，请重新下载或复制本项目的 models 文件夹。"),
    UnknownDocument: ("没有这份文件", "文库里没有这份文件，可能已经移除。请到文库查看现有的文件。"),
    QuestionError: ("这样问不行", ""),
}


def dress() -> None:
    """What every page begins with: settings of the page, its style and its behaviour."""
    st.set_page_config(page_title="引据 · 教育政策检索", page_icon=str(_HERE / "icon.svg"), layout="wide")
    st.html(_HERE / "style.css")
    st.html(_HERE / "desk.css")
    script = (_HERE / "behaviour.js").read_text(encoding="utf-8")
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)  # ours alone, constant


def bar(pages: Sequence[Page]) -> None:
    """The name of the product and the links between its pages, in one line on wide and narrow screens."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="yj-bar"):
        draw(tag("a", "引据", href="./", class_="yj-brand"), width="content")
        for page in pages:
            st.page_link(page)


def draw(markup: Markup, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw markup. Raises TypeError for a string that was not made by `pages.parts.markup`."""
    if not isinstance(markup, Markup):
        raise TypeError("only Markup is drawn: build it with pages.parts.markup.tag")
    if markup:
        st.html(markup, width=width)


def title(words: str, explained: str) -> None:
    """The heading of a page and a line that says what it is for."""
    draw(tag("header", tag("h1", words), tag("p", explained), class_="yj-page"))


def notice(words: str, *more: str, kind: str = "info") -> None:
    """A box with a message: kind is info, good, warning or error."""
    role = "alert" if kind == "error" else "status"
    draw(
        tag(
            "div", tag("p", words), *(tag("p", each) for each in more if each), class_=f"yj-notice yj-{kind}", role=role
        )
    )


def sample_notice(held: int, total: int) -> None:
    """Say that the library holds samples, whenever it does."""
    if held:
        part = "" if held == total else f"文库现有{total}份文件，其中{held}份是示例。"
        draw(tag("p", samples.NOTICE, part, class_="yj-samples"))


def trouble(error: YinjuError) -> None:
    """An error in the user's words: what is wrong, what to do, and what the program says."""
    kind = next((kind for kind in _CURES if isinstance(error, kind)), None)
    head, cure = _CURES[kind] if kind else ("这一步没有做成", "请稍后再试；仍然不行的，请把下面的说明交给维护人员。")
    detail = (
        tag("p", "程序说明：", str(error), class_="yj-detail") if kind is not QuestionError else tag("p", str(error))
    )
    draw(
        tag(
            "div",
            tag("p", tag("b", head)),
            tag("p", cure) if cure else "",
            detail,
            class_="yj-notice yj-error",
            role="alert",
        )
    )


def footer() -> None:
    """The last line of each page: what an answer is worth, and whether anything leaves this machine."""
    settings = settings_in(os.environ)
    where = f"提问时，问题和找到的条款会发给语言模型 {settings.model}。" if settings else "全部计算在本机完成。"
    draw(tag("footer", "引据只摘引文库里的原文，结论以原文件为准。", where, class_="yj-footer"))
