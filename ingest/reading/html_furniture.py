"""Which parts of a page are furniture: navigation, bars, link lists, copyright. In doubt, it is content.

The main text is the smallest element with most of the prose (text outside links that has Chinese punctuation);
outside it, what consists of links is furniture. The idea of weighing text against links is that of Kohlschütter,
Fankhauser and Nejdl, "Boilerplate detection using shallow text features", WSDM 2010.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

MAIN_SHARE = 0.75
"""Share of a page's prose that its main text holds."""
LINK_SHARE = 0.6
"""Share of link text from which an element outside the main text is a list of links."""
PROSE_SHARE = 0.1
"""An element with more of the page's prose than this is never furniture, whatever it is called."""

_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr o:p st1:chsdate st1:chmetcnv"
)
INLINE = frozenset(_INLINE_NAMES.split())
"""Elements that do not begin a line, and so are no furniture by themselves."""
_TAGS = frozenset({"nav", "footer", "aside", "select", "button", "header"})
_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|location|footer|foot|copyright|sidebar|toolbar"
    r"|share|bdsharebuttonbox|bshare|print|related|friendlinks?|links|search|login|topbar|qrcode|ewm|pagination|pager)"
    r"(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_BAR_WORDS = (
    "打印本页|打印文章|打印|关闭窗口|关闭本页|关闭|收藏本页|收藏|分享|返回顶部|返回列表|返回首页|返回|字体|字号|大|中|小|特大"
    "|繁体版?|简体版?|无障碍浏览|手机版|设为首页|加入收藏|我要纠错|扫一扫|微信|微博|QQ空间|推荐|评论|首页"
)
_BAR = re.compile(rf"(?:[\s\u3000【】\[\]()（）|｜/:：·>»…-]|{_BAR_WORDS})++")  # possessive: words may hold words
_LINE = re.compile(
    r"(?:您?的?(?:现在|当前|目前)?的?(?:所在)?位置\s*[:：]|当前位置|分享到|【?上一篇|【?下一篇|扫一扫在手机打开|浏览次数\s*[:：]"
    r"|字体大小\s*[:：]|我要分享).*"
)
_COPYRIGHT = re.compile(
    r"[^。]*(?:版权所有|ICP备|公网安备|copyright|©|all rights reserved|网站标识码)[^。]*", re.IGNORECASE
)
_FOOT = re.compile(r"[^。]*(?:技术支持\s*[:：]|建议使用.{0,12}浏览器|最佳分辨率|网站地图|访问量\s*[:：])[^。]*")
_LONGEST_BAR = 80  # characters; longer lines are sentences
_NO_WORD = re.compile(r"[\W_]+")  # signs that part links, such as ｜ and >
_PROSE = re.compile("[，。；、：]")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title"})


@dataclass(slots=True)
class _Weight:
    text: int = 0
    links: int = 0
    prose: int = 0

    def add(self, other: "_Weight") -> None:
        """Add what a part of the element holds."""
        self.text += other.text
        self.links += other.links
        self.prose += other.prose


class Furniture:
    """The furniture of a page; `element in furniture` tells whether an element begins a piece of it."""

    def __init__(self, root: Tag) -> None:
        self._weights = _weigh(root)
        self._root = root
        self._main = self._find_main()
        self._around = {id(self._main), *(id(parent) for parent in self._main.parents)}
        self._inside = {id(self._main), *(id(inner) for inner in self._main.descendants)}
        self._verdicts: dict[int, bool] = {}

    def __contains__(self, element: Tag) -> bool:
        verdict = self._verdicts.get(id(element))
        if verdict is None:
            verdict = self._verdicts[id(element)] = self._judge(element)
        return verdict

    def is_bar(self, line: str, element: Tag) -> bool:
        """Tell whether a line is a bar of buttons, a place or copyright line; outside the main text, a page foot."""
        if len(line) > _LONGEST_BAR:
            return False
        if any(pattern.fullmatch(line) for pattern in (_BAR, _LINE, _COPYRIGHT)):
            return True
        return not self._in_main(element) and _FOOT.fullmatch(line) is not None

    def _judge(self, element: Tag) -> bool:
        if id(element) in self._around or element.name in INLINE:
            return False
        weight = self._weight(element)
        if weight.prose > PROSE_SHARE * self._weight(self._root).prose or not weight.text:
            return False
        if element.name in _TAGS or _NAMES.search(_name(element)):
            return element.find("h1") is None
        if self._in_main(element):
            return False
        return not weight.prose and weight.links >= LINK_SHARE * weight.text

    def _in_main(self, element: Tag) -> bool:
        return id(element) in self._inside

    def _find_main(self) -> Tag:
        main, enough = self._root, MAIN_SHARE * self._weight(self._root).prose
        while enough:
            inner = next((c for c in _children(main) if self._weight(c).prose >= enough), None)
            if inner is None:
                break
            main = inner
        return main

    def _weight(self, element: Tag) -> _Weight:
        return self._weights.get(id(element), _Weight())


def _children(element: Tag) -> Iterator[Tag]:
    return (child for child in element.children if isinstance(child, Tag))


def _name(element: Tag) -> str:
    classes = element.get_attribute_list("class")
    return " ".join(str(name) for name in [*classes, element.get("id")] if name)


def _weigh(root: Tag) -> dict[int, _Weight]:
    """Count, for each element, the characters of text, of link text and of prose under it; each node is met once."""
    weights = {id(root): _Weight()}
    stack: list[tuple[PageElement, bool, bool]] = [(child, False, True) for child in root.contents]
    while stack:
        node, linked, entering = stack.pop()
        if isinstance(node, Tag) and entering and node.name not in _UNSEEN:
            weights[id(node)] = _Weight()
            stack.append((node, linked, False))
            stack += [(child, linked or node.name == "a", True) for child in node.contents]
        elif isinstance(node, Tag) and not entering:
            weights[id(node.parent)].add(weights[id(node)])
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            size = len(_NO_WORD.sub("", node))
            prose = size if not linked and _PROSE.search(node) else 0
            weights[id(node.parent)].add(_Weight(size, size if linked else 0, prose))
    return weights
