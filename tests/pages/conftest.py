"""A small library of sample files, and pages run on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from index.library import Library
from ingest.load import discover, document_from, load

ROOT = Path(__file__).resolve().parents[2]
CHOSEN = ("云川市2024年教育工作要点.txt", "云川市中小学校课后服务管理办法.docx", "云川市2025年教育工作总结.docx")
HOSTILE = """测试市<script>window.hacked=1</script>2025年教育工作要点

一、<img src=x onerror="window.hacked=1">加强课间管理

1.提升[点我](javascript:window.hacked=1)质量。课间$x^2$休息:red[十五分钟]，{{ 7*7 }}，**粗体**，<a href="https://evil.example/">外链</a>。

2.=1+1的安排。@SUM(A1)课间休息由学校安排。
"""

Page = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _no_cache() -> None:
    """Each test opens its own library."""
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the pages take their library from; nothing is in it yet."""
    monkeypatch.setenv("YINJU_LIBRARY", str(tmp_path / "library"))
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Library:
    """A library of three sample files."""
    made = Library.open(folder, create=True)
    for file in discover([ROOT / "samples"]):
        if file.source in CHOSEN:
            made.add(load(file))
    return made


@pytest.fixture
def hostile(folder: Path) -> Library:
    """A library of one document that tries to act on the page."""
    made = Library.open(folder, create=True)
    made.add(document_from("恶意<b>.txt", HOSTILE.encode()))
    return made


@pytest.fixture
def page() -> Page:
    """Runs a page under the frame of app.py, with the parameters of an address."""

    def run(name: str = "", **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        if name:
            app.run()
            app.switch_page(f"pages/{name}.py")
        for key, value in parameters.items():
            app.query_params[key.rstrip("_")] = value
        return app.run()

    return run


@pytest.fixture
def drawn() -> Callable[[AppTest], str]:
    """All markup of a page, without style and script."""

    def markup(app: AppTest) -> str:
        bodies = [element.proto.body for element in app.get("html")]
        return "\n".join(body for body in bodies if not body.startswith(("<script>", "<style>")))

    return markup
