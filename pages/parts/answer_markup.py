"""An answer as markup: sentences with numbers, and under them the quotations they stand on."""

from collections.abc import Collection, Mapping, Sequence

from answer import Answer, Citation, Statement
from index.records import DocumentRow
from pages.parts.addresses import Place, read_address
from pages.parts.answer_copy import WEAK_HEAD, copied, copied_quote, places, places_of, weak
from pages.parts.hits_markup import recognised_tag
from pages.parts.markup import Markup, tag
from pages.parts.signs import unsigned
from pages.parts.tables import cells
from pages.parts.wording import one_line

Columns = Mapping[int, Sequence[str]]
"""Headings over the table rows that are cited, by the number of the citation."""


def answer_card(
    answer: Answer, rows: Mapping[str, DocumentRow], samples: Collection[str], columns: Columns | None = None
) -> Markup:
    """The answer, or the refusal that says what is missing; `rows` are the library's documents by id."""
    if answer.refused:
        return _refusal(answer)
    known, names = places(answer, rows), columns or {}
    links = {each.number: read_address(_place(each), answer.question) for each in answer.citations}
    said = (_sentence(each, links, places_of(each, known)) for each in answer.statements)
    cited = (
        _citation(each, links[each.number], rows, samples, names.get(each.number, ())) for each in answer.citations
    )
    return tag(
        "section",
        tag("h2", WEAK_HEAD if weak(answer) else "答"),
        *(tag("p", f"{each}。", class_="yj-caution") for each in answer.cautions),
        tag("div", *said, class_="yj-said"),
        _removed(answer),
        _foot(answer, rows),
        tag("h2", "出处" if weak(answer) else "依据"),
        tag("ol", *cited, class_="yj-citations"),
        class_="yj-answer",
    )


def spoken_so_far(sentences: Sequence[str]) -> Markup:
    """The sentences of a language model that have been checked while the next ones come."""
    said = (tag("p", one_line(unsigned(each))) for each in sentences)
    return tag("section", tag("h2", "答"), tag("div", *said, class_="yj-said"), class_="yj-answer")


def _removed(answer: Answer) -> Markup | str:
    """What a language model said and was not kept, folded up."""
    if not answer.removed:
        return ""
    lines = (
        tag("li", tag("s", one_line(unsigned(each.text))), tag("span", f"　{each.fault}")) for each in answer.removed
    )
    words = f"语言模型另有{len(answer.removed)}句没有依据，已删去"
    return tag("details", tag("summary", words), tag("ul", *lines), class_="yj-receipt")


def _place(citation: Citation) -> Place:
    return Place(citation.document, citation.clause, citation.start, citation.end)


def _refusal(answer: Answer) -> Markup:
    return tag(
        "section",
        tag("h2", "没有找到依据"),
        tag("p", answer.missing or answer.text, class_="yj-missing"),
        tag("p", "引据不推测、不编造。可以换个说法再问，或者到文库添加有关文件。", tag("a", "去文库", href="library")),
        class_="yj-answer yj-refused",
        role="status",
    )


def _sentence(statement: Statement, links: Mapping[int, str], held: Sequence[tuple[str, str]]) -> Markup:
    numbers = [_number(n, links[n]) for n in statement.citations if n in links]
    where = [tag("span", " ".join(filter(None, place)), class_="yj-tag yj-holding") for place in held]
    return tag("p", *where, one_line(unsigned(statement.text)), *numbers)


def _number(number: int, link: str) -> Markup:
    return tag(
        "a", str(number), href=link, class_="yj-number", title=f"打开依据{number}的原文", aria_label=f"依据{number}"
    )


def _citation(
    citation: Citation,
    link: str,
    rows: Mapping[str, DocumentRow],
    samples: Collection[str],
    names: Sequence[str],
) -> Markup:
    row = rows.get(citation.document)
    facts = [row.metadata.issuer, row.metadata.published, row.metadata.kind] if row else []
    tags = [tag("span", value, class_="yj-tag") for value in facts if value]
    if row:
        tags += recognised_tag(row, citation.start, citation.end)
    if citation.document in samples:
        tags.append(tag("span", "示例", class_="yj-tag yj-tag-sample"))
    return tag(
        "li",
        tag("span", str(citation.number), class_="yj-rank"),
        tag("h3", tag("a", unsigned(citation.reference), href=link)),
        tag("blockquote", _quotation(citation.quote, names)),
        tag(
            "p",
            tag("span", *tags, class_="yj-tags"),
            tag("a", "看原文", href=link),
            tag("button", "复制引文和出处", type="button", data_copy=copied_quote(citation, names)),
            class_="yj-foot",
        ),
    )


def _quotation(quote: str, names: Sequence[str]) -> str:
    """The words of a quotation; a table row under the headings of its columns, where they are known."""
    if not names:
        return one_line(unsigned(quote))
    head = tag("tr", *(tag("th", name) for name in names))
    row = tag("tr", *(tag("td", one_line(cell)) for cell in cells(quote)))
    return tag("div", tag("table", tag("tbody", head, row)), class_="yj-table")


def _checked(answer: Answer) -> str:
    count = len({each.document for each in answer.citations})
    if answer.model:
        return f"由语言模型 {answer.model} 组织文字，逐句对照{count}份文件核对；请以下面的引文为准"
    return f"逐句引自{count}份文件，与原文逐字核对"


def _foot(answer: Answer, rows: Mapping[str, DocumentRow]) -> Markup:
    return tag(
        "p",
        tag(
            "span",
            _checked(answer),
            class_="yj-why",
        ),
        tag(
            "button",
            "复制原文和出处" if weak(answer) else "复制答案和出处",
            type="button",
            data_copy=copied(answer, rows),
        ),
        tag("button", "复制链接", type="button", data_copy_link=""),
        class_="yj-foot",
    )
