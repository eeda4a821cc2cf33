"""What belongs together in a library: the same text issued again, a 解读 and its policy."""

from index.kin import kin_of
from index.records import DocumentRow
from ingest.load import document_from

BODY = "".join(
    f"第{n}条 临溪县中小学校应当按照第{n}项要求开展课后服务，做到自愿参加、公开收费、安全有序，并向家长说明。\n"
    for n in "一二三四五六七八九"
)


def row(source: str, text: str) -> DocumentRow:
    made = document_from(source, text.encode())
    time = "2026-01-01T00:00:00+00:00"
    return DocumentRow(
        made.id, source, made.content_hash, made.metadata, made.receipt, "txt", 1, len(text), time, made.parts
    )


def test_the_same_text_issued_again() -> None:
    first = row("a.txt", f"临溪县课后服务办法\n{BODY}临溪县教育局\n2024年5月1日")
    again = row("b.txt", f"石桥区转发课后服务办法\n{BODY.replace('，', ',')}石桥区教育局\n2024年6月1日")
    other = row("c.txt", f"临溪县校车办法\n{BODY.replace('课后服务', '校车运行')}")
    kin = kin_of([first, again, other])
    assert kin[first.id].same == (again,)
    assert kin[again.id].same == (first,)
    assert other.id not in kin


def test_short_texts_are_not_taken_for_the_same() -> None:
    assert kin_of([row("a.txt", "通知\n请准时到校。"), row("b.txt", "通知\n请准时到校。")]) == {}


def test_an_explanation_and_its_policy() -> None:
    policy = row("a.txt", f"临溪县课后服务管理办法（试行）\n{BODY}")
    explained = row("b.txt", "《临溪县课后服务管理办法（试行）》政策解读\n一、为什么要出台\n为了规范课后服务。")
    kin = kin_of([policy, explained])
    assert kin[explained.id].explains == (policy,)
    assert kin[policy.id].explained_by == (explained,)
