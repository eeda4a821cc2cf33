"""Fits the model that tells a basis from none: `python -m training.basis [--shared DIR] [--fold FOLDER]`.

An embedding model is trained without every tenth written clause. Of those clauses made-up libraries are filled: with
half of them, with neighbours of the others (their hard negatives), and with clauses of the training data that are not
too like the others. Questions about the first half can be answered, questions about the others and questions about
something else can't. No question of an evaluation set is looked at.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file

from answer.basis import BASIS_MODEL, FARTHEST, BasisModel
from answer.signals import MOST, NAMES, Directions, Sentences, signals, unit_pieces
from index.embedding import BUNDLED_MODEL, load_embedder
from index.embedding_static import StaticEmbedder
from index.fusion import Weights, lexical_scale
from index.lexical import LexicalIndex
from training.asking import official_questions
from training.pairs import Clause, apart, read_clauses, read_general

Vector = NDArray[np.float32]
ROOT = Path(__file__).resolve().parent.parent
SEED = 20_26
OFF_TOPIC = ROOT / "training" / "off_topic.txt"
SIZES = (40, 80, 150, 300, 600, 600, 150, 80)  # held-out clauses in a made-up library, in each of the trials
ASKED = 60  # clauses of either half that are asked about in a library
ELSEWHERE = 50  # questions about something else that are asked of a library
TOO_LIKE = 0.6  # cosine from which a clause may answer for another
HOLDING = 0.5
"""Share of a question's own BM25 from which a text may answer it, whatever the question was made of."""
FOLDS = 5
WRONGLY = {"official": 0.035, "everyday": 0.035}  # share of answerable questions that may be refused in a fold
_COUNTED = ("news_lead_body", "reading_zh", "statute_name_article")
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]+")
_REPEATS = {"everyday": 1, "draft": 2, "official": 1, "elsewhere": 4}  # how often a question counts
_HIDDEN, _NETWORKS, _STEPS, _DECAY = 12, 3, 600, 3e-4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a trial: its signals, whether a sentence answers it, and what it is made of."""

    kind: str  # everyday, draft, official, elsewhere
    group: int  # the clause or question it is made of: all of a group go into one fold
    answered: bool
    rank: int  # sentences nearer than the one that answers; 0 where none does
    found: Vector


@dataclass(frozen=True, slots=True)
class Material:
    """What trials are made of."""

    embedder: StaticEmbedder
    kept: Sequence[Clause]
    held: Sequence[Clause]
    elsewhere: Sequence[str]


def line_between(embedder: StaticEmbedder, ones: Sequence[str], zeros: Sequence[str]) -> tuple[Vector, float]:
    """Fit a direction of mean pieces that parts questions: logistic regression, both sides weighing the same."""
    means = [unit_pieces(embedder, question) for question in (*ones, *zeros)]
    rows = np.stack([each.mean(axis=0) if len(each) else np.zeros(embedder.dim, np.float32) for each in means])
    inputs = torch.from_numpy(rows * 10)
    right = torch.cat([torch.ones(len(ones)), torch.zeros(len(zeros))])
    weights = torch.where(right > 0, 0.5 / len(ones), 0.5 / max(len(zeros), 1))
    line = torch.zeros(rows.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = inputs @ line[:-1] + line[-1]
        missed = torch.nn.functional.binary_cross_entropy_with_logits(logits, right, reduction="none")
        total = (missed * weights).sum() + 1e-4 * (line[:-1] ** 2).sum()
        total.backward()
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    fitted = line.detach().numpy()
    return (fitted[:-1] * 10).astype(np.float32), float(fitted[-1])


def cohesion(embedder: StaticEmbedder, texts: Iterable[str]) -> Vector:
    """Return for each piece how far it is a word, 0 to 1, by pointwise mutual information over texts.

    Church and Hanks, "Word association norms, mutual information, and lexicography", Computational Linguistics
    16(1), 1990: log2 of how much more often two characters stand together than by chance; 1 bit counts 0, 4 bits 1.
    Pieces that are no pair of ideographs count 1.
    """
    singles, pairs = Counter[str](), Counter[str]()
    for text in texts:
        for run in _IDEOGRAPHS.findall(text):
            singles.update(run)
            pairs.update(run[i : i + 2] for i in range(len(run) - 1))
    one, two = singles.total(), pairs.total()

    def bits(pair: str) -> float:
        expected = max(singles[pair[0]], 1) / one * max(singles[pair[1]], 1) / one
        return float(np.log2(max(pairs[pair], 0.5) / two / expected))

    values = [
        (bits(piece) - 1) / 3 if len(piece) == 2 and _IDEOGRAPHS.fullmatch(piece) else 1.0
        for piece in embedder.vocabulary
    ]
    return np.array(values, np.float32).clip(0, 1)


def counted_texts(clauses: Sequence[Clause], shared: Path) -> Iterator[str]:
    """Yield the texts that cohesion is counted over: general and statute texts once, written ones three times."""
    for name in _COUNTED:
        for pair in read_general(shared / f"training/{name}.jsonl.gz"):
            yield from (pair.question, pair.passage)
    for clause in clauses:
        yield from (clause.formal, *clause.lay, clause.draft, clause.negative) * 3


def directions(material: Material, elsewhere: Sequence[str], words: Vector, chance: random.Random) -> Directions:
    """Fit domain and style on the questions of the clauses trained on."""
    everyday = [question for clause in material.kept[::4] for question in (*clause.lay, clause.draft)]
    official = [question for clause in material.kept[1::4] for question in official_questions(clause, chance)]
    background = [clause.formal for clause in material.kept[::2]]
    return Directions(
        line_between(material.embedder, [*everyday, *official], elsewhere),
        line_between(material.embedder, official, everyday),
        material.embedder.embed_passages(background),
        words,
    )


def trial(material: Material, size: int, known: Sequence[Directions], chance: random.Random) -> Iterator[Asked]:
    """Fill libraries with held-out clauses, `size` of each half, and ask them; `known` has one for each fold."""
    order = list(range(len(material.held)))
    chance.shuffle(order)
    for start in range(0, len(order), 2 * size):
        present, absent = order[start : start + size], order[start + size : start + 2 * size]
        if len(absent) < size // 2:
            continue
        library = _Filled.of(material, present, absent, chance)
        for half, answered in ((present, True), (absent, False)):
            for number in chance.sample(half, min(len(half), ASKED)):
                for kind, question in _questions(material.held[number], chance):
                    if not answered and library.holds(question):
                        continue
                    rank = library.rank(question, material.held[number].formal) if answered else 0
                    yield Asked(kind, number, answered, rank, library.signals(question, known[0]))
        for number in chance.sample(range(len(material.elsewhere)), ELSEWHERE):
            found = library.signals(material.elsewhere[number], known[number % len(known)])
            yield Asked("elsewhere", -1 - number, False, 0, found)


def _questions(clause: Clause, chance: random.Random) -> list[tuple[str, str]]:
    everyday = [("everyday", question) for question in clause.lay]
    return [*everyday, ("draft", clause.draft), *(("official", each) for each in official_questions(clause, chance))]


@dataclass(frozen=True, slots=True)
class _Filled:
    """A made-up library."""

    embedder: StaticEmbedder
    texts: list[str]
    vectors: Vector
    lexical: LexicalIndex

    @classmethod
    def of(cls, material: Material, present: Sequence[int], absent: Sequence[int], chance: random.Random) -> "_Filled":
        texts = [material.held[i].formal for i in present] + [material.held[i].negative for i in absent]
        others = range(1, len(material.kept), 2)  # the even ones are the background
        more = [material.kept[i].formal for i in chance.sample(others, chance.randrange(3 * len(present)))]
        if more:
            lacking = material.embedder.embed_passages([material.held[i].formal for i in absent])
            alike = (material.embedder.embed_passages(more) @ lacking.T).max(axis=1)
            texts += [text for text, cosine in zip(more, alike, strict=True) if cosine < TOO_LIKE]
        return cls(material.embedder, texts, material.embedder.embed_passages(texts), LexicalIndex.build(texts))

    def signals(self, question: str, known: Directions) -> Vector:
        words = self.lexical.scores(question)
        scale = lexical_scale(Weights(), self.lexical, question, words)
        fused = self.vectors @ self.embedder.embed_question(question) + scale * words
        best = np.argsort(-fused, kind="stable")[:MOST]
        own = self.lexical.own_score(question)
        near = Sentences([self.texts[i] for i in best], self.vectors[best], words[best], own)
        return signals(self.embedder, known, question, near)

    def holds(self, question: str) -> bool:
        """Tell whether the words of a question nearly all stand in one text: then that text may well answer it."""
        own = self.lexical.own_score(question)
        return own > 0 and float(self.lexical.scores(question).max()) >= HOLDING * own

    def rank(self, question: str, right: str) -> int:
        cosines = self.vectors @ self.embedder.embed_question(question)
        return int((cosines > cosines[self.texts.index(right)]).sum())


def fit(asked: Sequence[Asked], known: Directions, seed: int = SEED) -> BasisModel:
    """Fit the networks, by Adam on all questions at once; thresholds are left at 0."""
    used = [each for each in asked if not each.answered or each.rank < 3]
    rows = np.stack([each.found for each in used])
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    inputs = torch.from_numpy(((rows - mean) / scale).clip(-FARTHEST, FARTHEST).astype(np.float32))
    right = torch.tensor([float(each.answered) for each in used])
    weights = torch.tensor([float(_REPEATS[each.kind]) for each in used])
    torch.manual_seed(seed)
    hidden = (torch.randn(_NETWORKS, len(NAMES) + 1, _HIDDEN) / len(NAMES) ** 0.5).requires_grad_()
    out = (torch.randn(_NETWORKS, _HIDDEN + 1) / _HIDDEN**0.5).requires_grad_()
    optimiser = torch.optim.Adam([hidden, out], lr=0.01)
    for _ in range(_STEPS):
        optimiser.zero_grad()
        inside = torch.tanh(torch.einsum("bs,nsh->nbh", inputs, hidden[:, :-1]) + hidden[:, -1:])
        logits = torch.einsum("nbh,nh->nb", inside, out[:, :-1]) + out[:, -1:]
        missed = torch.nn.functional.binary_cross_entropy_with_logits(logits, right.expand_as(logits), reduction="none")
        large = (hidden[:, :-1] ** 2).sum() + (out[:, :-1] ** 2).sum()
        ((missed * weights).sum(dim=1).div(weights.sum()).sum() + _DECAY * large).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    tensors = (each.detach().numpy() for each in (hidden, out))
    return BasisModel(known, mean, scale, *tensors, np.zeros(2, np.float32))


def apart_log_odds(asked: Sequence[Asked], known: Directions) -> Vector:
    """Return the log odds of each question by a model that has not seen its clause."""
    groups = np.array([each.group for each in asked]) % FOLDS
    odds = np.zeros(len(asked), np.float32)
    for fold in range(FOLDS):
        model = fit([each for each, group in zip(asked, groups, strict=True) if group != fold], known)
        odds[groups == fold] = [model.log_odds(each.found) for each in np.array(asked, object)[groups == fold]]
    return odds


def report(asked: Sequence[Asked], odds: Vector, thresholds: dict[str, float]) -> Iterator[str]:
    """Yield a line for each kind of question: the share refused at its threshold."""
    for kind in _REPEATS:
        bound = thresholds["official" if kind == "official" else "everyday"]
        for answered in (True, False):
            chosen = np.array([each.kind == kind and each.answered == answered for each in asked])
            if chosen.any():
                name = "answerable" if answered else "not answerable"
                yield f"{kind:10} {name:15} {chosen.sum():6} refused {np.mean(odds[chosen] < bound):.3f}"


def thresholds_for(asked: Sequence[Asked], odds: Vector) -> dict[str, float]:
    """The log odds at which the allowed share of answerable questions is refused."""
    kinds = {"official": ("official",), "everyday": ("everyday", "draft")}
    return {
        style: float(
            np.quantile(
                [o for each, o in zip(asked, odds, strict=True) if each.answered and each.kind in of], WRONGLY[style]
            )
        )
        for style, of in kinds.items()
    }


def write(file: Path, model: BasisModel) -> None:
    """Write the model, the background as whole numbers."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = {
        "domain": np.append(*model.known.domain).astype(np.float32),
        "style": np.append(*model.known.style).astype(np.float32),
        "background": np.rint(model.known.background * 127).astype(np.int8),
        "cohesion": np.rint(model.known.cohesion * 255).astype(np.uint8),
        **{name: getattr(model, name).astype(np.float32) for name in ("mean", "scale", "hidden", "out", "thresholds")},
    }
    beside = file.with_name(f"{file.name}.tmp")
    save_file(parts, beside)
    beside.replace(file)


def main() -> None:
    """Train without every tenth clause, fit, print what is refused, and write the model for the bundled embedder."""
    parser = argparse.ArgumentParser(prog="python -m training.basis", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds training/")
    parser.add_argument("--fold", type=Path, help="folder for the model of the trials; one that is there is used again")
    parser.add_argument("--out", type=Path, default=BASIS_MODEL, help="file of the fitted model")
    arguments = parser.parse_args()
    clauses = read_clauses(ROOT / "training/pairs")
    kept, held = apart(clauses)
    elsewhere = OFF_TOPIC.read_text(encoding="utf-8").splitlines()
    chance = random.Random(SEED)
    chance.shuffle(elsewhere)
    with TemporaryDirectory() as temporary:
        folder = arguments.fold or Path(temporary)
        if not (folder / "modules.json").exists():
            _train_without(kept, arguments.shared, folder)
        material = Material(_static(folder), kept, held, elsewhere)
        words = cohesion(material.embedder, counted_texts(clauses, arguments.shared))
        known = [
            directions(material, [each for i, each in enumerate(elsewhere) if i % 4 != part], words, chance)
            for part in range(4)
        ]
        asked = [each for size in SIZES for each in trial(material, size, known, chance)]
    odds = apart_log_odds(asked, known[0])
    bounds = thresholds_for(asked, odds)
    print(*report(asked, odds, bounds), sep="\n")
    bundled = Material(_static(BUNDLED_MODEL), clauses, [], elsewhere)
    words = cohesion(bundled.embedder, counted_texts(clauses, arguments.shared))
    shipped = directions(bundled, elsewhere, words, chance)
    model = fit(asked, shipped)
    model.thresholds[:] = bounds["official"], bounds["everyday"]
    write(arguments.out, model)


def _train_without(kept: Sequence[Clause], shared: Path, folder: Path) -> None:
    """Train an embedding model on these clauses only; needs training/requirements.txt, unlike the rest."""
    from training.save import save_model
    from training.train import make_model

    save_model(folder, *make_model(shared, list(kept)))


def _static(folder: Path) -> StaticEmbedder:
    embedder = load_embedder(str(folder))
    assert isinstance(embedder, StaticEmbedder)
    return embedder


if __name__ == "__main__":
    main()
