"""An answer as markup: how the question was read, sentences or a table with numbers, the quotations under them."""

from collections.abc import Mapping, Sequence

from answer import Answer, Statement
from answer.comparison import Comparison, comparison_of
from answer.explain import understood
from pages.parts.answer_copy import WEAK_HEAD, copied, copied_markdown, places, places_of, weak
from pages.parts.citation_markup import Sources, address_of, citation_item, number_chip
from pages.parts.markup import Markup, tag
from pages.parts.signs import unsigned
from pages.parts.wording import one_line

Chips = Mapping[int, Markup]
"""The number of each citation as a chip, by number."""


def answer_card(answer: Answer, sources: Sources) -> Markup:
    """The answer, or the refusal that says what is missing."""
    if answer.refused:
        return _refusal(answer)
    known = places(answer, sources.rows)
    links = {each.number: address_of(each, answer.question) for each in answer.citations}
    chips = {each.number: number_chip(each, links[each.number]) for each in answer.citations}
    compared = comparison_of(answer, sources.rows)
    sentences = (_sentence(each, chips, places_of(each, known)) for each in answer.statements)
    said = [_compared(compared, chips)] if compared else list(sentences)
    return tag(
        "section",
        tag("h2", WEAK_HEAD if weak(answer) else "答"),
        _understood(answer),
        *(tag("p", f"{each}。", class_="yj-caution") for each in answer.cautions),
        _points(answer, chips, known),
        tag("div", *said, class_="yj-said"),
        _removed(answer),
        _foot(answer, sources),
        tag("h2", "出处" if weak(answer) else "依据"),
        tag(
            "ol",
            *(citation_item(each, links[each.number], sources) for each in answer.citations),
            class_="yj-citations",
        ),
        class_="yj-answer",
    )


def spoken_so_far(sentences: Sequence[str]) -> Markup:
    """The sentences of a language model that have been checked while the next ones come."""
    said = (tag("p", one_line(unsigned(each))) for each in sentences)
    return tag("section", tag("h2", "答"), tag("div", *said, class_="yj-said"), class_="yj-answer")


def _understood(answer: Answer) -> Markup | str:
    """How the question was read: place, year, what is asked for, everyday words."""
    named = [tag("span", tag("b", name), value) for name, value in understood(answer.query)]
    named += [tag("span", f"“{each.word}”按“{each.term}”理解") for each in answer.readings]
    return tag("p", *named, class_="yj-facts yj-read-as") if named else ""


def _points(answer: Answer, chips: Chips, known: Mapping[int, tuple[str, str]]) -> Markup | str:
    """What the question asks for by name, before the sentences: 普惠率 90%以上."""
    lines = [
        tag(
            "div",
            tag("dt", one_line(unsigned(f"{' '.join(filter(None, known.get(each.citation, ())))} {each.name}"))),
            tag(
                "dd",
                one_line(unsigned(each.words)),
                tag("span", each.note) if each.note else "",
                chips.get(each.citation, ""),
            ),
        )
        for each in answer.points
    ]
    return tag("dl", *lines, class_="yj-points") if lines else ""


def _compared(compared: Comparison, chips: Chips) -> Markup:
    """Places down, years across, in each cell what is said there with its numbers."""
    head = tag("tr", tag("th", "地区"), *(tag("th", f"{year}年" if year else "年份不详") for year in compared.years))
    lines = [
        tag("tr", tag("th", place), *(tag("td", *_cell(compared, (place, year), chips)) for year in compared.years))
        for place in compared.places
    ]
    return tag("div", tag("table", tag("tbody", head, *lines)), class_="yj-table yj-compared")


def _cell(compared: Comparison, side: tuple[str, str], chips: Chips) -> list[Markup]:
    return [_sentence(each, chips, ()) for each in compared.cells.get(side, ())] or [tag("p", "—", class_="yj-none")]


def _sentence(statement: Statement, chips: Chips, held: Sequence[tuple[str, str]]) -> Markup:
    numbers = [chips[number] for number in statement.citations if number in chips]
    where = [tag("span", " ".join(filter(None, place)), class_="yj-tag yj-holding") for place in held]
    return tag("p", *where, one_line(unsigned(statement.text)), *numbers)


def _removed(answer: Answer) -> Markup | str:
    """What a language model said and was not kept, folded up."""
    if not answer.removed:
        return ""
    lines = (
        tag("li", tag("s", one_line(unsigned(each.text))), tag("span", f"　{each.fault}")) for each in answer.removed
    )
    words = f"语言模型另有{len(answer.removed)}句没有依据，已删去"
    return tag("details", tag("summary", words), tag("ul", *lines), class_="yj-receipt")


def _refusal(answer: Answer) -> Markup:
    """What is missing, where was looked, what may be done."""
    looked = f"{answer.searched}。" if answer.searched else ""
    return tag(
        "section",
        tag("h2", "没有找到确切的依据" if answer.close else "没有找到依据"),
        tag("p", answer.missing or answer.text, class_="yj-missing"),
        _understood(answer),
        tag(
            "p",
            looked,
            "下面最接近的条款说的也许就是这件事，请看原文。" if answer.close else "",
            "引据不推测、不编造。可以换个说法再问，或者到文库添加有关文件。",
            tag("a", "去文库", href="library"),
        ),
        class_="yj-answer yj-refused",
        role="status",
    )


def _checked(answer: Answer) -> str:
    count = len({each.document for each in answer.citations})
    if answer.model:
        return f"由语言模型 {answer.model} 组织文字，逐句对照{count}份文件核对；请以下面的引文为准"
    return f"逐句引自{count}份文件，与原文逐字核对"


def _foot(answer: Answer, sources: Sources) -> Markup:
    words = "复制原文和出处" if weak(answer) else "复制答案和出处"
    return tag(
        "p",
        tag("span", _checked(answer), class_="yj-why"),
        tag("button", words, type="button", data_copy=copied(answer, sources.rows)),
        tag("button", "复制为 Markdown", type="button", data_copy=copied_markdown(answer, sources.rows)),
        tag("button", "复制链接", type="button", data_copy_link=""),
        class_="yj-foot",
    )
