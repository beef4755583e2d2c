"""The tuned encoder as the running bot uses it: a text in, its scores for each topic and each aspect out."""

import json
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.understanding.encoder.tokens import numbers

# What a chat message may hold (2,000 characters) is cut here: what is asked seldom stands after so many pieces.
LONGEST = 128
_GRAPH, _TOKENS, _HEADS, _SETTINGS = "encoder.onnx", "tokens.json", "heads.npz", "encoder.json"


class SentenceEncoder:
    """Gives what a text means as a direction, and scores for the classes it was tuned on; no probabilities.

    Args:
        folder: where `save` wrote it.
    """

    def __init__(self, folder: Path):
        options = onnxruntime.SessionOptions()
        # One small server serves many, and a message may not take all its cores. Where many texts are known at once,
        # several threads that ask with some of them each are half as fast again as several threads for each text.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / _GRAPH), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENS))
        with np.load(folder / _HEADS) as arrays:
            self._arrays = dict(arrays)
        settings = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        self._padding, self._sharpness = settings["padding"], settings["sharpness"]

    def directions(self, texts: Sequence[str]) -> np.ndarray:
        """Return what each text means as a direction of length 1: (texts, hidden)."""
        pieces = numbers(self._tokenizer, texts, LONGEST)
        width = max(map(len, pieces))
        padded = np.full((len(texts), width), self._padding, np.int64)
        real = np.zeros((len(texts), width), np.float32)
        for row, text in enumerate(pieces):
            padded[row, : len(text)] = text
            real[row, : len(text)] = 1.0
        (mean,) = self._session.run(["mean"], {"pieces": padded, "real": real})
        away = mean / np.linalg.norm(mean, axis=1, keepdims=True) - self._arrays["centre"]
        return away / np.linalg.norm(away, axis=1, keepdims=True)

    def scores(self, head: str, directions: np.ndarray) -> np.ndarray:
        """Return the scores of texts for the classes of a head: (texts, classes)."""
        weights, bias = self._arrays[f"{head}.weights"], self._arrays[f"{head}.bias"]
        return directions @ weights * self._sharpness + bias


def save(
    folder: Path, tokenizer: Tokenizer, *, heads: Mapping[str, Any], centre, padding: int, sharpness: float
) -> None:
    """Write what goes beside the graph (onnx_graph.write puts it at `graph_file(folder)`)."""
    tokenizer.save(str(folder / _TOKENS))
    arrays = {f"{name}.weights": head.weights for name, head in heads.items()}
    arrays.update({f"{name}.bias": head.bias for name, head in heads.items()})
    np.savez(folder / _HEADS, centre=centre, **arrays)
    settings = {"padding": padding, "sharpness": sharpness}
    (folder / _SETTINGS).write_text(json.dumps(settings), encoding="utf-8")


def graph_file(folder: Path) -> Path:
    """Return where the graph of the encoder in `folder` lies."""
    return folder / _GRAPH
