"""Filters over the library's own values, each with its number of documents."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from index.records import Facets
from index.search import Filters
from pages.parts.recall import NAMES
from pages.parts.wording import one_line

Value = TypeVar("Value", str, int)
ALL = "全部"


def filter_bar(facets: Facets) -> Filters:
    """Draw the filters, set by `recall.begin` or by hand, and return what is chosen."""
    years = dict(sorted(facets.years.items(), reverse=True))
    values: list[Mapping[str, int] | Mapping[int, int]] = [facets.regions, years, facets.kinds, facets.issuers]
    number = sum(_is_set(name, counts) for name, counts in zip(NAMES, values, strict=True))
    with st.expander(f"筛选（已选{number}项）" if number else "筛选", expanded=number > 0):
        columns = st.columns(4)
        region = _choice(columns[0], "地区", facets.regions)
        year = _choice(columns[1], "年份", years)
        kind = _choice(columns[2], "文种", facets.kinds)
        issuer = _choice(columns[3], "发文机关", facets.issuers)
    return Filters(region=region, year=year, kind=kind, issuer=issuer)


def _is_set(name: str, counts: Mapping[str, int] | Mapping[int, int]) -> bool:
    """Tell whether a filter is set; to a value that the library does not hold (any more) it is not."""
    if st.session_state.get(f"filter-{name}") not in counts:
        st.session_state[f"filter-{name}"] = None
    return st.session_state[f"filter-{name}"] is not None


def _choice(column: DeltaGenerator, name: str, counts: Mapping[Value, int]) -> Value | None:
    values: list[Value | None] = [None]  # one is always chosen: a box that can be empty is emptied by Esc
    values.extend(counts)
    return column.selectbox(
        name,
        values,
        placeholder=ALL,
        format_func=lambda value: ALL if value is None else option(value, counts.get(value, 0)),
        key=f"filter-{name}",
    )


def option(value: str | int, count: int) -> str:
    """A value with its number of documents.

    >>> option("云川市", 8)
    '云川市（8份）'
    """
    return f"{one_line(str(value))}（{count}份）"
