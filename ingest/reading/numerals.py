"""Numbers written out in the formats of Word lists (ST_NumberFormat, ECMA-376, part 1, 17.18.59)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def chinese(number: int) -> str:
    """Write a number below 10,000 as articles are counted.

    >>> [chinese(n) for n in (1, 10, 12, 20, 105, 110)]
    ['一', '十', '十二', '二十', '一百零五', '一百一十']
    """
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for unit, name in _UNITS:
        digit = number // unit % 10
        if digit:
            ten = unit == 10 and digit == 1 and not text  # 十二, not 一十二
            text += ("零" if gap and text else "") + ("" if ten else _DIGITS[digit]) + name
        gap = not digit
    last = number % 10
    return text + (("零" if gap and text else "") + _DIGITS[last] if last else "")


def legal_chinese(number: int) -> str:
    """Write a number in the forms of cheques: 壹, 贰, 壹拾."""
    plain = chinese(number)
    if plain.startswith("十"):
        plain = "一" + plain
    return plain.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


def roman(number: int) -> str:
    """Write a number in Roman numerals: 4 is IV."""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letter(number: int) -> str:
    """Write a number as Word letters lists: A … Z, then AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _from(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _range(first: str, count: int) -> Callable[[int], str]:
    return _from("".join(chr(ord(first) + i) for i in range(count)))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _range("①", 20),
    "decimalEnclosedCircleChinese": _range("①", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "decimalEnclosedFullstop": _range("⒈", 20),
    "ideographEnclosedCircle": _range("㊀", 10),
    "ideographParenthesized": _range("㈠", 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": legal_chinese,
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "upperLetter": letter,
    "lowerLetter": lambda number: letter(number).lower(),
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "none": lambda _: "",
}
"""Format name to the function that writes a number in it."""
