"""Cells of spreadsheets that can't act as formulas, whatever a document holds."""

_ACTING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet takes for text even where it begins like a formula.

    >>> guarded("=1+1"), guarded("课间")
    ("'=1+1", '课间')
    """
    return f"'{cell}" if cell.startswith(_ACTING) or cell.lstrip(" 　").startswith(_ACTING) else cell
