"""Peak memory of this process."""

import sys


def peak_megabytes() -> int | None:
    """Most memory this process has held at once, in MB of 2^20 bytes; None where the system doesn't tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
