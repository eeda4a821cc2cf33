"""Whether a sentence holds a figure: a number that counts or measures something."""

import re

_FIGURE = re.compile(
    r"[\d０-９]|[一二三四五六七八九十百千万亿两]+(?:个|所|名|人|项|家|分钟|小时|次|天|年|届|批|成|倍)|"
    r"百分之|首次|首批|全部|全覆盖|动态性清零"
)
_NAMES = re.compile(
    r"(?:19|20)\d{2}\s*(?:[—\-－–~～至到]+\s*(?:19|20)\d{2}\s*)?年|“[^”]{1,12}”|《[^》]*》|〔\d{4}〕\d+号"
)
"""Digits that are no figures: years, names in quotation marks, titles, 发文字号."""


def holds_figure(text: str) -> bool:
    """Tell whether a sentence gives a figure.

    >>> holds_figure("课间延长为15分钟"), holds_figure("组织开展2025年教师招聘工作"), holds_figure("落实“双减”政策")
    (True, False, False)
    """
    return bool(_FIGURE.search(_NAMES.sub("", text)))
