"""Lines of the web page or printout around a document: navigation, fields (来源：…), stamps, page numbers."""

import re
from itertools import pairwise

_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[\s\u3000]+\d{1,2}[:：时]\d{2}(?:[:：分]\d{0,2}(?:\.\d)?)?)?"
_BUTTON = r"[【\[]?(?:打印|关闭)(?:本页|窗口|当前浏览窗口)?[】\]]?"
_WHOLE_LINE = re.compile(
    "|".join(
        (
            r"扫一扫.{0,20}|扫码.{0,20}|附件下载|相关(?:解读|文件|链接|稿件)",
            r"(?:文字|图片|图文|视频|访谈|专家|部门)解读|媒体报道",
            r"当前位置.*|您(?:所)?(?:现在|当前)?的?位置.*|>?[^>]{1,20}(?:\s>[^>]{1,21})+|>[^>]*>.*",
            r"[^|｜]{1,20}(?:\s*[|｜]\s*[^|｜。]{1,20}){2,}",  # 首页 | 政务公开 | 新闻
            rf"{_BUTTON}(?:[\s\u3000]*{_BUTTON})*|打印本页.*|关闭当前浏览窗口.*|[【\[]?E-?mail推荐.{{0,6}}|】",
            r"上一篇.*|下一篇.*|分享(?:到|至)?[:：]?.*|返回(?:顶部|列表|首页)?|回到顶部|Skip to content",
            r"字号[:：]?.*|【?字体[:：].*|大\s*中\s*小|https?://\S+|<!--.*-->",
            r"(?:版权所有|Copyright|主办单位|承办单位|网站标识码|.{0,3}ICP备|.{0,3}公网安备).*",
            r"[-—=*_]{3,}|#{1,6}|>+|\*\*",
            r"[-—－–]{1,2}\s*[\d０-９]+\s*[-—－–]{1,2}|第\s*\[?\d+\]?\s*页(?:[，,\s]*共\s*\d+\s*页)?",
        )
    )
)
_FIELD_NAMES = "|".join(
    (
        r"索\s*引\s*号|信息索引|备注/文号|文\s*号|发文字号|附\s*加\s*码|关\s*键\s*字|主题词",
        "发布机构|发布单位|发文机关|发文机构|发文单位|制发机关|信息来源|文章来源|来源|作者|编辑|责任编辑",
        "公文生成日期|生成日期|成文日期|发文日期|发布日期|发布时间|发表时间|录入时间|时间|日期",
        r"施行日期|生效日期|实施日期|执行日期|有效性|公开方式|公开范围|主题分类|信息分类|信息类别|分类|内\s*容\s*概\s*述",
        r"浏览量|浏览次数|点击数|点击率|阅读|阅读次数|名\s*称|信息名称|标\s*题",
    )
)
_FIELD = re.compile(rf"[•·▪]?\s*({_FIELD_NAMES})\s*[:：]\s*(.*)")
_FIELD_CELL = re.compile(rf"\s*({_FIELD_NAMES})\s*[:：]?\s*")
_STAMP = re.compile(
    rf"(?:[^。；：:]{{0,40}}[\s\u3000])?({_DAY})[\s\u3000]*((?:来源|作者|编辑|责任编辑|文章来源|信息来源|浏览)\s*[:：].{{0,80}})"
)
_SOURCES = frozenset({"来源", "信息来源", "文章来源", "作者"})
_DAY_BEHIND = re.compile(rf"(\S.*?)[\s\u3000]+({_DAY})")
_FOOT = re.compile(
    r"版权所有|ICP备|公网安备|Copyright|©|技术支持|主办[:：]|主办.{2,40}承办|承办[:：]|网站地图|网站声明|联系我们|关于我们|免责声明|"
    r"使用帮助|违法信息|点击下载|中文域名|分享本页|回到顶部|热词|上一[篇条]|下一[篇条]"
)


def is_furniture(text: str) -> bool:
    """Tell whether a whole line is page furniture wherever it stands (扫一扫…, 打印本页, — 2 —)."""
    return bool(_WHOLE_LINE.fullmatch(text))


def is_stamp(text: str) -> bool:
    """Tell whether a line is what a site stamps on a page: its address, date and time, 来源."""
    return len(text) <= 160 and bool(_STAMP.fullmatch(text))


def is_foot(text: str) -> bool:
    """Tell whether a line behind the text belongs to the foot of the page: 版权所有…, 网站地图."""
    return len(text) <= 160 and bool(_FOOT.search(text))


def field_at(text: str) -> tuple[str, str] | None:
    """Split a line like `来源:泉州市教育局 时间:…` into its first field's name and the rest; else None."""
    match = _FIELD.match(text)
    return (re.sub(r"\s", "", match[1]), match[2].strip()) if match and len(text) <= 120 else None


def fields_of(text: str) -> dict[str, str]:
    r"""Read all fields of a line, or of a table row whose cells are parted by tabs.

    >>> fields_of("来源:泉州市教育局 时间:2025-03-22 23:50 浏览量:")
    {'来源': '泉州市教育局', '时间': '2025-03-22 23:50', '浏览量': ''}
    >>> fields_of("索 引 号\tSQ-12\t文 号\t石教〔2025〕9号")
    {'索引号': 'SQ-12', '文号': '石教〔2025〕9号'}
    >>> fields_of("临溪县政府网 2024-07-12 10:07 来源：教育局")
    {'时间': '2024-07-12 10:07', '来源': '教育局'}
    """
    if "\t" in text:
        return _in_cells(text.split("\t"))
    if len(text) <= 160 and (stamp := _STAMP.fullmatch(text)):
        return {"时间": stamp[1], **fields_of(stamp[2])}
    found: dict[str, str] = {}
    rest: str | None = text
    while rest and (field := field_at(rest)):
        name, value = field
        if field_at(value):  # nothing stands behind the first name
            found.setdefault(name, "")
            rest = value
            continue
        if (day := _DAY_BEHIND.fullmatch(value)) and name in _SOURCES:
            value = day[1]
            found.setdefault("时间", day[2])
        following = re.search(r"[\s\u3000]+(?=[\u4e00-\u9fff/]{2,6}\s*[:：])", value)
        found.setdefault(name, value[: following.start()].strip() if following else value)
        rest = value[following.end() :] if following else None
    return found


def _in_cells(cells: list[str]) -> dict[str, str]:
    """A name in one cell and its value in the next, or both in one."""
    found = {name: value for field in map(field_at, cells) if field for name, value in [field] if value}
    for cell, value in pairwise(cells):
        if match := _FIELD_CELL.fullmatch(cell):
            found.setdefault(re.sub(r"\s", "", match[1]), value.strip())
    return found
