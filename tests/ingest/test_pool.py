"""Reading in child processes: the same documents, in order; what hangs or dies ends alone."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import errors
from ingest.codec import decode, encode
from ingest.document import Document, Reading, Recognised
from ingest.errors import DamagedFile, EmptyFile, ReadError, ReadTimeout
from ingest.load import File, build, discover, document_from, load
from ingest.pool import Pool


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2) as made:
        yield made


def test_documents_cross_unchanged(root: Path) -> None:
    for file in discover([root / "samples"]):
        document = load(file)
        assert decode(encode(document)) == document


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.floats(0, 1))
def test_any_text_crosses_unchanged(text: str, confidence: float) -> None:
    reading = Reading(text, "image", recognised=(Recognised(0, len(text), confidence),), quality=(confidence,))
    document = build("扫描.png", "x", reading)
    assert decode(encode(document)) == document


@pytest.mark.parametrize("name", [name for name in errors.__all__ if issubclass(getattr(errors, name), ReadError)])
def test_errors_cross_unchanged(name: str) -> None:
    error = getattr(errors, name)("甲.txt", "原因", "办法")
    crossed = decode(encode(error))
    assert type(crossed) is type(error)
    assert str(crossed) == str(error)


def test_files_come_in_their_order_with_what_became_of_them(pool: Pool, tmp_path: Path, root: Path) -> None:
    for number in range(12):
        text = f"第{number}号通知\n一、时间\n八月报名。\n" * (400 if number % 3 == 0 else 1)
        (tmp_path / f"{number:02}.txt").write_text(text if number != 5 else " ", encoding="utf-8")
    files = list(discover([tmp_path]))
    found = list(pool.load(files))
    assert [file for file, _ in found] == files
    assert [type(result) for _, result in found] == [EmptyFile if n == 5 else Document for n in range(12)]
    assert all(result == load(file) for file, result in found if isinstance(result, Document))


def test_samples_are_the_same_as_read_here(pool: Pool, root: Path) -> None:
    for file, result in pool.load(discover([root / "samples"])):
        assert result == load(file)


def test_what_takes_too_long_ends_alone() -> None:
    slow = "".join(f"第{n}条 学校应当（一）开课；（二）放学。\n" for n in range(200_000)).encode()
    with Pool(1, seconds=1.0) as pool:
        assert pool.document_from("好.txt", "一、总则".encode()).receipt.coverage == 1
        began = time.monotonic()
        with pytest.raises(ReadTimeout, match="没有进展"):
            pool.document_from("慢.txt", slow)
        assert time.monotonic() - began < 5
        assert pool.document_from("好.txt", "一、总则".encode()).receipt.coverage == 1


def test_what_kills_its_reader_ends_alone() -> None:
    slow = ("一、" + "学校应当开课。" * 300_000).encode()
    with Pool(1) as pool:
        pool.document_from("好.txt", "一、总则".encode())
        (worker,) = [p for p in psutil.Process().children() if "ingest.worker" in " ".join(p.cmdline())][-1:]
        threading.Timer(0.3, os.kill, (worker.pid, signal.SIGKILL)).start()
        with pytest.raises(DamagedFile, match="意外退出"):
            pool.document_from("崩.txt", slow)
        assert pool.document_from("好.txt", "一、总则".encode()).receipt.coverage == 1


def test_no_worker_is_left_behind() -> None:
    before = {process.pid for process in psutil.Process().children()}
    with Pool(2) as pool:
        list(pool.load(File(Path(__file__), f"{n}.txt") for n in range(6)))
        assert {process.pid for process in psutil.Process().children()} - before
    assert not {process.pid for process in psutil.Process().children()} - before


def test_several_threads_share_a_pool(pool: Pool) -> None:
    texts = [f"第{n}号\n一、甲。".encode() for n in range(20)]
    found: dict[int, Document] = {}

    def read(number: int) -> None:
        found[number] = pool.document_from(f"{number}.txt", texts[number])

    threads = [threading.Thread(target=read, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n] for n in range(20)] == [document_from(f"{n}.txt", texts[n]) for n in range(20)]
