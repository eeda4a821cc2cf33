"""The page of Yinju: `streamlit run app.py`."""

from pages.parts import frame

frame.run()
