"""An answer that was kept, as markup: as it was given, and what has changed in its sources since."""

from answer import Statement
from answer.kept import Change, KeptAnswer
from pages.parts.addresses import Place, ask_address, read_address
from pages.parts.markup import Markup, tag
from pages.parts.signs import unsigned
from pages.parts.wording import one_line


def kept_card(kept: KeptAnswer, at: str, changes: tuple[Change, ...]) -> Markup:
    """The answer with the day it was given (`at`, ISO time) and the changes, a change a citation."""
    changed = [each for each in changes if each.words]
    words = f"{len(changed)}处依据有变动，请核对后再用" if changed else "依据至今没有变动"
    by_number = {each.number: each for each in changes}
    return tag(
        "section",
        tag("h2", f"保存的回答　{at[:10]}"),
        tag("p", kept.question, class_="yj-missing"),
        tag("p", f"{words}。", class_="yj-caution" if changed else "yj-why"),
        *(tag("p", f"{each}。", class_="yj-caution") for each in kept.cautions),
        tag("div", *(_sentence(each) for each in kept.statements), class_="yj-said"),
        tag("p", tag("a", "现在重新查一次", href=ask_address(kept.question)), class_="yj-foot"),
        tag("h2", "依据"),
        tag("ol", *(_citation(kept, i, by_number) for i in range(len(kept.citations))), class_="yj-citations"),
        class_="yj-answer",
    )


def _sentence(statement: Statement) -> Markup:
    return tag("p", one_line(unsigned(statement.text)), *(tag("sup", f"[{number}]") for number in statement.citations))


def _citation(kept: KeptAnswer, i: int, changes: dict[int, Change]) -> Markup:
    citation = kept.citations[i].citation
    change = changes[citation.number]
    place = Place(citation.document, citation.clause, citation.start, citation.end)
    open_ = tag("a", "看原文", href=read_address(place)) if change.state == "same" else ""
    reference = unsigned(citation.reference)
    return tag(
        "li",
        tag("span", str(citation.number), class_="yj-rank"),
        tag("h3", reference),
        tag("blockquote", one_line(unsigned(citation.quote))),
        tag("p", tag("span", change.words, class_="yj-warned"), open_, class_="yj-foot")
        if change.words or open_
        else "",
    )
