"""Going through the documents of a library, those that pass, until somebody says that it is enough."""

from collections.abc import Callable, Iterable, Iterator

from index.records import ClauseRow, DocumentRow
from index.search import Filters
from index.snapshot import Snapshot

GoingOn = Callable[[], bool]
"""Asked before each document; work ends when it says no."""


def always() -> bool:
    """Let all work go on to its end."""
    return True


def clauses_in(
    snapshot: Snapshot,
    *,
    filters: Filters | None = None,
    documents: Iterable[str] | None = None,
    going_on: GoingOn = always,
) -> Iterator[tuple[DocumentRow, ClauseRow]]:
    """The citable clauses of the documents that pass, with their document; `documents` limits it to these ids."""
    wanted = None if documents is None else set(documents)
    for row in snapshot.documents:
        if not going_on():
            return
        if (filters is None or filters.admits(row)) and (wanted is None or row.id in wanted):
            for index in snapshot.ranges[row.id]:
                yield row, snapshot.clauses[index]
