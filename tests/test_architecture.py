"""Who may import whom (docs/design.md), and that nothing heavy loads on import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ORDER = ["ingest", "index", "answer", "desk", "pages"]
OUTSIDE = {"evaluation", "training"}
DOORS = {
    "pypdf": {"ingest/reading"},
    "docx": {"ingest/reading", "answer/word_file.py", "desk/word_tables.py", "desk/draft_file.py"},
    "lxml": {"ingest/reading/ofd_package.py", "ingest/reading/opendocument.py"},
    "pypdfium2": {"ingest/reading/page_images.py"},
    "pdfplumber": {"ingest/reading/pdf_grid.py"},
    "PIL": {"ingest/reading"},
    "openpyxl": {"ingest/reading/spreadsheet.py", "desk/spreadsheet.py"},
    "xlrd": {"ingest/reading/spreadsheet.py"},
    "olefile": {"ingest/reading/legacy_word.py"},
    "bs4": {"ingest/reading"},
    "faiss": {"index/vectors.py"},
    "sentence_transformers": {"index/embedding_transformer.py"},
    "tokenizers": {"index/embedding_static.py"},
    "langchain_core": {"index/langchain_retriever.py", "answer"},
    "langchain": {"answer"},
    "langchain_openai": {"answer/language_model.py"},
    "sqlite3": {"index"},
    "streamlit": {"app.py", "pages"},
    "stdnum": {"ingest/gazetteer.py"},
}


def modules(root: Path) -> list[Path]:
    names = [*ORDER, *OUTSIDE]
    return [root / "app.py", *(path for name in names for path in sorted((root / name).rglob("*.py")))]


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_packages_import_only_what_stands_below_them(root: Path) -> None:
    seen = 0
    for path in modules(root):
        package = path.relative_to(root).parts[0]
        if package not in ORDER or path.name == "__main__.py":  # entry points stand above all packages
            continue
        above = set(ORDER[ORDER.index(package) + 1 :]) | OUTSIDE
        assert not imports(path) & above, path
        seen += 1
    assert seen > 30


def test_heavy_libraries_enter_through_their_doors(root: Path) -> None:
    for path in modules(root):
        where = path.relative_to(root).as_posix()
        if where.split("/")[0] in OUTSIDE:
            continue
        for library in imports(path) & DOORS.keys():
            assert any(where == door or where.startswith(f"{door}/") for door in DOORS[library]), (where, library)


@pytest.mark.parametrize(
    "statement",
    [
        "import ingest.load",
        "import index.library",
        "import answer",
        "import desk",
        "import desk.__main__",
        "import evaluation",
        "import index.__main__",
    ],
)
def test_nothing_heavy_loads_on_import(root: Path, statement: str) -> None:
    heavy = {"torch", "transformers", "streamlit", "faiss", "langchain"}
    program = f"import sys; {statement}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_an_answer_with_the_bundled_model_does_not_import_torch(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ingest.load import discover, load\n"
        "from index.library import Library; from answer import answer\n"
        f"library = Library.open(Path({str(tmp_path)!r}), create=True)\n"
        "[library.add(load(file)) for file in discover([Path('samples')]) if file.source.endswith('.txt')]\n"
        "print(answer(library, '课后服务怎么收费').hits[0].score > 0, 'torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["True", "False"]
