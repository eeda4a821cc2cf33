"""How every command ends: one line for an error of ours, quietly where the reader of its output is gone."""

import os
import sys
from collections.abc import Callable

from ingest.errors import YinjuError


def run(name: str, command: Callable[[], int | None]) -> int:
    """Run a command and return its exit status: its own (None is 0), 2 for an error, 1 for a reader that went away."""
    try:
        return command() or 0
    except BrokenPipeError:  # as `| head` goes; what was done so far is done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (YinjuError, OSError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
