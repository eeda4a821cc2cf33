"""The receipt of a file as JSON: what became of its characters, and what was read of its metadata, with proof."""

from ingest.document import Metadata, Receipt

FIELDS = (
    "title",
    "issuer",
    "number",
    "region",
    "published",
    "signed",
    "effective",
    "addressees",
    "copied_to",
    "imprinted",
    "valid_for",
    "index_number",
    "cover_title",
)
"""Fields of Metadata that the receipt accounts for."""

DOUBTFUL = 0.5
"""Quality of a page, 0 to 1, under which its text is taken for garbled."""


def doubtful_pages(receipt: Receipt) -> tuple[int, ...]:
    """Numbers, from 1 on, of the pages whose text is garbled or missing."""
    return tuple(number for number, quality in enumerate(receipt.quality, 1) if quality < DOUBTFUL)


def is_flagged(receipt: Receipt) -> bool:
    """Whether a librarian must look at the file: characters unaccounted for, or pages that can't be read."""
    return receipt.coverage < 1 or bool(doubtful_pages(receipt))


def receipt_json(metadata: Metadata, receipt: Receipt) -> dict[str, object]:
    """The receipt as JSON values; `metadata` says of each field whether it is printed, guessed or unknown."""
    return {
        "characters": receipt.characters,
        "accounted": receipt.accounted,
        "coverage": receipt.coverage,
        "flagged": is_flagged(receipt),
        "by_role": dict(receipt.by_role),
        "clauses": receipt.clauses,
        "tables": receipt.tables,
        "pages": receipt.pages,
        "page_quality": list(receipt.quality),
        "recognised": receipt.recognised,
        "hidden": receipt.hidden,
        "numbering": list(receipt.numbering),
        "metadata": {name: _field(metadata, name) for name in FIELDS},
    }


def state_of(metadata: Metadata, name: str) -> str:
    """Whether the text prints a field ("printed"), it was inferred ("guessed"), or is "unknown"."""
    if getattr(metadata, name) is None:
        return "unknown"
    shown = metadata.shown_by(name)
    return "guessed" if shown is None or shown.guessed else "printed"


def _field(metadata: Metadata, name: str) -> dict[str, object]:
    shown = metadata.shown_by(name)
    return {
        "value": getattr(metadata, name),
        "state": state_of(metadata, name),
        "evidence": shown.words if shown else None,
        "start": shown.start if shown else None,
        "end": shown.end if shown else None,
    }
