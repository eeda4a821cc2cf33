"""What kind of answer a question asks for: a figure, who, a list, a comparison."""

import re
from enum import Enum

from answer.figures import expected_figure
from index.query import Query


class Intent(Enum):
    """Kinds of answers."""

    FIGURE = "figure"  # 多少, 几个, 占比, 何时
    WHO = "who"  # 谁负责, 责任单位
    COMPARISON = "comparison"  # over places, years or documents
    WORDING = "wording"  # how documents put a matter: a topic or half sentence that asks nothing
    LIST = "list"  # 哪些
    GENERAL = "general"


_FIGURE = re.compile(
    r"多少|多大|多高|(?<![十好了这那])几(?:个|所|名|人|项|家|分钟|小时|次|天|年|届|批|成|条|类|场|元|万|点|月|号|倍)|第几|"
    r"(?:占比|比例|比率|标准|金额|总投资|数量|人数|[率数])(?:是|为|要|应|达|到|各|分别|将|定)|百分之|上限|最低|最高|至少"
)
_WHO = re.compile(
    r"谁|(?:哪|几)(?:些|个|家|几家|几个)?(?:单位|部门|机构|科室|镇|街道)|责任单位|牵头单位|归(?:谁|哪)|由哪"
)
_COMPARISON = re.compile(
    r"比较|对比|相比|不同|差别|区别|差异|分别|各(?:是|写|有|怎|自|地|市|叫|处|承担|要求)|变化|"
    r"哪(?:些|几个|个)(?:城市|地方|市|县|区|地区|文件|省)"
)
_LIST = re.compile(
    r"哪些|哪几|什么(?:举措|措施|内容|要求|任务|条件|材料|方面|安排)|有何|包括|重点任务|怎么(?:做|办|推进)|如何"
)


_YES_NO = re.compile(
    r"吗[？?\s]*$|是否|能不能|可不可以|可以不|能否|允许不|有没有|会不会|要不要|该不该|让不让|行不行|[^什怎那这]么?不[？?\s]*$"
)
_WORDING = re.compile(r"措辞|表述|怎么写|写法|提法|如何表达|怎样写|规范说法")
_ASKING = re.compile(
    r"[？?吗呢么]|什么|哪|谁|多少|几[个所名人项家年月天次]|怎[么样]|如何|为何|为什么|是否|能否|可否|有无|有没有|([\u4e00-\u9fff])不\1|多[久大高长远]|何[时地处人]"
)
_SPOKEN = {
    Intent.FIGURE: "数字",
    Intent.WHO: "谁负责",
    Intent.COMPARISON: "比较",
    Intent.WORDING: "有关规定",
    Intent.LIST: "有哪些",
    Intent.GENERAL: "有关规定",
}


def spoken_intent(query: Query) -> str:
    """What a question asks for, in Chinese, for people."""
    found = intent_of(query)
    if found is Intent.WORDING and _WORDING.search(query.question):
        return "措辞"
    return "是或否" if asks_yes_or_no(query) else _SPOKEN[found]


def asks_yes_or_no(query: Query) -> bool:
    """Tell whether a question asks whether something is so or may be done."""
    return intent_of(query) is Intent.GENERAL and bool(_YES_NO.search(query.question))


def intent_of(query: Query) -> Intent:
    """Tell what kind of answer a question asks for; a comparison names several places or years, or asks to compare."""
    text = query.question
    if len(query.regions) > 1 or (len(query.years) > 1 and _COMPARISON.search(text)):
        return Intent.COMPARISON
    if _WHO.search(text):
        return Intent.WHO
    if _FIGURE.search(text) or expected_figure(text):
        return Intent.FIGURE
    if _COMPARISON.search(text):
        return Intent.COMPARISON
    if _WORDING.search(text) or not _ASKING.search(text):
        return Intent.WORDING
    return Intent.LIST if asks_for_list(query) else Intent.GENERAL


def asks_for_list(query: Query) -> bool:
    """Tell whether a question, of whatever kind, wants all items of a list."""
    return bool(_LIST.search(query.question))
