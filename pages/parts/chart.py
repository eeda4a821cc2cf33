"""A chart of one indicator over years and places, in the reader's own fonts; the browser saves it as PNG."""

from collections.abc import Sequence

from desk.lineup import Line
from desk.targets import Target
from pages.parts.markup import Markup, tag

MOST = 24
"""Bars."""


def chart(line: Line) -> Markup:
    """Bars by year and place: what was reached is filled, what is to be reached is an outline.

    Only figures of the unit that most have are drawn; shares are drawn against 100.
    """
    unit = _unit(line.targets)
    held = [each for each in line.targets if each.figure.unit == unit][:MOST]
    largest = max([*(each.figure.high for each in held), 100.0 if unit == "%" else 0.0]) or 1.0
    name = f"{line.name}（{unit}）" if unit else line.name
    return tag(
        "figure",
        tag("figcaption", name),
        *(_bar(each, largest) for each in held),
        tag(
            "p",
            tag("span", "实心为完成，空心为目标或规定", class_="yj-why"),
            tag("button", "存为图片（PNG）", type="button", data_png=f"{line.name}.png"),
            class_="yj-foot",
        ),
        class_="yj-chart",
    )


def _unit(found: Sequence[Target]) -> str:
    units = [each.figure.unit for each in found]
    return max(dict.fromkeys(units), key=units.count)


def _bar(each: Target, largest: float) -> Markup:
    share = max(round(100 * min(each.figure.high / largest, 1.0)), 1)
    kind = "done" if each.kind == "完成" else "planned"
    name = " ".join(str(words) for words in (each.year or "年份不详", each.place) if words)
    return tag(
        "div",
        tag("span", name, class_="yj-bar-name"),
        tag(
            "span",
            tag("i", "", class_=f"yj-bar yj-bar-{kind} yj-long-{share}"),
            tag("span", each.shown, class_="yj-bar-value"),
            class_="yj-bar-box",
        ),
        class_="yj-bar-row",
        data_share=share,
        data_kind=kind,
    )
