"""What the documents and docstrings show is executed; links between documents lead somewhere."""

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "index", "answer", "desk", "evaluation", "pages")  # training has requirements of its own
EXAMPLES = [
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_python_guide_runs(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "python.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "samples").symlink_to(root / "samples")
    settings = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "15分钟" in done.stdout
    assert "标题与原文不一致：《云川市中小学校课后服务管理办法》" in done.stdout


def test_links_between_documents_lead_somewhere(root: Path) -> None:
    documents = [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").glob("*.md"))]
    for document in documents:
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), (document.name, link)


def test_every_command_is_documented(root: Path) -> None:
    text = (root / "docs" / "command-line.md").read_text(encoding="utf-8")
    for package in PACKAGES:
        if (root / package / "__main__.py").exists():
            assert f"## python -m {package}\n" in text
