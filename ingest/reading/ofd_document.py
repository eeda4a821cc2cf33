"""What an OFD file says of itself: documents, pages, templates, resources, attachments (GB/T 33190-2016, 7.4–7.9)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.errors import DamagedFile
from ingest.reading.ofd_geometry import A4, Box, box_of
from ingest.reading.ofd_package import PROGRAM, Package, child, children, name_of, text_at

_CURE = f"请重新获取文件，或用 {PROGRAM} 打开后另存再添加"
_FILE_NAME = re.compile(r"^Microsoft Word - |\.(?:docx?|wps|ofd|pdf)$", re.IGNORECASE)
_NO = frozenset({"false", "0"})


def is_visible(element: Element) -> bool:
    """Tell whether an element is not switched off by its attribute Visible."""
    return element.get("Visible", "true").strip().lower() not in _NO


@dataclass(slots=True)
class Resources:
    """Drawing parameters, colour spaces and composite objects by ID."""

    draw_params: dict[str, Element] = field(default_factory=dict)
    composites: dict[str, Element] = field(default_factory=dict)

    def add(self, root: Element | None) -> None:
        """Add the resources of a part."""
        for element in root.iter() if root is not None else ():
            name, key = name_of(element), element.get("ID", "")
            if name == "DrawParam":
                self.draw_params[key] = element
            elif name == "CompositeGraphicUnit":
                self.composites[key] = element


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a template of pages."""

    content: Element | None  # None if its part can't be read
    box: Box  # millimetres
    background: tuple[str, ...] = ()  # IDs of templates drawn before the page
    foreground: tuple[str, ...] = ()  # and after it


@dataclass(slots=True)
class OfdDocument:
    """One document of an OFD file. Pages are read one at a time: each may take much memory."""

    package: Package
    part: str
    root: Element
    title: str
    resources: Resources = field(default_factory=Resources)
    templates: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        common = child(self.root, "CommonData")
        for element in children(common, "PublicRes", "DocumentRes"):
            if (element.text or "").strip():
                self.resources.add(self._xml(element.text or ""))
        for element in children(common, "TemplatePage"):
            self.templates[element.get("ID", "")] = self._page(element)

    @property
    def page_elements(self) -> list[Element]:
        """The entries of the pages, in order."""
        return list(children(child(self.root, "Pages"), "Page"))

    def pages(self) -> Iterator[Page]:
        """Read the pages in order."""
        return map(self._page, self.page_elements)

    def attachments(self) -> Iterator[str]:
        """Name the attached files."""
        location = text_at(self.root, "Attachments")
        root = self._xml(location) if location else None
        for element in children(root, "Attachment"):
            yield element.get("Name") or text_at(element, "FileLoc") or "未命名"

    def annotations(self) -> Iterator[str]:
        """Give the visible texts of annotations: watermarks, stamps, remarks."""
        location = text_at(self.root, "Annotations")
        base = self.package.locate(location, self.part)
        for entry in children(self._xml(location) if location else None, "Page"):
            root = self.package.xml(self.package.locate(text_at(entry, "FileLoc"), base))
            for annotation in children(root, "Annot"):
                if is_visible(annotation):
                    yield from texts_in(annotation)

    def _xml(self, location: str) -> Element | None:
        return self.package.xml(self.package.locate(location, self.part))

    def _page(self, entry: Element) -> Page:
        root = self._xml(entry.get("BaseLoc", ""))
        base = self.package.locate(entry.get("BaseLoc", ""), self.part)
        for element in children(root, "PageRes"):
            self.resources.add(self.package.xml(self.package.locate(element.text or "", base)))
        areas = (child(root, "Area"), child(self.root, "CommonData", "PageArea"))
        boxes = (box_of(text_at(area, "PhysicalBox")) for area in areas)
        templates = [
            (element.get("TemplateID", ""), element.get("ZOrder", "")) for element in children(root, "Template")
        ]
        return Page(
            content=child(root, "Content") if root is not None else None,
            box=next((box for box in boxes if box.right > box.left and box.bottom > box.top), A4),
            background=tuple(key for key, order in templates if order != "Foreground"),
            foreground=tuple(key for key, order in templates if order == "Foreground"),
        )


def texts_in(element: Element) -> Iterator[str]:
    """Give the texts drawn anywhere in an element."""
    for descendant in element.iter():
        if name_of(descendant) == "TextCode" and (descendant.text or "").strip():
            yield (descendant.text or "").strip()


def _title(given: str) -> str:
    """The title of a document without what a printer driver or an office program made of its file's name.

    >>> _title("Microsoft Word - 招生通知.doc")
    '招生通知'
    """
    return _FILE_NAME.sub("", " ".join(given.split()))


def documents_of(package: Package) -> list[OfdDocument]:
    """Open the documents of a package, in order. Raises DamagedFile if there is none."""
    root = package.xml("/OFD.xml")
    found: list[OfdDocument] = []
    for body in children(root, "DocBody"):
        part = package.locate(text_at(body, "DocRoot"), "/OFD.xml")
        document = package.xml(part)
        if document is not None:
            found.append(OfdDocument(package, part, document, _title(text_at(body, "DocInfo", "Title"))))
    if not found:
        raise DamagedFile(package.file, "不是完整的 OFD 文件，打不开其中的文档", _CURE)
    if not any(document.page_elements for document in found):
        raise DamagedFile(package.file, "OFD 里没有页面", _CURE)
    return found
