"""Checks the written training data: `python -m training.check [--shared DIR]`; exit status 1 if anything is wrong.

Schema; texts nearly the same; balance over the taxonomy; and, where the folder of real documents is there, that no
question or clause is near a question of an evaluation set or benchmark or near a sentence of a real document.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.sentences import sentences
from training.overlap import folded, near, sharing_runs
from training.taxonomy import FORMS, OTHER, balance, read_topics

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "training" / "pairs"
ARTICLES = ROOT / "training" / "articles"
OFF_TOPIC = ROOT / "training" / "off_topic.txt"
FIXTURES = ROOT / "tests" / "fixtures"
KEYS = {"topic", "formal", "lay", "draft", "neg"}
OPTIONAL = {"speaker", "forms"}
CLAUSES, TERMS = 8_000, 3_000  # at least
LENGTHS = {"formal": (12, 200), "neg": (8, 200), "draft": (3, 80)}
LAY = (2, 120)
LEAST = {"topic": 12, "speaker": 40}  # clauses a topic or kind of speaker must have
LEAST_FORM = 0.005  # share of all everyday questions

Row = dict[str, object]


def read_rows(folder: Path = PAIRS) -> list[tuple[str, Row]]:
    """Return (file:line, row) of all written clauses. Raises ValueError for a line that is not JSON."""
    return [
        (f"{file.name}:{number}", json.loads(line))
        for file in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def read_article_questions(folder: Path = ARTICLES) -> list[tuple[str, str]]:
    """Return (file:line, question) of the questions about statute articles."""
    return [
        (f"{file.name}:{number}", question)
        for file in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        for question in json.loads(line)["lay"]
    ]


def read_off_topic(file: Path = OFF_TOPIC) -> list[tuple[str, str]]:
    """Return (file:line, question) of the questions about something else than education."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(f"{file.name}:{number}", line) for number, line in enumerate(lines, start=1)]


def schema_faults(rows: Iterable[tuple[str, Row]]) -> Iterator[str]:
    """Yield what is wrong with the shape of a row."""
    for place, row in rows:
        if not KEYS <= row.keys() <= KEYS | OPTIONAL:
            yield f"{place}: keys {sorted(row)}"
            continue
        yield from (f"{place}: {fault}" for fault in _row_faults(row))


def _row_faults(row: Row) -> Iterator[str]:
    lay, forms = row["lay"], row.get("forms")
    texts = [row[key] for key in LENGTHS]
    if not isinstance(lay, list) or len(lay) < 3 or not all(isinstance(text, str) for text in [*lay, *texts]):
        yield "wants three everyday questions, and text in every field"
        return
    for key, (low, high) in LENGTHS.items():
        if not low <= len(str(row[key])) <= high:
            yield f"{key} of {len(str(row[key]))} characters"
    yield from (f"question of {len(text)} characters" for text in lay if not LAY[0] <= len(text) <= LAY[1])
    if forms is not None and (not isinstance(forms, list) or len(forms) != len(lay) or not set(forms) <= set(FORMS)):
        yield f"forms {forms}"
    if len({folded(str(text)) for text in [*lay, row["draft"], row["formal"], row["neg"]]}) < len(lay) + 3:
        yield "says the same twice"


def term_faults(folder: Path = PAIRS) -> Iterator[str]:
    """Yield what is wrong with the everyday words; the same word may stand in several files."""
    for file in sorted(folder.glob("*.terms.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            word, _, official = line.partition("\t")
            if not word.strip() or not all(term.strip() for term in official.split("|")) or "\t" in official:
                yield f"{file.name}:{number}: {line!r}"


def twins(rows: list[tuple[str, Row]]) -> Iterator[str]:
    """Yield clauses, and everyday questions of different clauses, that are nearly the same."""
    for kind, texts in {"clause": _clauses(rows), "question": _questions(rows)}.items():
        folds = [folded(text) for _, text in texts]
        for one, other in near(folds, folds):
            if one < other and texts[one][0] != texts[other][0]:
                yield f"{kind} {texts[one][0]} and {texts[other][0]}: {texts[one][1]!r} {texts[other][1]!r}"


def leaks(rows: list[tuple[str, Row]], others: list[tuple[str, str]], shared: Path) -> Iterator[str]:
    """Yield training texts near a question, or near a sentence of a document, that the product is tested on."""
    written = [*_clauses(rows), *_questions(rows), *[(place, str(row["draft"])) for place, row in rows], *others]
    folds = [folded(text) for _, text in written]
    asked = list(dict.fromkeys(folded(text) for text in (*_test_questions(shared), *_fixtures())))
    lines = list(dict.fromkeys(folded(text) for text in _test_sentences(shared)))
    for one, other in near(folds, asked):
        yield f"{written[one][0]}: {written[one][1]!r} is near the question {asked[other]!r}"
    for one, other in near(folds, lines):
        yield f"{written[one][0]}: {written[one][1]!r} is near the sentence {lines[other]!r}"
    for one, run in sharing_runs(folds, [folded(text) for text in _documents(shared, "policies")]):
        yield f"{written[one][0]}: {written[one][1]!r} has {run!r} from a real document"


def balance_faults(rows: list[tuple[str, Row]]) -> Iterator[str]:
    """Yield topics, kinds of speakers and forms that come too rarely."""
    found, total = balance(row for _, row in rows), 3 * len(rows)
    wanted = {topic.name for topic in read_topics()}
    yield from (f"topic {name}: {found.topics[name]} clauses" for name in wanted if found.topics[name] < LEAST["topic"])
    few = (name for name, count in found.speakers.items() if count < LEAST["speaker"])
    yield from (f"speaker {name}: {found.speakers[name]} clauses" for name in few)
    yield from (f"form {name}: {found.forms[name]}" for name in FORMS if found.forms[name] < LEAST_FORM * total)
    print(f"topics: {len(wanted)}, clauses a topic {min(found.topics[name] for name in wanted)} or more", end=", ")
    print(f"outside the taxonomy {found.topics[OTHER]} of {len(rows)}")
    print("speakers:", ", ".join(f"{name} {count}" for name, count in found.speakers.most_common()))
    print("forms:", ", ".join(f"{name} {count / total:.1%}" for name, count in found.forms.most_common()))


def _clauses(rows: list[tuple[str, Row]]) -> list[tuple[str, str]]:
    return [(place, str(row["formal"])) for place, row in rows]


def _questions(rows: list[tuple[str, Row]]) -> list[tuple[str, str]]:
    return [(place, question) for place, row in rows for question in row["lay"]]  # type: ignore[attr-defined]


def _test_questions(shared: Path) -> Iterator[str]:
    dev = (shared / "eval/dev.jsonl").read_text(encoding="utf-8").splitlines()
    yield from (json.loads(line)["question"] for line in dev)
    for file in sorted(shared.glob("bench/*/questions.jsonl")):
        yield from (json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines())


def _fixtures() -> Iterator[str]:
    """Questions of the project's own that refusals are tested on."""
    for line in (FIXTURES / "off_topic_questions.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["question"]


def _documents(shared: Path, *folders: str) -> list[str]:
    files = [file for folder in folders for file in sorted((shared / folder).rglob("*")) if file.is_file()]
    return [file.read_text(encoding="utf-8", errors="replace") for file in files]


def _test_sentences(shared: Path) -> Iterator[str]:
    texts = _documents(shared, "policies", "laws")
    for file in sorted(shared.glob("bench/*/corpus.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    for text in texts:
        yield from (text[start:end] for start, end in sentences(text, 0, len(text)))


def main() -> int:
    """Print what is wrong and the balance; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.check", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of real documents and questions")
    arguments = parser.parse_args()
    rows = read_rows()
    faults = list(schema_faults(rows))
    if faults:
        print(*faults, sep="\n")
        return 1
    terms = {line for file in PAIRS.glob("*.terms.tsv") for line in file.read_text(encoding="utf-8").splitlines()}
    print(f"questions about articles: {len(read_article_questions())}")
    print(f"clauses: {len(rows)}, questions: {sum(len(row['lay']) + 1 for _, row in rows)}, terms: {len(terms)}")  # type: ignore[arg-type]
    faults = [f"clauses: {len(rows)} of {CLAUSES}"] * (len(rows) < CLAUSES)
    faults += [f"terms: {len(terms)} of {TERMS}"] * (len(terms) < TERMS)
    faults += [*term_faults(), *balance_faults(rows), *twins(rows)]
    if arguments.shared.is_dir():
        faults += leaks(rows, [*read_article_questions(), *read_off_topic()], arguments.shared)
    else:
        print(f"{arguments.shared}: not there; not compared with what the product is tested on")
    print(*faults, f"faults: {len(faults)}", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
