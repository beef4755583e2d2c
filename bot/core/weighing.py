"""Learned weights of named signs, put together in the core without any library.

The weights are fitted while training (bot/understanding/fitting.py) and travel as plain numbers.
"""

import math
from dataclasses import dataclass
from typing import List, Mapping, Sequence

Signs = Mapping[str, float]
# A probability of 0 or 1 from a model means "very", and its logarithm must stay a number.
_LEAST = 1e-4


def log(probability: float) -> float:
    """Return the natural logarithm of a probability, never less than that of one in ten thousand."""
    return math.log(max(probability, _LEAST))


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, within those of one in ten thousand and its opposite."""
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))


@dataclass(frozen=True)
class Weights:
    """A weight for each sign; a sign without one counts nothing."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def total(self, signs: Signs) -> float:
        """Return the weighted sum."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())

    def probability(self, signs: Signs) -> float:
        """Return how likely a yes is, from 0 to 1."""
        return 1.0 / (1.0 + math.exp(-min(max(self.total(signs), -50.0), 50.0)))

    def shares(self, options: Sequence[Signs]) -> List[float]:
        """Return how likely each of several options is; they add up to 1. Empty for no options."""
        totals = [self.total(signs) for signs in options]
        if not totals:
            return []
        most = max(totals)
        powers = [math.exp(total - most) for total in totals]
        return [power / sum(powers) for power in powers]
