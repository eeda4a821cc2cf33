"""Builds a precompiled character map, the normaliser of SentencePiece that rewrites single characters by table.

Layout, as the `tokenizers` library reads it: the trie's size in bytes (uint32, little endian), the trie as a double
array of uint32 units (darts-clone, https://github.com/s-yata/darts-clone), the replacements, each ended by a NUL.
A unit holds, from bit 0: label (8 bits), has_leaf (bit 8), scale (bit 9, unused here), offset (bits 10 to 30);
the unit of a leaf holds its value, the replacement's place, with bit 31 set.
"""

import struct
from collections.abc import Mapping

_LEAF = 1 << 31
_HAS_LEAF = 1 << 8
_OFFSET_LIMIT = 1 << 21
_BLOCK = 256


def build_charsmap(table: Mapping[str, str]) -> bytes:
    """Return the precompiled map of `table`, character → replacement; characters not in it stay as they are."""
    replacements = bytearray()
    trie: dict[int, dict] = {}
    for character, replacement in sorted(table.items()):
        node = trie
        for byte in character.encode():
            node = node.setdefault(byte, {})
        node[0] = len(replacements)
        replacements += replacement.encode() + b"\0"
    units = _double_array(trie)
    return struct.pack("<I", 4 * len(units)) + struct.pack(f"<{len(units)}I", *units) + bytes(replacements)


def _double_array(trie: dict[int, dict]) -> list[int]:
    """Lay `trie` out so that the child of a node by byte c is unit (base XOR c); base = position XOR offset."""
    units = [0] * _BLOCK
    taken = bytearray([1]) + bytearray(_BLOCK - 1)
    first_free = 1
    stack = [(0, trie)]
    while stack:
        position, children = stack.pop()
        while taken[first_free]:
            first_free += 1
        base = _free_base(taken, units, children, first_free)
        offset = base ^ position
        if offset >= _OFFSET_LIMIT:
            raise ValueError(f"{len(units)} units: the map has too many characters for a 21-bit offset")
        units[position] |= offset << 10 | (_HAS_LEAF if 0 in children else 0)
        for byte, child in children.items():
            taken[base ^ byte] = 1
            if byte == 0:
                units[base] = _LEAF | child
            else:
                units[base ^ byte] = byte
                stack.append((base ^ byte, child))
    return units


def _free_base(taken: bytearray, units: list[int], children: dict[int, dict], first_free: int) -> int:
    """Return the first base at which every child falls on a free unit; grows the array when there is none."""
    lowest = min(children)
    position = first_free
    while True:
        if position + _BLOCK >= len(taken):
            taken.extend(bytes(_BLOCK))
            units.extend([0] * _BLOCK)
        base = position ^ lowest
        if base and not taken[position] and not any(taken[base ^ byte] for byte in children):
            return base
        position += 1
