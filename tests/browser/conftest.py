"""The app, started as the README says, and a Chromium that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTING = 30
"""Seconds that the server may take to answer."""


def _missing(words: str) -> None:
    """Skip where there is no browser; on CI that is a failure."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"CI must look at the pages, but {words}")
    pytest.skip(f"the pages were not looked at: {words}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium: from the setting CHROMIUM, or as the system names it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        _missing("no Chromium was found; install one or name it in the setting CHROMIUM")
    return str(found)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, on a library that it has yet to make."""
    with running(tmp_path_factory.mktemp("app")) as address:
        yield address


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start the app as the README says, on the library in a folder; give its address, stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    settings = os.environ | {"YINJU_LIBRARY": str(folder / "library")}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            _wait(server, f"http://localhost:{port}/_stcore/health", folder / "log")
            yield f"http://localhost:{port}/"
        finally:
            server.terminate()
            server.wait(10)
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def start():
    """Starts the app on the library in a folder: `with start(folder) as address`."""
    return running


def _wait(server: subprocess.Popen[bytes], health: str, log: Path) -> None:
    for _ in range(STARTING * 10):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(health, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer after {STARTING} s: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[object]:
    """A headless browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def visit(browser, address: str) -> Iterator[object]:
    """Opens pages of a given width; afterwards no request may have left this machine and no script failed."""
    contexts, strangers, failures = [], [], []

    def open_page(path: str = "", width: int = 1280, height: int = 900):
        context = browser.new_context(
            viewport={"width": width, "height": height}, permissions=["clipboard-read", "clipboard-write"]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: _note(strangers, request.url, address))
        page.on("websocket", lambda socket: _note(strangers, socket.url.replace("ws://", "http://"), address))
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []
    assert failures == []


def _note(strangers: list[str], url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        strangers.append(url)


@pytest.fixture(scope="session")
def picture():
    """Saves a screenshot in the folder of the setting YINJU_SCREENSHOTS, where there is one."""
    folder = os.environ.get("YINJU_SCREENSHOTS")

    def save(page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.wait_for_timeout(600)
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return save
