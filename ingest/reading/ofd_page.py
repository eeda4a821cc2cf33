"""What an OFD page draws, its templates included: visible texts, and an account of what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.errors import FileTooLarge
from ingest.reading.ofd_document import OfdDocument, Page, texts_in
from ingest.reading.ofd_geometry import Box, Frame
from ingest.reading.ofd_package import child, name_of
from ingest.reading.ofd_paint import inks, is_clear, is_white
from ingest.reading.ofd_text import Drawn, drawn_in, glyphs_without_characters, is_legible, is_unknown

MAX_CHARACTERS = 2_000_000
"""Most characters of a file's pages; a book of a thousand pages has about one million."""
MAX_OBJECTS = 2_000_000
"""Most objects of a file's pages, composites counted each time they are drawn."""
_PAGE = Frame()
_DEEPEST = 64  # blocks and composites inside each other
_LAYERS = {"Background": 0, "Foreground": 2}  # drawn before and after the body
LARGE_IMAGE = 0.3
"""Share of a page from which an image is one that may hold text of its own."""


@dataclass(slots=True)
class Budget:
    """What may still be read of a file."""

    file: str
    characters: int = MAX_CHARACTERS
    objects: int = MAX_OBJECTS

    def spend(self, *, characters: int = 0, objects: int = 0) -> None:
        """Count characters and objects. Raises FileTooLarge."""
        self.characters -= characters
        self.objects -= objects
        if self.characters < 0 or self.objects < 0:
            raise FileTooLarge(self.file, "页面中的文字或图元过多，超过上限", "请拆分文件后再添加")


@dataclass(slots=True)
class Drawing:
    """The visible texts of a page, each with the ID of its template, and what of the page is not among them."""

    texts: list[tuple[Drawn, str]] = field(default_factory=list)
    hidden: int = 0  # texts
    glyphs: int = 0  # without characters
    unknown: int = 0  # characters that mean nothing outside their font
    watermarks: list[str] = field(default_factory=list)  # texts of patterns that fill a shape
    image: float = 0.0  # area of the largest, mm²


def draw(document: OfdDocument, page: Page, budget: Budget) -> Drawing:
    """Draw a page with its templates. Raises FileTooLarge if it is over the budget."""
    pen = _Pen(document, page.box, budget)
    pen.use_templates(page.background)
    pen.draw_block(page.content)
    pen.use_templates(page.foreground)
    return pen.drawing


@dataclass(slots=True)
class _Pen:
    document: OfdDocument
    box: Box
    budget: Budget
    drawing: Drawing = field(default_factory=Drawing)
    _grounds: list[Box] = field(default_factory=list)  # what was painted so far: white text shows on it
    _template: str = ""

    def use_templates(self, keys: Iterable[str]) -> None:
        for key in keys:
            template = self.document.templates.get(key)
            if template is None:
                self.document.package.miss(f"模板 {key}")
                continue
            self._template = key
            self.draw_block(template.content)
        self._template = ""

    def draw_block(
        self, block: Element | None, frame: Frame = _PAGE, params: tuple[str, ...] = (), depth: int = 0
    ) -> None:
        if block is None:
            return
        if depth > _DEEPEST:
            self.budget.spend(objects=MAX_OBJECTS + 1)
        if is_clear(block):
            self.drawing.hidden += sum(1 for _ in texts_in(block))
            return
        params = (*params, block.get("DrawParam", "")) if block.get("DrawParam") else params
        for element in sorted(block, key=lambda element: _LAYERS.get(element.get("Type", ""), 1)):
            self.budget.spend(objects=1)
            name = name_of(element)
            if name == "TextObject":
                self._text(element, frame, params)
            elif name in ("PathObject", "ImageObject"):
                self._ground(element, frame, params)
            elif name == "CompositeObject":
                self._composite(element, frame, params, depth)
            elif name in ("PageBlock", "Layer"):
                self.draw_block(element, frame, params, depth + 1)

    def _composite(self, element: Element, frame: Frame, params: tuple[str, ...], depth: int) -> None:
        unit = self.document.resources.composites.get(element.get("ResourceID", ""))
        content = child(unit, "Content")
        if content is None:
            self.document.package.miss(f"复合图元 {element.get('ResourceID', '')}")
        elif is_clear(element):
            self.drawing.hidden += sum(1 for _ in texts_in(content))
        else:
            self.draw_block(content, frame.inside(element), params, depth + 1)

    def _text(self, element: Element, frame: Frame, params: tuple[str, ...]) -> None:
        texts = drawn_in(element, frame)
        self.budget.spend(characters=sum(len(drawn.text) for drawn in texts))
        colours = inks(element, params, self.document.resources, text=True)
        shows = bool(colours) and not is_clear(element)
        white = all(map(is_white, colours))
        if shows:
            self.drawing.glyphs += glyphs_without_characters(element)
        for drawn in texts:
            on_ground = not white or any(ground.holds(*drawn.middle) for ground in self._grounds)
            if shows and on_ground and is_legible(drawn, self.box):
                self.drawing.texts.append((drawn, self._template))
                self.drawing.unknown += sum(map(is_unknown, drawn.text))
            else:
                self.drawing.hidden += 1

    def _ground(self, element: Element, frame: Frame, params: tuple[str, ...]) -> None:
        """Note an image, or a shape filled with a colour, as something that white text shows on."""
        if is_clear(element):
            return
        box = frame.box(element)
        if name_of(element) == "ImageObject":
            self.drawing.image = max(self.drawing.image, _area(box, self.box))
            self._grounds.append(box)
            return
        self.drawing.watermarks += texts_in(element)
        filled = element.get("Fill", "").strip().lower() in ("true", "1")
        colours = inks(element, params, self.document.resources, text=False) if filled else []
        if colours and not all(map(is_white, colours[:1])):
            self._grounds.append(box)


def _area(box: Box, page: Box) -> float:
    across = min(box.right, page.right) - max(box.left, page.left)
    down = min(box.bottom, page.bottom) - max(box.top, page.top)
    return max(across, 0.0) * max(down, 0.0)
