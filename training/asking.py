"""Questions in official words made from written clauses: a part of the clause, asked about; a figure, asked for."""

import random
import re

from training.pairs import Clause

_UNITS = (
    "分钟|小时|课时|个工作日|个月|万元|亿元|元|人|名|所|个|家|项|次|天|年|周|%|％|节|门|间|台|册|"
    "平方米|公里|类|批|场|岁|级"
)
_FIGURE = re.compile(rf"(?<![\d.])\d+(?:\.\d+)?(?=(?:{_UNITS}))")
_DATED = re.compile(r"^\d{4}年(?:底|前|起)*")
_ASKED = (
    *("{part}有什么具体规定？", "{part}是怎么安排的？", "在{part}方面有哪些举措？", "{part}由哪些部门负责？"),
    *("{part}的目标是什么？", "{part}包括哪些内容？", "{part}有哪些要求？", "{part}，具体怎么做？"),
    *(
        "文件里对{part}是怎么说的？",
        "在{part}方面各有什么安排？",
        "{part}，各是怎么要求的？",
        "各地{part}分别有哪些做法？",
    ),
    *("{part}采取了哪些具体措施？", "为什么要{part}？", "{part}有没有依据？", "{part}什么时候完成？"),
)


_DRAFTED = (
    *(
        "有哪些{draft}的措施？",
        "{draft}有什么要求？",
        "{draft}是怎么规定的？",
        "关于{draft}，文件怎么说？",
        "{draft}怎么做？",
    ),
    *("{draft}", "{draft}的规定", "对{draft}有哪些要求？", "{draft}由谁负责？", "{draft}有没有规定？"),
)
_COUNTED = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:率|占比|比例|标准|人数|学位|经费|补助|补贴|时长|时间|班额|年限|学费|工资|待遇|名额|次数|距离|面积)"
)
_HOW_MANY = (
    "{counted}是多少？",
    "{counted}有多少？",
    "{counted}怎么定？",
    "{counted}最低多少？",
    "{counted}要达到多少？",
)


def official_questions(clause: Clause, chance: random.Random) -> list[str]:
    """Return up to four questions: about a part of the clause, a figure in it, what it counts, what was drafted for.

    The last has few words in common with the clause.

    >>> official_questions(Clause("小学课间不少于15分钟，不得拖堂。", (), "", ""), random.Random(1))[-1]
    '小学课间不少于多少分钟？'
    """
    asked = []
    if parts := [part for part in re.split("[，；。：、]", clause.formal) if 6 <= len(part) <= 28]:
        asked.append(chance.choice(_ASKED).format(part=_FIGURE.sub("若干", chance.choice(parts))))
    figures = [part for part in re.split("[，；。：]", clause.formal) if _FIGURE.search(part) and 6 <= len(part) <= 32]
    if figures:
        words = _DATED.sub("", _FIGURE.sub("多少", chance.choice(figures), count=1))
        asked.append(words + chance.choice(("？", "，是多少？")))
    if counted := _COUNTED.findall(clause.formal):
        asked.append(chance.choice(_HOW_MANY).format(counted=chance.choice(counted)))
    if clause.draft:
        asked.append(chance.choice(_DRAFTED).format(draft=clause.draft.rstrip("？?。")))
    return asked
