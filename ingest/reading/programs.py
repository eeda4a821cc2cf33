"""Other programs that read what Python libraries can't: found, run with a time limit, ended with all they started."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from ingest.reading import pulse

_BEAT = 2.0  # seconds between signs of life

_USUAL_PLACES = {
    "soffice": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/usr/lib/libreoffice/program/soffice",
    ),
    "tesseract": (r"C:\Program Files\Tesseract-OCR\tesseract.exe", "/opt/homebrew/bin/tesseract"),
}


class ProgramFailed(Exception):
    """Raised when a program ends with an error; the message is what it said."""


class ProgramTimeout(ProgramFailed):
    """Raised when a program took too long and was ended."""


@cache
def find(name: str) -> str | None:
    """Where a program is installed, on the search path or in its usual place; None where it is not."""
    return shutil.which(name) or next((place for place in _USUAL_PLACES.get(name, ()) if Path(place).is_file()), None)


def run(command: Sequence[str], *, seconds: float, data: bytes = b"", settings: dict[str, str] | None = None) -> bytes:
    """Run a program on `data` and return what it wrote. Raises ProgramFailed, ProgramTimeout.

    It gets a process group of its own, so that what it started ends with it.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | (settings or {}),
        start_new_session=True,
    ) as process:
        try:
            out, said = _finish(process, data, seconds)
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        raise ProgramFailed(said.decode("utf-8", "replace")[-500:])
    return out


def _finish(process: "subprocess.Popen[bytes]", data: bytes, seconds: float) -> tuple[bytes, bytes]:
    """Wait for a program, with a sign of life now and then. Raises ProgramTimeout."""
    ends = time.monotonic() + seconds
    given: bytes | None = data
    while True:
        left = ends - time.monotonic()
        try:
            return process.communicate(given, timeout=max(min(left, _BEAT), 0))
        except subprocess.TimeoutExpired as error:
            given = None  # what is left of it is kept by Popen
            pulse.beat()
            if left <= _BEAT:
                raise ProgramTimeout(f"{seconds:.0f}") from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and its children."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()
