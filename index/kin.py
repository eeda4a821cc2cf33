"""Documents that belong together: the same text issued again, a 解读 and the policy that it explains."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.records import DocumentRow
from index.references import plain_title

MAIN_SHARE = 0.5
"""Share of a file's characters that a part must hold for the file to be taken for that text."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What else of the library belongs to a document."""

    same: tuple[DocumentRow, ...] = ()  # files that hold the same text
    explains: tuple[DocumentRow, ...] = ()  # of a 解读: its policy
    explained_by: tuple[DocumentRow, ...] = ()  # of a policy: its 解读


def kin_of(documents: Sequence[DocumentRow]) -> dict[str, Kin]:
    """The kin of each document that has any, by its id."""
    same = _alike(documents)
    policies: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in documents:
        for title in {plain_title(row.metadata.title), plain_title(row.metadata.cover_title or row.metadata.title)}:
            policies[title].append(row)
    explains = {
        row.id: tuple(found for found in policies[plain_title(row.metadata.interprets)] if found.id != row.id)
        for row in documents
        if row.metadata.interprets
    }
    explained: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in documents:
        for policy in explains.get(row.id, ()):
            explained[policy.id].append(row)
    kin = ((row.id, Kin(same[row.id], explains.get(row.id, ()), tuple(explained[row.id]))) for row in documents)
    return {id_: each for id_, each in kin if each != Kin()}


def _alike(documents: Iterable[DocumentRow]) -> dict[str, tuple[DocumentRow, ...]]:
    """For each document, the others whose main text has the same words."""
    holders: dict[str, list[DocumentRow]] = defaultdict(list)
    prints: dict[str, list[str]] = {}
    for row in documents:
        prints[row.id] = [
            part.fingerprint
            for part in row.parts
            if part.fingerprint and part.end - part.start >= MAIN_SHARE * row.characters
        ]
        for each in prints[row.id]:
            holders[each].append(row)
    return {
        id_: tuple({row.id: row for each in own for row in holders[each] if row.id != id_}.values())
        for id_, own in prints.items()
    }
