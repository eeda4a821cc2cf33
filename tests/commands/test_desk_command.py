"""`python -m desk` as a person or a program calls it."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from desk.__main__ import main, parser
from index.library import Library
from ingest.load import discover, load

QUOTATION = {"document", "source", "title", "label", "start", "end", "quote", "sentence", "reference", "rank"}
CHOSEN = ("云川市2024年教育工作要点.txt", "云川市2025年教育工作要点.html", "云川市中小学校课后服务管理办法.docx")


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("desk")
    with Library.open(made, create=True) as library:
        for file in discover([root / "samples"]):
            if file.source in CHOSEN or "扩优提质" in file.source:
                library.add(load(file))
    return made


def said(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    status = main([*arguments, "--library", str(folder)])
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()] if "--json" in arguments else []
    return status, found, out + err


def test_wording(capsys, folder: Path) -> None:
    status, found, _ = said(capsys, folder, "wording", "延长课间", "--json")
    assert status == 0
    (row,) = found
    assert row["draft"] == "延长课间"
    group = row["groups"][0]
    assert group["count"] == sum(1 + len(each["same"]) for each in group["wordings"])
    assert set(group["wordings"][0]) >= QUOTATION
    assert "延长课间" in said(capsys, folder, "wording", "延长课间", "--order", "recent")[2]


def test_quotations_are_what_the_library_holds(capsys, folder: Path) -> None:
    _, found, _ = said(capsys, folder, "targets", "--json")
    with Library.open(folder) as library:
        for row in found[:200]:
            text = library.document(str(row["document"])).text
            assert text[row["start"] : row["end"]] == row["quote"]


def test_collocations(capsys, folder: Path) -> None:
    _, (row,), _ = said(capsys, folder, "collocations", "…覆盖率", "--json")
    assert row["total"] == sum(row["fillings"].values()) > 0
    assert "uses:" in said(capsys, folder, "collocations", "…覆盖率")[2]


def test_compare(capsys, folder: Path, tmp_path: Path) -> None:
    names = ("云川市2024年教育工作要点", "云川市2025年教育工作要点")
    table = tmp_path / "compared.xlsx"
    status, (row,), _ = said(capsys, folder, "compare", *names, "--json", "--xlsx", str(table))
    assert status == 0
    assert [each["title"] for each in row["documents"]] == list(names)
    assert sum(row["counts"].values()) > 50
    assert load_workbook(BytesIO(table.read_bytes())).sheetnames == ["对照", "逐句"]
    assert "新增" in said(capsys, folder, "compare", *names)[2]
    assert said(capsys, folder, "compare", "--topic", "课间", "--json")[1][0]["rows"]


def test_targets_of_one_indicator_in_lines(capsys, folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "targets.xlsx"
    arguments = ("targets", "--indicator", "普惠率", "--lines", "--region", "云川", "--xlsx", str(table))
    _, found, _ = said(capsys, folder, *arguments, "--json")
    assert {row["group"] for row in found} == {"普惠率"}
    assert {row["place"] for row in found} == {"云川市"}
    assert load_workbook(BytesIO(table.read_bytes()))["指标"].max_row == len(found) + 1


def test_duties_of_one_unit(capsys, folder: Path) -> None:
    _, found, _ = said(capsys, folder, "duties", "--unit", "编办", "--json")
    assert found
    assert all(any("编办" in name for name in (*row["lead"], *row["units"])) for row in found)


def test_check_tells_what_it_found_by_its_exit_status(capsys, folder: Path, tmp_path: Path) -> None:
    draft, comments = tmp_path / "草稿.txt", tmp_path / "out.docx"
    draft.write_text("按照《云川市中小学课后服务管理办法》执行。", encoding="utf-8")
    status, (row,), _ = said(capsys, folder, "check", str(draft), "--json", "--comments", str(comments))
    assert status == 1
    assert [each["kind"] for each in row["findings"]] == ["title_inexact"]
    assert len(list(Document(BytesIO(comments.read_bytes())).comments)) == 1
    draft.write_text("按照《云川市中小学校课后服务管理办法》第八条执行。", encoding="utf-8")
    assert said(capsys, folder, "check", str(draft))[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "云川市2024年教育工作要点"),
        ("compare",),
        ("compare", "没有这份文件", "云川市2024年教育工作要点"),
        ("compare", "云川市", "云川市2024年教育工作要点"),
        ("wording", "  "),
        ("collocations", "…"),
        ("check", "/nowhere/draft.docx"),
        ("targets", "--xlsx", "/nowhere/out.xlsx"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(capsys, folder: Path, arguments: tuple[str, ...]) -> None:
    status, _, words = said(capsys, folder, *arguments)
    assert status == 2
    assert words.strip().splitlines()[-1].startswith("desk: ")


def test_the_commands_are_those_of_the_guide(root: Path) -> None:
    names = set(re.findall(r"^    (\w+)\b", parser().format_help(), re.MULTILINE))
    assert names == {"wording", "collocations", "compare", "targets", "duties", "check"}
    guide = (root / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^python -m desk (\w+)", guide, re.MULTILINE)) == names
