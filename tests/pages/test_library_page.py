"""文库, and what the pages do when there is no library, or none that can be opened."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.library import DATABASE, Library
from ingest.load import document_from
from pages.parts import samples

ROOT = Path(__file__).resolve().parents[2]


def test_documents_stand_with_their_receipts(library, page, drawn) -> None:
    app = page("library")
    assert not app.exception
    body = drawn(app)
    for row in library.documents():
        assert row.metadata.title in body
        assert f"{row.receipt.characters:,}字" in body
        assert f"{row.receipt.clauses}条款" in body
    assert body.count("归入条款100%") == 3


def test_files_are_uploaded_and_the_bad_one_is_named(library, page, drawn) -> None:
    app = page("library")
    good = "临江市2026年教育工作要点\n\n一、课间\n\n课间休息二十分钟。\n".encode()
    app.file_uploader[0].set_value([("好.txt", good, "text/plain"), ("空.txt", b" ", "text/plain")])
    next(button for button in app.button if button.label == "添加到文库").click()
    app.run()
    assert not app.exception
    body = drawn(app)
    assert "2份文件处理完毕，1份没有添加" in body
    assert "空.txt：" in body
    assert "文库现有4份文件，其中3份是示例" in body
    assert library.search("课间休息二十分钟", exact=True).total == 1


def test_adding_nothing_asks_for_files(library, page, drawn) -> None:
    app = page("library")
    next(button for button in app.button if button.label == "添加到文库").click()
    app.run()
    assert "请先选择文件" in drawn(app)


def test_removing_asks_once_more(library, page, drawn) -> None:
    app = page("library")
    row = library.documents()[0]
    app.button(key=f"remove-{row.id}").click().run()
    assert f"要从文库移除《{row.metadata.title}》吗" in drawn(app)
    assert len(library.documents()) == 3
    app.button(key=f"keep-{row.id}").click().run()
    assert "要从文库移除" not in drawn(app)
    app.button(key=f"remove-{row.id}").click().run()
    app.button(key=f"sure-{row.id}").click().run()
    assert not app.exception
    assert row.id not in {each.id for each in library.documents()}
    assert "现有文件（2份）" in drawn(app)


def test_a_file_whose_name_does_not_fit_its_content_is_told(library, page, drawn) -> None:
    app = page("library")
    web = "<html><body><h1>临江市2026年教育工作要点</h1><p>一、课间</p><p>课间休息二十分钟。</p></body></html>".encode()
    app.file_uploader[0].set_value([("要点.pdf", web, "application/pdf")])
    next(button for button in app.button if button.label == "添加到文库").click()
    app.run()
    said = drawn(app).split('class="yj-outcomes"')[1]
    outcome, receipts = said.split("现有文件", 1)
    assert "扩展名是.pdf，内容是网页，请核对" in outcome
    assert "扩展名是.pdf，内容是网页，请核对" in receipts


def test_a_long_list_is_turned_page_by_page_and_tells_same_titles_apart(folder: Path, page, drawn) -> None:
    with Library.open(folder, create=True) as made:
        _fill(made, 21)
    app = page("library")
    body = drawn(app)
    assert body.count('class="yj-document"') == 20
    assert "页，共2页" in body
    assert '临江市教育局工作通知<span class="yj-apart">（2026-01-01）</span>' in body
    assert '临江市教育局工作通知<span class="yj-apart">（2026-01-02）</span>' in body
    app = page("read")
    assert drawn(app).count("<li>") == 21
    app.text_input(key="wanted-here").input("通知07").run()
    assert '<span class="yj-apart">（2026-01-07）</span>' in drawn(app)
    assert drawn(app).count("<li>") == 1
    app.text_input(key="wanted-here").input("火星").run()
    assert "没有这样的文件" in drawn(app)


def _fill(made: Library, number: int) -> None:
    for day in range(1, number + 1):
        text = f"临江市教育局工作通知\n\n一、课间\n\n课间休息十五分钟。\n\n临江市教育局\n2026年1月{day}日\n"
        made.add(document_from(f"通知{day:02}.txt", text.encode()))


def test_documents_are_looked_up(library, page, drawn) -> None:
    app = page("library")
    app.text_input(key="wanted").input("管理办法").run()
    assert drawn(app).count('class="yj-document"') == 1
    app.text_input(key="wanted").input("火星").run()
    assert "没有这样的文件" in drawn(app)


@pytest.mark.parametrize("name", ["", "search", "library", "read"])
def test_an_empty_library_is_said_to_be_empty(folder: Path, page, drawn, name: str) -> None:
    Library.open(folder, create=True).close()
    app = page(name)
    assert not app.exception
    assert "文库里还没有文件" in drawn(app)


def test_where_there_is_no_library_the_samples_are_taken_in(folder: Path, page, drawn) -> None:
    app = page()
    assert not app.exception
    assert samples.NOTICE in drawn(app)
    with Library.open(folder) as made:
        assert {row.source for row in made.documents()} == set(samples.sample_hashes())


def test_a_damaged_library_is_told_with_the_cure(folder: Path, page, drawn) -> None:
    folder.mkdir()
    (folder / DATABASE).write_bytes(b"no library " * 100)
    app = page()
    assert not app.exception
    assert "文库打不开" in drawn(app)
    assert (folder / DATABASE).read_bytes().startswith(b"no library")


def test_a_model_that_is_missing_is_told_with_the_cure(library, page, drawn, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YINJU_MODEL", str(tmp_path / "nowhere"))
    app = page()
    assert not app.exception
    assert "语义模型读不出来" in drawn(app)


def test_a_library_of_another_model_is_told_to_be_rebuilt(library, page, drawn) -> None:
    from dataclasses import replace

    record = library.store.model
    library.store.rebuild_vectors(
        lambda texts: library.embedder.embed_passages(texts), replace(record, fingerprint="x")
    )
    app = page()
    assert not app.exception
    assert "python -m index rebuild" in drawn(app)
    app.button(key="rebuild").click().run()
    assert not app.exception
    assert library.store.model == record
    assert "问政策，找依据" in drawn(app)


def test_a_folder_that_can_not_be_made_is_told_with_the_setting(tmp_path: Path, page, drawn, monkeypatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("YINJU_LIBRARY", str(tmp_path / "file" / "library"))
    app = page()
    assert not app.exception
    assert "请检查设置 YINJU_LIBRARY" in drawn(app)


def test_a_library_taken_away_is_made_anew(folder: Path, page, drawn) -> None:
    page()
    folder.rename(folder.with_name("away"))
    app = page("library")
    assert not app.exception
    assert f"现有文件（{len(samples.sample_hashes())}份）" in drawn(app)


def test_drawing_a_page_imports_nothing_heavy(library) -> None:
    code = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"app = AppTest.from_file({str(ROOT / 'app.py')!r}, default_timeout=30); "
        "app.query_params['q'] = '课后服务'; app.run(); assert not app.exception; "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'langchain'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
