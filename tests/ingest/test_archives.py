"""Zip archives of documents: names, nesting, bombs; one bad member does not spoil the others."""

import io
import zipfile
from pathlib import Path

import pytest

from ingest import archives
from ingest.archives import is_archive, member_bytes, members_of
from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge, UnusableName
from ingest.load import discover, load

NOTICE = "临溪县教育局关于招生的通知\n一、时间\n八月报名。\n".encode()


def packed(*members: tuple[str, bytes], compressed: bool = True) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def test_each_member_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(packed(("通知/一.txt", NOTICE), ("二.md", NOTICE), ("__MACOSX/._一.txt", b"x")))
    files = list(discover([tmp_path]))
    assert [file.source for file in files] == ["包.zip/通知/一.txt", "包.zip/二.md"]
    assert [load(file).metadata.title for file in files] == ["临溪县教育局关于招生的通知"] * 2


def test_names_in_gbk() -> None:
    data = bytearray(packed(("XXXX.txt", NOTICE)))
    raw = "通知".encode("gb18030")
    data = data.replace(b"XXXX", raw)
    assert [member.source for member in members_of("包.zip", None, bytes(data))] == ["包.zip/通知.txt"]


def test_names_in_utf8_that_do_not_say_so() -> None:
    raw = "东莞市.txt".encode()
    data = packed(("X" * len(raw), NOTICE)).replace(b"X" * len(raw), raw)
    assert [member.source for member in members_of("包.zip", None, data)] == ["包.zip/东莞市.txt"]


@pytest.mark.parametrize("name", ["../外.txt", "a/../../外.txt", "/etc/外.txt", "C:\\外.txt"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    member, good = members_of("包.zip", None, packed((name, NOTICE), ("好.txt", NOTICE)))
    assert isinstance(member.problem, UnusableName)
    assert ".." not in member.source
    assert good.problem is None


def test_archives_inside_archives_to_the_second_depth() -> None:
    inner = packed(("深.txt", NOTICE))
    data = packed(("中.zip", packed(("内.zip", inner), ("中.txt", NOTICE))))
    found = list(members_of("外.zip", None, data))
    assert [(member.source, type(member.problem)) for member in found] == [
        ("外.zip/中.zip/内.zip", FileTooLarge),
        ("外.zip/中.zip/中.txt", type(None)),
    ]
    assert member_bytes("外.zip", None, found[1].entries, data) == NOTICE


def test_a_bomb_is_named_and_the_rest_is_read() -> None:
    bomb, good = members_of("包.zip", None, packed(("零.txt", b"0" * 20_000_000), ("好.txt", NOTICE)))
    assert isinstance(bomb.problem, FileTooLarge)
    assert "压缩炸弹" in str(bomb.problem)
    assert good.problem is None


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    with pytest.raises(FileTooLarge, match="3 个文件"):
        list(members_of("包.zip", None, packed(*((f"{n}.txt", NOTICE) for n in range(3)))))


def test_a_locked_member_is_named() -> None:
    data = bytearray(packed(("密.txt", NOTICE)))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        data[place] |= 1
    (member,) = members_of("包.zip", None, bytes(data))
    assert isinstance(member.problem, EncryptedFile)


def test_a_member_that_is_damaged_is_named() -> None:
    data = bytearray(packed(("坏.txt", NOTICE * 40), compressed=False))
    data[100] ^= 0xFF
    (member,) = members_of("包.zip", None, bytes(data))
    with pytest.raises(DamagedFile, match="解不开"):
        member_bytes(member.source, None, member.entries, bytes(data))


def test_documents_that_are_zip_files_are_no_archives() -> None:
    assert is_archive(packed(("一.txt", NOTICE)))
    assert not is_archive(packed(("word/document.xml", b"<x/>")))
    assert not is_archive(NOTICE)


def test_an_archive_that_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(packed(("一.txt", NOTICE))[:60])
    (file,) = discover([tmp_path])
    with pytest.raises(DamagedFile):
        load(file)
