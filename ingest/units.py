"""Responsible units (责任单位) as clauses name them at their end."""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[。\n]")
_NAMES = r"(?:责任单位|责任部门|牵头单位|牵头部门|责任主体|配合单位|配合部门|参与单位|实施单位|落实单位|牵头|配合)"
_BRACKETS = {"（": "）", "(": ")", "【": "】", "［": "］", "[": "]", "〔": "〕"}
_OPEN, _CLOSE = re.escape("".join(_BRACKETS)), re.escape("".join(_BRACKETS.values()))
_DUTY_OR_NAME = re.compile("单位|部门|主体|牵头|负责|配合|参与|参加|落实|组织实施")
_ANY_BRACKET = re.compile(rf"[{_OPEN}{_CLOSE}]")
_OPENING = re.compile(rf"[（(【［\[]\s*(?={_NAMES}\s*[:：])|(?:^|(?<=[。；;]))\s*(?={_NAMES}\s*[:：])")
_DUTY = (
    r"(?:按照?(?:各自)?(?:职责|职能)?(?:分工)?)?(?:分别|共同|具体|协同)?(?:牵头|负责|配合|参与|参加|落实|组织实施){1,2}"
)
_DUTIES = re.compile(
    rf"[（(【［\[]((?:[^{_OPEN}{_CLOSE}。；;：:\n]|[{_OPEN}][^{_OPEN}{_CLOSE}\n]{{0,20}}[{_CLOSE}]){{2,200}}?{_DUTY})"
    r"[）)】］\]]"
)
_LEAD_FIELD = re.compile(r"牵头(?:单位|部门)?\s*[:：]")
_FIELD_END = re.compile(
    r"[。；;）)\n]|\s+(?=[\u4e00-\u9fff]{2,8}\s*[:：])|[，,、](?=(?:配合|参与|责任)[\u4e00-\u9fff]{0,4}\s*[:：])"
)
_FIELD = re.compile(r"\s*([\u4e00-\u9fff]{2,8})\s*[:：]")
_NEXT_FIELD = re.compile(r"\s+(?=[\u4e00-\u9fff]{2,8}\s*[:：])")
_BODY = re.compile(
    r".*(?:[部委局厅办院会府校园所署组团联馆站处科室队台省市县区镇乡]|中心|公司|集团|银行|[支分]行|中支|海关|"
    rf"单位|部门|机构|街道|大学)(?:[{_OPEN}].*[{_CLOSE}])?"
)
_NO_BODY = re.compile(r".*[的由是被须应]|\d+年|.*(?:完成|推进|坚持)$|下同|列.{0,4}为|.*\d+月")


def responsible_units(text: str) -> tuple[str, ...]:
    """List the units that a clause names as responsible, in order, each once.

    >>> responsible_units("办好学校。(责任单位:市委编办,市教育局、各镇(街道)、经济开发区)")
    ('市委编办', '市教育局', '各镇(街道)', '经济开发区')
    >>> responsible_units("办好学校。（教育部牵头，财政部、人社部按职责分工负责）")
    ('教育部', '财政部', '人社部')
    """
    if not _DUTY_OR_NAME.search(text):
        return ()
    lists = sorted([*_named(text), *_with_duties(text)])
    return tuple(dict.fromkeys(unit for _, words in lists for unit in _units(words)))


def lead_units(text: str) -> tuple[str, ...]:
    """Of the units that a clause names as responsible, those that lead (牵头), in order; none where it doesn't say.

    >>> lead_units("（牵头单位：市教育局；配合单位：市财政局、市人社局）")
    ('市教育局',)
    >>> lead_units("（教育部牵头，财政部、人社部按职责分工负责）")
    ('教育部',)
    """
    if "牵头" not in text:
        return ()
    led = [words for _, words in _led(text)]
    return tuple(unit for unit in responsible_units(text) if any(unit in words for words in led) or _leads(text, unit))


def _led(text: str) -> Iterator[tuple[int, str]]:
    """What stands behind 牵头单位： up to the next field or the end."""
    for field in _LEAD_FIELD.finditer(text):
        rest = text[field.end() : field.end() + 200]
        end = _FIELD_END.search(rest)
        yield field.start(), rest[: end.start() if end else len(rest)]


def _leads(text: str, unit: str) -> bool:
    """Whether a unit stands, with others or alone, before 牵头."""
    others = r"(?:[、，,][^，,；;。（）()]{2,20})*"
    return re.search(rf"{re.escape(unit)}{others}(?:分别|共同)?牵头(?!单位|部门)", text) is not None


def _named(text: str) -> Iterator[tuple[int, str]]:
    """Lists with the name of the field before them: （责任单位：…）, 责任单位：…。"""
    end = 0
    for opening in _OPENING.finditer(text):
        if opening.start() >= end:
            bracketed = opening[0][:1] in _BRACKETS
            end = _close(text, opening.end()) if bracketed else _end(text, opening.end())
            yield opening.start(), text[opening.end() : end]


def _with_duties(text: str) -> Iterator[tuple[int, str]]:
    """Lists of bodies in brackets with what each does: （教育部牵头，财政部配合）."""
    for match in _DUTIES.finditer(text):
        first = next(iter(_units(match[1])), "")
        if _BODY.fullmatch(first) and not _FIELD.match(match[1]):
            yield match.start(), match[1]


def _units(words: str) -> Iterator[str]:
    """The bodies of a list, and of those of its fields that name bodies."""
    named = True
    for piece in _split(_NEXT_FIELD.sub("；", words)):
        field = _FIELD.match(piece)
        if field:
            named = bool(re.fullmatch(_NAMES, field[1]))
        name = piece[field.end() if field else 0 :].strip(" \u3000。.").removeprefix("由")
        name = re.sub(rf"等?{_DUTY}$", "", name) or name
        if named and 1 < len(name) <= 40 and not _NO_BODY.match(name):
            yield name


def _end(text: str, start: int) -> int:
    """Where the sentence ends that begins at `start`."""
    found = _SENTENCE_END.search(text, start)
    return found.start() if found else len(text)


def _close(text: str, start: int) -> int:
    """Where the bracket stands that closes what begins at `start`, or the text ends."""
    depth = 0
    for match in _ANY_BRACKET.finditer(text, start):
        depth += 1 if match[0] in _BRACKETS else -1
        if depth < 0:
            return match.start()
    return len(text)


def _split(text: str) -> list[str]:
    """Cut at separators that stand outside brackets."""
    pieces, start, depth = [], 0, 0
    for match in re.finditer(rf"[{_OPEN}{_CLOSE}、,，;；。\n]", text):
        if match[0] in _BRACKETS:
            depth += 1
        elif match[0] in _BRACKETS.values():
            depth -= 1
        elif depth <= 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]
