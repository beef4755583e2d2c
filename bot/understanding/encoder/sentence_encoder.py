"""The sentence encoder as the running bot uses it: a text in, its scores for each topic and each side out."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.understanding.encoder.files import GRAPH, HEADS, MEANS, PIECES, REAL, SETTINGS, TOKENS
from bot.understanding.encoder.tokens import numbers, padded

# What a chat message may hold (2,000 characters) is cut here: what is asked seldom stands after so many pieces.
LONGEST = 128
# So many texts are read together when many are known at once: what they leave behind still lies near the processor
# when the next step asks for it.
_AT_ONCE = 16
# The names of the arrays in the file of classifiers.
_CENTRE, _WEIGHTS, _BIAS = "centre", ".weights", ".bias"


class Head(NamedTuple):
    """A classifier of directions: weights (width, classes) and bias (classes,)."""

    weights: np.ndarray
    bias: np.ndarray

    def scores(self, found: np.ndarray) -> np.ndarray:
        """Return the scores of texts, given as directions, for each class: (texts, classes)."""
        return found @ self.weights + self.bias


class Embedder:
    """Gives what texts mean, as numbers that only compare with each other.

    Args:
        folder: where `training.build` wrote the graph and its tokens.
    """

    def __init__(self, folder: Path):
        options = onnxruntime.SessionOptions()
        # One small server serves many, and a message may not take all its cores. Where many texts are known at once,
        # several threads that ask with some of them each are half as fast again as several threads for each text.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENS))
        self._padding = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))["padding"]

    def embedded(self, texts: Sequence[str]) -> np.ndarray:
        """Return the means of each text's states after some layers, of length 1: (texts, layers, hidden)."""
        return self._embedded(numbers(self._tokenizer, texts, LONGEST))

    def embedded_ahead(self, texts: Sequence[str]) -> Iterator[Tuple[List[int], np.ndarray]]:
        """Give all texts in another order, some at a time: their places and what they mean; it uses all cores.

        Texts of as many pieces go together. Among longer ones a short text costs as much as they do, and its 8-bit
        numbers get coarser than those it has in the running bot.
        """
        pieces = numbers(self._tokenizer, texts, LONGEST)
        by_length = sorted(range(len(texts)), key=lambda place: len(pieces[place]))
        chunks = [by_length[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            some = pool.map(lambda chunk: self._embedded([pieces[place] for place in chunk]), chunks)
            yield from zip(chunks, some)

    def _embedded(self, texts: Sequence[Sequence[int]]) -> np.ndarray:
        pieces, real = padded(texts, self._padding)
        (means,) = self._session.run([MEANS], {PIECES: pieces, REAL: real})
        return _of_length_1(means)


class SentenceEncoder(Embedder):
    """Gives what a text means as a direction, and scores for the classes that were learned; no probabilities.

    Args:
        folder: where `training` wrote it.
        known: what texts that will be asked for mean, as `Embedder.embedded` gives it for each.
    """

    def __init__(self, folder: Path, known: Optional[Mapping[str, np.ndarray]] = None):
        super().__init__(folder)
        self._known = known or {}
        self._centre, self._heads = _read_heads(folder)

    def directions(self, texts: Sequence[str]) -> np.ndarray:
        """Return what each text means as a direction of length 1: (texts, layers times hidden)."""
        return directions(self.embedded(texts), self._centre)

    def directions_ahead(self, texts: Sequence[str]) -> Iterator[Tuple[List[int], np.ndarray]]:
        """Give all texts in another order, some at a time: their places and directions; it uses all cores."""
        known = [place for place, text in enumerate(texts) if text in self._known]
        if known:
            yield known, directions(np.stack([self._known[texts[place]] for place in known]), self._centre)
        new = [place for place, text in enumerate(texts) if text not in self._known]
        for places, embedded in self.embedded_ahead([texts[place] for place in new]):
            yield [new[place] for place in places], directions(embedded, self._centre)

    def scores(self, head: str, found: np.ndarray) -> np.ndarray:
        """Return the scores of texts, given as directions, for the classes of a head: (texts, classes)."""
        return self._heads[head].scores(found)


def directions(embedded: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Return directions of length 1, seen from `centre`, the mean of many texts: (texts, layers times hidden).

    Texts of any kind lie near each other as the encoder sees them; from their midst they lie apart.
    """
    away = _of_length_1(embedded - centre)
    return away.reshape(len(away), -1) / np.float32(np.sqrt(away.shape[1]))


def save_heads(folder: Path, heads: Mapping[str, Head], centre: np.ndarray) -> None:
    """Write what is learned above the graph."""
    arrays: Dict[str, np.ndarray] = {_CENTRE: centre}
    for name, head in heads.items():
        arrays.update({f"{name}{_WEIGHTS}": head.weights, f"{name}{_BIAS}": head.bias})
    np.savez(folder / HEADS, **arrays)


def _read_heads(folder: Path) -> Tuple[np.ndarray, Dict[str, Head]]:
    """Return the centre and the classifiers that `save_heads` wrote."""
    with np.load(folder / HEADS) as arrays:
        names = [name[: -len(_BIAS)] for name in arrays if name.endswith(_BIAS)]
        heads = {name: Head(arrays[f"{name}{_WEIGHTS}"], arrays[f"{name}{_BIAS}"]) for name in names}
        return arrays[_CENTRE], heads


def _of_length_1(values: np.ndarray) -> np.ndarray:
    return values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), np.float32(1e-9))
