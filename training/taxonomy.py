"""What the written clauses are about, who asks and how: `training/taxonomy/*.tsv`, and where a clause belongs."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "taxonomy"
FORMS = ("full", "short", "situation", "complaint", "dialect", "typo", "pinyin")
OTHER = "other"
_SHORT = 8  # characters
_ASKING = re.compile(r"[?？吗呢么]|什么|怎么|咋|哪|多少|几|谁|何时|是否|能不能|可不可以|为啥|有没有|要不要|算不算")
_COMPLAINT = re.compile(r"[！!]|凭什么|凭啥|太过分|受不了|烦死|气死|坑人|离谱|没人管|愁死|急死|担心|崩溃|要命|投诉")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the taxonomy; `words` is a pattern for clauses that were written without naming a topic of it."""

    group: str
    name: str
    words: re.Pattern[str]


@dataclass(slots=True)
class Balance:
    """How many clauses each topic and speaker has, and how many questions each form."""

    topics: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)


def read_topics(file: Path = FOLDER / "topics.tsv") -> list[Topic]:
    """Return the topics in the order of the file: group, name and words, separated by tabs."""
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [Topic(group, name, re.compile(words)) for group, name, words in lines]


def read_speakers(file: Path = FOLDER / "speakers.tsv") -> dict[str, re.Pattern[str]]:
    """Return the kinds of speakers, the first that matches being the one meant."""
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {name: re.compile(words) for name, words in lines}


def topic_of(row: dict[str, object], topics: list[Topic]) -> str:
    """Return the name of a row's topic: the one that it names, else the one whose words it holds most often."""
    named = str(row["topic"])
    if any(topic.name == named for topic in topics):
        return named
    text = f"{named}。{named}。{row['formal']}"  # what its writer called it counts twice
    counts = {topic.name: len(topic.words.findall(text)) for topic in topics}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else OTHER


def speaker_of(row: dict[str, object], speakers: dict[str, re.Pattern[str]]) -> str:
    """Return the kind of a row's speaker."""
    speaker = str(row.get("speaker", ""))
    return next((name for name, words in speakers.items() if words.search(speaker)), OTHER)


def form_of(question: str) -> str:
    """Return the form of a question whose writer did not name it; dialect and slips are not recognised.

    >>> [form_of(question) for question in ("学位不够", "几岁能上学", "下课上个厕所就打铃了", "补课费不退，气死我了")]
    ['short', 'full', 'situation', 'complaint']
    """
    if len(question) <= _SHORT and not _ASKING.search(question):
        return "short"
    if _COMPLAINT.search(question):
        return "complaint"
    return "full" if _ASKING.search(question) else "situation"


def balance(rows: Iterable[dict[str, object]]) -> Balance:
    """Count rows by topic and speaker, their everyday questions by form."""
    topics, speakers, found = read_topics(), read_speakers(), Balance()
    for row in rows:
        lay = row["lay"]
        assert isinstance(lay, list)
        forms = row.get("forms") or [form_of(question) for question in lay]
        assert isinstance(forms, list)
        found.topics[topic_of(row, topics)] += 1
        found.speakers[speaker_of(row, speakers)] += 1
        found.forms.update(forms)
    return found
