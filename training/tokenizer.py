"""Makes the tokenizer: characters and overlapping pairs of characters, by rules that `tokenizers` saves as JSON.

Each known character c becomes c L c R c, with two private-use characters as marks. Cutting out every "LcR" then leaves
that piece, the character, and between two of them the end of one and the beginning of the next: the pair.

课间 → 课L课R课间L间R间 → 课 | L课R | 课间 | L间R | 间, of which the first and the last are in no vocabulary.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

import opencc
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFKC, Lowercase, Precompiled, Replace
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Split

from training.charsmap import build_charsmap

LEFT, RIGHT = "\ue000", "\ue001"
UNKNOWN = "[UNK]"  # id 0; its row of the model is all zeros, so that an unknown piece does not turn a vector
_KNOWN = [
    (0x30, 0x3A),  # digits
    (0x61, 0x7B),  # Latin, after lowercasing
    (0x3007, 0x3008),  # 〇
    (0x3400, 0x4DC0),  # CJK ideographs, extension A
    (0x4E00, 0xA000),  # CJK ideographs
]


@cache
def simplified() -> dict[str, str]:
    """Return known character → the character it is read as: itself, or its simplified form."""
    convert = opencc.OpenCC("t2s").convert
    known = [chr(code) for first, last in _KNOWN for code in range(first, last)]
    converted = {character: convert(character) for character in known}
    return {character: simple if len(simple) == 1 else character for character, simple in converted.items()}


def pieces(text: str) -> list[str]:
    """Return the characters and pairs of `text` as the tokenizer cuts it, characters first within a run.

    >>> pieces("課間，十")
    ['课', '间', '课间', '十']
    """
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    read = "".join(simplified().get(character, " ") for character in plain)
    return [piece for run in read.split() for piece in (*run, *map("".join, pairwise(run)))]


def choose_pieces(weighted: Iterable[tuple[int, Iterable[str]]], size: int) -> dict[str, int]:
    """Return the `size` most frequent pieces and their counts; each text counts as often as its weight says."""
    counts: Counter[str] = Counter()
    for weight, texts in weighted:
        plain: Counter[str] = Counter()
        for text in texts:
            plain.update(pieces(text))
        counts.update({piece: weight * count for piece, count in plain.items()})
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:size])


def build_tokenizer(vocabulary: Sequence[str]) -> Tokenizer:
    """Return a tokenizer whose ids are 0 for unknown pieces, then 1, 2, … for `vocabulary` in its order."""
    marked = {UNKNOWN: 0} | {_marked(piece): number for number, piece in enumerate(vocabulary, start=1)}
    tokenizer = Tokenizer(WordLevel(marked, unk_token=UNKNOWN))
    table = {character: f"{read}{LEFT}{read}{RIGHT}{read}" for character, read in simplified().items()}
    charsmap = Precompiled(build_charsmap(table))
    tokenizer.normalizer = Normalizers([NFKC(), Lowercase(), Replace(Regex(r"\s+"), ""), charsmap])
    tokenizer.pre_tokenizer = Split(Regex(f"{LEFT}.{RIGHT}"), behavior="isolated")
    return tokenizer


def _marked(piece: str) -> str:
    return f"{LEFT}{piece}{RIGHT}" if len(piece) == 1 else piece
