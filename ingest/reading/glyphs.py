"""Glyphs that PDF fonts give instead of characters: radicals for Han (⽂ for 文), and pages that came out garbled."""

import unicodedata
from collections.abc import Iterator

_SUPPLEMENT = dict(
    zip(
        "⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民罒虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Signs of the block CJK Radicals Supplement that stand for a whole character; Unicode gives most no mapping."""
_BLOCKS = ((0x2F00, 0x2FE0), (0xF900, 0xFB00))  # Kangxi Radicals, CJK Compatibility Ideographs
_PRIVATE = (0xE000, 0xF900)
GARBLED_SHARE = 0.1
"""Share of replacement, private and foreign characters from which a page counts as garbled."""
_FEWEST = 5  # such characters; fewer are symbols


def unify(text: str) -> tuple[str, int]:
    """Replace radicals and compatibility glyphs by the Han they stand for, one for one; return text and count."""
    unified = text.translate(_TABLE)
    return unified, sum(old != new for old, new in zip(text, unified, strict=True))


def is_garbled(text: str) -> bool:
    """Tell whether the text of a page did not come out: its font gave no Unicode, or a wrong one."""
    bad = sum(_is_bad(character) for character in text)
    return bad >= _FEWEST and bad > GARBLED_SHARE * sum(not character.isspace() for character in text)


def readable_share(text: str) -> float:
    """Share of the visible characters of a page that came out readable, 0 to 1; 0 for a page without text."""
    visible = sum(not character.isspace() for character in text)
    return 1 - sum(_is_bad(character) for character in text) / visible if visible else 0.0


def _is_bad(character: str) -> bool:
    if character.isascii():
        return character < " " and not character.isspace()
    code = ord(character)
    if character == "\ufffd" or _PRIVATE[0] <= code < _PRIVATE[1]:
        return True
    # Letters of scripts no Chinese document is written in: Latin extensions, Cyrillic … up to Hangul Jamo, Hangul, Yi.
    return unicodedata.category(character).startswith("L") and (0x0180 <= code < 0x0370 or 0x0400 <= code < 0x2000)


def _mappings() -> Iterator[tuple[int, str]]:
    for first, end in _BLOCKS:
        for code in range(first, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                yield code, plain
    for sign, plain in _SUPPLEMENT.items():
        yield ord(sign), plain


_TABLE = dict(_mappings())
