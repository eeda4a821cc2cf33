"""指标: figures of the library as a ledger, the same indicators in lines, and a chart over years and places."""

import streamlit as st

from desk.lineup import Line, grouped, lines
from desk.spreadsheet import csv_file, workbook
from desk.tables import target_sheet
from desk.targets import Target, naming, sorted_by, targets
from index.library import Library
from index.notebook import Notebook
from index.search import Filters
from ingest.errors import LibraryError, UsageError
from pages.parts import look
from pages.parts.chart import chart
from pages.parts.desk_markup import EXCEL, in_sentence, source_line, wide_table
from pages.parts.filtering import filter_bar
from pages.parts.markup import Markup, tag
from pages.parts.progress import told
from pages.parts.signs import unsigned
from pages.parts.wording import one_line

SHOWN = 100
"""Figures that are shown; all are in the table."""
_ORDERS = {
    "按文件": "library",
    "按指标": "indicator",
    "数值从大到小": "value",
    "年份从近到远": "year",
    "按地区": "place",
}


def draw(library: Library) -> None:
    """Draw the tool."""
    box, order = st.columns([3, 1], vertical_alignment="bottom")
    words = box.text_input("指标", key="indicator", placeholder="例如：普惠率、学位、近视率")
    chosen = order.selectbox("排序", list(_ORDERS), key="target-order")
    kinds = st.pills("性质", ["目标", "完成", "规定"], selection_mode="multi", key="target-kinds")
    filters = filter_bar(library.facets())
    found = [each for each in _found(library, filters) if not kinds or each.kind in kinds]
    found = sorted_by(list(naming(found, words)), _ORDERS[chosen])
    if not found:
        look.notice("没有这样的数字。", "请换个说法，或者放宽筛选。")
        return
    look.draw(tag("p", f"共{len(found)}个数字" + (f"，列出{SHOWN}个" if len(found) > SHOWN else ""), class_="yj-count"))
    st.download_button("下载 Excel", lambda: workbook([target_sheet(found)]), "引据指标.xlsx", EXCEL, on_click="ignore")
    _lines(library, lines(found))
    look.draw(
        wide_table(("指标", "数值", "性质", "年份", "地区", "原句和出处"), [_row(each) for each in found[:SHOWN]])
    )


def _found(library: Library, filters: Filters) -> list[Target]:
    """All figures, kept for this visit as long as the library does not change."""
    names = Notebook(library.folder).indicator_names()
    key = (str(library.folder), library.snapshot().state, filters, tuple(names.items()))
    held = st.session_state.get("targets")
    if held is None or held[0] != key:
        place = st.empty()
        snapshot = library.snapshot()
        progress = told(place, len(snapshot.documents), "正在整理数字")
        held = (key, grouped(targets(snapshot, filters=filters, going_on=progress), names))
        place.empty()
        st.session_state.targets = held
    found: list[Target] = held[1]
    return found


def _row(each: Target) -> tuple[str | Markup, ...]:
    quoted = each.quotation
    words = unsigned(each.indicator.words)
    name = tag("span", words, tag("span", f"归入“{each.group}”", class_="yj-hint")) if each.group != words else words
    said = tag("div", in_sentence(quoted, tag("mark", quoted.quote)), source_line(quoted))
    return name, tag("b", each.shown), each.kind, str(each.year or "—"), each.place or "—", said


def _lines(library: Library, found: list[Line]) -> None:
    """The same indicator in several documents: a chart, and how it was matched, to be corrected."""
    if not found:
        return
    with st.expander(f"同一指标在几份文件里（{len(found)}个）", expanded=True):
        names = {line.name: line for line in found}
        name = st.selectbox("指标", list(names), format_func=lambda each: f"{each}（{names[each].documents}份文件）")
        line = names[name]
        look.draw(chart(line))
        st.download_button(
            "下载这个指标（CSV）",
            lambda: csv_file(target_sheet(line.targets)),
            f"{one_line(line.name)}.csv",
            "text/csv",
            on_click="ignore",
        )
        _correct(library, line)


def _correct(library: Library, line: Line) -> None:
    others = [words for words in line.names if words != line.name]
    if not others:
        return
    with st.popover("归并得不对？", type="tertiary"):
        look.draw(tag("p", f"下面这些说法被当作“{line.name}”。选错的那个，它会单独成为一项。", class_="yj-hint"))
        words = st.selectbox("说法", others, key="apart")
        st.button("分开", key="set-apart", on_click=_name, args=(library, words, words))
        into = st.text_input("或者归入别的指标", key="into", placeholder="写指标名称")
        st.button("归入", key="set-into", on_click=_name, args=(library, words, into), disabled=not into.strip())
    if told := st.session_state.pop("renamed", None):
        look.notice(told, kind="good" if told.startswith("已") else "error")


def _name(library: Library, words: str, name: str) -> None:
    try:
        Notebook(library.folder).name_indicator(words, name)
    except (LibraryError, UsageError) as error:
        st.session_state.renamed = f"没有记下来：{error}"
    else:
        st.session_state.renamed = "已记下，以后都这样归并。"
