"""Makes more questions: official clauses with their official terms put into everyday words."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from training.pairs import Clause, Pair

_SHORTEST = 2  # characters of an official term; shorter ones would be found inside other words


def everyday_words(terms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Turn everyday word → official terms around.

    >>> everyday_words({"娃": ["儿童", "学生"], "小朋友": ["儿童"]})
    {'儿童': ['娃', '小朋友'], '学生': ['娃']}
    """
    words: dict[str, list[str]] = {}
    for everyday, officials in terms.items():
        for official in officials:
            if len(official) >= _SHORTEST and official != everyday:
                words.setdefault(official, []).append(everyday)
    return words


def reworded_pairs(
    clauses: Sequence[Clause], words: Mapping[str, Sequence[str]], copies: int, random: np.random.Generator
) -> list[Pair]:
    """Return up to `copies` pairs a clause, its everyday rewording as the question; longer terms are replaced first."""
    longest_first = sorted(words, key=lambda term: (-len(term), term))
    pattern = re.compile("|".join(map(re.escape, longest_first)))

    def in_everyday_words(found: re.Match[str]) -> str:
        return str(random.choice(words[found[0]]))

    pairs = [
        Pair(pattern.sub(in_everyday_words, clause.formal), clause.formal, clause.negative)
        for clause in clauses
        for _ in range(copies)
    ]
    return [pair for pair in dict.fromkeys(pairs) if pair.question != pair.passage]
