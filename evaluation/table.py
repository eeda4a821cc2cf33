"""Tables for the terminal, of names, figures and shares."""

from collections.abc import Mapping, Sequence

Figure = float | int | str | None
_ABSENT = "–"
_WITH_UNITS = ("seconds", "milliseconds", "answer_characters")


def columns_table(columns: Mapping[str, Mapping[str, Figure]], titles: Mapping[str, str]) -> str:
    """Lay out figures, one row a title and one column a set; `titles` names the figures by their field.

    >>> columns = {"all": {"n": 2, "share": 0.5}, "teacher": {"n": 0, "share": None}}
    >>> print(columns_table(columns, {"n": "questions", "share": "hit"}))
                  all  teacher
    questions       2        0
    hit        0.5000        –
    """
    left = max(map(len, titles.values()))
    widths = {name: max(len(name), 6) for name in columns}
    lines = [_line("", left, list(widths.items()))]
    for field, title in titles.items():
        cells = [(shown(field, columns[name][field]), width) for name, width in widths.items()]
        lines.append(_line(title, left, cells))
    return "\n".join(lines)


def rows_table(figures: Mapping[str, Figure]) -> str:
    """Lay out figures, one row each.

    >>> print(rows_table({"system": "dense", "MRR@10": 0.75}))
    system  dense
    MRR@10  0.7500
    """
    left = max(map(len, figures))
    return "\n".join(f"{name:<{left}}  {shown(name, value)}" for name, value in figures.items())


def shown(name: str, figure: Figure) -> str:
    """Show a figure: shares with four digits, times and lengths with one, what was not measured as a dash.

    >>> shown("MRR@10", 0.5), shown("seconds to rank", 2.25), shown("questions", 12), shown("MRR@10", None)
    ('0.5000', '2.2', '12', '–')
    """
    if figure is None:
        return _ABSENT
    if not isinstance(figure, float):
        return str(figure)
    return f"{figure:.1f}" if name.startswith(_WITH_UNITS) else f"{figure:.4f}"


def _line(title: str, left: int, cells: Sequence[tuple[str, int]]) -> str:
    return f"{title:<{left}}" + "".join(f"  {cell:>{width}}" for cell, width in cells)


def markdown_table(rows: Sequence[Mapping[str, Figure]]) -> str:
    """Lay out rows of the same fields as a Markdown table.

    >>> print(markdown_table([{"system": "a", "MRR@10": 0.75}, {"system": "b", "MRR@10": None}]))
    | system | MRR@10 |
    |---|---|
    | a | 0.7500 |
    | b | – |
    """
    head = list(rows[0])
    lines = [head, *([shown(name, row[name]) for name in head] for row in rows)]
    table = [f"| {' | '.join(cells)} |" for cells in lines]
    return "\n".join([table[0], "|---" * len(head) + "|", *table[1:]])
