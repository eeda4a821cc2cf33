"""Everyday words of a question and the official terms they stand for: 村小 is read as 乡村小规模学校."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("terms.tsv")  # everyday word, tab, official terms parted by |; from training/pairs
_PLAIN = frozenset(
    {"老师", "孩子", "娃", "爸妈", "家长", "学校", "说法", "规矩", "政策", "学生", "教室", "钱", "城里", "村里"}
)
"""Words that everybody reads rightly: no word is lost over them."""
_OTHERS = 6
"""Other terms that are offered at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A word of the question, the official term it is read as, and what else it may stand for."""

    word: str
    term: str
    others: tuple[str, ...] = ()


def readings(question: str, texts: Iterable[str]) -> tuple[Reading, ...]:
    """Read everyday words of a question as terms that stand in the texts it was answered from, in its order.

    A word that the texts hold themselves needs no reading.

    >>> [(each.word, each.term) for each in readings("村小会不会撤掉", ["办好必要的乡村小规模学校。"])]
    [('村小', '乡村小规模学校')]
    """
    held = "\n".join(texts)
    found = []
    for match in _words().finditer(question):
        word = match[0]
        known = [term for term in _terms()[word] if term not in question]
        in_texts = [term for term in known if term in held]
        if in_texts and word not in _PLAIN and word not in held.replace(in_texts[0], ""):
            others = tuple(term for term in known if term != in_texts[0])[:_OTHERS]
            found.append(Reading(word, in_texts[0], others))
    return tuple(dict.fromkeys(found))


def reworded(question: str, chosen: Mapping[str, str]) -> str:
    """The question with words replaced by the terms that its asker chose.

    >>> reworded("托管要交钱吗", {"托管": "课后服务"})
    '课后服务要交钱吗'
    """
    if not chosen:
        return question
    longest_first = sorted(filter(None, chosen), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)) or r"(?!)", lambda match: chosen[match[0]], question)


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, Sequence[str]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return {word: terms.split("|") for word, _, terms in (line.partition("\t") for line in lines)}


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_terms(), key=len, reverse=True))))
