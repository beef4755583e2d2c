"""Two questions in one message: how likely it is that the parts of it are questions of their own.

A message is parted in every way its form allows (bot/core/questions.py), each part is ranked for itself, and learned
weights tell the rest (docs/adr/0013).
"""

from typing import List, Mapping, NamedTuple, Protocol, Sequence, Tuple

from bot.core.deciding import FOLLOW_UP, NO_MATTER, OUTSIDE
from bot.core.questions import Way, signs_of_form, ways
from bot.core.weighing import Signs, log, log_odds

Ranking = Sequence[Tuple[str, float]]
# So many of a part's likeliest topics are looked at, and so much the whole message counts beside the part.
_CONSIDERED = 3
_BY_THE_WHOLE = 0.5


class Parted(NamedTuple):
    """What is known about a way to part a message.

    Attributes:
        way: how it is parted.
        whole: the ranking of the message.
        parts: the rankings of its parts, each for itself.
        topics: what the parts are taken to be about (`topics_of`).
        asks_two: how likely the message asks two things by what it says as a whole.
    """

    way: Way
    whole: Ranking
    parts: Tuple[Ranking, Ranking]
    topics: Tuple[str, str]
    asks_two: float


class Model(Protocol):
    """What is known of a text (bot/understanding/model.py)."""

    def topics(self, texts: Sequence[str]) -> Sequence[Ranking]:
        """Return (topic, probability) for each text, the likeliest first; none for a text without a letter."""

    def asks_two(self, text: str) -> float:
        """Return how likely a text asks about two topics, from 0 to 1."""


class Parter:
    """Parts messages.

    Args:
        model: what is known of a text.
        related: each topic's neighbours.
    """

    def __init__(self, model: Model, related: Mapping[str, Sequence[str]]):
        self._model = model
        self._related = related

    def form_signs(self, text: str, whole: Ranking) -> Signs:
        """Return what speaks for two questions before any part is ranked."""
        return form_signs(text, whole, self._model.asks_two(text))

    def partings(self, text: str, whole: Ranking) -> List[Parted]:
        """Return every way to part a message in two that are about different topics; `whole` is its ranking."""
        possible = ways(text)
        ranked = self._model.topics([part for way in possible for part in way[:2]])
        asks_two = self._model.asks_two(text)
        found: List[Parted] = []
        for way, first, second in zip(possible, ranked[::2], ranked[1::2]):
            topics = topics_of(whole, (first, second))
            if all(topics):
                found.append(Parted(way, whole, (first, second), topics, asks_two))
        return found

    def signs(self, text: str, parted: Parted) -> Signs:
        """Return what speaks for and against both parts being questions of their own."""
        return signs(text, parted, self._related)


def topics_of(whole: Ranking, parts: Tuple[Ranking, Ranking]) -> Tuple[str, str]:
    """Return the two topics that the parts are likeliest about, as the whole message speaks of them.

    Empty strings when a part is about none: small talk, or what lies outside.
    """
    shares = dict(whole)
    pairs = [
        (
            log(sure) + log(also) + _BY_THE_WHOLE * (log(shares.get(one, 0.0)) + log(shares.get(other, 0.0))),
            one,
            other,
        )
        for one, sure in _topics(parts[0])
        for other, also in _topics(parts[1])
        if one != other
    ]
    return max(pairs)[1:] if pairs else ("", "")


def form_signs(text: str, whole: Ranking, asks_two: float) -> Signs:
    """Return what speaks for two questions before any part is ranked.

    Args:
        text: the message.
        whole: its ranking.
        asks_two: how likely it asks two things by what it says as a whole, from 0 to 1.
    """
    rest = [share for topic, share in whole if topic not in NO_MATTER]
    return {
        "asks_two": log_odds(asks_two),
        "second_topic": log(rest[1]) if len(rest) > 1 else log(0.0),
        "first_topic": log_odds(rest[0]) if rest else log_odds(0.0),
        "marks": min(text.count("?"), 2) / 2,
        "words": min(len(text.split()), 60) / 60,
    }


def signs(text: str, parted: Parted, related: Mapping[str, Sequence[str]]) -> Signs:
    """Return what speaks for and against both parts of a message being questions of their own.

    Args:
        text: the message.
        parted: what is known about a way to part it.
        related: each topic's neighbours.
    """
    (one, other), shares = parted.topics, dict(parted.whole)
    first, second = (dict(part) for part in parted.parts)
    sure_one, sure_other = dict(_topics(parted.parts[0]))[one], dict(_topics(parted.parts[1]))[other]
    return {
        **form_signs(text, parted.whole, parted.asks_two),
        **signs_of_form(parted.way),
        "sure_first": log_odds(sure_one),
        "sure_second": log_odds(sure_other),
        "surer": log_odds(max(sure_one, sure_other)),
        "whole_first": log(shares.get(one, 0.0)),
        "whole_second": log(shares.get(other, 0.0)),
        "whole_less": log(min(shares.get(one, 0.0), shares.get(other, 0.0))),
        "first_of_second": log(second.get(one, 0.0)),
        "second_of_first": log(first.get(other, 0.0)),
        "follows": log(second.get(FOLLOW_UP, 0.0)),
        "outside_first": log(first.get(OUTSIDE, 0.0)),
        "outside_second": log(second.get(OUTSIDE, 0.0)),
        "related": float(other in related.get(one, ()) or one in related.get(other, ())),
    }


def _topics(ranking: Ranking) -> List[Tuple[str, float]]:
    """Return the likeliest topics with their shares among all but follow-ups; none when the likeliest is no topic."""
    rest = [(topic, share) for topic, share in ranking if topic != FOLLOW_UP]
    if not rest or rest[0][0] in NO_MATTER:
        return []
    total = sum(share for _, share in rest)
    return [(topic, share / total) for topic, share in rest[:_CONSIDERED] if topic not in NO_MATTER]
