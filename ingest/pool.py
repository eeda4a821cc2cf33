"""Reading in child processes: a file that hangs, crashes or takes too much ends alone, and the others go on."""

import atexit
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Self

from ingest.codec import decode
from ingest.document import Document
from ingest.errors import DamagedFile, ReadError, ReadTimeout
from ingest.load import File, data_of
from ingest.worker import ALIVE, LENGTH, REQUEST, RESULT

SECONDS = 60.0
"""Time without a sign of life after which a reading is ended."""

MAX_RESULT = 512 * 1024 * 1024
"""Bytes of a document as it comes from a worker."""

_MOST_FILES = 1000  # that a worker reads before it is renewed, so that what libraries leak goes with it
_AHEAD = 4  # files a worker that are read before they are asked for
_ROOT = Path(__file__).resolve().parents[1]

Frame = bytes | None  # None when the worker is gone


class Pool:
    """Workers that read files; started when first needed. Safe to be used from several threads."""

    def __init__(self, workers: int = 0, *, seconds: float = SECONDS) -> None:
        """`workers` 0 is one a core, two at most."""
        self.workers = workers or min(2, os.cpu_count() or 1)
        self._seconds = seconds
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(self.workers):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers that are idle; the others end when what they read is done and the process ends."""
        held: list[None] = []
        with suppress(queue.Empty):
            while True:
                if worker := self._idle.get_nowait():
                    worker.end()
                held.append(None)
        for each in held:
            self._idle.put(each)

    def document_from(self, source: str, data: bytes) -> Document:
        """Make a document of the bytes of a file. Raises a kind of ReadError."""
        worker = self._idle.get()
        try:
            if worker is None or not worker.is_fresh():
                if worker:
                    worker.end()
                worker = _Worker(self._seconds)
            result = worker.read(source, data)
        except _Gone as gone:
            if worker:
                worker.end()
            worker = None
            raise gone.error from gone
        finally:
            self._idle.put(worker)
        if isinstance(result, ReadError):
            raise result
        return result

    def load(self, files: Iterable[File]) -> Iterator[tuple[File, Document | ReadError]]:
        """Read files side by side; they come in their order, each with its document or what is wrong with it."""
        with ThreadPoolExecutor(self.workers, thread_name_prefix="reading") as threads:
            waiting: deque[tuple[File, Future[Document | ReadError]]] = deque()
            for file in files:
                waiting.append((file, threads.submit(self._load, file)))
                if len(waiting) > _AHEAD * self.workers:
                    first, future = waiting.popleft()
                    yield first, future.result()
            for first, future in waiting:
                yield first, future.result()

    def _load(self, file: File) -> Document | ReadError:
        try:
            return self.document_from(file.source, data_of(file))
        except ReadError as error:
            return error


class _Gone(Exception):
    """Raised when a worker can't be used any more; holds what to say of the file."""

    def __init__(self, error: ReadError) -> None:
        super().__init__(str(error))
        self.error = error


class _Worker:
    """One child process and the thread that listens to it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._files = 0
        paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": paths},
            start_new_session=True,
        )
        self._frames: queue.Queue[Frame] = queue.Queue()
        out = self._process.stdout
        assert out is not None  # for mypy: it is a pipe
        threading.Thread(target=_listen, args=(out, self._frames), daemon=True).start()

    def is_fresh(self) -> bool:
        """Tell whether it lives and has not read too many files."""
        return self._process.poll() is None and self._files < _MOST_FILES

    def read(self, source: str, data: bytes) -> Document | ReadError:
        """Have a file read. Raises _Gone where the worker hangs or dies of it."""
        self._files += 1
        name = source.encode("utf-8", "surrogatepass")
        self._send(source, REQUEST.pack(len(name), len(data)) + name + data)
        while True:
            try:
                frame = self._frames.get(timeout=self._seconds)
            except queue.Empty as error:
                reason = f"读取超过{self._seconds:.0f}秒没有进展，已停止"
                raise _Gone(ReadTimeout(source, reason, "请用原软件打开，另存后再添加，或拆分文件")) from error
            if frame is None:
                raise _Gone(_crashed(source))
            if frame != ALIVE:
                return decode(frame)

    def _send(self, source: str, frame: bytes) -> None:
        try:
            assert self._process.stdin is not None  # for mypy: it is a pipe
            self._process.stdin.write(frame)
            self._process.stdin.flush()
        except OSError as error:
            raise _Gone(_crashed(source)) from error

    def end(self) -> None:
        """End the process and close its pipes."""
        with suppress(OSError):
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def _crashed(source: str) -> ReadError:
    return DamagedFile(source, "读取程序在这个文件上意外退出", "请用原软件打开，另存后再添加")


def _listen(out: IO[bytes], frames: "queue.Queue[Frame]") -> None:
    """Put what a worker writes into frames, to its end."""
    with suppress(OSError, ValueError):
        while kind := out.read(1):
            if kind == ALIVE:
                frames.put(ALIVE)
                continue
            head = out.read(LENGTH.size)
            if kind != RESULT or len(head) < LENGTH.size or LENGTH.unpack(head)[0] > MAX_RESULT:
                break
            frames.put(out.read(LENGTH.unpack(head)[0]))
    frames.put(None)


@cache
def shared() -> Pool:
    """The pool of this process, for pages; ended with it."""
    pool = Pool()
    atexit.register(pool.close)
    return pool
