"""Files derived from a library: whole or not at all, each with a manifest that says what it was derived from.

They are a cache: whatever is wrong with one, it is derived anew, and where none can be written none is needed.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from ingest.errors import LibraryError


def save(path: Path, data: bytes | memoryview, manifest: Mapping[str, object]) -> None:
    """Write data and beside it the manifest, each whole or not at all. Raises LibraryError."""
    described = {**manifest, "sha256": hashlib.sha256(data).hexdigest()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
        _replace(_manifest_of(path), json.dumps(described, indent=1).encode())
    except OSError as error:
        raise LibraryError(f"index {path} can't be written ({error}): check disk space and rights") from error


def load(path: Path, manifest: Mapping[str, object]) -> bytes | None:
    """Read what was saved; None if there is nothing, it is damaged, or its manifest says anything else."""
    try:
        found = json.loads(_manifest_of(path).read_bytes())
        data = path.read_bytes()
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not manifest.items() <= found.items():
        return None
    return data if found.get("sha256") == hashlib.sha256(data).hexdigest() else None


def _manifest_of(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _replace(path: Path, data: bytes | memoryview) -> None:
    """Write a file beside its place, let it reach the disk, then move it there."""
    temporary = path.with_name(f"{path.name}.{token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
