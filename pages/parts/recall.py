"""What the address of a page says and what was asked before: a link, the way back and a reload all lead to the same."""

from collections.abc import Mapping

import streamlit as st

from pages.parts.addresses import filters_in

NAMES = ("地区", "年份", "文种", "发文机关")


def begin(page: str, box: str) -> bool:
    """Fill question box and filters of a page from its address, when the address is not the one it wrote last.

    That is so when a link was opened, and when the browser went back or forward. On coming from another page without
    a question in the address, the box holds what was last asked. Tells whether anything was filled in.
    """
    if st.session_state.get(f"address-{page}") == st.query_params.to_dict() and box in st.session_state:
        return False
    before = "" if box in st.session_state else st.session_state.get("asked", "")
    st.session_state[box] = st.query_params.get("q") or before
    filters = filters_in(st.query_params)
    for name, value in zip(NAMES, (filters.region, filters.year, filters.kind, filters.issuer), strict=True):
        st.session_state[f"filter-{name}"] = value
    return True


def keep(page: str, question: str, wanted: Mapping[str, str]) -> None:
    """Write the address of what the page shows, so that it can be shared and come back to."""
    st.session_state.asked = question
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[f"address-{page}"] = dict(wanted)
