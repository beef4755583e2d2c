"""Writes the encoder as an ONNX graph: pieces in, the means of their states out; matrices in 8 bits.

ONNX Runtime runs it in 2-12 ms on one core, depending on the processor; TensorFlow would need a multiple.
"""

from pathlib import Path
from typing import List, Mapping, Sequence, Tuple

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.understanding.encoder.files import MEANS, PIECES, REAL

OPSET = 17
_FUSED = "com.microsoft"
_EPSILON = 1e-12
# The largest number of 8 bits with a sign, and the scale of what is nothing but zeros.
_MOST, _LEAST_SCALE = 127, 1e-8


def write(tensors: Mapping[str, np.ndarray], heads: int, layers: Sequence[int], path: Path) -> None:
    """Write the graph of an encoder to `path`, its matrices quantised.

    It takes PIECES, the piece numbers (texts, pieces), and REAL, 1.0 where a piece is none of the padding. It gives
    MEANS, for each of `layers` the mean of a text's states after so many layers (texts, layers, hidden).

    Args:
        tensors: its weights, with the names that nano_e5 gives them.
        heads: of its attention.
        layers: after how many layers, rising.
        path: where it goes.
    """
    onnx.save(_Graph(tensors, heads).model(layers), str(path))


def quantised(values: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Return a matrix (inputs, outputs) in 8 bits, and each output's scale: a value is about its 8 bits times that."""
    scale = np.maximum(np.abs(values).max(0) / _MOST, _LEAST_SCALE).astype(np.float32)
    return np.round(values / scale).astype(np.int8), scale


class _Graph:
    """The nodes and constants of the graph as it grows."""

    def __init__(self, tensors: Mapping[str, np.ndarray], heads: int):
        self._tensors = tensors
        self._heads = heads
        self._width = tensors["emb.pos"].shape[1]
        self._nodes: list = []
        self._constants: list = []

    def model(self, layers: Sequence[int]) -> onnx.ModelProto:
        hidden = self._embedded()
        mask = self._node("Cast", [REAL], to=TensorProto.INT32)
        real = self._node("Unsqueeze", [REAL, "last_axis"])
        count = self._node("ReduceSum", [REAL, "axis_1"], keepdims=1)
        means = []
        for layer in range(max(layers)):
            hidden = self._layer(f"l{layer}.", hidden, mask)
            if layer + 1 in layers:
                means.append(self._node("Unsqueeze", [self._mean(hidden, real, count), "axis_1"]))
        self._nodes.append(helper.make_node("Concat", means, [MEANS], axis=1))
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(PIECES, TensorProto.INT64, ["texts", "length"]),
                helper.make_tensor_value_info(REAL, TensorProto.FLOAT, ["texts", "length"]),
            ],
            [helper.make_tensor_value_info(MEANS, TensorProto.FLOAT, ["texts", len(layers), self._width])],
            self._constants,
        )
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_FUSED, 1)]
        model = helper.make_model(graph, opset_imports=sets)
        model.ir_version = 8
        return model

    def _embedded(self) -> str:
        # One scale for each piece: a quarter of the size, and the weights had 4 bits to begin with.
        words, scales = quantised(self._tensors["emb.word"].astype(np.float32).T)
        self._constant("words", words.T)
        self._constant("scales", scales[:, None])
        found = self._node("Cast", [self._node("Gather", ["words", PIECES])], to=TensorProto.FLOAT)
        found = self._node("Mul", [found, self._node("Gather", ["scales", PIECES])])
        places = self._constant("places", self._tensors["emb.pos"] + self._tensors["emb.type"][0])
        for name, axis in (("axis_0", 0), ("axis_1", 1), ("last_axis", -1)):
            self._constant(name, np.array([axis], np.int64))
        length = self._node("Gather", [self._node("Shape", [PIECES]), "axis_1"])
        found = self._node("Add", [found, self._node("Slice", [places, "axis_0", length, "axis_0"])])
        return self._normalised("emb.ln", found)

    def _layer(self, name: str, hidden: str, mask: str) -> str:
        hidden = self._added(f"{name}aln", hidden, self._attended(name, hidden, mask))
        inner = self._node("FastGelu", [self._linear(f"{name}fi", hidden)], domain=_FUSED)
        return self._added(f"{name}oln", hidden, self._linear(f"{name}fo", inner))

    def _attended(self, name: str, hidden: str, mask: str) -> str:
        # Query, key and value at once, and attention in the same node: a text takes a thirtieth less than in three.
        matrix, scale, zero, bias = self._matrix([f"{name}{part}" for part in ("q", "k", "v")])
        bits, bits_scale, bits_zero = (f"{name}in.{kind}" for kind in ("bits", "scale", "zero"))
        self._nodes.append(helper.make_node("DynamicQuantizeLinear", [hidden], [bits, bits_scale, bits_zero]))
        inputs = [bits, matrix, bias, bits_scale, scale, mask, bits_zero, zero]
        mixed = self._node("QAttention", inputs, domain=_FUSED, num_heads=self._heads)
        return self._linear(f"{name}ao", mixed)

    def _mean(self, hidden: str, real: str, count: str) -> str:
        total = self._node("ReduceSum", [self._node("Mul", [hidden, real]), "axis_1"], keepdims=0)
        return self._node("Div", [total, count])

    def _linear(self, name: str, hidden: str) -> str:
        """Multiply by a matrix and add what it adds; the input gets 8 bits as it comes."""
        return self._node("DynamicQuantizeMatMul", [hidden, *self._matrix([name])], domain=_FUSED)

    def _matrix(self, names: List[str]) -> List[str]:
        """Return the matrix of all `names` beside each other in 8 bits, its scales and zeros, and what it adds."""
        weights, bias = (
            np.concatenate([self._tensors[f"{name}.{kind}"] for name in names], axis=-1)
            for kind in ("w", "b")
        )
        matrix, scale = quantised(weights)
        constants = {"w": matrix, "scale": scale, "zero": np.zeros_like(scale, np.int8), "b": bias}
        return [self._constant(f"{names[0]}.{kind}", values) for kind, values in constants.items()]

    def _normalised(self, name: str, hidden: str) -> str:
        return self._node(
            "LayerNormalization", [hidden, *self._scale_and_shift(name)], axis=-1, epsilon=_EPSILON
        )

    def _added(self, name: str, hidden: str, more: str) -> str:
        """Add up what goes into a layer and what it makes of it, normalised."""
        inputs = [hidden, more, *self._scale_and_shift(name)]
        return self._node("SkipLayerNormalization", inputs, domain=_FUSED, epsilon=_EPSILON)

    def _scale_and_shift(self, name: str) -> List[str]:
        return [self._constant(f"{name}.{kind}", self._tensors[f"{name}.{kind}"]) for kind in ("w", "b")]

    def _constant(self, name: str, values) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, kind: str, inputs: list, **settings) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **settings))
        return output
