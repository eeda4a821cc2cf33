"""Reading against labels made by hand: the measure itself, and what it must come to on the labelled real files."""

from pathlib import Path

import pytest

from evaluation.labelled import FIELDS, LabelledLine, Labels, hash_of, judge, judge_all, summary
from ingest.load import document_from

TEXT = "临溪县教育局关于招生的通知\n各学校：\n一、时间\n八月报名。\n临溪县教育局\n2025年6月1日"
ROLES = [("title", ""), ("addressee", ""), ("clause", "一、"), ("text", ""), ("sign", ""), ("signdate", "")]


def labels(**changes: object) -> Labels:
    lines, position = [], 0
    for words, (role, label) in zip(TEXT.split("\n"), ROLES, strict=True):
        lines.append(LabelledLine(position, hash_of(words), role, label))
        position += len(words) + 1
    printed = {"title": "临溪县教育局关于招生的通知", "issuer": "临溪县教育局", "signed": "2025-06-01", "kind": "通知"}
    printed |= {"addressees": "各学校", "region": "临溪县"}
    metadata = {field: [hash_of(printed[field])] if field in printed else [] for field in FIELDS}
    return Labels("通知.txt", "", tuple(lines), metadata | changes)


def test_a_document_that_is_read_as_it_was_labelled() -> None:
    judged = judge(document_from("通知.txt", TEXT.encode()), labels())
    assert judged.faults == ()
    assert judged.gold == judged.found == {(2, "一、")}
    assert judged.content_right == judged.content_lines == 6
    assert judged.metadata["issuer"] == "right"
    assert judged.metadata["number"] == "absent"


def test_each_kind_of_fault_is_seen() -> None:
    wrong = labels(title=[hash_of("别的标题")], number=[hash_of("临教〔2025〕1号")], issuer=[])
    judged = judge(document_from("通知.txt", TEXT.replace("一、时间", "时间").encode()), wrong)
    assert judged.gold == {(2, "一、")}
    assert judged.found == frozenset()
    assert {name: judged.metadata[name] for name in ("title", "number", "issuer")} == {
        "title": "wrong",
        "number": "missing",
        "issuer": "invented",
    }


def test_labels_hold_no_text(root: Path) -> None:
    held = "".join(path.read_text(encoding="utf-8") for path in (root / "tests" / "labels").glob("*.json"))
    lines = [line for line in held.splitlines() if not line.startswith('"path"')]
    longest = max((len(run) for line in lines for run in line.split('"')), default=0)
    assert longest < 80
    assert "学生" not in "".join(lines)


def test_the_labelled_real_files(root: Path) -> None:
    files = root.parent / "shared" / "real_files"
    if not files.is_dir():
        pytest.skip("the real files are not here")
    judged = list(judge_all(root / "tests" / "labels", files))
    shares = {str(row["what"]): float(str(row["share"])) for row in summary(judged)}
    assert len(judged) >= 30
    assert shares["clause starts and labels, precision"] >= 0.98
    assert shares["clause starts and labels, recall"] >= 0.98
    assert shares["lines taken for content"] >= 0.98
    for field in ("title", "number", "issuer", "signed", "published"):
        assert shares[f"{field}, right where printed"] >= 0.97, field
        assert shares[f"{field}, right where given"] >= 0.97, field
