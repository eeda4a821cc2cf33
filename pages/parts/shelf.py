"""The library that the pages show: opened once for all sessions, made from the samples where there is none."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import streamlit as st

from index.library import DATABASE, Library
from index.records import DocumentRow
from ingest.errors import LibraryError
from ingest.load import discover, load
from pages.parts import samples

SETTING = "YINJU_LIBRARY"
DEFAULT = "library"
_making = Lock()

Progress = Callable[[float, str], object]
"""Told the share that is done, 0 to 1, and what is being done."""


def folder() -> Path:
    """The folder of the library, from the setting YINJU_LIBRARY."""
    return Path(os.environ.get(SETTING) or DEFAULT).expanduser().resolve()


def library() -> Library:
    """The open library; where there is none, the sample library is made first, with a progress bar.

    Raises LibraryError, ModelError.
    """
    if not (folder() / DATABASE).exists():
        place = st.empty()
        bar = place.progress(0.0, text="首次启动，正在建立示例文库……")
        make(folder(), lambda share, words: bar.progress(share, text=words))
        place.empty()
        _opened.clear()  # one that was open is no longer there
    opened = _opened(str(folder()))
    if not opened.is_in_place():  # another was put in its place, such as a backup
        _opened.clear()
        opened = _opened(str(folder()))
    return opened


def make(target: Path, progress: Progress, source: Path = samples.FOLDER) -> None:
    """Make the sample library in a folder; it is there whole or not at all. Raises LibraryError, ReadError."""
    with _making:
        if (target / DATABASE).exists():  # another session was faster
            return
        try:
            target.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".making-", dir=target, ignore_cleanup_errors=True) as workshop:
                _fill(Path(workshop), progress, source)
                os.replace(Path(workshop) / DATABASE, target / DATABASE)
        except OSError as error:
            raise LibraryError(
                f"文库文件夹 {target} 用不了（{error.strerror}）：请检查设置 {SETTING} 和读写权限"
            ) from error


def rebuild() -> None:
    """Embed the library anew with the present model, with a progress bar. Raises LibraryError, ModelError."""
    bar = st.progress(0.0, text="正在重建索引……")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, text=f"正在重建索引（{done}/{total}）")

    with _making, Library.open(folder(), check=False) as old:
        old.rebuild(tell)


def _fill(workshop: Path, progress: Progress, source: Path) -> None:
    files = list(discover([source]))
    with Library.open(workshop, create=True) as made:
        for done, file in enumerate(files):
            progress(done / len(files), f"正在建立示例文库（{done + 1}/{len(files)}）")
            made.add(load(file))


@st.cache_resource(show_spinner=False)
def _opened(path: str) -> Library:
    return Library.open(Path(path))


@st.cache_data(show_spinner=False)
def _hashes() -> dict[str, str]:
    return samples.sample_hashes()


def sample_ids(documents: tuple[DocumentRow, ...]) -> frozenset[str]:
    """Ids of the sample documents among those of the library."""
    return samples.samples_among(documents, _hashes())
