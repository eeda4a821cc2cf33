"""How single lines of an official document look: title, 发文字号, 主送, 落款, 附件, 抄送 (GB/T 9704-2012, 7)."""

import re

from ingest.numerals import chinese_number

KINDS = (
    "工作要点",
    "要点",
    "行动方案",
    "行动计划",
    "实施方案",
    "工作方案",
    "方案",
    "工作总结",
    "总结",
    "发展规划",
    "专项规划",
    "规划纲要",
    "规划",
    "纲要",
    "计划",
    "管理办法",
    "实施办法",
    "暂行办法",
    "监管办法",
    "办法",
    "实施细则",
    "细则",
    "条例",
    "规定",
    "规则",
    "规程",
    "规范",
    "章程",
    "指南",
    "指引",
    "标准",
    "实施意见",
    "指导意见",
    "若干意见",
    "意见",
    "措施",
    "决定",
    "决议",
    "命令",
    "公报",
    "公告",
    "通告",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "解释",
    "法",
)
"""Document kinds (文种 and what rides on them), longer names before the shorter ones they end with."""

_TRAILER = r"(?:[（(][^（）()]*[)）])*"
_KIND = re.compile(rf"({'|'.join(sorted(KINDS, key=len, reverse=True))}){_TRAILER}$")
_YEARS = re.compile(r"[（(]\s*\d{4}\s*[—\-－–~～至]*\s*(?:\d{4})?\s*年?\s*[)）]")
NUMBER = re.compile(
    r"([\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){0,11}?)"
    r"\s*[〔\[［(（【<﹝]\s*([12]\d{3})\s*[〕\]］)）】>﹞]\s*第?\s*(\d{1,5})\s*[号號]"
)
_BLANKS = re.compile(r"\s+")
_ORDER = re.compile(r"(?:[\u4e00-\u9fff]{0,16}令\s*)?[（(]?\s*第\s*(?:\d+|[一二三四五六七八九十百]+)\s*号\s*[)）]?")
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff（）()、\s]{2,150}(?:办公室|办公厅|委员会|人民政府|政府|局|厅|部|院|委|署|学校|大学|学院|中学|小学|集团|党组|工委|联合会|协会)"
)
_DATE = re.compile(
    r"(\d{4}|[〇○零OoＯ一二三四五六七八九]{4})\s*年\s*([\d一二三四五六七八九十]{1,3})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日"
)
_MONTH = re.compile(r"(?:\d{4}|[〇○零OoＯ一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月")
_ZERO = re.compile("[○OoＯ]")  # how a 〇 is typed
_SIGNATORY = re.compile(
    r"[\u4e00-\u9fff（）()、·\s]{2,60}(?:小组|中心|处|科|馆|会|队|公司|站|办|所|社|室|校|园|编办|[（(](?:代?章|盖章|印章)[)）])"
)
_DISCLOSURE = re.compile(
    r"[（(]\s*(?:此件|本文|信息公开|依申请公开|主动公开|不予公开|联系(?:人|科室|电话|单位)|共印).{0,60}[)）]|此件(?:公开|主动公开).{0,4}"
)
_ATTACHMENT = re.compile(
    r"[【\[（(]?附\s*(?:件|表|录)?\s*(?:\d{0,2}|[一二三四五六七八九十]{0,2})\s*[】\])）]?\s*[:：]?"
)
_SENTENCE_END = "。；;！？!?，,：:"


def kind_of(title: str) -> str | None:
    """Name the kind a title ends with.

    >>> kind_of("晋江市基础教育提升三年行动方案(2023—2025年)"), kind_of("义务教育法"), kind_of("会议")
    ('行动方案', '法', None)
    """
    match = _KIND.search(_BLANKS.sub("", title).rstrip("》"))
    return match[1] if match else None


def is_sentence(text: str) -> bool:
    """Tell whether a line reads as running text, not as a title."""
    return len(text) > 70 or text[-1] in _SENTENCE_END or "。" in text or text.count("，") + text.count(",") > 1


def is_title_like(text: str) -> bool:
    """Tell whether a line may be (a line of) a title: it names a kind, a subject (关于…) or only years."""
    if is_sentence(text):
        return False
    return bool(kind_of(text) or text.startswith("关于") or "关于" in text[:30] or _YEARS.fullmatch(text))


def is_number(text: str) -> bool:
    """Tell whether a whole line is a 发文字号 or an order's number."""
    return bool(NUMBER.fullmatch(text.strip("•· ")) or _ORDER.fullmatch(text))


def is_organisation(text: str) -> bool:
    """Tell whether a whole line is the name of an issuing body, or of several."""
    name = re.sub(r"等[一二三四五六七八九十两\d]{1,2}(?:部门|单位|局|家单位)$", "", text.strip())
    return len(name) <= 150 and bool(_ORGANISATION.fullmatch(name))


def is_signatory(text: str) -> bool:
    """Tell whether a line above a date may be a signature: a body, or an office, group or school of one."""
    return is_organisation(text) or bool(_SIGNATORY.fullmatch(text.strip()))


def is_red_head(text: str) -> bool:
    """Tell whether a line is the red head of a printed document: 临溪县教育局文件."""
    return text.endswith("文件") and is_organisation(text.removesuffix("文件"))


def is_date(text: str) -> bool:
    """Tell whether a whole line is a date."""
    return bool(_DATE.fullmatch(text.strip("（）() ")))


def is_month(text: str) -> bool:
    """Tell whether a whole line is a year and a month, as some signatures give no day."""
    return bool(_MONTH.fullmatch(text.strip("（）() ")))


def is_addressee(text: str) -> bool:
    """Tell whether a line is the 主送机关: names of bodies and a colon at the end."""
    if text[-1] not in ":：" or len(text) > 200 or re.search(r"。|如下|现就|现将|根据|为了|^为", text):
        return False
    return bool(re.search(r"政府|单位|局|委|办|校|园|院|厅|部门|同志|老师|家长|处|中心|机构|^各.{1,8}学|代表", text))


def is_disclosure(text: str) -> bool:
    """Tell whether a line is the note on publication: (此件主动公开)."""
    return text[0] in "（(此" and bool(_DISCLOSURE.fullmatch(text))


def is_cover_sentence(text: str) -> bool:
    """Tell whether a paragraph only hands on what is attached: 现将《…》印发给你们，请认真贯彻执行。"""
    return bool(re.search(r"(?:现将|现予|现印发|现转发).{0,120}(?:印发|转发|发布|公布)", text)) and len(text) <= 260


def is_attachment_list(text: str) -> bool:
    """Tell whether a line opens the list of attachments: 附件：1.…"""
    return text[0] == "附" and bool(re.match(r"附\s*[件表]?\s*\d*\s*[:：]\s*\S", text)) and len(text) <= 120


def is_attachment_mark(text: str) -> bool:
    """Tell whether a whole line is the mark at the head of an attachment: 附件, 附件1, 附：."""
    return "附" in text[:2] and bool(_ATTACHMENT.fullmatch(text))


_ATTACHMENT_HEAD = re.compile(
    r"[【\[（(]?(附\s*[件表录]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})?)\s*[】\])）]?\s*[:：.、\s\u3000]\s*(?!\d\s*[.．、])(\S.{2,60})"
)


def attachment_head(text: str) -> tuple[str, str] | None:
    """Split the mark of an attachment from the title on the same line.

    >>> attachment_head("附件1：临溪县招生计划表"), attachment_head("附件 2"), attachment_head("附件：1.计划表")
    (('附件1', '临溪县招生计划表'), ('附件2', ''), None)
    """
    if is_attachment_mark(text):
        return _BLANKS.sub("", text).strip("【】[]（）():："), ""
    match = _ATTACHMENT_HEAD.fullmatch(text)
    if not match or is_sentence(match[2]):
        return None
    return _BLANKS.sub("", match[1]), match[2].strip()


def is_distribution(text: str) -> bool:
    """Tell whether a line opens the distribution list (版记): 抄送：…"""
    return bool(re.match(r"(?:主送|抄送|抄报|报送|分送|发送|印送)\s*[:：]|[\u4e00-\u9fff]{0,6}有关单位\s*[:：]", text))


def is_imprint(text: str) -> bool:
    """Tell whether a line is the imprint: issuing office, date, 印发."""
    return bool(re.search(r"\d{1,2}\s*日\s*印\s*发\s*$", text)) and len(text) <= 80


def iso_date(text: str) -> str | None:
    """Find the first date in a text, as an ISO date.

    >>> iso_date("2022年12月28日印发"), iso_date("时间:2025-03-22 23:50"), iso_date("二〇二一年三月五日")
    ('2022-12-28', '2025-03-22', '2021-03-05')
    """
    match = _DATE.search(text)
    if not match:
        match = re.search(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    if not match:
        return None
    plain = (_ZERO.sub("〇", part) for part in match.groups())
    year, month, day = (int(part) if part.isdigit() else chinese_number(part) for part in plain)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def number_in(text: str) -> str | None:
    """Find the first 发文字号 in a text, in its standard spelling with 六角括号.

    >>> number_in("晋政办[2022]45号"), number_in("备注/文号:教基厅函(2024) 32号")
    ('晋政办〔2022〕45号', '教基厅函〔2024〕32号')
    """
    match = NUMBER.search(text)
    return f"{_BLANKS.sub('', match[1])}〔{match[2]}〕{int(match[3])}号" if match else None
