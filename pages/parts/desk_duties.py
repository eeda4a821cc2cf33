"""责任: who does what, by when; what one's own unit has to do."""

import streamlit as st

from desk.duties import Duty, duties, units_of
from desk.spreadsheet import workbook
from desk.tables import duty_sheet
from index.library import Library
from ingest.unit_names import unit_key
from pages.parts import look
from pages.parts.desk_markup import EXCEL, source_line, wide_table
from pages.parts.filtering import filter_bar
from pages.parts.markup import Markup, tag
from pages.parts.progress import told
from pages.parts.signs import unsigned

SHOWN = 100
"""Duties that are shown; all are in the table."""


def draw(library: Library) -> None:
    """Draw the tool."""
    filters = filter_bar(library.facets())
    place, snapshot = st.empty(), library.snapshot()
    everything = duties(snapshot, filters=filters, going_on=told(place, len(snapshot.documents), "正在整理责任分工"))
    place.empty()
    if not everything:
        look.notice("所选文件里没有写明责任单位的条款。")
        return
    units = dict(units_of(everything))
    unit = st.selectbox(
        "我的单位要做什么",
        [None, *units],
        format_func=lambda name: "全部单位" if name is None else f"{name}（{units[name]}项）",
        key="unit",
    )
    found = everything if unit is None else duties(library.snapshot(), filters=filters, unit=unit)
    lead = sum(any(unit_key(name) == unit_key(unit) for name in each.lead) for each in found) if unit else 0
    look.draw(tag("p", f"共{len(found)}项任务" + (f"，其中牵头{lead}项" if lead else ""), class_="yj-count"))
    st.download_button(
        "下载 Excel", lambda: workbook([duty_sheet(found)]), "引据责任分工.xlsx", EXCEL, on_click="ignore"
    )
    names = ("任务", "牵头单位", "责任（配合）单位", "时限", "出处")
    look.draw(wide_table(names, [_row(each, unit) for each in found[:SHOWN]]))


def _row(each: Duty, unit: str | None) -> tuple[str | Markup, ...]:
    task = tag(
        "div",
        tag("b", unsigned(each.task)),
        tag("details", tag("summary", "内容"), tag("p", unsigned("".join(each.sentences)))) if each.sentences else "",
    )
    return task, _units(each.lead, unit), _units(each.others, unit), each.deadline or "—", source_line(each.quotation)


def _units(names: tuple[str, ...], unit: str | None) -> Markup:
    if not names:
        return tag("span", "—")
    own = unit_key(unit) if unit else ""
    pieces = [tag("mark", name) if own and unit_key(name) == own else tag("span", name) for name in names]
    return tag("span", *(piece for n, each in enumerate(pieces) for piece in (*(("、",) if n else ()), each)))
