"""An answer as markup: sentences with numbers, and under them the quotations they stand on."""

from collections.abc import Collection, Mapping

from answer import Answer, Citation, Statement
from index.records import DocumentRow
from pages.parts.addresses import Place, read_address
from pages.parts.markup import Markup, tag
from pages.parts.wording import one_line


def answer_card(answer: Answer, rows: Mapping[str, DocumentRow], samples: Collection[str]) -> Markup:
    """The answer, or the refusal that says what is missing; `rows` are the library's documents by id."""
    if answer.refused:
        return _refusal(answer)
    links = {each.number: read_address(_place(each), answer.question) for each in answer.citations}
    said = (_sentence(each, links) for each in answer.statements)
    cited = (_citation(each, links[each.number], rows, samples) for each in answer.citations)
    return tag(
        "section",
        tag("h2", "答"),
        *(tag("p", f"{each}。", class_="yj-caution") for each in answer.cautions),
        tag("div", *said, class_="yj-said"),
        _foot(answer),
        tag("h2", "依据"),
        tag("ol", *cited, class_="yj-citations"),
        class_="yj-answer",
    )


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


def _sentence(statement: Statement, links: Mapping[int, str]) -> Markup:
    numbers = [_number(n, links[n]) for n in statement.citations if n in links]
    return tag("p", one_line(statement.text), *numbers)


def _number(number: int, link: str) -> Markup:
    return tag(
        "a", str(number), href=link, class_="yj-number", title=f"打开依据{number}的原文", aria_label=f"依据{number}"
    )


def _citation(citation: Citation, link: str, rows: Mapping[str, DocumentRow], samples: Collection[str]) -> Markup:
    row = rows.get(citation.document)
    facts = [row.metadata.issuer, row.metadata.published, row.metadata.kind] if row else []
    tags = [tag("span", value, class_="yj-tag") for value in facts if value]
    if citation.document in samples:
        tags.append(tag("span", "示例", class_="yj-tag yj-tag-sample"))
    return tag(
        "li",
        tag("span", str(citation.number), class_="yj-rank"),
        tag("h3", tag("a", citation.reference, href=link)),
        tag("blockquote", one_line(citation.quote)),
        tag(
            "p",
            tag("span", *tags, class_="yj-tags"),
            tag("a", "看原文", href=link),
            tag("button", "复制引文和出处", type="button", data_copy=f"“{citation.quote}”（{citation.reference}）"),
            class_="yj-foot",
        ),
    )


def _foot(answer: Answer) -> Markup:
    copied = "\n".join([answer.text, *(f"[{each.number}] {each.reference}" for each in answer.citations)])
    return tag(
        "p",
        tag(
            "span",
            f"逐句引自{len({each.document for each in answer.citations})}份文件，与原文逐字核对",
            class_="yj-why",
        ),
        tag("button", "复制答案和出处", type="button", data_copy=copied),
        tag("button", "复制链接", type="button", data_copy_link=""),
        class_="yj-foot",
    )
