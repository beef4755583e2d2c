"""The encoder's layers in TensorFlow: needed only while it is tuned.

The same arithmetic as onnx_graph.py writes for the running bot. Shapes: hidden states are (texts, pieces, hidden).
"""

from typing import Dict, Mapping, Sequence, Tuple

import numpy as np
import tensorflow as tf

EPSILON = 1e-12
_FAR_AWAY = -1e9
_NAMES = ("q", "k", "v", "ao", "fi", "fo")


def layer_names(layer: int) -> Tuple[str, ...]:
    """Return the names of all tensors of a layer."""
    matrices = [f"l{layer}.{name}.{kind}" for name in _NAMES for kind in ("w", "b")]
    return (*matrices, *(f"l{layer}.{name}.{kind}" for name in ("aln", "oln") for kind in ("w", "b")))


def embedded(tensors: Mapping[str, np.ndarray], pieces: np.ndarray) -> np.ndarray:
    """Return the hidden states that go into the first layer, for piece numbers (texts, pieces)."""
    hidden = tensors["emb.word"][pieces].astype(np.float32)
    hidden += tensors["emb.pos"][: pieces.shape[1]][None] + tensors["emb.type"][0]
    centred = hidden - hidden.mean(-1, keepdims=True)
    scaled = centred / np.sqrt(hidden.var(-1, keepdims=True) + EPSILON)
    return scaled * tensors["emb.ln.w"] + tensors["emb.ln.b"]


def padded(texts: Sequence[Sequence[int]], padding: int) -> Tuple[np.ndarray, np.ndarray]:
    """Return piece numbers filled up to the longest text, and 1.0 where a piece is real."""
    width = max(map(len, texts))
    pieces = np.full((len(texts), width), padding, np.int64)
    real = np.zeros((len(texts), width), np.float32)
    for row, text in enumerate(texts):
        pieces[row, : len(text)] = text
        real[row, : len(text)] = 1.0
    return pieces, real


def run(
    tensors: Dict[str, tf.Tensor],
    layers: range,
    hidden: tf.Tensor,
    real: tf.Tensor,
    heads: int,
) -> tf.Tensor:
    """Return the hidden states after `layers`."""
    away = (1 - real)[:, None, None, :] * _FAR_AWAY
    for layer in layers:
        hidden = _layer(tensors, f"l{layer}.", hidden, away, heads)
    return hidden


def mean(hidden: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
    """Return the mean of the real pieces' states: (texts, hidden)."""
    return tf.reduce_sum(hidden * real[..., None], 1) / tf.reduce_sum(real, 1, keepdims=True)


def _layer(tensors, name, hidden, away, heads):
    texts, pieces, width = tf.shape(hidden)[0], tf.shape(hidden)[1], hidden.shape[-1]
    # A matrix times a table of all pieces: with the texts as a third dimension TensorFlow finds the gradient of the
    # matrix for each text by itself and adds them up: a step of tuning takes half as long again (120 ms for 80).
    hidden = tf.reshape(hidden, (-1, width))

    def linear(part, states):
        return tf.matmul(states, tensors[f"{name}{part}.w"]) + tensors[f"{name}{part}.b"]

    def by_head(part):
        states = tf.reshape(linear(part, hidden), (texts, pieces, heads, width // heads))
        return tf.transpose(states, (0, 2, 1, 3))

    query, key, value = by_head("q"), by_head("k"), by_head("v")
    scores = tf.matmul(query, key, transpose_b=True) / np.float32(np.sqrt(width // heads)) + away
    attended = tf.matmul(tf.nn.softmax(scores, -1), value)
    attended = tf.reshape(tf.transpose(attended, (0, 2, 1, 3)), (-1, width))
    hidden = _normalised(tensors, f"{name}aln", hidden + linear("ao", attended))
    forward = linear("fo", tf.nn.gelu(linear("fi", hidden), approximate=True))
    return tf.reshape(_normalised(tensors, f"{name}oln", hidden + forward), (texts, pieces, width))


def _normalised(tensors, name, states):
    average, variance = tf.nn.moments(states, -1, keepdims=True)
    return (states - average) * tf.math.rsqrt(variance + EPSILON) * tensors[f"{name}.w"] + tensors[
        f"{name}.b"
    ]
