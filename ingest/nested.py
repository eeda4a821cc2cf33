"""Documents inside a file: the notice, what it wraps, each attachment, with title and fingerprint."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise

from ingest.document import BODY_ROLES, Clause, Part
from ingest.parts import attachment_head

SHORTEST = 200
"""Letters and digits from which a text has a fingerprint; shorter ones may be alike by chance."""

_HEAD_ROLES = frozenset({"title", "title_note", "furniture"})
_WORDS = re.compile(r"[^\w]|_")


def parts_of(text: str, rows: Sequence[Clause]) -> tuple[Part, ...]:
    """Cut the rows of a file into the documents it holds; a file of one document is one part."""
    if not rows:
        return ()
    begins = [0, *(i for i in range(1, len(rows)) if _begins(rows, i))]
    ranges = pairwise([*begins, len(rows)])
    return tuple(_part(text, rows[first:last]) for first, last in ranges)


def _begins(rows: Sequence[Clause], i: int) -> bool:
    """Tell whether a document begins at a row: a mark (附件), or a title that stands behind other text."""
    if rows[i].role == "attachment":
        return True
    if rows[i].role != "title":
        return False
    before = next((row.role for row in reversed(rows[:i]) if row.role != "furniture"), "title")
    return before not in _HEAD_ROLES | {"attachment"}


def _part(text: str, rows: Sequence[Clause]) -> Part:
    mark, title = _head(text, rows)
    return Part(mark, title, rows[0].start, rows[-1].end, fingerprint(text, rows))


def _head(text: str, rows: Sequence[Clause]) -> tuple[str, str]:
    """The mark of an attachment, empty for what is none, and the title that a part begins with."""
    words = text[rows[0].start : rows[0].end].strip() if rows[0].role == "attachment" else ""
    mark, title = attachment_head(words) or (words, "")
    return mark, title or "".join(_title_lines(text, rows))


def _title_lines(text: str, rows: Sequence[Clause]) -> Iterator[str]:
    for row in rows:
        if row.role == "title":
            yield text[row.start : row.end].strip("#>*_ \t\u3000")
        elif row.role not in _HEAD_ROLES | {"attachment"}:
            return


def fingerprint(text: str, rows: Sequence[Clause]) -> str:
    """Hash the words of headings and clauses, without blanks, punctuation and forms of width; "" for a short text."""
    wanted = BODY_ROLES | {"heading", "table_header"}
    words = "".join(text[row.start : row.end] for row in rows if row.role in wanted and row.role != "cover_notice")
    plain = _WORDS.sub("", unicodedata.normalize("NFKC", words)).casefold()
    return sha256(plain.encode()).hexdigest()[:16] if len(plain) >= SHORTEST else ""
