"""Counts of results, their shares with confidence intervals, and the confusions in order of harm."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from typing import Callable, Dict, Iterable, List, Mapping, NamedTuple, Tuple

from bot.core.evaluation import Judged, Kind, Result, harm

# Two-sided 95 %.
_Z = 1.959964
# The theme of topics that have no folder in data/knowledge: greetings, follow-ups, what is outside.
CONVERSATION = "samtale"
NOT_UNDERSTOOD = "(not understood)"
OUTSIDE_SAID = "(outside)"


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def exact(self) -> Fraction:
        """Return the share from 0 to 1 without rounding; 0 of nothing is 0."""
        return Fraction(self.count, self.of) if self.of else Fraction(0)

    @property
    def interval(self) -> Tuple[float, float]:
        """Return Wilson's 95 % interval, from 0 to 1: honest near 0 and 1 and for small sets."""
        if not self.of:
            return (0.0, 1.0)
        share, square = self.count / self.of, _Z * _Z
        middle = share + square / (2 * self.of)
        half = _Z * sqrt(share * (1 - share) / self.of + square / (4 * self.of * self.of))
        scale = 1 + square / self.of
        return (max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


@dataclass(frozen=True)
class Tally:
    """Results of questions that the bot is there for, and of messages that are outside."""

    questions: Counter = field(default_factory=Counter)
    outside: Counter = field(default_factory=Counter)

    @classmethod
    def of(cls, items: Iterable[Judged]) -> "Tally":
        """Count judged utterances."""
        tally = cls()
        for item in items:
            (tally.outside if item.utterance.is_outside else tally.questions)[item.result] += 1
        return tally

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.questions + other.questions, self.outside + other.outside)

    @property
    def n(self) -> int:
        """Return the number of utterances."""
        return sum(self.questions.values()) + sum(self.outside.values())

    def share(self, result: Result) -> Share:
        """Return a result's share of those it can happen to.

        OUTSIDE is a share of the messages outside, WRONG of all, every other of the questions.
        """
        if result is Result.OUTSIDE:
            return Share(self.outside[result], sum(self.outside.values()))
        if result is Result.WRONG:
            return Share(self.questions[result] + self.outside[result], self.n)
        return Share(self.questions[result], sum(self.questions.values()))


class Confusion(NamedTuple):
    """What was meant, what was said instead, the points of harm in all, and how often each result came of it."""

    meant: str
    said: str
    harm: float
    results: Mapping[Result, int]


@dataclass(frozen=True)
class SetFigures:
    """The figures of one set; `digest` tells whether its file has changed since."""

    kind: Kind
    digest: str
    total: Tally
    styles: Mapping[str, Tally]
    themes: Mapping[str, Tally]


def of_set(kind: Kind, digest: str, items: Iterable[Judged], themes: Mapping[str, str]) -> SetFigures:
    """Count a set, whole and by style and theme; `themes` gives the folder of a topic in data/knowledge."""
    found = list(items)
    return SetFigures(
        kind,
        digest,
        Tally.of(found),
        grouped(found, lambda item: item.utterance.style),
        grouped(found, lambda item: themes.get(item.utterance.topics[0], CONVERSATION)),
    )


def grouped(items: Iterable[Judged], name: Callable[[Judged], str]) -> Dict[str, Tally]:
    """Return a tally for every name that `name` gives, in the order of the names."""
    groups: Dict[str, List[Judged]] = defaultdict(list)
    for item in items:
        groups[name(item)].append(item)
    return {key: Tally.of(groups[key]) for key in sorted(groups)}


def pooled(sets: Iterable[SetFigures]) -> Tally:
    """Return the tally of all sets of single questions in Danish: the figure that a model is known by."""
    return sum((each.total for each in sets if each.kind is Kind.QUESTIONS), Tally())


def pooled_groups(groups: Iterable[Mapping[str, Tally]]) -> Dict[str, Tally]:
    """Return the tallies of groups with the same name added up, in the order of the names."""
    total: Dict[str, Tally] = defaultdict(Tally)
    for group in groups:
        for name, tally in group.items():
            total[name] += tally
    return dict(sorted(total.items()))


def confusions(items: Iterable[Judged]) -> List[Confusion]:
    """Return every pair of what was meant and what was said instead, the most harmful first."""
    points: Dict[Tuple[str, str], float] = defaultdict(float)
    results: Dict[Tuple[str, str], Counter] = defaultdict(Counter)
    for item in items:
        cost = harm(item)
        if cost:
            pair = ("|".join(item.utterance.topics), said_instead(item))
            points[pair] += cost
            results[pair][item.result] += 1
    pairs = sorted(points, key=lambda pair: (-points[pair], pair))
    return [Confusion(*pair, points[pair], results[pair]) for pair in pairs]


def said_instead(item: Judged) -> str:
    """Return the first topic that was answered or offered and was not meant, or what stood in its place."""
    if item.result is Result.REFUSED:
        return OUTSIDE_SAID
    others = [topic for topic in item.reaction.topics if topic not in item.utterance.topics]
    return others[0] if others else NOT_UNDERSTOOD
