"""Filters over the library's own values, each with its number of documents."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from index.records import Facets
from index.search import Filters
from pages.parts.wording import one_line

Value = TypeVar("Value", str, int)


def filter_bar(facets: Facets, current: Filters) -> Filters:
    """Draw the filters and return what is chosen; they begin with `current`, what the address asks for."""
    years = dict(sorted(facets.years.items(), reverse=True))
    chosen = [
        _begin("地区", facets.regions, current.region),
        _begin("年份", years, current.year),
        _begin("文种", facets.kinds, current.kind),
        _begin("发文机关", facets.issuers, current.issuer),
    ]
    number = sum(value is not None for value in chosen)
    with st.expander(f"筛选（已选{number}项）" if number else "筛选", expanded=number > 0):
        columns = st.columns(4)
        region = _choice(columns[0], "地区", facets.regions)
        year = _choice(columns[1], "年份", years)
        kind = _choice(columns[2], "文种", facets.kinds)
        issuer = _choice(columns[3], "发文机关", facets.issuers)
    return Filters(region=region, year=year, kind=kind, issuer=issuer)


def _begin(name: str, counts: Mapping[Value, int], current: Value | None) -> Value | None:
    """Set a filter to what is asked for, or to none where the library does not hold it (any more)."""
    value = st.session_state.get(f"filter-{name}", current)
    st.session_state[f"filter-{name}"] = value if value in counts else None
    return st.session_state[f"filter-{name}"]


def _choice(column: DeltaGenerator, name: str, counts: Mapping[Value, int]) -> Value | None:
    return column.selectbox(
        name,
        list(counts),
        index=None,
        placeholder="全部",
        format_func=lambda value: option(value, counts.get(value, 0)),
        key=f"filter-{name}",
    )


def option(value: str | int, count: int) -> str:
    """A value with its number of documents.

    >>> option("云川市", 8)
    '云川市（8份）'
    """
    return f"{one_line(str(value))}（{count}份）"
