"""Learns classifiers on what texts mean: for topics, for sides, and for one question or two.

The encoder stays as it was published. What tuning it added, and why it adds nothing any more: docs/adr/0011.
"""

from dataclasses import dataclass
from typing import Callable, Dict, Mapping

import numpy as np
import tensorflow as tf

from bot.understanding.encoder.sentence_encoder import Head

UNLABELLED = -1


@dataclass(frozen=True)
class Recipe:
    """How classifiers are learned: how long, how fast, and what keeps them from learning by heart.

    A direction has the length 1; `sharpness` is what it is multiplied by before a classifier learns from it. Tried
    too: 20 epochs of 256 at 3e-3, smoothing 0.05 and 0.2, sharpness 32; none of them knew more.
    """

    epochs: int = 12
    batch: int = 512
    rate: float = 1e-2
    dropout: float = 0.1
    smoothing: float = 0.1
    sharpness: float = 16.0
    seed: int = 0


def learn(
    directions: np.ndarray,
    classes: Mapping[str, np.ndarray],
    recipe: Recipe,
    report: Callable[[str], None],
) -> Dict[str, Head]:
    """Return the classifiers by name.

    Args:
        directions: what each text means (texts, width).
        classes: for every classifier (texts, 2): the two classes a text is of (0, 1, 2 ...), the same one twice for
            most, or UNLABELLED twice.
        recipe: how they are learned.
        report: takes a line at the end.
    """
    # Chance is seeded: the same examples give the same classifiers on the same machine.
    tf.keras.utils.set_random_seed(recipe.seed)
    given = tf.keras.Input(directions.shape[1:])
    sharp = tf.keras.layers.Dropout(recipe.dropout)(given * recipe.sharpness)
    layers = {name: tf.keras.layers.Dense(labels.max() + 1, name=name) for name, labels in classes.items()}
    model = tf.keras.Model(given, {name: layer(sharp) for name, layer in layers.items()})
    steps = recipe.epochs * -(-len(directions) // recipe.batch)
    pace = tf.keras.optimizers.schedules.PolynomialDecay(recipe.rate, steps, end_learning_rate=0.0)
    model.compile(
        # The newer Adam is many operations, this one a single kernel.
        optimizer=tf.keras.optimizers.legacy.Adam(pace),
        loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=recipe.smoothing),
    )
    history = model.fit(
        directions,
        {name: _shares(labels) for name, labels in classes.items()},
        sample_weight={
            name: (labels[:, 0] != UNLABELLED).astype(np.float32) for name, labels in classes.items()
        },
        batch_size=recipe.batch,
        epochs=recipe.epochs,
        verbose=0,
    )
    report(f"encoder: {len(directions)} examples learned, loss {history.history['loss'][-1]:.2f}")
    return {name: _head(layer, recipe.sharpness) for name, layer in layers.items()}


def _head(layer: tf.keras.layers.Dense, sharpness: float) -> Head:
    """Return a classifier that takes directions as they are."""
    weights, bias = layer.get_weights()
    return Head(weights * np.float32(sharpness), bias)


def _shares(labels: np.ndarray) -> np.ndarray:
    """Return how much each text is of each class: (texts, classes)."""
    return np.eye(labels.max() + 1, dtype=np.float32)[np.maximum(labels, 0)].mean(axis=1)
