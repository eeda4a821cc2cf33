"""How an answer came about, as markup: the question as understood, rankings, evidence, thresholds."""

from collections.abc import Sequence

from answer.explain import Explanation, Ranked
from pages.parts.markup import Markup, table, tag
from pages.parts.signs import unsigned
from pages.parts.wording import one_line

_LONGEST = 90  # characters of a sentence that are shown


def explanation(found: Explanation) -> Markup:
    """Five short sections, in the order in which an answer comes about."""
    named = "；".join(f"{name}：{value}" for name, value in found.understood)
    weight = f"问题的用词在文库里的把握 {found.confidence:.2f}，原词得分按 {found.weight:.3f} 计入"
    return tag(
        "section",
        tag("h3", "一、怎样理解问题"),
        tag("p", f"{named}。"),
        tag("h3", "二、按意思相近排列"),
        _ranking(found.by_meaning, "余弦"),
        tag("h3", "三、按原词相同排列"),
        _ranking(found.by_words, "BM25"),
        tag("h3", "四、合并排列"),
        tag("p", f"{weight}；地区、年份与问题相符的文件加分。"),
        _ranking(found.fused, "合计"),
        tag("h3", "五、取用哪些句子"),
        tag("p", "只从所问地区、年份的文件里取。打勾的句子（或它所在的一段）写进了回答。"),
        _ranking(found.evidence, "得分"),
        tag("p", _judged(found)),
        class_="yj-explained",
    )


def _judged(found: Explanation) -> str:
    """How sure the basis is, and what was done: a figure, a premise or a place may be missing of a sure one."""
    done = f"结论：没有依据（{found.missing}）。" if found.missing else "结论：作答。"
    if found.margin is None:
        return f"问题点名要这一条，不另行判断有没有依据。{done}"
    if found.margin == float("-inf"):
        return f"所问地区、年份的文件里没有可用的句子。{done}"
    side = "高" if found.margin >= 0 else "低"
    return f"依据是否充分：对数几率比界限{side} {abs(found.margin):.2f}。{done}"


def _ranking(rows: Sequence[Ranked], measure: str) -> Markup:
    if not rows:
        return tag("p", "没有。")
    lines = (
        (
            f"{row.score:.3f}{' ✓' if row.chosen else ''}",
            one_line(unsigned(row.reference)),
            _short(one_line(unsigned(row.text))),
        )
        for row in rows
    )
    return table((measure, "出处", "句子"), lines)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
