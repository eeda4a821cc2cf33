"""A process that reads files for another one, with a bound on its memory: `python -m ingest.worker`.

Frames on stdin: 4 bytes length of the source, 8 bytes length of the data, both; on stdout: b"." for a sign of life, or
b"=" with 8 bytes length and the result as `ingest.codec` writes it. Nothing else is written to stdout.
"""

import os
import struct
import sys
from typing import BinaryIO

from ingest.codec import encode
from ingest.document import Document
from ingest.errors import DamagedFile, FileTooLarge, ReadError
from ingest.load import document_from
from ingest.reading import pulse

MEMORY = 4 * 1024**3
"""Bytes of address space; what LibreOffice and tesseract take counts for each of them alone."""

ALIVE, RESULT = b".", b"="
REQUEST, LENGTH = struct.Struct(">IQ"), struct.Struct(">Q")


def main() -> None:
    """Read what is asked for until there is no more."""
    _bound()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no frame
    pulse.listen(lambda: _write(out, ALIVE))
    while head := sys.stdin.buffer.read(REQUEST.size):
        name, size = REQUEST.unpack(head)
        source = sys.stdin.buffer.read(name).decode("utf-8", "surrogatepass")
        result = encode(_read(source, sys.stdin.buffer.read(size)))
        _write(out, RESULT + LENGTH.pack(len(result)) + result)


def _write(out: BinaryIO, frame: bytes) -> None:
    out.write(frame)
    out.flush()


def _read(source: str, data: bytes) -> Document | ReadError:
    try:
        return document_from(source, data)
    except ReadError as error:
        return error
    except MemoryError:
        return FileTooLarge(source, "读取这个文件需要的内存超过上限", "请拆分文件后再添加")
    except Exception as error:  # a fault of ours in structuring: said of this file, the others go on
        reason = f"整理条款时出错（{type(error).__name__}）"
        return DamagedFile(source, reason, "请把这份文件交给维护人员")


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
