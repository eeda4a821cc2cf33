"""Signs of life of a long reading: whoever waits for it need not take it for stuck."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Call `listener` at each beat from now on."""
    _listeners.append(listener)


def beat() -> None:
    """Say that the reading goes on: a page more is done."""
    for listener in _listeners:
        listener()
