"""What two wordings have in common and where they differ, as runs of characters."""

from dataclasses import dataclass
from difflib import SequenceMatcher

SHORTEST = 2
"""Characters of a run that counts as common; single ones that match by chance do not."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of one of two texts."""

    text: str
    common: bool  # it stands in the other text too, in the same order


def runs(text: str, other: str) -> list[Run]:
    """Cut a text into runs that stand in the other one too, and those that do not.

    >>> [(each.text, each.common) for each in runs("严格落实教育投入", "落实教育投入政策")]
    [('严格', False), ('落实教育投入', True)]
    """
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    found: list[Run] = []
    position = 0
    for block in matcher.get_matching_blocks():
        if block.size < SHORTEST:
            continue
        if block.a > position:
            found.append(Run(text[position : block.a], False))
        found.append(Run(text[block.a : block.a + block.size], True))
        position = block.a + block.size
    if position < len(text):
        found.append(Run(text[position:], False))
    return found
