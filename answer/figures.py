"""Figures that a question asks for, and whether a sentence holds one of that kind."""

import re

_NUMERAL = r"(?:[\d０-９][\d０-９.,，]*|[一二三四五六七八九十百千两]+)"
_FIGURE = re.compile(
    rf"[\d０-９]|{_NUMERAL}(?:万|亿)?(?:个|所|名|人|项|家|分钟|小时|次|天|年|届|批|成|倍|元)|百分之|首次|首批|全部|全覆盖"
)
_NAMES = re.compile(
    r"(?:19|20)\d{2}\s*(?:[—\-－–~～至到]+\s*(?:19|20)\d{2}\s*)?年|“[^”]{1,12}”|《[^》]*》|〔\d{4}〕\d+号"
)
"""Digits that are no figures: years, names in quotation marks, titles, 发文字号."""

_MONEY = re.compile(rf"{_NUMERAL}\s*(?:万|亿)?余?元|免费|免收|不收|免除")
_SHARE = re.compile(
    rf"{_NUMERAL}\s*(?:%|％|个百分点)|百分之|{_NUMERAL}\s*[:：]\s*{_NUMERAL}|[一二三四五六七八九]成|全覆盖"
)
_PEOPLE = re.compile(rf"{_NUMERAL}\s*(?:万|亿)?余?(?:多)?(?:人|名|位|师生|户)")
_TIME = re.compile(
    rf"{_NUMERAL}\s*(?:月|日|时|点|年|天|个工作日|个月|周|分钟|小时|学期|学年)|每(?:天|日|周|月|学期|学年|年|季度)|学期|暑假|寒假|起(?:施行|执行|实施)?|前"
)
_LENGTH = re.compile(
    rf"{_NUMERAL}\s*(?:年|个月|月|天|日|周|小时|分钟|课时|个工作日|学期|学年|届)|每(?:天|日|周|月|学期|学年|年|季度)"
)
_EXPECTED = (
    (
        re.compile(
            r"多少钱|几块钱|多少元|多少万元|多少亿元|收费标准|"
            r"(?:补贴|补助|津贴|学费|经费|费用|罚款|投资|资金|金额|预算|支出|工资)[^，。？]{0,8}(?:多少|标准|几)"
        ),
        _MONEY,
    ),
    (re.compile(r"占比|比例|百分之几|几成|覆盖率|率[^，。？先]{0,10}(?:多少|几|达|是)|多大比例"), _SHARE),
    (re.compile(r"多少(?:个|名|位)?(?:人|老师|教师|学生|孩子|学员|师生)|几(?:个|名|位)人|招多少人|人数"), _PEOPLE),
    (
        re.compile(r"多久|多长时间|(?<![十好了这那])几(?:分钟|个?小时|天|年)|多少分钟|多少天|多少年|有效期|期限"),
        _LENGTH,
    ),
    (re.compile(r"什么时候|啥时候|几时|何时|几月|几号|哪天|哪一天|几点|哪年|什么时间|起止时间|截止"), _TIME),
)


def holds_figure(text: str) -> bool:
    """Tell whether a sentence gives a figure.

    >>> holds_figure("课间延长为15分钟"), holds_figure("组织开展2025年教师招聘工作"), holds_figure("落实“双减”政策")
    (True, False, False)
    """
    return bool(_FIGURE.search(_NAMES.sub("", text)))


def expected_figure(question: str) -> re.Pattern[str] | None:
    """The kind of figure that a question asks for (money, share, people, duration, date); None where it is open.

    >>> bool(expected_figure("课后服务一学期收多少钱").search("每生每学期不超过300元"))
    True
    """
    return next((kind for asked, kind in _EXPECTED if asked.search(question)), None)


def asks_for_time(question: str) -> bool:
    """Tell whether a question asks when something is."""
    return expected_figure(question) is _TIME


def answers_figure(question: str, text: str) -> bool:
    """Tell whether a sentence holds a figure of the kind asked for."""
    expected = expected_figure(question)
    if expected is None:
        return holds_figure(text)
    plain = text if expected is _TIME else _NAMES.sub("", text)
    return bool(expected.search(plain))
