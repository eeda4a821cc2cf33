"""Other programs that read what Python libraries can't: found, run with a time limit, ended with all they started."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

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
    with tempfile.TemporaryFile() as given:  # a file, for Popen loses what is left of an input when it is asked again
        given.write(data)
        given.seek(0)
        return _run(command, given, seconds, settings or {})


def _run(command: Sequence[str], given: IO[bytes], seconds: float, settings: dict[str, str]) -> bytes:
    with subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | settings,
        start_new_session=True,
    ) as process:
        try:
            out, said = _finish(process, seconds)
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        raise ProgramFailed(said.decode("utf-8", "replace")[-500:])
    return out


def _finish(process: "subprocess.Popen[bytes]", seconds: float) -> tuple[bytes, bytes]:
    """Wait for a program, with a sign of life now and then. Raises ProgramTimeout."""
    ends = time.monotonic() + seconds
    while True:
        left = ends - time.monotonic()
        try:
            return process.communicate(timeout=max(min(left, _BEAT), 0))
        except subprocess.TimeoutExpired as error:
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
