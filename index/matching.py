"""Words that a question and a text share, to be marked and to say why a hit was found."""

import re

from index.ngrams import normalised

_COMMON = set(
    [
        "有没有",
        "什么",
        "怎么",
        "怎样",
        "如何",
        "哪些",
        "哪个",
        "哪几",
        "多少",
        "是否",
        "可以",
        "能不能",
        "可不可",
        "请问",
        "我们",
        "他们",
        "你们",
        "这个",
        "那个",
        "一个",
        "一下",
        "到底",
        "现在",
        "进行",
        "开展",
        "相关",
        "有关",
        "以及",
        "或者",
        "还是",
        "就是",
        "不是",
        "没有",
        "需要",
        "应该",
        "为什",
        "时候",
        "学校",
        "教育",
        "工作",
        "学生",
        "的是",
        "了吗",
        "是多",
        "是什",
        "规定",
        "要求",
    ]
)
_WORD = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9.%+]+")


def shared_words(question: str, text: str, *, common: bool = False) -> list[str]:
    """Maximal runs of two characters or more that both hold, as they stand in `text`, longest first.

    Runs that any question may hold (有没有, 学校) are left out unless `common`.

    >>> shared_words("课间要延长到几分钟？", "推动课间10分钟延长为15分钟。")
    ['课间', '分钟', '延长']
    """
    asked = normalised(question)
    plain = normalised(text)
    if len(plain) != len(text):  # a character that folds to several: places would shift
        plain = text.lower() if len(text.lower()) == len(text) else text
    found: dict[str, None] = {}
    for word in _WORD.finditer(plain):
        position = word.start()
        while position < word.end() - 1:
            length = _longest(asked, plain, position, word.end())
            if length and word[0].isascii() and word[0] not in _words(asked):
                length = 0  # 20 is no word of 7920
            run = text[position : position + length]
            if length >= 2 and (common or run not in _COMMON):
                found[run] = None
            position += max(length, 1)
    longest = sorted(found, key=len, reverse=True)
    return [word for i, word in enumerate(longest) if not any(word in longer for longer in longest[:i])]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _longest(asked: str, plain: str, start: int, end: int) -> int:
    """Length of the longest run of `plain` from `start` that `asked` holds."""
    length = 0
    while start + length < end and plain[start : start + length + 1] in asked:
        length += 1
    return length
