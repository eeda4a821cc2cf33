"""Progress of work over the whole library; whoever does something else on the page ends it."""

from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

STEP = 40
"""Documents between two signs of life; a smaller library is done before one is needed."""


def told(place: DeltaGenerator, total: int, words: str) -> Callable[[], bool]:
    """Told before each document. Streamlit ends the script here when the user has moved on."""
    done = 0

    def going_on() -> bool:
        nonlocal done
        if done and done % STEP == 0:
            place.progress(min(done / total, 1.0), text=f"{words}（{done}/{total}）")
        done += 1
        return True

    return going_on
