"""Formulations: the frame of verb and object in which a point is put, and whether two segments use the same one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from answer.quantities import figures
from answer.verbs import ADVERBS, leading_verb, without_adverbs
from desk.segments import dice, pairs_of, plain

_KIN = (  # verbs that stand for each other before the same object
    "推动 推进 促进 助推 加强 强化 增强 深化 大力推进 发展",
    "健全 完善 健全完善 建立健全 建立完善 优化完善 修订完善",
    "建立 构建 组建 创建 打造 建设 建成 设立 成立 创设 搭建 探索建立 探索构建",
    "提升 提高 改善 优化提升",
    "落实 贯彻 执行 实施 贯彻落实 推行 严格落实 组织实施",
    "给予 予以 处以",
    "鼓励 支持 引导 扶持 鼓励支持 鼓励引导",
    "开展 组织 举办 召开 组织开展 联合开展",
    "扩大 扩充 扩增 增加 拓展 拓宽 加大",
    "压减 减少 降低 减轻 消除",
    "培育 培养 遴选 选树 选派 选育 培育建设 遴选培育 遴选确认",
    "严禁 禁止 杜绝 不得 防止",
    "查处 打击 严查 严肃查处 严厉打击 整治 治理",
    "制定 制订 出台 印发 编制 制定出台 制定实施 发布 修订",
    "确保 保障 保证 维护 保护",
    "按照 依照 根据",
)
_CLASS = {verb: words.split()[0] for words in _KIN for verb in words.split()}
_SUBJECT = re.compile(r"政府|部门|学校|单位|教育局|教委|机构|组织|公民|个人|教师|校长|幼儿园|[县区市](?!级|域|直|属)")
_FARTHEST = 24  # characters in which a subject ends
_LEADING = re.compile(r"^(?:并且?|且|即|应当?|要|必须|须|可以|可|将|由|与|和|以|到|至)+")
_QUANTITY = re.compile(
    r"[\d一二三四五六七八九十百千两]+万?(?:余|多)?(?:个|起|所|名|人|项|场|次|批|届|年|月|日|%)?|20\d{2}年?|第[^，]{1,4}[届批次条]"
)
_LIGHT = re.compile(
    "|".join(sorted(ADVERBS.split("|"), key=len, reverse=True)) + "|工作|有关|相关|以及|或者|[的和与及或]"
)

_MODAL = re.compile(r".{2,40}?(应当|必须|不得)")
_CAUSING = frozenset("推动 推进 组织 指导 引导 支持 鼓励 鼓励支持 试点 探索 确保 保障".split())  # noqa: SIM905
_STARTED = re.compile(rf"[^，。]{{1,14}}?(?:{'|'.join(sorted(ADVERBS.split('|'), key=len, reverse=True))})+")
_REACH = re.compile(
    r"(?:分别|均|稳定|保持)?(?:达到?|提高[到至]|提升[到至]|控制在|保持在?|稳定在|降[到至]|下降[到至]|降低到|增加?[到至]|为|超过|不低于|不少于|不超过)"
    r"(?:每[年月学期生人]+)?$"
)
_AFTER_FIGURE = re.compile(r"^(?:以上|以下|以内|左右|及以上)")
_ADVERBIAL = re.compile(
    r"^(?:按照|依照|根据|依据|对|由|在|为了?|通过|以|经|向|因|自|现?就|每学期|每学年|每年|每月|每周|每天)"
)
_SHOWN_WHOLE, _SHOWN_NAME = 6, 12  # characters of an object that is shown whole; of the name of what is reached
_REACHES = "指标达到"
"""Group of segments in which an indicator reaches a figure: 普惠率达到92%."""
SAME = 0.5
"""Closeness, 0 to 1, from which two segments count as one formulation."""
_OBJECTS, _HEADLESS, _VERBLESS = 0.4, 0.75, 0.8  # share of pairs that objects must have in common


@dataclass(frozen=True, slots=True)
class Frame:
    """Verb and object of a segment."""

    verb: str  # as it stands; empty where the segment begins with none
    group: str  # of verbs that stand for each other
    object: str  # plain words of the rest, without light words
    head: str  # the last characters of the object, as "机制"

    @property
    def shown(self) -> str:
        """The frame for people: 健全…机制."""
        if self.group == _REACHES:
            return f"{self.object[-_SHOWN_NAME:]}达到…"
        long = self.verb and len(self.object) > _SHOWN_WHOLE
        return f"{self.verb}…{self.head}" if long else self.verb + self.object


@lru_cache(maxsize=20_000)
def frame(segment: str) -> Frame:
    """The frame of a segment.

    >>> frame("进一步健全教师工资正常增长机制").shown, frame("全面加强师德师风建设").shown
    ('健全…增长机制', '加强师德师风建设')
    """
    if reached := _reached(segment):
        return reached
    words = plain(segment)
    modal = _MODAL.match(words)
    words = without_adverbs(_LEADING.sub("", words[modal.end() :] if modal else words))
    verb = leading_verb(words)
    if not verb:
        words, verb = _after_adverbials(words)
    verb, rest = _done(verb, words[len(verb) :])
    content = _LIGHT.sub("", _QUANTITY.sub("", rest)) or rest
    content = content.removesuffix("力度")
    negated = "不得" if modal and modal[1] == "不得" else ""
    return Frame(negated + verb, negated + _CLASS.get(verb, verb), content, content[-4:])


def _done(verb: str, rest: str) -> tuple[str, str]:
    """The verb of what is done, and its object: 建立 of 推动落实…, of 推动各县全面建立…."""
    while verb in _CAUSING:
        inner = without_adverbs(rest)
        further = leading_verb(inner)
        if further and len(inner) - len(further) >= 4:
            verb, rest = further, inner[len(further) :]
            continue
        started = _STARTED.match(rest)
        if not started or not (further := leading_verb(rest[started.end() :])):
            break
        verb, rest = further, rest[started.end() + len(further) :]
    return verb, rest


def _after_adverbials(words: str) -> tuple[str, str]:
    """The words from their verb on, where a subject or 对…, 按照… stands before it; else all, without a verb."""
    if _ADVERBIAL.match(words):
        for i in range(2, len(words) - 3):
            if verb := leading_verb(words[i:]):
                return words[i:], verb
    for subject in _SUBJECT.finditer(words, 0, _FARTHEST):
        rest = without_adverbs(_LEADING.sub("", words[subject.end() :]))
        if verb := leading_verb(rest):
            return rest, verb
    return words, ""


def _reached(segment: str) -> Frame | None:
    """The frame of a segment that ends in a figure that an indicator reaches: 入学率达到98%以上."""
    found = figures(segment)
    if len(found) != 1 or len(_AFTER_FIGURE.sub("", segment[found[0].end :])) > 0:
        return None
    before = _REACH.search(segment[: found[0].start])
    if before is None and found[0].unit not in {"%", "‰"}:
        return None
    name = plain(_REACH.sub("", segment[: found[0].start]))
    name = without_adverbs(re.sub("^(?:全市|全县|全省|全区|各县区?)", "", name))
    return Frame("达到", _REACHES, name, name[-4:]) if name else None


def closeness(one: str, other: str) -> float:
    """How much two segments are one formulation, 0 to 1: from SAME on, they are.

    They must have the same verb, or verbs that stand for each other, and objects with the same head and
    `_OBJECTS` of their pairs in common, or with other heads `_HEADLESS` of them; without verbs, `_VERBLESS` of all.
    """
    whole = dice(pairs_of(plain(one)), pairs_of(plain(other)))
    if plain(one) == plain(other):
        return 1.0 if plain(one) else 0.0
    first, second = frame(one), frame(other)
    if bool(first.verb) != bool(second.verb) or first.group != second.group:
        return min(0.5 * whole, SAME - 0.01) if whole < 0.92 else whole
    if not first.verb:
        return whole if whole >= _VERBLESS else SAME * whole
    ones, others = pairs_of(first.object), pairs_of(second.object)
    objects = dice(ones, others)
    alike = first.head[-2:] == second.head[-2:]
    least = _OBJECTS if alike else _HEADLESS
    if objects >= least or first.object == second.object or (alike and (ones <= others or others <= ones)):
        return SAME + (1 - SAME) * (objects + whole) / 2
    return SAME * objects / least


def same(one: str, other: str) -> bool:
    """Tell whether two segments put a point in the same formulation.

    >>> same("提升教育教学质量", "稳步提高教育教学质量"), same("制定教育强市建设方案", "加快教育强市建设")
    (True, False)
    """
    return closeness(one, other) >= SAME
