"""Hits as markup: the clause, where it stands, why it was found."""

from collections.abc import Collection, Sequence

from index.records import DocumentRow
from index.search import Hit
from pages.parts.addresses import Place, read_address
from pages.parts.marking import Piece, excerpt, folded, with_words
from pages.parts.markup import Markup, join, tag
from pages.parts.signs import shown, unsigned
from pages.parts.wording import graded, one_line, reference

DOUBTFUL = 0.8
"""Confidence, 0 to 1, under which recognised text is marked as doubtful."""


def hit_list(hits: tuple[Hit, ...], question: str, samples: Collection[str], shortfalls: Sequence[str] = ()) -> Markup:
    """Hits, best first, numbered; of a refusal with the reason why each is no basis."""
    reasons = (*shortfalls, *([""] * (len(hits) - len(shortfalls))))
    items = (
        _item(rank, hit, question, short=reason, sample=hit.document.id in samples)
        for rank, (hit, reason) in enumerate(zip(hits, reasons, strict=True), 1)
    )
    return tag("ol", *items, class_="yj-hits")


def cited(hit: Hit) -> str:
    """The clause of a hit as officials cite it."""
    clause = hit.clause.clause
    return reference(hit.document.metadata, clause.citation_label or clause.label)


def place_of(hit: Hit) -> Place:
    """The clause of a hit, its best passage marked."""
    return Place(hit.document.id, hit.clause.clause.start, hit.passage.start, hit.passage.end)


def _item(rank: int, hit: Hit, question: str, *, short: str, sample: bool) -> Markup:
    clause, metadata = hit.clause.clause, hit.document.metadata
    link = read_address(place_of(hit), question)
    label = clause.citation_label or clause.label
    return tag(
        "li",
        tag("span", str(rank), class_="yj-rank"),
        tag("h3", tag("a", unsigned(metadata.title), tag("span", label, class_="yj-label"), href=link)),
        tag("p", join([one_line(unsigned(each.lstrip("# "))) for each in clause.path], " › "), class_="yj-path")
        if clause.path
        else "",
        _quotation(hit),
        tag("p", f"不足以作答：{short}", class_="yj-short") if short else "",
        tag("p", *tags(hit, sample=sample), class_="yj-tags"),
        _foot(hit, link),
    )


def tags(hit: Hit, *, sample: bool) -> list[Markup]:
    """What a hit's document is, in a few small words."""
    metadata = hit.document.metadata
    values = [metadata.region, metadata.kind, metadata.number, metadata.published]
    found = [tag("span", value, class_="yj-tag") for value in values if value]
    found += recognised_tag(hit.document, hit.clause.clause.start, hit.clause.clause.end)
    return [*found, tag("span", "示例", class_="yj-tag yj-tag-sample")] if sample else found


def recognised_tag(row: DocumentRow, start: int, end: int) -> list[Markup]:
    """A mark on text that was recognised from a picture, with its confidence; none on printed text."""
    confidence = row.confidence(start, end)
    if confidence is None:
        return []
    words = f"识别文字 {confidence:.0%}" + ("，请核对原件" if confidence < DOUBTFUL else "")
    return [tag("span", words, class_="yj-tag yj-tag-ocr", title="由图片识别得到，可能有错字，引用前请核对原件")]


def _quotation(hit: Hit) -> Markup:
    row, passage = hit.clause, hit.passage
    offset = row.clause.start
    start, end = excerpt(row.text, (passage.start - offset, passage.end - offset))
    cut = with_words(shown(row.text, start, end, None), hit.words)
    drawn = [_piece(each) for each in cut]
    before, after = "…" if start else "", "…" if end < len(row.text) else ""
    return tag("blockquote", before, *drawn, after)


def _piece(piece: Piece) -> Markup:
    words = folded(piece.text).replace("\t", " ｜ ")
    return tag("b", words) if piece.word else join([words])


def _foot(hit: Hit, link: str) -> Markup:
    return tag(
        "p",
        tag("span", join(_reasons(hit), "；"), class_="yj-why"),
        tag("a", "看原文", href=link),
        tag(
            "button",
            "复制条款和出处",
            type="button",
            data_copy=f"{unsigned(hit.clause.text)}\n——{unsigned(cited(hit))}",
        ),
        class_="yj-foot",
    )


def _reasons(hit: Hit) -> list[str]:
    """Why a clause was found; a number is told on pointing at its grade."""
    reasons = [graded(reason) for reason in hit.reasons]
    return [tag("span", words, title=number) if number else words for words, number in reasons]
