"""Whether an object of an OFD page shows: it may be off, clear, without ink, or white (GB/T 33190-2016, 8.3)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.reading.ofd_document import Resources, is_visible
from ingest.reading.ofd_geometry import number
from ingest.reading.ofd_package import child

_WHITE = 250  # of 255, each component
_MOST_PARENTS = 8  # of a drawing parameter
_BITS = 255.0


def is_clear(element: Element) -> bool:
    """Tell whether an object is switched off or fully transparent."""
    return not is_visible(element) or number(element.get("Alpha"), _BITS) <= 0


def inks(element: Element, layers: tuple[str, ...], resources: Resources, *, text: bool) -> list[Element | None]:
    """Give the colours an object is filled and drawn with; None is black, an empty list no ink.

    `layers` are the IDs of the drawing parameters of the layers around it, innermost last. A text is filled
    unless it says otherwise, a path is drawn.
    """
    found: list[Element | None] = []
    for switch, name, default in (("Fill", "FillColor", text), ("Stroke", "StrokeColor", not text)):
        value = element.get(switch, "").strip().lower()
        if value in ("true", "1") or (default and not value):
            found.append(_colour(element, name, layers, resources))
    return [ink for ink in found if ink is None or number(ink.get("Alpha"), _BITS) > 0]


def is_white(ink: Element | None) -> bool:
    """Tell whether a colour is white, in grey, RGB or CMYK by its number of components."""
    parts = (ink.get("Value") or "").split() if ink is not None else []
    values = [_component(part) for part in parts]
    if len(values) == 4:
        return max(values) <= _BITS - _WHITE
    return len(values) in (1, 3) and min(values) >= _WHITE


def _component(text: str) -> float:
    if text.startswith("#"):
        try:
            return float(int(text[1:], 16))
        except ValueError:
            return 0.0
    return number(text)


def _colour(element: Element, name: str, layers: tuple[str, ...], resources: Resources) -> Element | None:
    """Find a colour: the object's own, its drawing parameter's, the layers'."""
    for owner in (element, *_parents(element.get("DrawParam", ""), resources)):
        if (found := child(owner, name)) is not None:
            return found
    for layer in reversed(layers):
        for owner in _parents(layer, resources):
            if (found := child(owner, name)) is not None:
                return found
    return None


def _parents(key: str, resources: Resources) -> Iterator[Element]:
    """Give a drawing parameter and those it builds on."""
    for _ in range(_MOST_PARENTS):
        parameter = resources.draw_params.get(key)
        if parameter is None:
            return
        yield parameter
        key = parameter.get("Relative", "")
