"""Tunes the top of the encoder on our examples, with classifiers above it: for topics, sides, and one question or two.

The layers below stay as they are: their states are computed once. Figures and what else was tried: docs/adr/0011, 0013.
"""

import math
from dataclasses import dataclass
from typing import Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import tensorflow as tf

from bot.understanding.encoder.layers import layer_names, mean, run
from bot.understanding.encoder.lower import lower_states
from bot.understanding.encoder.nano_e5 import Pretrained

Report = Callable[[str], None]
_BATCH = 32
# Texts of like length share a batch; the batches of so many are mixed again.
_SORTED_TOGETHER = 16
_WARM_UP = 0.1
# So many texts of each class give its head a direction to begin with.
_TO_BEGIN_WITH = 24
UNLABELLED = -1


@dataclass(frozen=True)
class Recipe:
    """How the encoder is tuned: which layers, how long, how fast.

    `dropout` is of the directions that the heads get; so few rounds leave the layers no time to learn by heart.
    """

    first_tuned: int = 11
    epochs: int = 1
    rate: float = 1e-4
    head_rate: float = 2e-3
    dropout: float = 0.1
    smoothing: float = 0.1
    sharpness: float = 16.0
    seed: int = 0


class Head(NamedTuple):
    """A classifier on top: scores = sharpness * direction @ weights + bias."""

    weights: np.ndarray
    bias: np.ndarray


class Tuned(NamedTuple):
    """The tuned layers, the mean direction that is taken off first, and the classifiers by name."""

    tensors: Dict[str, np.ndarray]
    centre: np.ndarray
    heads: Dict[str, Head]


class Tuner:
    """Tunes one encoder for one set of examples."""

    def __init__(self, pretrained: Pretrained, recipe: Recipe, report: Optional[Report] = None):
        self._pretrained = pretrained
        self._recipe = recipe
        self._report = report or (lambda line: None)
        self._upper = range(recipe.first_tuned, pretrained.layers)

    def tune(self, texts: Sequence[Sequence[int]], classes: Mapping[str, np.ndarray]) -> Tuned:
        """Learn the classes of each text, given as piece numbers.

        Args:
            texts: the piece numbers of each text.
            classes: for every head (texts, 2): the two classes a text is of (0, 1, 2 ...), the same one twice for
                most, or UNLABELLED twice.
        """
        tf.random.set_seed(self._recipe.seed)
        # Chance is seeded: the same examples give the same model on the same machine.
        chance = np.random.default_rng(self._recipe.seed)
        lower = lower_states(self._pretrained, self._recipe.first_tuned, texts)
        self._report(f"encoder: {len(texts)} examples read")
        tensors = {
            name: tf.Variable(self._pretrained.tensors[name])
            for layer in self._upper
            for name in layer_names(layer)
        }
        # What the heads begin with need not know every example, and the states take long to compute.
        some = _some_of_each(classes, chance)
        directions = self._directions(tensors, [lower[index] for index in some])
        centre = directions.mean(0)
        heads = {name: _first_head(directions - centre, labels[some]) for name, labels in classes.items()}
        labels = np.stack(list(classes.values()), axis=1).astype(np.int32)  # (texts, heads, 2)
        step = self._step(tensors, list(heads.values()), tf.constant(centre))
        rounds = self._recipe.epochs
        steps, done = rounds * math.ceil(len(texts) / _BATCH), 0
        for number in range(1, rounds + 1):
            losses = []
            for batch in self._batches(lower, chance):
                hidden, real = _stacked([lower[index] for index in batch])
                losses.append(step(hidden, real, labels[batch], self._pace(done, steps)).numpy())
                done += 1
            self._report(f"encoder, round {number} of {rounds}: loss {np.mean(losses):.2f}")
        return Tuned(
            {name: value.numpy() for name, value in tensors.items()},
            centre,
            {name: Head(*(value.numpy() for value in head)) for name, head in heads.items()},
        )

    def _directions(self, tensors, lower):
        """Return the direction of each text before anything is tuned."""
        above = tf.function(
            lambda hidden, real: mean(run(tensors, self._upper, hidden, real, self._pretrained.heads), real),
            input_signature=self._signature(),
        )
        directions = np.zeros((len(lower), self._pretrained.hidden), np.float32)
        order = np.argsort([len(states) for states in lower], kind="stable")
        for start in range(0, len(order), 2 * _BATCH):
            batch = order[start : start + 2 * _BATCH]
            directions[batch] = above(*_stacked([lower[index] for index in batch])).numpy()
        return directions / np.linalg.norm(directions, axis=1, keepdims=True)

    def _step(self, tensors, heads, centre):
        """Return the function that learns from one batch and gives its loss."""
        recipe, layers = self._recipe, list(tensors.values())
        tops = [value for head in heads for value in head]
        # The newer Adam is many operations, this one a single kernel: a step takes a tenth less.
        body, top = (tf.keras.optimizers.legacy.Adam(0.0) for _ in range(2))

        @tf.function(
            input_signature=[
                *self._signature(),
                tf.TensorSpec((None, len(heads), 2), tf.int32),
                tf.TensorSpec((), tf.float32),
            ]
        )
        def step(hidden, real, labels, pace):
            with tf.GradientTape() as tape:
                states = run(tensors, self._upper, hidden, real, self._pretrained.heads)
                direction = tf.math.l2_normalize(mean(states, real), -1) - centre
                direction = tf.nn.dropout(tf.math.l2_normalize(direction, -1), recipe.dropout)
                losses = tf.add_n(
                    [self._losses(direction, head, labels[:, place]) for place, head in enumerate(heads)]
                )
                loss = tf.reduce_mean(losses)
            gradients = tape.gradient(loss, [*layers, *tops])
            clipped, _ = tf.clip_by_global_norm(gradients[: len(layers)], 1.0)
            body.learning_rate.assign(recipe.rate * pace)
            top.learning_rate.assign(recipe.head_rate * pace)
            body.apply_gradients(zip(clipped, layers))
            top.apply_gradients(zip(gradients[len(layers) :], tops))
            return loss

        return step

    def _losses(self, direction, head, labels):
        """Return a head's loss for each text of the batch; one without a label counts nothing."""
        weights, bias = head
        count = bias.shape[0]
        scores = tf.matmul(direction, weights) * self._recipe.sharpness + bias
        smoothing = self._recipe.smoothing
        either = tf.reduce_mean(tf.one_hot(tf.maximum(labels, 0), count), axis=1)
        wanted = either * (1 - smoothing) + smoothing / count
        losses = tf.nn.softmax_cross_entropy_with_logits(wanted, scores)
        return losses * tf.cast(labels[:, 0] >= 0, tf.float32)

    def _signature(self):
        return [tf.TensorSpec((None, None, self._pretrained.hidden)), tf.TensorSpec((None, None))]

    def _batches(self, lower, chance):
        order = chance.permutation(len(lower))
        batches = []
        for start in range(0, len(order), _BATCH * _SORTED_TOGETHER):
            together = sorted(
                order[start : start + _BATCH * _SORTED_TOGETHER], key=lambda index: len(lower[index])
            )
            batches += [
                np.array(together[place : place + _BATCH]) for place in range(0, len(together), _BATCH)
            ]
        return [batches[index] for index in chance.permutation(len(batches))]

    def _pace(self, done: int, steps: int) -> float:
        """Return the share of the full rate: rising at first, then falling evenly."""
        rising = (done + 1) / max(1, steps * _WARM_UP)
        return min(1.0, rising) * max(0.02, 1 - done / steps)


def _some_of_each(classes: Mapping[str, np.ndarray], chance: np.random.Generator) -> np.ndarray:
    """Return the places of a few texts of every class of every head."""
    found: List[int] = []
    for labels in classes.values():
        for number in range(labels.max() + 1):
            places = np.flatnonzero((labels == number).all(1))
            found += list(chance.permutation(places)[:_TO_BEGIN_WITH])
    return np.unique(found)


def _first_head(directions: np.ndarray, labels: np.ndarray) -> Tuple[tf.Variable, tf.Variable]:
    """Return a head that knows each class by the mean direction of its examples."""
    means = np.stack([directions[(labels == number).all(1)].mean(0) for number in range(labels.max() + 1)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return tf.Variable(means.T), tf.Variable(np.zeros(len(means), np.float32))


def _stacked(states: Sequence[np.ndarray]):
    width = max(map(len, states))
    hidden = np.zeros((len(states), width, states[0].shape[1]), np.float32)
    real = np.zeros((len(states), width), np.float32)
    for row, found in enumerate(states):
        hidden[row, : len(found)] = found
        real[row, : len(found)] = 1.0
    return hidden, real
