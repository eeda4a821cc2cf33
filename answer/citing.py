"""A citation of a range of a hit's clause."""

from answer.records import Citation
from index.hits import Hit


def cited(number: int, hit: Hit, start: int, end: int, *, point: str = "") -> Citation:
    """Cite `canonical_text[start:end]` of the hit's clause; `point` is the label of the item that the range lies in."""
    row, clause = hit.document, hit.clause.clause
    return Citation(
        number=number,
        document=row.id,
        source=row.source,
        title=row.metadata.title,
        doc_number=row.metadata.number,
        label=(clause.citation_label or clause.label) + point,
        clause=clause.start,
        quote=hit.clause.text[start - clause.start : end - clause.start],
        start=start,
        end=end,
    )
