"""Turn a person's labels of files into label files: places and hashes, no text.

For each file a pair NAME.tsv (line number, role, label) and NAME.meta.json (values as printed), and NAME.lines.txt,
whose first line names the file: `python -m evaluation.labelling LABELS FILES OUT`.
"""

import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from evaluation.labelled import FIELDS, base_kind, hash_of
from ingest.lines import lines_of
from ingest.load import File, load

_NAMES = {"addressees": "addressee"}  # what the values are called in NAME.meta.json, where it differs


def label_file(folder: Path, name: str, files: Path) -> dict[str, object]:
    """Make the label file of one pair. Raises ValueError where labels and lines don't match."""
    path = (folder / f"{name}.lines.txt").read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
    document = load(File(files / path, path))
    lines = list(lines_of(document.text))
    rows = [row.split("\t") for row in (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines() if row.strip()]
    if len(rows) != len(lines):
        raise ValueError(f"{name}: {len(rows)} labels for {len(lines)} lines")
    labelled = [
        [line.start, hash_of(line.text), row[1], row[2] if len(row) > 2 else ""]
        for line, row in zip(lines, rows, strict=True)
    ]
    values = json.loads((folder / f"{name}.meta.json").read_text(encoding="utf-8"))
    return {
        "path": path,
        "sha256": sha256((files / path).read_bytes()).hexdigest(),
        "metadata": {field: _hashes(field, values) for field in FIELDS},
        "lines": labelled,
    }


def _hashes(field: str, values: Mapping[str, str | None]) -> list[str]:
    value = values.get(_NAMES.get(field, field))
    if not value:
        return []
    accepted = [base_kind(each) if field == "kind" else each for each in value.split("|")]  # any of several is right
    region = values.get("region")
    if field == "issuer" and region and value[0] in "省市县区" and not value.startswith(region):
        accepted.append(region + value[1:])  # 市教育局 of 武汉市
    return [hash_of(each) for each in accepted]


def main(labels: Path, files: Path, out: Path) -> None:
    """Write the label file of each pair in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(labels.glob("*.tsv")):
        made = label_file(labels, path.stem, files)
        head = {name: value for name, value in made.items() if name != "lines"}
        lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in made["lines"])  # type: ignore[attr-defined]
        text = json.dumps(head, ensure_ascii=False, indent=0)[:-2] + f',\n"lines": [\n{lines}\n]\n}}\n'
        (out / f"{path.stem}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
