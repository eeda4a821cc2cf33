"""What a library keeps of a document besides columns that are searched or listed alone: one JSON object a document."""

import json
from dataclasses import astuple
from typing import Any

from ingest.document import Document, Evidence, Part, Recognised

METADATA = ("addressees", "copied_to", "imprinted", "valid_for", "expires", "interprets")
"""Fields of Metadata that are kept here as they are."""

RECEIPT = ("pages", "tables", "recognised", "hidden")
"""Fields of Receipt that are kept here as they are."""


def details_of(document: Document) -> str:
    """The JSON object of a document; what is empty is left out."""
    metadata, receipt, reading = document.metadata, document.receipt, document.reading
    values = {
        **{name: getattr(metadata, name) for name in METADATA},
        "repeals": metadata.repeals,
        "attachments": metadata.attachments,
        "evidence": [astuple(each) for each in metadata.evidence],
        **{name: getattr(receipt, name) for name in RECEIPT},
        "numbering": receipt.numbering,
        "page_quality": receipt.quality,
        "parts": [astuple(each) for each in document.parts],
        "ocr": [astuple(each) for each in reading.recognised],
        "reading_quality": reading.quality,
        "reading_hidden": reading.hidden,
    }
    kept = {name: value for name, value in values.items() if value not in (None, (), [], 0)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


class Details:
    """The JSON object of a document, read once."""

    def __init__(self, column: str) -> None:
        self._values: dict[str, Any] = json.loads(column)

    def metadata(self) -> dict[str, Any]:
        """Values of the fields of Metadata that are kept here."""
        return {
            **{name: self._values.get(name) for name in METADATA},
            "repeals": tuple(self._values.get("repeals", ())),
            "attachments": tuple(self._values.get("attachments", ())),
            "evidence": tuple(Evidence(*each) for each in self._values.get("evidence", ())),
        }

    def receipt(self) -> dict[str, Any]:
        """Values of the fields of Receipt that are kept here."""
        return {
            **{name: self._values.get(name, 0) for name in RECEIPT},
            "numbering": tuple(self._values.get("numbering", ())),
            "quality": tuple(self._values.get("page_quality", ())),
        }

    def reading(self) -> dict[str, Any]:
        """Values of the fields of Reading that are kept here."""
        return {
            "recognised": self.recognised(),
            "quality": tuple(self._values.get("reading_quality", ())),
            "hidden": self._values.get("reading_hidden", 0),
        }

    def recognised(self) -> tuple[Recognised, ...]:
        """The ranges that were recognised from pictures."""
        return tuple(Recognised(*each) for each in self._values.get("ocr", ()))

    def parts(self) -> tuple[Part, ...]:
        """The documents inside the file."""
        return tuple(Part(*each) for each in self._values.get("parts", ()))
