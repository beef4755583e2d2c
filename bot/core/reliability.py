"""Whether the probabilities can be trusted: calibration, and what is gained by answering less.

Each message counts with the probability of its first choice (0 to 1) and whether that choice was right.
"""

from dataclasses import dataclass
from typing import List, NamedTuple, Sequence, Tuple

BINS = 10
# (probability of the first choice, whether it was right)
Sample = Tuple[float, bool]


@dataclass(frozen=True)
class Bin:
    """The messages whose probability lies in one interval; shares are from 0 to 1."""

    lower: float
    upper: float
    count: int
    right: int
    confidence: float

    @property
    def accuracy(self) -> float:
        """Return how many of them were right; 0 for an empty bin."""
        return self.right / self.count if self.count else 0.0


class Point(NamedTuple):
    """Answering only from `threshold`: which share of all is answered, and which share of those is wrong."""

    threshold: float
    coverage: float
    risk: float


def bins(samples: Sequence[Sample], count: int = BINS) -> List[Bin]:
    """Part the messages into bins of equal width; 1.0 belongs to the last.

    Raises:
        ValueError: a probability is below 0 or above 1, or there is no bin.
    """
    if count < 1:
        raise ValueError(f"{count} bins")
    inside: List[List[Sample]] = [[] for _ in range(count)]
    for confidence, right in samples:
        if not 0.0 <= confidence <= 1.0:
            raise ValueError(f"{confidence} is no probability")
        inside[min(int(confidence * count), count - 1)].append((confidence, right))
    return [
        Bin(
            lower=number / count,
            upper=(number + 1) / count,
            count=len(found),
            right=sum(right for _, right in found),
            confidence=sum(confidence for confidence, _ in found) / len(found) if found else 0.0,
        )
        for number, found in enumerate(inside)
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between probability and share right; 0 is best, 1 worst."""
    total = sum(each.count for each in found)
    gaps = sum(each.count * abs(each.accuracy - each.confidence) for each in found)
    return gaps / total if total else 0.0


def risk_coverage(samples: Sequence[Sample]) -> List[Point]:
    """Return a point for every threshold, from answering least to answering all.

    Messages with the same probability come together: no threshold parts them.
    """
    ordered = sorted(samples, key=lambda sample: -sample[0])
    points: List[Point] = []
    wrong = 0
    for number, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if number == len(ordered) or ordered[number][0] != confidence:
            points.append(Point(confidence, number / len(ordered), wrong / number))
    return points


def area_under(points: Sequence[Point]) -> float:
    """Return the mean risk over all coverages: 0 when nothing is wrong, 1 when everything is.

    Between two points the risk of the higher coverage counts, so that ties make the area no smaller.
    """
    area, covered = 0.0, 0.0
    for point in points:
        area += (point.coverage - covered) * point.risk
        covered = point.coverage
    return area


def thinned(points: Sequence[Point], steps: int = 50) -> List[Point]:
    """Return about `steps` points evenly spread over the coverage, the first and the last among them."""
    kept: List[Point] = []
    for point in points:
        if not kept or point is points[-1] or point.coverage >= kept[-1].coverage + 1 / steps:
            kept.append(point)
    return kept
