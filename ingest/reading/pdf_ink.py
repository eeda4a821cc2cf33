"""What of a PDF page's text can be seen: invisible or white text is left out and counted.

Operators: ISO 32000-1, 8.2 and Annex A. White text on a painted area or picture can be seen.
"""

from collections.abc import MutableSequence, Sequence
from typing import Any

_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_ENDS_PATH = frozenset({*_FILLS, b"S", b"s", b"n"})
_INVISIBLE = 3  # text rendering mode: neither fill nor stroke
_WHITE = 0.98
_MOST_AREAS = 5000

_State = tuple[bool, int]  # white fill, text rendering mode
_Matrix = Sequence[float]


class Ink:
    """Follows the operators of a page. `mode3` and `white` count characters, about; pictures are areas of the page."""

    def __init__(self, *, keep_invisible: bool = False) -> None:
        self.invisible = 0  # characters in rendering mode 3
        self.white = 0  # characters in white where nothing is painted
        self.shown = 0  # other characters
        self.rules = 0  # rectangles and straight lines drawn
        self.pictures: list[tuple[float, float, float, float]] = []
        self._keep_invisible = keep_invisible
        self._state: _State = (False, 0)
        self._stack: list[_State] = []
        self._areas: list[tuple[float, float, float, float]] = []
        self._path: list[tuple[float, float]] = []

    def before(self, operator: bytes, operands: MutableSequence[Any], cm: _Matrix, tm: _Matrix) -> None:
        """To be called before each operator; blanks the operands of text that can't be seen."""
        white, mode = self._state
        if operator in _SHOWS:
            self._show(operator, operands, cm, tm)
        elif operator == b"q":
            self._stack.append(self._state)
        elif operator == b"Q" and self._stack:
            self._state = self._stack.pop()
        elif operator == b"Tr" and operands:
            self._state = (white, int(_number(operands[0])))
        elif operator in {b"g", b"rg", b"k", b"sc", b"scn"}:
            self._state = (_is_white(operator, operands), mode)
        elif operator == b"cs":
            self._state = (False, mode)
        elif operator == b"Do":
            self._add(self.pictures, [_placed(cm, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))])
        else:
            self._draw(operator, operands, cm, white=white)

    def _draw(self, operator: bytes, operands: Sequence[Any], cm: _Matrix, *, white: bool) -> None:
        self.rules += operator in {b"re", b"l"}
        if operator == b"re" and len(operands) >= 4:
            x, y, w, h = (_number(each) for each in operands[:4])
            self._path += [_placed(cm, x, y), _placed(cm, x + w, y + h)]
        elif operator in {b"m", b"l"} and len(operands) >= 2:
            self._path.append(_placed(cm, _number(operands[0]), _number(operands[1])))
        elif operator in _ENDS_PATH:
            if operator in _FILLS and not white and self._path:
                self._add(self._areas, self._path)
            self._path = []

    @staticmethod
    def _add(areas: list[tuple[float, float, float, float]], points: Sequence[tuple[float, float]]) -> None:
        if len(areas) < _MOST_AREAS:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            areas.append((min(xs), min(ys), max(xs), max(ys)))

    def _show(self, operator: bytes, operands: MutableSequence[Any], cm: _Matrix, tm: _Matrix) -> None:
        white, mode = self._state
        count = sum(map(_length, operands))
        if mode == _INVISIBLE:
            self.invisible += count
            if not self._keep_invisible:
                _blank(operator, operands)
        elif white and not self._is_painted(*_placed(cm, _number(tm[4]), _number(tm[5]))):
            self.white += count
            _blank(operator, operands)
        else:
            self.shown += count

    def _is_painted(self, x: float, y: float) -> bool:
        near = 2.0  # points
        return any(
            left - near <= x <= right + near and bottom - near <= y <= top + near
            for left, bottom, right, top in (*self._areas, *self.pictures)
        )


def _placed(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = (_number(each) for each in matrix)
    return x * a + y * c + e, x * b + y * d + f


def _is_white(operator: bytes, operands: Sequence[Any]) -> bool:
    values = [_number(each) for each in operands if not isinstance(each, str)]
    if not values:
        return False
    return all(each <= 1 - _WHITE for each in values) if len(values) == 4 or operator == b"k" else min(values) >= _WHITE


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _length(operand: Any) -> int:
    """Characters of a string or of the strings of an array; codes of Chinese fonts take two bytes."""
    if isinstance(operand, bytes):
        return (len(operand) + 1) // 2
    if isinstance(operand, str):
        return len(operand)
    return sum(map(_length, operand)) if isinstance(operand, list) else 0


def _blank(operator: bytes, operands: MutableSequence[Any]) -> None:
    if operands:
        operands[-1] = [] if operator == b"TJ" else type(operands[-1])()
