"""拟稿: precedent wording, collocations, comparison, targets, duties and the check of drafts, each with its tool."""

from collections.abc import Callable

import streamlit as st

from index.library import Library
from pages.parts import desk_check, desk_compare, desk_duties, desk_targets, desk_wording, frame, look, shelf
from pages.parts.markup import tag

TOOLS: dict[str, tuple[str, str, Callable[[Library], None]]] = {
    "wording": ("措辞", "写半句话、一段草稿或一个主题，看别处怎么写同一件事。", desk_wording.draw),
    "collocations": ("搭配", "看“健全…机制”“…全覆盖”里填过哪些词。", desk_wording.draw_collocations),
    "compare": ("对比", "几份文件逐条对照，或者看各地各年怎么写同一主题。", desk_compare.draw),
    "targets": ("指标", "文件里的数字：指标、数值、年份、地区和条款。", desk_targets.draw),
    "duties": ("责任", "谁牵头、谁配合、什么时候完成。", desk_duties.draw),
    "check": ("核对", "草稿里引的标题、文号、条款和原话，逐一与文库核对。", desk_check.draw),
}


def main() -> None:
    """Draw the page."""
    library = shelf.library()
    documents = library.snapshot().documents
    tool = _tool()
    look.title("拟稿", TOOLS[tool][1])
    look.sample_notice(len(shelf.sample_ids(documents)), len(documents))
    if not documents:
        look.notice("文库里还没有文件。", tag("a", "到文库添加文件", href="library"))
        return
    st.segmented_control(
        "工具",
        list(TOOLS),
        format_func=lambda name: TOOLS[name][0],
        key="tool",
        label_visibility="collapsed",
        on_change=_chosen,
    )
    TOOLS[tool][2](library)


def _tool() -> str:
    """The tool that the address names, else the one chosen before."""
    named = st.query_params.get("tool", "")
    if "tool" not in st.session_state or st.session_state.get("tool-address") != named:
        st.session_state.tool = named if named in TOOLS else "wording"
        st.session_state["tool-address"] = named
    if st.session_state.tool is None:  # chosen again, and so unchosen
        st.session_state.tool = named if named in TOOLS else "wording"
    return str(st.session_state.tool)


def _chosen() -> None:
    name = st.session_state.tool
    if name:
        st.query_params.from_dict({"tool": name})
        st.session_state["tool-address"] = name


frame.page(main)
