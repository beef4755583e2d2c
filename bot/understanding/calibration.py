"""How the two models are weighed against each other so that a probability of 0.8 is right eight times in ten."""

from typing import Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

# Without utterances to calibrate on: what they gave when the model was made (docs/adr/0011).
DEFAULT = (3.0, 0.5)
ALONE = (12.0,)


def fit_weights(scores: Sequence[np.ndarray], right: np.ndarray) -> Tuple[float, ...]:
    """Return a weight for each model's scores (texts, topics); `right` is the number of each text's topic.

    The weighted sum's softmax has the least log loss on these texts, which no model has learned from. Two weights
    and some six hundred texts: there is nothing to over-fit.
    """
    rows = np.arange(len(right))

    def loss(logarithms: np.ndarray) -> float:
        return -float(log_softmax(combine(scores, np.exp(logarithms)), axis=1)[rows, right].mean())

    start = np.log(DEFAULT if len(scores) > 1 else ALONE)
    return tuple(float(weight) for weight in np.exp(minimize(loss, start, method="Nelder-Mead").x))


def combine(scores: Sequence[np.ndarray], weights: Sequence[float]) -> np.ndarray:
    """Return the weighted sum of the models' scores."""
    return np.sum([weight * part for weight, part in zip(weights, scores)], axis=0)
