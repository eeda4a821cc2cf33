"""Tables that go on behind the end of a page, and those that only stand close to each other."""

import pytest

from ingest.document import Document, Reading, Table
from ingest.load import build

HEAD = "云川市教育局关于下达招生计划的通知\n\n现将计划下达如下。\n"
FOOT = "— 1 —\n"


def document(*parts: str, turned: bool = True) -> Document:
    """Tables with the foot of a page, or words, between them."""
    text = HEAD + "".join(parts)
    tables, furniture, pages, position = [], [], [0], len(HEAD)
    for part in parts:
        if "\t" in part:
            tables.append(Table(position, position + len(part) - 1))
        elif part == FOOT:
            furniture.append((position, position + len(part) - 1))
            pages.append(position + len(part))
        position += len(part)
    reading = Reading(text, "pdf", None, tuple(pages) if turned else (0,), tuple(tables), tuple(furniture))
    return build("a.pdf", "", reading)


def rows(found: Document) -> list[tuple[str, str]]:
    return [(row.role, row.citation_label) for row in found.clauses if row.role.startswith("table")]


def test_a_table_goes_on_on_the_next_page() -> None:
    found = document("学校\t计划数\n云川一小\t38\n", FOOT, "云川二小\t40\n云川三小\t45\n")
    assert rows(found) == [("table_header", "表头"), *[("table", f"表第{n}行") for n in (1, 2, 3)]]


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    found = document("学校\t计划数\n云川一小\t38\n", FOOT, "学校\t计划数\n云川三小\t45\n")
    assert [role for role, _ in rows(found)] == ["table_header", "table", "table_header", "table"]
    assert rows(found)[-1][1] == "表第2行"


def test_a_column_that_is_blank_on_a_page_does_not_end_the_table() -> None:
    found = document("学校\t计划数\t备注\n云川一小\t38\t新建\n", FOOT, "云川二小\t40\n云川三小\t45\n")
    assert rows(found)[-1] == ("table", "表第3行")


@pytest.mark.parametrize(
    "between",
    [
        ("各镇小学情况如下。\n", "镇\t学校\n东镇\t4\n"),
        (FOOT, "镇\t学校数\n东镇\t4\n"),
        (FOOT, "镇\t校长\t电话\n东镇\t王\t6\n"),
    ],
)
def test_another_table_has_a_header_of_its_own(between: tuple[str, ...]) -> None:
    found = document("学校\t计划数\n云川一小\t38\n", *between)
    assert [role for role, _ in rows(found)] == ["table_header", "table", "table_header", "table"]
    assert rows(found)[-1][1] == "表第1行"


def test_tables_of_other_widths_on_one_page_are_two() -> None:
    found = document("学校\t计划数\n云川一小\t38\n", FOOT, "2024年\t东镇\t4\n2025年\t西镇\t5\n", turned=False)
    assert rows(found)[-1][1] == "表第1行"
