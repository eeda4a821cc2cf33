"""Filters over the library's own values, each with its number of documents."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from index.records import Facets
from index.search import Filters
from pages.parts.wording import one_line

Value = TypeVar("Value", str, int)


def filter_bar(facets: Facets, current: Filters) -> Filters:
    """Draw the filters and return what is chosen; `current` is what the address asks for."""
    chosen = [value for value in (current.region, current.year, current.kind, current.issuer) if value is not None]
    with st.expander(f"筛选（已选{len(chosen)}项）" if chosen else "筛选", expanded=bool(chosen)):
        columns = st.columns(4)
        with columns[0]:
            region = _choice("地区", facets.regions, current.region)
        with columns[1]:
            year = _choice("年份", dict(sorted(facets.years.items(), reverse=True)), current.year)
        with columns[2]:
            kind = _choice("文种", facets.kinds, current.kind)
        with columns[3]:
            issuer = _choice("发文机关", facets.issuers, current.issuer)
    return Filters(region=region, year=year, kind=kind, issuer=issuer)


def _choice(name: str, counts: Mapping[Value, int], current: Value | None) -> Value | None:
    options = list(counts)
    index = options.index(current) if current in counts else None
    return st.selectbox(
        name,
        options,
        index=index,
        placeholder="全部",
        format_func=lambda value: option(value, counts[value]),
        key=f"filter-{name}",
    )


def option(value: str | int, count: int) -> str:
    """A value with its number of documents.

    >>> option("云川市", 8)
    '云川市（8份）'
    """
    return f"{one_line(str(value))}（{count}份）"
