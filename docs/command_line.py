"""Writes docs/command-line.md from the commands' own help: `python docs/command_line.py > docs/command-line.md`."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["COLUMNS"] = "100"  # argparse wraps its help at the width of the terminal

INTRODUCTION = """\
# Command line

Generated from `--help` by `python docs/command_line.py > docs/command-line.md`; a test holds it up to date.

Every command works on a library, a folder named by `--library` (default: `library`). Commands that fail end with
one line on standard error and exit status 2. JSON is UTF-8, one object a line. `source` is a file's path relative to
the folder that was ingested; `start` and `end` count characters of its canonical text, which for .txt and .md files is
the decoded file with `\\r\\n` and `\\r` read as `\\n`.

| setting | meaning |
|---|---|
| `YINJU_LIBRARY` | the library of the page (default: `library`) |
| `YINJU_MODEL` | embedding model: a folder, or a name on the Hugging Face hub (default: the bundled one) |
"""

FIELDS = {
    "ingest": """\
With `--json`, one line a file:
`{"source","status":"added|unchanged|replaced|failed","document","title","clauses","characters","coverage","warnings":[…],"error":null|"…","receipt":{…}|null}`;
`receipt` holds the counts of characters by role, tables, pages with their quality (0 to 1), recognised and hidden
characters, `flagged` (a librarian must look at it), and for each field of the metadata
`{"value","state":"printed|guessed|unknown","evidence","start","end"}`.
`characters` are the non-blank ones of the canonical text, `coverage` is the share of them in exactly one row.
""",
    "index": """\
`export` prints
`{"source","document","title","issuer","region","doc_number","published","kind","path":[…],"label","role","start","end","text","responsible_units":[…],"period","points":[…]}`.
Roles: `title`, `title_note`, `heading`, `body`, `preamble`, `cover_notice`, `table`, `table_header`, `addressee`,
`signature`, `signature_date`, `disclosure_note`, `attachment_list`, `attachment`, `distribution`, `imprint`,
`closing`, `contents`, `furniture`. The rows of a document cover each non-blank character exactly once.

`search --json` prints `{"rank","source","label","score","start","end","text","reasons":[…]}`; higher scores are better.
""",
    "answer": """\
With `--json`, or in the file of `--out`:
`{"id","question","refused","answer":"…[1]…","citations":[{"number","source","title","doc_number","label","quote","start","end"}],"hits":[{"rank","source","label","score","start","end","text"}],"milliseconds"}`.
`quote` is exactly the canonical text from `start` to `end`; a refusal has no citations and says what is missing.
""",
    "desk": """\
With `--json`, a quotation is
`{"document","source","title","number","issuer","region","years":[…],"published","rank","label","clause","start","end","quote","sentence","reference"}`;
`quote` is exactly the canonical text from `start` to `end`.

- `wording`: one line a sentence of the draft:
`{"draft","strength","groups":[{"formulation","count","places":[…],"years":[…],"rank","first","latest","wordings":[…]}]}`;
  a wording is a quotation with `strength` and `same`, the quotations of nearly the same words.
- `collocations`: `{"pattern","total","fillings":{words: count},"lines":[…]}`; a line is a quotation with `before`,
  `keyword` and `after`.
- `compare`: `{"documents":[…],"counts":{status: n},"rows":[[[cell …] for each document]]}`; a cell is a quotation with
  `heading` and `sentences`: `{"quote","start","end","status","other","other_quote","why"}`; status is 新增, 延续, 加强,
  减弱, 未再提 or 已完成.
- `targets`: one line a figure: a quotation with `indicator`, `group`, `value`, `low`, `high`, `unit`, `comparison`,
  `word`, `kind` (目标, 完成 or 规定), `year` and `place`.
- `duties`: one line a task: a quotation with `task`, `sentences`, `lead`, `units` and `deadline`.
- `check`: `{"citings","places","quotations","findings":[…]}`; a finding is
  `{"paragraph","start","end","words","kind","message","source"}`, its `paragraph` counts from 1; exit status 1 where
  something was found.
""",
    "evaluation": """\
`questions` reads rows in the form `{"id","kind","question","answerable","gold":[{"doc","quote"}],"facts":[…],"scope"}`;
in place of a quote a clause may be named, `{"doc","label"}`.
`retrieval` reads a corpus of `{"id","title","text"}` and questions of `{"id","text","rel":[ids]}`, and writes
`{"id","ranking":[…]}` with the 100 best ids.
""",
}


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parsers of all commands, by package."""
    import answer.__main__
    import desk.__main__
    import evaluation.__main__
    import index.__main__
    import ingest.__main__

    return {
        "ingest": ingest.__main__.parser(),
        "index": index.__main__.parser(),
        "answer": answer.__main__.parser(),
        "desk": desk.__main__.parser(),
        "evaluation": evaluation.__main__.parser(),
    }


def pages() -> Iterator[str]:
    """The document, section by section."""
    yield INTRODUCTION
    for name, parser in parsers().items():
        yield f"## python -m {name}\n\n```text\n{parser.format_help()}```\n\n{FIELDS[name]}"
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for command, inner in action.choices.items():
                    yield f"### python -m {name} {command}\n\n```text\n{inner.format_help()}```\n"


if __name__ == "__main__":
    sys.stdout.write("\n".join(pages()))
