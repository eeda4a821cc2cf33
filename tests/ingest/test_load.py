"""Which files are found, under which names, and what becomes of those that can't be added."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.errors import DamagedFile, ReadError, UnsupportedFormat, UnusableName
from ingest.load import File, content_hash, discover, document_from, load
from ingest.reading import read_bytes

PROSE = "关于招生工作的通知\n一、报名。各学校要认真组织。"


def write(path: Path, words: str = PROSE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode())
    return path


def test_two_files_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    one, two = write(tmp_path / "甲" / "通知.txt"), write(tmp_path / "乙" / "通知.txt", f"{PROSE}逾期不候。")
    first, second = discover([one.parent, two.parent])
    assert (first.path, first.problem) == (one, None)
    with pytest.raises(UnusableName) as caught:
        load(second)
    assert str(one) in str(caught.value)
    assert caught.value.file == str(two)
    assert f"上级文件夹 {tmp_path}" in caught.value.cure


def test_one_file_named_twice_is_one(tmp_path: Path) -> None:
    path = write(tmp_path / "甲" / "通知.txt")
    (tmp_path / "别名.txt").symlink_to(path)
    assert [file.source for file in discover([tmp_path / "甲", path, tmp_path / "甲" / ".." / "甲"])] == ["通知.txt"]
    assert [file.source for file in discover([path, tmp_path])] == ["通知.txt"]


def test_libraries_and_hidden_files_in_a_folder_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "通知.txt")
    write(tmp_path / ".git" / "通知.txt")
    write(tmp_path / "library" / "library.sqlite3")
    write(tmp_path / "library" / "derived" / "说明.txt")
    assert [file.source for file in discover([tmp_path])] == ["通知.txt"]
    write(tmp_path / "library.sqlite3")
    write(tmp_path / "derived" / "vectors.faiss.json")
    assert [file.source for file in discover([tmp_path])] == ["通知.txt"]


def test_names_that_are_no_utf8_fail_alone(tmp_path: Path) -> None:
    write(tmp_path / "通知.txt")
    (tmp_path / os.fsdecode(b"\xb1\xb1\xbe\xa9.txt")).write_bytes(PROSE.encode())
    found = list(discover([tmp_path]))
    assert [file.source for file in found if file.problem is None] == ["通知.txt"]
    bad = next(file for file in found if file.problem)
    assert bad.source.encode() == rb"\udcb1\udcb1\udcbe\udca9.txt"
    with pytest.raises(UnusableName, match="UTF-8") as caught:
        load(bad)
    assert str(caught.value).encode()
    with pytest.raises(UnusableName):
        document_from("\udccd.txt", PROSE.encode())


def test_pipes_and_folders_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    write(tmp_path / "通知.txt")
    (pipe,) = discover([tmp_path / "管道"])
    for attempt in (load, content_hash):
        with pytest.raises(DamagedFile, match="不是普通文件"):
            attempt(pipe)
    assert [file.source for file in discover([tmp_path])] == ["通知.txt"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match="没有这个文件"):
        list(discover([tmp_path / "无"]))


def test_a_folder_that_can_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "锁" / "通知.txt")
    write(tmp_path / "通知.txt")
    scan = os.scandir

    def locked(path: str) -> object:
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", locked)
    found = {file.source: file.problem for file in discover([tmp_path])}
    assert found["通知.txt"] is None
    assert isinstance(found["锁"], ReadError)


def test_content_hash_is_that_of_the_document(tmp_path: Path) -> None:
    file = File(write(tmp_path / "通知.txt"), "通知.txt")
    assert content_hash(file) == sha256(PROSE.encode()).hexdigest() == load(file).content_hash


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gen.py", "# 生成示例。\nprint('关于招生工作的通知。')\n"),
        ("data.json", '{"标题": "关于招生工作的通知。", "正文": "各学校要认真组织。"}'),
        ("table.csv", "学校,班数\n第一小学,3\n第二小学,4。\n"),
        ("app.log", "2025-01-01 00:00:00 INFO 服务已启动。\n"),
        ("Makefile", "all:\n\tpython -m build  # 建立。\n"),
        ("rows", '{"标题": "关于招生工作的通知。各学校要认真组织，抓好落实。"}\n'),
        ("notes.xyz", "Dear all, the meeting is on Monday.\n"),
    ],
)
def test_programs_data_and_logs_are_no_documents(name: str, words: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        read_bytes(name, words.encode())
    assert caught.value.cure


@pytest.mark.parametrize("name", ["通知", "通知-2016.09", "通知.doc", "通知.TXT", "通知.text", "通知.markdown"])
def test_prose_is_read_whatever_its_name(name: str) -> None:
    assert read_bytes(name, PROSE.encode()).text == PROSE
