"""Verbs and adverbs of official wording: what a task begins with, and what only colours it."""

import re

VERBS = (
    "新建改扩建|新建和改扩建|新增创建|新增发布|新增|增创|新建|改建|扩建|改扩建|建设|建成|建立健全|建立完善|建立|创建|创设|创新|构建|组建|"
    "共建|打造|培育建设|培育|培养|遴选确认|遴选培育|遴选|选树|选派|选育|评选|评定|认定|确认|命名|确定|推动|推进|推行|推广|推出|推选|"
    "加强|增强|强化|提升完善|提升|提高|优化提升|优化完善|优化调整|优化|完善|健全完善|健全|改进|改善|改造|深化|"
    "巩固提升|巩固深化|巩固|拓展优化|拓展|拓宽|扩大|扩充|扩增|增加|压减|减少|降低|减轻|消除|取消|撤销|落实|执行|贯彻落实|贯彻|实施|"
    "开展|开设|开齐开足|开足开齐|开放|组织开展|组织实施|组织|举办|召开|制定出台|制定实施|制定完善|制定|制订|修订完善|修订|出台|印发|发布|编制实施|"
    "编制|编写|谋划|规划|探索建立|探索构建|探索|试点|支持|鼓励支持|鼓励引导|鼓励|引导规范|引导|指导|扶持|帮扶|保障|确保|保证|维护|保护|"
    "规范|严格落实|严格执行|严肃查处|严查|严厉打击|打击|查处|整治|治理|防范|防止|禁止|严禁|杜绝|坚持|弘扬|传承|营造|形成|"
    "发挥|用好|办好|做好|做优|做强|做大|做深做实|做优做强|抓好|抓实|统筹|整合优化|整合|调整优化|调整|配备|配齐|配足|核定|"
    "安排|设立|设置|成立|搭建|畅通|引入|引进|引育|招聘|招收|聘任|申报|争取|获批|入选|通过|纳入|承担|负责|参与|参加|利用|依托|"
    "投入|投用|竣工投用|竣工|发放|资助|补助|减免|免除|公布|公示|公开|宣传|普及|检查|督导|监测|监管|评估|评价|考核|审核|排查|"
    "应对|解决|满足|服务|促进|助推|带动|发展|振兴|扩容|升级|迭代升级|丰富|充实|融入|融合|对接|联合开展|联合|校企共建|提供|"
    "启动|"
    "集结|动员|更新|生成|转设|开通|开发|完成|超额完成|获得|受益|新聘任|新招聘|公开遴选|公开招聘|涉及|惠及|沉淀|培养输送|结对帮扶|通过评估|全面完成|实现|达到|维持|保持|符合|违反|提出|进行|予以|给予|具备|侵犯|接受|受理|办理|登记|联系|告知|虐待|出具|提交|申请|填报|录取|处以|报告|缩小|加大|突出|实行|试行"
)
"""Two-character verbs of tasks and their usual pairs; adverbs stand among them where a task may begin with one."""

ADVERBS = (
    "进一步|全方位|多形式|持续|不断|继续|全面|深入|大力|积极|切实|扎实|稳步|着力|加快|加紧|逐步|充分|有效|有序|稳妥|统筹|认真|坚决|努力|全力|加大|"
    "系统|精准|科学|合理|依法|严格|高标准|高质量|高水平|高位|纵深|广泛|及时|定期|常态化|有力|牢固|牢牢|始终|更好|切实有效|多渠道|"
    "因地制宜|分类|逐级|逐县|重点|尽快|率先|首次|力争|争取|确保|累计|计划|共|先后|全年|如期|已|将|均|要|应当|应|须|必须|可以|可|各地|全市|全省|全县|全区|全国|全校"
)

_VERB = re.compile(rf"(?:{'|'.join(sorted(VERBS.split('|'), key=len, reverse=True))})")
_NO_VERB = re.compile(
    r"(?:评价|考核|检查|督导|监测|评估)(?:结果|质量|标准|体系|机制|机构|室|指标)|符合[^，。]{0,8}(?:条件|规定|要求)的|编制部门|服务(?:站|平台|中心|体系|网)"
)
"""Verbs that are part of a name, or of what stands before one."""
_LEAD = re.compile(rf"(?:(?:{'|'.join(sorted(ADVERBS.split('|'), key=len, reverse=True))})[，、]?)+")
_COUNTING = re.compile(r"(?:首次|力争|争取|累计|计划|共计|共|先后|全年|如期|已|将|均)+")


def leading_verb(words: str) -> str:
    """The verb that words begin with, or verbs joined by 、; empty where they begin with none.

    >>> leading_verb("新增中学学位"), leading_verb("新增、改造设施"), leading_verb("普惠率")
    ('新增', '新增、改造', '')
    """
    match = None if _NO_VERB.match(words) else _VERB.match(words)
    while match and words[match.end() : match.end() + 1] == "、" and (further := _VERB.match(words, match.end() + 1)):
        match = further
    return words[: match.end()] if match else ""


def without_adverbs(words: str) -> str:
    """Words without the adverbs before their verb; words that begin with none keep all but 累计, 共 and the like.

    >>> without_adverbs("进一步全面加强师德师风建设"), without_adverbs("高水平专业群"), without_adverbs("累计排查")
    ('加强师德师风建设', '高水平专业群', '排查')
    """
    lead = _LEAD.match(words)
    while lead and not _VERB.match(words, lead.end()):
        shorter = _LEAD.fullmatch(lead[0][:-1]) if len(lead[0]) > 1 else None
        lead = shorter and _LEAD.match(words[: shorter.end()])
    counting = _COUNTING.match(words)
    return words[lead.end() if lead else counting.end() if counting else 0 :]
