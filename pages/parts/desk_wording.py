"""措辞 and 搭配: how other documents word a point, with a basket of chosen passages."""

from datetime import date

import streamlit as st

from answer.word_file import word_file
from desk.collocation import Concordance, concordance
from desk.quotation import Quotation
from desk.spreadsheet import workbook
from desk.tables import basket_sheet, concordance_sheet, markdown, wording_sheet
from desk.wording import Group, Precedents, Wording, precedents
from index.library import Library
from ingest.errors import QuestionError
from pages.parts import look
from pages.parts.answer_tools import WORD
from pages.parts.desk_markup import EXCEL, address, in_sentence, source_line, wide_table, with_differences
from pages.parts.filtering import filter_bar
from pages.parts.markup import Markup, label, tag
from pages.parts.progress import told
from pages.parts.signs import unsigned

ORDERS = {"最接近": "closeness", "最近发布": "recent", "层级最高": "authority"}
SHOWN, SHOWN_OF_MANY = 12, 4
"""Groups that are shown of one sentence, and of each of several; the rest is in the table."""
_WORDINGS = 4  # of a group that are shown


def draw(library: Library) -> None:
    """Draw the tool 措辞."""
    if "draft" not in st.session_state:
        st.session_state.draft = st.query_params.get("q", "")
    with st.form("wording", border=False):
        placeholder = "例如：持续规范社会事务进校园，切实减轻教师负担"
        st.text_area("草稿", key="draft", placeholder=placeholder, height=96, label_visibility="collapsed")
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        left.radio("排序", list(ORDERS), key="order", horizontal=True, label_visibility="collapsed")
        sent = right.form_submit_button("找先例", type="primary", width="stretch")
    filters = filter_bar(library.facets())
    _basket()
    draft = st.session_state.draft
    if not draft.strip():
        if sent:
            look.notice("请写出要找先例的话。", kind="warning")
        return
    try:
        with st.spinner("正在找先例……"):
            found = precedents(library, draft, filters=filters, order=ORDERS[st.session_state.order])
    except QuestionError as error:
        look.notice(f"{error}。", kind="error")
        return
    st.download_button(
        "下载全部先例（Excel）", lambda: workbook([wording_sheet(found)]), "引据措辞先例.xlsx", EXCEL, on_click="ignore"
    )
    shown = SHOWN if len(found) == 1 else SHOWN_OF_MANY
    for n, each in enumerate(found):
        _precedents(n, each, shown)


def _precedents(n: int, found: Precedents, shown: int) -> None:
    strength = f"（草稿力度：{found.strength.name}）" if found.strength.name else ""
    look.draw(tag("h2", f"“{unsigned(found.draft)}”", tag("span", strength, class_="yj-label"), class_="yj-section"))
    if not found.groups:
        look.notice("没有找到写同一件事的条款。", "请换个说法，或者放宽筛选。")
    for i, group in enumerate(found.groups[:shown]):
        with st.container(border=True, key=f"yj-group-{n}-{i}"):
            look.draw(_head(group))
            for j, wording in enumerate(group.wordings[:_WORDINGS]):
                _wording(f"{n}-{i}-{j}", wording, found.draft)
    if len(found.groups) > shown:
        look.draw(tag("p", f"还有{len(found.groups) - shown}种较远的写法，在下载的表格里。", class_="yj-hint"))


def _head(group: Group) -> Markup:
    count = len(group.quotations)
    words = [f"{count}处", "、".join(group.places[:4]), "、".join(map(str, group.years)), group.rank]
    tags = (tag("span", word, class_="yj-tag") for word in words if word and word != "未知")
    return tag("div", tag("h3", group.frame, *tags, class_="yj-frame"), _first_and_latest(group))


def _first_and_latest(group: Group) -> Markup:
    """The earliest and the latest use, where they are two."""
    first, latest = group.first, group.latest
    if first is None or latest is None or first.when == latest.when:
        return tag("span")
    uses = (("最早", first), ("最近", latest))
    lines = (
        tag("span", f"{name} {each.when} ", tag("a", f"《{each.title}》", href=address(each))) for name, each in uses
    )
    return tag("p", *lines, class_="yj-hint yj-uses")


def _wording(key: str, wording: Wording, draft: str) -> None:
    quoted = wording.quotation
    words, button = st.columns([7, 1], vertical_alignment="center")
    with words:
        marked = with_differences(quoted.quote, draft)
        folded = f"另有{len(wording.folded)}处几乎相同" if wording.folded else ""
        body = tag("blockquote", in_sentence(quoted, marked), class_="yj-precedent")
        look.draw(tag("div", body, source_line(quoted, wording.strength.name, folded)))
    chosen = quoted in _chosen()
    with button:
        st.button("移出" if chosen else "收入", key=f"take-{key}", on_click=_take, args=(quoted,), width="stretch")


def _chosen() -> list[Quotation]:
    basket: list[Quotation] = st.session_state.setdefault("basket", [])
    return basket


def _take(quoted: Quotation) -> None:
    basket = _chosen()
    if quoted in basket:
        basket.remove(quoted)
    else:
        basket.append(quoted)


def _empty() -> None:
    st.session_state.basket = []


def _basket() -> None:
    """The chosen passages, to be taken along with their citations."""
    chosen = _chosen()
    if not chosen:
        return
    with st.expander(f"摘录篮（{len(chosen)}条）", expanded=False):
        items = (tag("li", unsigned(each.quote), source_line(each)) for each in chosen)
        look.draw(tag("ol", *items, class_="yj-basket"))
        said = [unsigned(each.quote) for each in chosen]
        sources = [f"{n}. {unsigned(each.reference)}" for n, each in enumerate(chosen, 1)]
        name = f"引据摘录_{date.today():%Y%m%d}"
        with st.container(horizontal=True, gap="small"):
            numbered = [f"{words}〔{n}〕" for n, words in enumerate(said, 1)]
            st.download_button(
                "下载 Word", lambda: word_file("措辞摘录", numbered, sources), f"{name}.docx", WORD, on_click="ignore"
            )
            st.download_button(
                "下载 Markdown", markdown("措辞摘录", chosen), f"{name}.md", "text/markdown", on_click="ignore"
            )
            st.download_button(
                "下载 Excel", lambda: workbook([basket_sheet(chosen)]), f"{name}.xlsx", EXCEL, on_click="ignore"
            )
            st.button("清空", key="empty-basket", on_click=_empty)


def draw_collocations(library: Library) -> None:
    """Draw the tool 搭配."""
    with st.form("collocations", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        placeholder = "例如：健全…机制，…全覆盖，严禁…"
        box.text_input("格式", key="pattern", placeholder=placeholder, label_visibility="collapsed")
        button.form_submit_button("查搭配", type="primary", width="stretch")
    filters = filter_bar(library.facets())
    pattern = st.session_state.pattern
    if not pattern.strip():
        return
    try:
        place, snapshot = st.empty(), library.snapshot()
        progress = told(place, len(snapshot.documents), "正在查搭配")
        found = concordance(snapshot, pattern, filters=filters, going_on=progress)
        place.empty()
    except QuestionError as error:
        look.notice(f"{error}。", kind="error")
        return
    if not found.total:
        look.notice("文库里没有这样的写法。", "可以换一个词，或者把“…”放在别处。")
        return
    _concordance(found)


def _concordance(found: Concordance) -> None:
    look.draw(tag("p", f"共{found.total}处，填过{len(found.fillings)}种词", class_="yj-count"))
    fillings = [tag("span", words, tag("b", f"{count}"), class_="yj-filling") for words, count in found.fillings[:40]]
    look.draw(tag("p", *fillings, class_="yj-fillings"))
    st.download_button(
        label("下载全部用例（Excel）"),
        lambda: workbook([concordance_sheet(found)]),
        "引据搭配.xlsx",
        EXCEL,
        on_click="ignore",
    )
    rows = [
        (
            tag("span", unsigned(line.before), tag("b", unsigned(line.keyword)), unsigned(line.after)),
            source_line(line.quotation),
        )
        for line in found.lines[:100]
    ]
    look.draw(wide_table(("用例", "出处"), rows))
