"""Clauses asked for by number: 发文字号, and article of a named law."""

from index.ngrams import normalised
from index.query import Query
from index.records import DocumentRow
from index.snapshot import Snapshot


def looked_up(snapshot: Snapshot, query: Query) -> dict[int, str]:
    """Clauses (indexes into `snapshot.clauses`) that the question asks for by number, each with the reason."""
    if not query.numbers and not query.articles:
        return {}
    return _by_article(snapshot, query) | _by_number(snapshot, query)


def _by_article(snapshot: Snapshot, query: Query) -> dict[int, str]:
    found: dict[int, str] = {}
    for reference in query.articles:
        for document in reference.documents:
            inside = [(i, row) for i, row in enumerate(snapshot.clauses) if row.document == document]
            exact = [i for i, row in inside if row.clause.label == reference.paragraph]
            if not exact:
                exact = [i for i, row in inside if row.clause.label.startswith(f"{reference.label}第")]
                exact += [i for i, row in inside if row.clause.label == reference.label]
            found |= dict.fromkeys(exact, f"条号：《{reference.named}》{reference.paragraph}")
    return found


def _by_number(snapshot: Snapshot, query: Query) -> dict[int, str]:
    found: dict[int, str] = {}
    for number in query.numbers:
        own = [row.id for row in snapshot.documents if has_number(row, number)]
        for document in own:
            first = next((i for i, row in enumerate(snapshot.clauses) if row.document == document), None)
            if first is not None:
                found[first] = f"文号：{number}"
        if not own:
            wanted = bare(number)
            holding = (i for i, row in enumerate(snapshot.clauses) if wanted in bare(row.text))
            found |= dict.fromkeys(holding, f"文中引用了{number}")
    return found


def has_number(row: DocumentRow, number: str) -> bool:
    """Tell whether a document's own 发文字号 is `number`, whatever the brackets; a leading 的 or 依据 is let pass."""
    own = row.metadata.number
    return own is not None and bare(number).endswith(bare(own))


def bare(text: str) -> str:
    """A text without brackets and space, for comparing numbers: 晋政办202245号."""
    kept = normalised(text).translate({ord(char): None for char in "〔〕[]()【】<>﹝﹞ \t\n\u3000"})
    return kept.replace("第", "")
