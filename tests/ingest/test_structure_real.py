"""The clause trees of the real documents against the hand-made ones, and all statutes."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Document
from ingest.load import File, load

FIELDS = {
    "title": "title",
    "issuer": "issuer",
    "region": "region",
    "province": "province",
    "doc_number": "number",
    "index_number": "index_number",
    "published": "published",
    "kind": "kind",
    "signed": "signed",
    "cover_title": "cover_title",
    "cover_kind": "cover_kind",
}
ARTICLE_LINE = re.compile(r"^第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十]+)?[ \u3000\n]", re.MULTILINE)


@pytest.fixture(scope="module", params=["000", "001", "002", "003", "004"])
def pair(request: pytest.FixtureRequest, shared: Path) -> tuple[dict[str, Any], Document]:
    trees = json.loads((shared / "eval" / "structure.json").read_text(encoding="utf-8"))
    tree = next(tree for tree in trees if tree["doc"] == request.param)
    return tree, load(File(shared / "policies" / tree["file"], tree["file"]))


def test_clauses_are_those_of_the_hand_made_tree(pair: tuple[dict[str, Any], Document]) -> None:
    tree, document = pair
    expected = [
        (c["role"], c["path"], c["number"], c["level"], *c["offset"], c["responsible_units"]) for c in tree["clauses"]
    ]
    found = [
        (c.role, list(c.path), c.label, c.level, c.start, c.end, list(c.responsible_units))
        for c in document.clauses
        if c.role not in {"heading", "title", "furniture"}
    ]
    assert found == expected


def test_points_title_lines_and_furniture(pair: tuple[dict[str, Any], Document]) -> None:
    tree, document = pair
    text = document.text
    points = {(c.start, c.end): [(p.label, [p.start, p.end]) for p in c.points] for c in document.clauses}
    for clause in tree["clauses"]:
        expected = [(item["label"], item["offset"]) for item in clause.get("inline_items", [])]
        assert points[tuple(clause["offset"])] == expected
    lines = {
        role: [text[c.start : c.end] for c in document.clauses if c.role == role] for role in ("title", "furniture")
    }
    assert lines == {"title": tree["title_lines"], "furniture": tree["furniture"]}


def test_metadata(pair: tuple[dict[str, Any], Document]) -> None:
    tree, document = pair
    found = {name: getattr(document.metadata, field) for name, field in FIELDS.items()}
    assert found == {name: tree.get(name) for name in FIELDS}
    assert list(document.metadata.period or ()) == tree["effective_period"]


def test_every_character_is_in_one_row(pair: tuple[dict[str, Any], Document]) -> None:
    _, document = pair
    assert covered_once(document)


def test_statutes_tile_and_each_article_is_found_once(shared: Path) -> None:
    skipping = {}
    paths = sorted((shared / "laws").glob("*.md"))
    assert len(paths) == 106
    for path in paths:
        document = load(File(path, path.name))
        assert covered_once(document), path.name
        articles = [c for c in document.clauses if c.role == "heading" and c.label.endswith("条")]
        assert [c.start for c in articles] == [m.start() for m in ARTICLE_LINE.finditer(document.text)], path.name
        assert max(Counter(c.label for c in articles).values(), default=1) == 1, path.name
        skipping[path.name] = [w for w in document.receipt.warnings if w.startswith("编号跳号")]
    named = {name.split("(")[0] for name, warnings in skipping.items() if warnings}
    assert named == {
        "安阳市中小学校幼儿园规划建设条例",  # 第一章 has no line of its own
        "山东省学生体质健康促进条例",  # 第一章
        "山东省预防未成年人犯罪条例",  # 第二章
        "开封市中小学校幼儿园规划建设条例",  # 第一章
        "河南省专业技术人员继续教育条例",  # 第十八条
        "青岛市学前教育条例",  # 第七章
        "驻马店市中小学校幼儿园规划建设条例",  # 第一章
    }


def covered_once(document: Document) -> bool:
    """Count anew, apart from the receipt, that each visible character is in exactly one row."""
    times = Counter(i for clause in document.clauses for i in range(clause.start, clause.end))
    return all(times[i] == 1 for i, char in enumerate(document.text) if not char.isspace())
