"""Chinese numerals, as clause numbers are written with them."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

CHINESE = "零〇一二三四五六七八九十百千两"


def chinese_number(numeral: str) -> int:
    """Read a Chinese numeral below ten thousand; digit by digit where it has no unit.

    Raises ValueError on any other character.

    >>> chinese_number("二十一"), chinese_number("十"), chinese_number("一百零八"), chinese_number("二〇二五")
    (21, 10, 108, 2025)
    """
    if not numeral or any(char not in _DIGITS and char not in _UNITS for char in numeral):
        raise ValueError(f"not a Chinese numeral: {numeral!r}")
    if not any(char in _UNITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def to_chinese(number: int) -> str:
    """Write a number from 1 to 9999 in Chinese, as clause numbers are written.

    >>> to_chinese(10), to_chinese(21), to_chinese(108), to_chinese(110)
    ('十', '二十一', '一百零八', '一百一十')
    """
    if not 1 <= number <= 9999:
        raise ValueError(f"a clause number is 1 to 9999, not {number}")
    parts: list[str] = []
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            parts.append("零一二三四五六七八九"[digit] + name)
        elif parts and parts[-1] != "零" and number:
            parts.append("零")
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text
