"""Strength of wording: the ladder from 鼓励 over 推进 to 应当 and 严禁."""

import re
from dataclasses import dataclass

from answer.verbs import leading_verb, without_adverbs

RUNGS = ("倡导", "推进", "从严从快", "要求", "禁止")
"""Names of the rungs, weakest first: a rung's number is its place, from 1."""

_WORDS = (
    "鼓励|支持|倡导|引导|探索|试点|提倡|可以|有条件的|争取|力争|研究|谋划|逐步",
    "推进|推动|促进|加强|完善|健全|深化|开展|组织|建设|提升|优化|培育|建立|构建|实施|扩大|巩固|落实|做好|规范",
    "加快|大力|全力|全面|着力|狠抓|抓实|压实|强力|攻坚|坚决|切实|重点|限期|尽快|严格落实|从严",
    "应当|必须|须|确保|保证|不低于|不少于|不超过|至少|一律|严格(?:执行|控制|落实|遵守)|务必|要求",
    "严禁|不得|禁止|杜绝|不准|严肃查处|严厉打击|零容忍|不再",
)
_RUNGS = [re.compile(words) for words in _WORDS]


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly something is worded: the highest rung any of its words stands on."""

    rung: int  # 1 (weakest) to 5, 0 where no word says
    word: str  # what says so

    @property
    def name(self) -> str:
        """The name of the rung; empty where no word says."""
        return RUNGS[self.rung - 1] if self.rung else ""


def strength(words: str) -> Strength:
    """The strength of a sentence or segment.

    >>> strength("鼓励有条件的幼儿园开设托班"), strength("学校不得提前上课")
    (Strength(rung=1, word='鼓励'), Strength(rung=5, word='不得'))
    """
    for rung in range(len(_RUNGS), 1, -1):
        if match := _RUNGS[rung - 1].search(words):
            weaker = _RUNGS[0].match(words)
            return Strength(1, weaker[0]) if weaker and rung < 4 else Strength(rung, match[0])
    if match := _RUNGS[0].search(words):
        return Strength(1, match[0])
    verb = leading_verb(without_adverbs(words))
    return Strength(2, verb) if verb else Strength(0, "")
