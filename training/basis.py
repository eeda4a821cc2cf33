"""Fits the model that tells a basis from none: `python -m training.basis [--shared DIR] [--fold FOLDER]`.

An embedding model is trained without every tenth written clause. Of those clauses made-up libraries are filled: with
half of them, with neighbours of the others (their hard negatives), and with clauses of the training data that are not
too like the others. Questions about the first half can be answered, questions about the others and questions about
something else can't. No question of an evaluation set is looked at.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file

from answer.basis import BACKGROUND_SCALE, BASIS_MODEL, COHESION_SCALE, FARTHEST, BasisModel
from answer.signals import NAMES, Directions
from index.embedding import BUNDLED_MODEL, load_embedder
from index.embedding_static import StaticEmbedder
from training.directions import cohesion, counted_texts, directions
from training.pairs import Clause, apart, read_clauses
from training.trials import SIZES, Asked, Material, trial

Vector = NDArray[np.float32]
ROOT = Path(__file__).resolve().parent.parent
SEED = 20_26
OFF_TOPIC = ROOT / "training" / "off_topic.txt"
FOLDS = 5
WRONGLY = {"official": 0.035, "everyday": 0.035}  # share of answerable questions that may be refused in a fold
_REPEATS = {"everyday": 1, "draft": 2, "official": 1, "elsewhere": 4}  # how often a question counts
_HIDDEN, _NETWORKS, _STEPS, _DECAY = 12, 3, 600, 3e-4


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
    found = {}
    for style, kinds in {"official": ("official",), "everyday": ("everyday", "draft")}.items():
        answerable = np.array([each.answered and each.kind in kinds for each in asked])
        found[style] = float(np.quantile(odds[answerable], WRONGLY[style]))
    return found


def write(file: Path, model: BasisModel) -> None:
    """Write the model, the background as whole numbers."""
    file.parent.mkdir(parents=True, exist_ok=True)
    parts = {
        "domain": np.append(*model.known.domain).astype(np.float32),
        "style": np.append(*model.known.style).astype(np.float32),
        "background": np.rint(model.known.background * BACKGROUND_SCALE).astype(np.int8),
        "cohesion": np.rint(model.known.cohesion * COHESION_SCALE).astype(np.uint8),
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
            directions(material.embedder, kept, [q for i, q in enumerate(elsewhere) if i % 4 != part], words, chance)
            for part in range(4)
        ]
        asked = [each for size in SIZES for each in trial(material, size, known, chance)]
    odds = apart_log_odds(asked, known[0])
    bounds = thresholds_for(asked, odds)
    print(*report(asked, odds, bounds), sep="\n")
    bundled = _static(BUNDLED_MODEL)
    words = cohesion(bundled, counted_texts(clauses, arguments.shared))
    shipped = directions(bundled, clauses, elsewhere, words, chance)
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
