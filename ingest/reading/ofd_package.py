"""The zip file that holds an OFD document: its parts by location, its XML without entities (GB/T 33190-2016, 7.1).

The only module that knows lxml's parser; the others see elements.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from lxml import etree

from ingest.errors import DamagedFile, EncryptedFile, FileTooLarge
from ingest.reading.archive import MAX_PART, check_archive

PROGRAM = "OFD 阅读器"
_LOCKED = frozenset({"encryptions.xml", "decryptseed.dat"})  # parts of an encrypted package (GM/T 0099-2020)


def name_of(element: Element) -> str:
    """The name of an element without its namespace, which varies from program to program."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of an element that have one of the names."""
    return (child for child in (() if element is None else element) if name_of(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_at(element: Element | None, *path: str) -> str:
    """The text of the first element down a path of names, without white space around it."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


class Package:
    """The parts of an OFD file. `unreadable` lists those that are referred to and can't be read."""

    def __init__(self, file: str, data: bytes) -> None:
        """Open a package. Raises DamagedFile, EncryptedFile or FileTooLarge."""
        check_archive(file, data, PROGRAM)
        self.file = file
        self.unreadable: list[str] = []
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for entry in self._archive.infolist():
            self._parts[_key(entry.filename)] = entry
        if _LOCKED & self._parts.keys():
            raise EncryptedFile(file, "OFD 已加密，打不开", f"请用 {PROGRAM} 取消密码，另存后再添加")

    def locate(self, location: str, base: str) -> str:
        """Find the part that a location (ST_Loc) in the part `base` means.

        A location begins at the root if it has a slash in front, else in the folder of `base`; `..` never leads
        out of the package. Some programs leave out the slash, so the root is tried as well.
        """
        plain = location.strip().replace("\\", "/")
        near = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), plain))
        root = posixpath.normpath("/" + plain)
        return root if _key(near) not in self._parts and _key(root) in self._parts else near

    def xml(self, part: str) -> Element | None:
        """Parse a part; None, noted in `unreadable`, if it is missing or no XML. Raises DamagedFile, FileTooLarge."""
        entry = self._parts.get(_key(part))
        root = self._parse(entry) if entry is not None else None
        if root is None:
            self.miss(part)
        return root

    def miss(self, name: str) -> None:
        """Note something that is referred to and can't be read."""
        if name not in self.unreadable:
            self.unreadable.append(name)

    def _parse(self, entry: zipfile.ZipInfo) -> Element | None:
        if entry.file_size > MAX_PART:
            reason = f"部件 {entry.filename} 解压后有 {entry.file_size // 2**20} MB"
            raise FileTooLarge(self.file, reason, "请拆分文件后再添加")
        data = self._archive.read(entry)
        parser = _parser()
        try:
            root: Element = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:  # its own log holds the faults of files before, too
            if any(entry.domain_name != "NAMESPACE" for entry in parser.error_log):
                return None
            root = etree.fromstring(data, _parser(recover=True))  # the prefix ofd: is used but not declared
        if etree.ElementTree(root).docinfo.doctype:
            reason = "含有不允许的文档类型声明（DOCTYPE）"
            raise DamagedFile(self.file, reason, f"请用 {PROGRAM} 打开，另存后再添加")
        return root


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _key(part: str) -> str:
    """Name a part for comparison: some programs write backslashes, or differ in case from what they refer to."""
    return posixpath.normpath("/" + part.replace("\\", "/")).lstrip("/").lower()
