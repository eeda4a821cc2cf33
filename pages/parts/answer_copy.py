"""An answer as it is said beyond its words: where and when a sentence holds, whether it is weak, what is copied."""

import re
from collections.abc import Mapping, Sequence

from answer import Answer, Citation, Statement
from index.records import DocumentRow
from pages.parts.signs import unsigned
from pages.parts.tables import spoken
from pages.parts.wording import holding, one_line

WEAK = "原文与问题的说法相差较大"
"""What the caution about weak evidence begins with, see `answer.caution`."""
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~$]")
WEAK_HEAD = "可能有关的原文（请核对）"

Rows = Mapping[str, DocumentRow]


def weak(answer: Answer) -> bool:
    """Tell whether the answer says of itself that its evidence is weak."""
    return any(each.startswith(WEAK) for each in answer.cautions)


def places(answer: Answer, rows: Rows) -> dict[int, tuple[str, str]]:
    """Where and when the document of each citation holds, by number.

    Empty where the question names the place and one document answers it: then there is nothing to tell apart.
    """
    if answer.query.regions and len({each.document for each in answer.citations}) < 2:
        return {}
    found = {each.number: holding(rows[each.document].metadata) for each in answer.citations if each.document in rows}
    return {number: place for number, place in found.items() if any(place)}


def places_of(statement: Statement, known: Mapping[int, tuple[str, str]]) -> list[tuple[str, str]]:
    """Where and when a sentence holds, each once."""
    return list(dict.fromkeys(known[number] for number in statement.citations if number in known))


def copied(answer: Answer, rows: Rows) -> str:
    """The answer with its sources, as it is pasted into another text: 〔云川市2025年〕句子[1]."""
    known = places(answer, rows)
    head = [f"{WEAK_HEAD}："] if weak(answer) else []
    said = ("\n" if known else "").join(said_lines(answer, rows))
    return "\n".join([*head, *point_lines(answer, rows), said, *source_lines(answer)])


def copied_markdown(answer: Answer, rows: Rows) -> str:
    """The answer in Markdown: question, sentences, quotations with their sources; signs of Markdown are escaped."""
    head = f"## {_plain(answer.question)}"
    weak_head = [f"**{WEAK_HEAD}**"] if weak(answer) else []
    cautions = [f"> {_plain(each)}。" for each in answer.cautions]
    said = [f"- {_plain(each)}" for each in [*point_lines(answer, rows), *said_lines(answer, rows)]]
    sources = [
        f"{each.number}. {_plain(unsigned(each.reference))}\n\n   > {_plain(one_line(unsigned(each.quote)))}"
        for each in answer.citations
    ]
    return "\n\n".join([head, *weak_head, *cautions, "\n".join(said), "\n".join(sources)])


def point_lines(answer: Answer, rows: Rows) -> list[str]:
    """What the question asks for by name, a line each: 〔云川市2025年〕普惠率：90%以上[1]."""
    known = places(answer, rows)
    return [
        _held([known[each.citation]] if each.citation in known else []) + unsigned(each.line) for each in answer.points
    ]


def said_lines(answer: Answer, rows: Rows) -> list[str]:
    """Each sentence with where and when it holds and its numbers."""
    known = places(answer, rows)
    return [_said(each, known) for each in answer.statements]


def source_lines(answer: Answer) -> list[str]:
    """The citations in one line each: [1] 《…》（文号）二、(一)3."""
    return [f"[{each.number}] {unsigned(each.reference)}" for each in answer.citations]


def _plain(words: str) -> str:
    r"""Words of which nothing acts as Markdown.

    >>> _plain("1*2 [看](x)")
    '1\\*2 \\[看\\](x)'
    """
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(words.split()))


def copied_quote(citation: Citation, names: Sequence[str]) -> str:
    """A quotation with its source; of a table row under known headings, its values with their names."""
    quote = f"“{one_line(unsigned(citation.quote))}”" if not names else spoken(citation.quote, names)
    return f"{quote}（{unsigned(citation.reference)}）"


def _said(statement: Statement, known: Mapping[int, tuple[str, str]]) -> str:
    numbers = "".join(f"[{number}]" for number in statement.citations)
    return f"{_held(places_of(statement, known))}{one_line(unsigned(statement.text))}{numbers}"


def _held(held: Sequence[tuple[str, str]]) -> str:
    """Where and when, before what holds there: 〔云川市2025年〕."""
    words = "、".join(f"{place}{_dated(years)}" for place, years in held)
    return f"〔{words}〕" if words else ""


def _dated(years: str) -> str:
    return f"{years}年" if years[-1:].isdecimal() else years
