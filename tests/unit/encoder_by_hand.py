"""The encoder's arithmetic in numpy, as BERT defines it: what the graph is held against."""

import numpy as np

EPSILON = 1e-12


def linear(tensors, name, states):
    return states @ tensors[f"{name}.w"] + tensors[f"{name}.b"]


def normalised(tensors, name, states):
    centred = states - states.mean(-1, keepdims=True)
    scaled = centred / np.sqrt(states.var(-1, keepdims=True) + EPSILON)
    return scaled * tensors[f"{name}.w"] + tensors[f"{name}.b"]


def first_states(tensors, pieces):
    """Return the states of one text that go into the first layer: (pieces, hidden)."""
    words = tensors["emb.word"][pieces].astype(np.float32)
    return normalised(tensors, "emb.ln", words + tensors["emb.pos"][: len(pieces)] + tensors["emb.type"][0])


def attentive(tensors, layer, states, heads):
    """Return the states after a layer's attention."""
    length, width = states.shape
    query, key, value = (
        linear(tensors, f"l{layer}.{part}", states).reshape(length, heads, width // heads).swapaxes(0, 1)
        for part in ("q", "k", "v")
    )
    scores = query @ key.swapaxes(1, 2) / np.sqrt(width // heads)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (shares / shares.sum(-1, keepdims=True)) @ value
    added = linear(tensors, f"l{layer}.ao", mixed.swapaxes(0, 1).reshape(length, width))
    return normalised(tensors, f"l{layer}.aln", states + added)


def fed_forward(tensors, layer, states):
    """Return the states after a layer's feed-forward network."""
    inner = linear(tensors, f"l{layer}.fi", states)
    gelu = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
    return normalised(tensors, f"l{layer}.oln", states + linear(tensors, f"l{layer}.fo", gelu))


def embedded(tensors, pieces, layers, heads):
    """Return for one text the mean of its states after each of `layers`, of length 1: (layers, hidden)."""
    states, means = first_states(tensors, pieces), []
    for layer in range(max(layers)):
        states = fed_forward(tensors, layer, attentive(tensors, layer, states, heads))
        if layer + 1 in layers:
            means.append(states.mean(0) / np.linalg.norm(states.mean(0)))
    return np.stack(means)
