"""The page frame of Yinju: `streamlit run app.py`."""

import streamlit as st

from ingest.errors import YinjuError
from pages.parts import look

PAGES = [
    st.Page("pages/ask.py", title="问答", default=True),
    st.Page("pages/search.py", title="检索", url_path="search"),
    st.Page("pages/library.py", title="文库", url_path="library"),
    st.Page("pages/read.py", title="阅读", url_path="read"),
]

look.frame()
page = st.navigation(PAGES, position="hidden")
look.navigation(PAGES)
try:
    page.run()
except YinjuError as error:
    look.trouble(error)
look.footer()
