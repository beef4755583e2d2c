"""Shares and means with how sure they are: 95 % confidence intervals, worked out without a library."""

from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev
from typing import Optional, Sequence

# The 97.5 % quantile of the normal distribution.
_Z = 1.959964
# The same of Student's t, by degrees of freedom; in between the row below is used, which errs on the wide side.
_T = (
    (1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (6, 2.447), (7, 2.365), (8, 2.306), (9, 2.262),
    (10, 2.228), (11, 2.201), (12, 2.179), (13, 2.160), (14, 2.145), (15, 2.131), (16, 2.120), (17, 2.110),
    (18, 2.101), (19, 2.093), (20, 2.086), (22, 2.074), (24, 2.064), (26, 2.056), (28, 2.048), (30, 2.042),
    (40, 2.021), (60, 2.000), (120, 1.980), (1000, 1.962),
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % confidence interval, from `count` observations."""

    value: float
    low: float
    high: float
    count: int


def share(hits: int, count: int) -> Optional[Estimate]:
    """Return a share from 0 to 1 with its Wilson score interval (Wilson 1927); None when nothing was counted."""
    if count == 0:
        return None
    part, squared = hits / count, _Z**2
    middle = (part + squared / (2 * count)) / (1 + squared / count)
    reach = _Z * sqrt(part * (1 - part) / count + squared / (4 * count**2)) / (1 + squared / count)
    return Estimate(part, max(0.0, middle - reach), min(1.0, middle + reach), count)


def average(values: Sequence[float], lowest: float, highest: float) -> Optional[Estimate]:
    """Return a mean with its t interval, kept within the scale; a single value leaves the whole scale open."""
    if not values:
        return None
    if len(values) == 1:
        return Estimate(values[0], lowest, highest, 1)
    reach = _quantile(len(values) - 1) * stdev(values) / sqrt(len(values))
    middle = mean(values)
    return Estimate(middle, max(lowest, middle - reach), min(highest, middle + reach), len(values))


def _quantile(freedom: int) -> float:
    return max((row for row in _T if row[0] <= freedom), key=lambda row: row[0])[1]
