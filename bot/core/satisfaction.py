"""Figures of a survey: shares and means with their uncertainty, and the satisfaction index: see docs/surveys.md."""

from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev
from typing import List, Mapping, Optional, Sequence, Tuple

from bot.core.survey_answers import AREAS, HIGHEST, LOWEST, OVERALL, Answer, Solved

_Z = 1.959964
# The 97.5 % quantile of Student's t by degrees of freedom; beyond 30 the next lower one is used, which errs wide.
_T_FIRST = (
    12.706,
    4.303,
    3.182,
    2.776,
    2.571,
    2.447,
    2.365,
    2.306,
    2.262,
    2.228,
    2.201,
    2.179,
    2.160,
    2.145,
    2.131,
)
_T_NEXT = (
    2.120,
    2.110,
    2.101,
    2.093,
    2.086,
    2.080,
    2.074,
    2.069,
    2.064,
    2.060,
    2.056,
    2.052,
    2.048,
    2.045,
    2.042,
)
_T = (*_T_FIRST, *_T_NEXT)
_T_LATER = ((1000, 1.962), (120, 1.980), (60, 2.000), (40, 2.021), (30, 2.042))
# The survey's own weights are estimated anew each time and not published: see docs/surveys.md.
INDEX_WEIGHTS = {name: 1 / len(OVERALL) for name in OVERALL}


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % confidence interval, from `count` answers."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Sent:
    """What became of a unit's invitations."""

    invited: int = 0
    waiting: int = 0
    delivered: int = 0
    failed: int = 0
    stopped: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Figures:
    """What a unit's answers say. Everything but the counts is None or empty below the fewest answers."""

    sent: Sent
    answers: int
    shown: bool
    rate: Optional[Estimate] = None
    service: Optional[Estimate] = None
    solved: Optional[Estimate] = None
    index: Optional[Estimate] = None
    areas: Tuple[Tuple[str, Estimate], ...] = ()
    comments: Tuple[str, ...] = ()

    @property
    def unanswered(self) -> int:
        """How many were delivered and not answered."""
        return max(self.sent.delivered - self.sent.answered, 0)


def share(hits: int, count: int) -> Optional[Estimate]:
    """Return a share with its Wilson score interval (Wilson 1927), or None without anybody."""
    if count == 0:
        return None
    part, squared = hits / count, _Z**2
    middle = (part + squared / (2 * count)) / (1 + squared / count)
    reach = _Z * sqrt(part * (1 - part) / count + squared / (4 * count**2)) / (1 + squared / count)
    return Estimate(part, max(0.0, middle - reach), min(1.0, middle + reach), count)


def average(values: Sequence[float], lowest: float, highest: float) -> Optional[Estimate]:
    """Return a mean with its t interval, kept within the scale; one answer leaves the whole scale open."""
    if not values:
        return None
    if len(values) == 1:
        return Estimate(values[0], lowest, highest, 1)
    reach = _quantile(len(values) - 1) * stdev(values) / sqrt(len(values))
    middle = mean(values)
    return Estimate(middle, max(lowest, middle - reach), min(highest, middle + reach), len(values))


def on_100(score: float) -> float:
    """Return a score from 1 to 10 on the scale from 0 to 100: 1 is 0, 10 is 100."""
    return (score - 1) / 9 * 100


def index_of(scores: Mapping[str, int]) -> Optional[float]:
    """Return the satisfaction index of one answer; None unless all three questions were answered."""
    if any(name not in scores for name in OVERALL):
        return None
    return sum(INDEX_WEIGHTS[name] * on_100(scores[name]) for name in OVERALL)


def figures(sent: Sent, answers: Sequence[Answer], fewest: int) -> Figures:
    """Return what a unit's answers say; nothing about content below `fewest`, so that nobody can be picked out."""
    rate = share(min(sent.answered, sent.delivered), sent.delivered)
    if len(answers) < fewest:
        return Figures(sent, len(answers), False, rate)
    indexes = [found for found in (index_of(answer.scores) for answer in answers) if found is not None]
    areas: List[Tuple[str, Estimate]] = []
    for name in AREAS:
        values = [on_100(answer.scores[name]) for answer in answers if name in answer.scores]
        estimate = average(values, 0, 100)
        if estimate and estimate.count >= fewest:
            areas.append((name, estimate))
    return Figures(
        sent,
        len(answers),
        True,
        rate,
        average([answer.service for answer in answers], LOWEST, HIGHEST),
        share(sum(answer.solved is Solved.YES for answer in answers), len(answers)),
        average(indexes, 0, 100) if len(indexes) >= fewest else None,
        tuple(areas),
        tuple(answer.comment for answer in answers if answer.comment),
    )


def _quantile(freedom: int) -> float:
    if freedom <= len(_T):
        return _T[freedom - 1]
    return next(value for least, value in _T_LATER if freedom >= least)
