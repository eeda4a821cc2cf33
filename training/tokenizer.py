"""Makes the tokenizer: characters and overlapping character pairs, from rules that `tokenizers` can save as JSON.

Each known character c becomes c L c R c, with two private-use characters as marks; a cut around every "LcR" then leaves
that piece, the character, and between two of them the end of one and the beginning of the next: the pair.

>>> [piece for piece, _ in build_tokenizer([]).pre_tokenizer.pre_tokenize_str("课L课R课间L间R间")]
['课', 'L课R', '课间', 'L间R', '间']
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import opencc
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFKC, Lowercase, Precompiled, Replace
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Split

from training.charsmap import build_charsmap

LEFT, RIGHT = "\ue000", "\ue001"
UNKNOWN = "[UNK]"  # id 0; its row of the model is all zeros, so an unknown piece does not turn a vector
_SCRIPTS = [(0x30, 0x3A), (0x61, 0x7B), (0x391, 0x3CA), (0x2E80, 0x3000), (0x3007, 0x3008), (0x3041, 0x3100)]
_IDEOGRAPHS = [(0x3400, 0x4DC0), (0x4E00, 0xA000)]


def character_table() -> dict[str, str]:
    """Return known character → its marked form; traditional characters take the form of the simplified one."""
    simplify = opencc.OpenCC("t2s").convert
    table = {}
    for first, last in [*_SCRIPTS, *_IDEOGRAPHS]:
        for character in map(chr, range(first, last)):
            plain = unicodedata.normalize("NFKC", character)
            if len(plain) == 1 and plain.isalnum():
                simple = simplify(plain)
                kept = simple if len(simple) == 1 else plain
                table[character] = f"{kept}{LEFT}{kept}{RIGHT}{kept}"
    return table


def build_tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """Return a tokenizer whose ids are 0 for unknown pieces, then 1, 2, … for `pieces` in their order."""
    vocabulary = {UNKNOWN: 0} | {_marked(piece): number for number, piece in enumerate(pieces, start=1)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    charsmap = Precompiled(build_charsmap(character_table()))
    tokenizer.normalizer = Normalizers([NFKC(), Lowercase(), Replace(Regex(r"\s+"), ""), charsmap])
    tokenizer.pre_tokenizer = Split(Regex(f"{LEFT}.{RIGHT}"), behavior="isolated")
    return tokenizer


def _marked(piece: str) -> str:
    return f"{LEFT}{piece}{RIGHT}" if len(piece) == 1 else piece
