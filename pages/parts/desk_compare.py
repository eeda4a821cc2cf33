"""对比: documents side by side, or what they say of a topic."""

import streamlit as st

from desk.compare import MOST_DOCUMENTS, STATUSES, Cell, Comparison, Row, Sentence, compare, compare_topic
from desk.spreadsheet import workbook
from desk.tables import column_name, comparison_sheets
from desk.word_tables import Piece, word_table
from index.library import Library
from index.records import years_of
from ingest.errors import QuestionError
from pages.parts import look
from pages.parts.answer_tools import WORD
from pages.parts.desk_markup import EXCEL, address, wide_table, with_differences
from pages.parts.filtering import filter_bar
from pages.parts.markup import Markup, tag
from pages.parts.signs import unsigned
from pages.parts.wording import one_line

_WAYS = ("选文件逐条对照", "看同一主题")
_KINDS = {"新增": "new", "延续": "kept", "加强": "more", "减弱": "less", "未再提": "gone", "已完成": "done"}


def draw(library: Library) -> None:
    """Draw the tool."""
    way = st.radio("方式", _WAYS, key="way", horizontal=True, label_visibility="collapsed")
    found = _documents(library) if way == _WAYS[0] else _topic(library)
    if found is None:
        return
    if not found.rows:
        look.notice("没有文件写到这个主题。", "请换个说法，或者放宽筛选。")
        return
    _exports(found)
    if way == _WAYS[0]:
        _table(found)
    else:
        _by_document(found)


def _documents(library: Library) -> Comparison | None:
    rows = {row.id: row for row in library.snapshot().documents}
    chosen = st.multiselect(
        "文件",
        list(rows),
        format_func=lambda each: one_line(column_name(rows[each])),
        key="compared",
        max_selections=MOST_DOCUMENTS,
        placeholder=f"选2到{MOST_DOCUMENTS}份文件，例如同一地方前后两年的要点",
        label_visibility="collapsed",
    )
    if len(chosen) < 2:
        look.draw(tag("p", "选好文件后，按时间先后排列，逐条逐句说明变化。", class_="yj-hint"))
        return None
    with st.spinner("正在对照……"):
        return compare(library.snapshot(), chosen)


def _topic(library: Library) -> Comparison | None:
    with st.form("topic-form", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        box.text_input("主题", key="topic", placeholder="例如：课后服务、教师交流轮岗", label_visibility="collapsed")
        button.form_submit_button("对比", type="primary", width="stretch")
    filters = filter_bar(library.facets())
    if not st.session_state.topic.strip():
        return None
    try:
        return compare_topic(library, st.session_state.topic, filters=filters)
    except QuestionError as error:
        look.notice(f"{error}。", kind="error")
        return None


def _exports(found: Comparison) -> None:
    counts = "，".join(f"{status}{count}句" for status, count in found.counted().items() if status)
    look.draw(tag("p", counts or f"{len(found.documents)}份文件写到这个主题", class_="yj-count"))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "下载 Excel", lambda: workbook(comparison_sheets(found)), "引据对比.xlsx", EXCEL, on_click="ignore"
        )
        st.download_button("下载 Word", lambda: as_word(found), "引据对比.docx", WORD, on_click="ignore")


def as_word(found: Comparison) -> bytes:
    """The comparison as a Word table; sentences that are new, stronger or weaker are marked."""
    columns = [column_name(row) for row in found.documents]
    rows = [[_pieces(cells) for cells in row.cells] for row in found.rows]
    return word_table("文件对比", columns, rows, ["标红的是新增、加强、减弱、未再提和已完成的句子。"])


def _pieces(cells: tuple[Cell, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    for cell in cells:
        pieces.append((f"{cell.quotation.label} ", False))
        for each in cell.sentences:
            told = f"【{each.status}】" if each.status and each.status != "延续" else ""
            pieces.append((told + unsigned(each.quotation.quote), bool(told)))
        pieces.append(("\n", False))
    return pieces or [("—", False)]


def _table(found: Comparison) -> None:
    held = [status for status in STATUSES if found.counted().get(status)]
    wanted = st.pills("只看", held, selection_mode="multi", key="statuses") if held else []
    rows = [row for row in found.rows if not wanted or _holds(row, set(wanted))]
    names = [column_name(row) for row in found.documents]
    head = tag("tr", *(tag("th", one_line(unsigned(name))) for name in names))
    lines = (
        tag(
            "tr",
            *(
                tag("td", *_cells(cells, set(wanted)), data_name=name)
                for name, cells in zip(names, row.cells, strict=True)
            ),
        )
        for row in rows
    )
    look.draw(tag("div", tag("table", tag("thead", head), tag("tbody", *lines)), class_="yj-sides"))


def _by_document(found: Comparison) -> None:
    """A topic: a line for each document, whatever their number."""
    (row,) = found.rows
    lines = [
        (
            unsigned(column_name(document)),
            document.metadata.region or "—",
            "、".join(map(str, years_of(document.metadata))) or "—",
            tag("div", *_cells(cells, set())),
        )
        for document, cells in zip(found.documents, row.cells, strict=True)
    ]
    look.draw(wide_table(("文件", "地区", "年份", "怎么写"), lines, class_="yj-topic"))


def _holds(row: Row, wanted: set[str]) -> bool:
    return any(each.status in wanted for cells in row.cells for cell in cells for each in cell.sentences)


def _cells(cells: tuple[Cell, ...], wanted: set[str]) -> list[Markup]:
    if not cells:
        return [tag("p", "—", class_="yj-none")]
    return [_cell(cell, wanted) for cell in cells]


def _cell(cell: Cell, wanted: set[str]) -> Markup:
    heading = one_line(unsigned(cell.heading)) or cell.quotation.label
    sentences = [each for each in cell.sentences if not wanted or each.status in wanted]
    return tag(
        "div",
        tag("h3", tag("a", heading, href=address(cell.quotation))),
        *(_sentence(each) for each in sentences),
        class_="yj-side",
    )


def _sentence(each: Sentence) -> Markup:
    status = (
        tag("span", each.status, class_=f"yj-change yj-change-{_KINDS[each.status]}", title=each.why or None)
        if each.status
        else ""
    )
    words = (
        with_differences(each.quotation.quote, each.other.quote)
        if each.other
        else tag("span", unsigned(each.quotation.quote))
    )
    why = tag("span", each.why, class_="yj-why") if each.why else ""
    return tag("p", status, words, why)
