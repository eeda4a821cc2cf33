"""Where the heading of a numbered line ends: run-in headings (（一）加强领导。各地要…) and heading lines."""

import re

_ORDER_WORDS = re.compile(
    r"应当|必须|不得|严禁|可以|均[可应须]|各[^。]{0,14}[要应须]|(?<![重主需])要(?![素点求闻务])|"
    r"\d[\d.,]*\s*(?:%|％|万|亿|元|个|所|名|人|项|家|分钟|小时|次|天|日内)|[（(]责任单位|[（(]牵头"
)
LONGEST_HEADING = 45
_LONGEST_NAME = 16
_BRACKET = re.compile(r"【[^】]{1,20}】|[（(][^）)]{1,12}[)）](?=\s)")
_SENTENCE_END = re.compile(r"[。！？!?]")
_NAME = re.compile(rf"[^，,。；;：:、\d]{{2,{_LONGEST_NAME}}}[：:]")


def heading_length(text: str, *, opens_more: bool) -> int:
    """Count the characters at the start of a numbered line's text that are its heading.

    `text` is the line behind its number; `opens_more` says whether an unnumbered paragraph follows.
    0: the line is all body; `len(text)`: all heading.

    >>> heading_length("加强经费保障。把教育投入作为支撑。", opens_more=False)
    7
    >>> heading_length("工作目标", opens_more=True), heading_length("户口簿原件；", opens_more=False)
    (4, 0)
    >>> heading_length("招生对象：年满6周岁的儿童。", opens_more=False)
    5
    """
    bracket = _BRACKET.match(text)
    if bracket and bracket.end() < len(text):
        return bracket.end()
    end = _SENTENCE_END.search(text)
    name = _NAME.match(text)
    if name and name.end() < len(text):
        return _past_emphasis(text, name.end())
    if end is None:
        return len(text) if text and text[-1] not in "；;，," and len(text) <= LONGEST_HEADING else 0
    first = text[: end.end()]
    if len(first) > LONGEST_HEADING or _ORDER_WORDS.search(first) or "；" in first or "：" in first:
        return 0
    if end.end() < len(text):
        return _past_emphasis(text, end.end())
    return len(text) if opens_more else 0


def _past_emphasis(text: str, end: int) -> int:
    """Let the Markdown sign that closes an emphasised heading go with it: `**加强领导。**各地…`."""
    sign = re.match(r"(\*\*|__|\*|_)", text[end:])
    return end + sign.end() if sign and text.startswith(sign[1]) and end + sign.end() < len(text) else end
