"""Lines of a canonical text, blank ones left out, with what each is for the page around the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.markers import Marker, marker_at

_SIGN = re.compile(r"[\u200b\ufeff]*(?:#{1,6}\s+|>\s+)?(?:(\*{2,3}|__)(?=[^\s*_]))?")
_SIGNS = frozenset("\u200b\ufeff#>*_")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; `text == canonical[start:end]`.

    `words` are the text from `indent` on, where blanks stand for the sign that closes an emphasis (`**一、目标**`).
    """

    start: int
    end: int
    text: str
    indent: int  # characters before the words: a Markdown sign ("## " is 3, "**" is 2), zero-width space
    words: str
    marker: Marker | None  # the number that the words begin with

    @property
    def depth(self) -> int:
        """1 to 6 for a Markdown heading, else 0."""
        return self.text[: self.indent].count("#")


def lines_of(text: str) -> Iterator[Line]:
    """Cut a text into its non-blank lines."""
    position = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            indent, words = _without_sign(stripped) if stripped[0] in _SIGNS else (0, stripped)
            yield Line(start, start + len(stripped), stripped, indent, words, marker_at(words))
        position += len(raw) + 1


def _without_sign(text: str) -> tuple[int, str]:
    """Length of the Markdown sign a line begins with, and the words behind it, one character for one.

    >>> _without_sign("## 总则"), _without_sign("**（一）保障。**各校…"), _without_sign("**一、目标**")
    ((3, '总则'), (2, '（一）保障。  各校…'), (2, '一、目标'))
    """
    sign = _SIGN.match(text)
    if not sign or sign.end() == len(text):
        return 0, text
    words, emphasis = text[sign.end() :], sign[1]
    if emphasis is None:
        return sign.end(), words
    before, closing, after = words.partition(emphasis)
    if not closing:
        return sign.start(1), text[sign.start(1) :]
    return sign.end(), f"{before}{' ' * len(closing)}{after}".rstrip()


_WHOLE_LINE = re.compile(
    r"扫一扫.{0,20}|扫码.{0,20}|打印本页.*|关闭窗口|打印|关闭|附件下载|相关(?:解读|文件|链接|稿件)|"
    r"(?:文字|图片|图文|视频|访谈|专家|部门)解读|媒体报道|当前位置.*|您(?:所)?(?:现在|当前)?的?位置.*|>?[^>]{1,20}(?:\s>[^>]{1,21})+|>[^>]*>.*|[-—=*_]{3,}|"
    r"上一篇.*|下一篇.*|分享(?:到|至)?[:：]?.*|返回(?:顶部|列表|首页)?|字号[:：]?.*|【?字体[:：].*|大\s*中\s*小|"
    r"(?:版权所有|Copyright|主办单位|承办单位|网站标识码|.{0,3}ICP备|.{0,3}公网安备).*|<!--.*-->|"
    r"[-—－–]{1,2}\s*[\d０-９]+\s*[-—－–]{1,2}|第\s*\d+\s*页(?:[，,\s]*共\s*\d+\s*页)?|#{1,6}|>+|\*\*"
)
_FIELD_NAMES = (
    r"索\s*引\s*号|备注/文号|文\s*号|发文字号|发布机构|发文机关|发文单位|公文生成日期|生成日期|成文日期|发文日期|"
    r"发布日期|发布时间|信息来源|文章来源|来源|时间|日期|主题分类|信息分类|分类|有效性|公开方式|公开范围|浏览量|浏览次数|"
    r"点击数|点击率|阅读|阅读次数|作者|编辑|责任编辑|名\s*称|信息名称|标\s*题|主题词"
)
_FIELD = re.compile(rf"[•·▪]?\s*({_FIELD_NAMES})\s*[:：]\s*(.*)")
_FIELD_CELL = re.compile(rf"\s*({_FIELD_NAMES})\s*[:：]?\s*")


def is_furniture(text: str) -> bool:
    """Tell whether a whole line is page furniture wherever it stands (扫一扫…, 打印本页, — 2 —)."""
    return bool(_WHOLE_LINE.fullmatch(text))


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
    """
    if "\t" in text:
        cells = text.split("\t")
        named = ((_FIELD_CELL.fullmatch(cell), value) for cell, value in pairwise(cells))
        return {re.sub(r"\s", "", match[1]): value.strip() for match, value in named if match}
    found: dict[str, str] = {}
    rest: str | None = text
    while rest and (field := field_at(rest)):
        name, value = field
        following = re.search(r"[\s\u3000]+(?=[\u4e00-\u9fff/]{2,6}\s*[:：])", value)
        found.setdefault(name, value[: following.start()].strip() if following else value)
        rest = value[following.end() :] if following else None
    return found
