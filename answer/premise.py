"""What a question takes for granted: 为什么取消了…, 免除学费以后…; said in no clause, it is no basis for an answer."""

import re
from collections.abc import Sequence

_SAME = (
    ("取消", "撤销", "废止", "废除", "不再", "停止"),
    ("停办", "关停", "撤并", "撤销", "停止", "关闭"),
    ("叫停", "暂停", "停止", "禁止", "不得"),
    ("禁止", "严禁", "不得", "不准", "不许"),
    ("免除", "免收", "免费", "不收", "全免", "免学费", "免交"),
    ("推迟", "延期", "延后", "顺延"),
    ("提前",),
    ("缩短", "减少", "压减", "缩减"),
    ("下调", "降低", "减少", "下降"),
    ("上调", "提高", "增加", "上升", "涨"),
    ("合并", "并入", "整合", "撤并"),
    ("强制", "必须", "一律", "应当"),
    ("放开", "取消", "不再限制", "开放"),
)
"""What may be taken for granted, each with the words by which a clause may say the same."""
_WORDS = "|".join(dict.fromkeys(group[0] for group in _SAME))
_GRANTED = (
    re.compile(rf"(?:为什么|为何|为啥|凭什么|怎么就)[^，。？]{{0,6}}?({_WORDS})"),
    re.compile(rf"({_WORDS})[^，。？！]{{0,16}}(?:以后|之后|了以后|的原因|的理由|后[，,])"),
    re.compile(rf"既然[^，。？]{{0,12}}?({_WORDS})"),
)


def not_granted(question: str, texts: Sequence[str]) -> str | None:
    """What a question takes for granted and none of the texts says; None where there is nothing of the kind.

    >>> not_granted("云川为什么取消了随迁子女积分入学？", ["保障随迁子女公平接受义务教育。"])
    '取消'
    >>> not_granted("免除学费以后学校的经费从哪里来？", ["全部免费，所需经费由财政承担。"]) is None
    True
    """
    held = "\n".join(texts)
    for pattern in _GRANTED:
        if (match := pattern.search(question)) and not any(word in held for word in _saying(match[1])):
            return match[1]
    return None


def _saying(word: str) -> set[str]:
    return {word, *(other for group in _SAME if group[0] == word for other in group)}
