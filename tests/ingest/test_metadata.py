"""What a document prints about itself, on texts made for each case."""

from ingest.document import Metadata, Reading
from ingest.load import build


def metadata(text: str, title: str | None = None) -> Metadata:
    return build("某文件.txt", "x", Reading(text, "txt", title=title)).metadata


def printed(found: Metadata, field: str) -> str | None:
    """The value of a field where the text itself prints it."""
    shown = found.shown_by(field)
    return getattr(found, field) if shown and not shown.guessed else None


NOTICE = """临溪县教育局文件
临 教〔 2024 〕 7 号

关于印发《临溪县课后服务管理办法》的通知

各乡镇中心校，县直各学校：
现将《临溪县课后服务管理办法》印发给你们，请认真贯彻执行。
附件：临溪县课后服务管理办法
临溪县教育局  临溪县财政局
二○二四
年五月二十七日
（此件主动公开）

附件
临溪县课后服务管理办法
第一条 为规范课后服务，制定本办法。
第二条 本办法自2024年7月1日起施行，有效期3年。《临溪县课后服务暂行办法》（临教〔2019〕3号）同时废止。

抄送：县委办、县政府办。
临溪县教育局办公室　　2024年5月28日印发
"""


def test_a_notice_and_what_it_hands_on() -> None:
    found = metadata(NOTICE)
    assert printed(found, "title") == "临溪县课后服务管理办法"
    assert found.cover_title == "关于印发《临溪县课后服务管理办法》的通知"
    assert printed(found, "number") == "临教〔2024〕7号"
    assert printed(found, "issuer") == "临溪县教育局、临溪县财政局"
    assert printed(found, "addressees") == "各乡镇中心校，县直各学校"
    assert printed(found, "signed") == "2024-05-27"
    assert printed(found, "imprinted") == "2024-05-28"
    assert printed(found, "effective") == "2024-07-01"
    assert (found.valid_for, found.expires) == ("3年", "2027-06-30")
    assert found.repeals == ("《临溪县课后服务暂行办法》（临教〔2019〕3号）同时废止。",)
    assert found.attachments == ("临溪县课后服务管理办法",)
    assert found.copied_to == "县委办、县政府办"
    assert (found.region, found.kind, found.cover_kind) == ("临溪县", "管理办法", "通知")
    assert found.published == "2024-05-28"
    assert printed(found, "published") is None  # taken from the imprint


def test_evidence_is_where_the_value_stands() -> None:
    found = metadata(NOTICE)
    shown = {each.field: NOTICE[each.start : each.end] for each in found.evidence}
    assert shown["number"] == "临 教〔 2024 〕 7 号"
    assert shown["signed"] == "二○二四\n年五月二十七日"
    assert shown["effective"] == "本办法自2024年7月1日起施行"


def test_a_page_with_fields() -> None:
    found = metadata(
        "当前位置：首页 > 通知公告\n临溪县2024年小学招生通告\n2024-04-24 17:20:46\n为做好招生工作，现通告如下。\n"
        "一、招生对象\n年满六周岁的儿童。\n特此通告。\n临溪县小学招生领导小组（代章）\n2024年4月20日\n"
        "关闭当前浏览窗口　　打印本页\n版权所有：临溪县教育局　技术支持：临溪网\n邮编：362000"
    )
    assert printed(found, "title") == "临溪县2024年小学招生通告"
    assert printed(found, "published") == "2024-04-24"
    assert printed(found, "signed") == "2024-04-20"
    assert printed(found, "issuer") == "临溪县小学招生领导小组"


def test_a_stamp_gives_date_and_source() -> None:
    found = metadata(
        "石桥区扩大学位供给\n石桥区政府网　www.shiqiao.cn 2024-07-12 10:07 来源： 石桥日报\n今年新增学位三千个。"
    )
    assert printed(found, "title") == "石桥区扩大学位供给"
    assert printed(found, "published") == "2024-07-12"
    assert found.issuer is None


def test_nothing_printed_is_unknown_or_a_guess() -> None:
    found = metadata("一、报名时间：8月18日。\n二、报名手续：持户口簿。")
    assert printed(found, "title") is None
    assert found.title == "某文件"
    assert found.evidence[0].source == "name"
    assert (found.issuer, found.number, found.published, found.region) == (None, None, None, None)


def test_the_narrowest_place() -> None:
    assert metadata("上海黄浦区小学招生工作意见\n一、对象\n适龄儿童。").region == "黄浦区"
    assert metadata("重庆市九龙坡区2024年招生方案\n一、对象\n适龄儿童。").region == "九龙坡区"
    assert metadata("2024学年泉州市招生方案\n一、对象\n适龄儿童。").region == "泉州市"
    assert metadata("关于进一步做好新市民子女入学工作的通知\n一、对象\n新市民子女。").region is None


SPEECH = """政 府 工 作 报 告
——2024年2月19日在临溪县第十四届人民代表大会第三次会议上
{speaker}　　林某

各位代表：
现在，我报告工作。"""


def test_a_speech_is_public_on_its_day_and_is_not_signed() -> None:
    found = metadata(SPEECH.format(speaker="临溪县人民政府县长"))
    assert printed(found, "title") == "政府工作报告"
    assert printed(found, "published") == "2024-02-19"
    assert printed(found, "issuer") == "临溪县人民政府"
    assert found.signed is None


def test_a_speaker_without_a_body_names_no_issuer() -> None:
    assert metadata(SPEECH.format(speaker="临溪县县长")).issuer is None


def test_a_date_under_the_title_of_an_enclosed_text_is_not_the_publication() -> None:
    found = metadata(
        "临溪县人民政府办公室转发县教育局关于做好升学考试工作意见的通知\n各乡镇人民政府：\n"
        "县教育局《关于做好升学考试工作的意见》已经同意，现转发给你们。\n临溪县人民政府办公室\n2024年12月31日\n"
        "关于做好升学考试工作的意见\n（2024年12月24日）\n一、总体要求\n坚持就近入学。"
    )
    assert (printed(found, "signed"), printed(found, "published")) == ("2024-12-31", None)
    assert found.published == "2024-12-31"  # a guess from the signature


def test_a_policy_that_is_explained() -> None:
    assert metadata("《临溪县课后服务管理办法》政策解读\n一、背景\n略。").interprets == "临溪县课后服务管理办法"


def test_a_field_that_was_left_empty_is_no_date() -> None:
    found = metadata("临溪县教育局关于招生的通知\n生效日期：1900-1-1\n执行日期：2024-8-15\n各学校：\n请执行。")
    assert found.effective == "2024-08-15"
