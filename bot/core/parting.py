"""Two questions in one message: how likely it is that the parts of it are questions of their own.

A message is parted in every way its form allows (bot/core/questions.py), each part is ranked for itself, and learned
weights tell the rest (docs/adr/0013).
"""

from typing import Callable, List, Mapping, NamedTuple, Optional, Protocol, Sequence, Tuple

from bot.core.deciding import FOLLOW_UP, NOT_CHOOSABLE, OUTSIDE
from bot.core.questions import Way, signs_of_form, ways
from bot.core.weighing import Signs, Weights, log, log_odds

Ranking = Sequence[Tuple[str, float]]
# A message that asks two things less likely than this, by its form, is parted in no way (docs/adr/0013).
WORTH_PARTING = 0.08
# So many of a part's likeliest topics are looked at, and so much the whole message counts beside the part.
_CONSIDERED = 3
_BY_THE_WHOLE = 0.3
# A part with no more words than this hardly names a matter beside the side of it that it asks for.
_SHORT = 6
# "... og må jeg tale med et menneske?" is a question of its own; greetings and what lies outside are none.
_NO_QUESTION = frozenset(NOT_CHOOSABLE)


class Parted(NamedTuple):
    """What is known about a way to part a message.

    Attributes:
        way: how it is parted.
        whole: the ranking of the message.
        parts: the rankings of its parts, each for itself.
        topics: what the parts are taken to be about (`pairs_of`).
        asks_two: how likely the message asks two things by what it says as a whole.
        sides: how likely each part asks for a side of something (price, time ...), from 0 to 1.
    """

    way: Way
    whole: Ranking
    parts: Tuple[Ranking, Ranking]
    topics: Tuple[str, str]
    asks_two: float
    sides: Tuple[float, float]


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
        asks_a_side: tells how likely a text asks for a side of something, from 0 to 1.
    """

    def __init__(
        self, model: Model, related: Mapping[str, Sequence[str]], asks_a_side: Callable[[str], float]
    ):
        self._model = model
        self._related = related
        self._asks_a_side = asks_a_side

    def form_signs(self, text: str, whole: Ranking) -> Signs:
        """Return what speaks for two questions before any part is ranked."""
        return form_signs(text, whole, self._model.asks_two(text))

    def partings(self, text: str, whole: Ranking) -> List[Parted]:
        """Return every way to part a message in two that are about different topics; `whole` is its ranking.

        A way stands there twice when its parts, each for itself, are about other topics than the message speaks of.
        """
        possible = ways(text)
        ranked = self._model.topics([part for way in possible for part in way[:2]])
        asks_two = self._model.asks_two(text)
        found: List[Parted] = []
        for way, *parts in zip(possible, ranked[::2], ranked[1::2]):
            first, second = parts
            sides = (self._asks_a_side(way.first), self._asks_a_side(way.second))
            for topics in pairs_of(whole, (first, second)):
                found.append(Parted(way, whole, (first, second), topics, asks_two, sides))
        return found

    def signs(self, text: str, parted: Parted) -> Signs:
        """Return what speaks for and against both parts being questions of their own."""
        return signs(text, parted, self._related)

    def likeliest(self, text: str, whole: Ranking, pairing: Weights) -> Optional[Tuple[Parted, Signs]]:
        """Return the likeliest way to part a message, and what speaks for and against it; None when there is none.

        Args:
            text: the message.
            whole: its ranking.
            pairing: how much each sign says of which way it is, if the message asks two things.
        """
        found = self.partings(text, whole)
        known = [self.signs(text, parted) for parted in found]
        shares = pairing.shares(known)
        if not shares:
            return None
        best = max(range(len(found)), key=shares.__getitem__)
        same = sum(
            share for parted, share in zip(found, shares) if set(parted.topics) == set(found[best].topics)
        )
        return found[best], {**known[best], "pair": same}


def pairs_of(whole: Ranking, parts: Tuple[Ranking, Ranking]) -> List[Tuple[str, str]]:
    """Return what the parts of a message may be about: by themselves, and by what the whole message speaks of most."""
    found = [topics_of(whole, parts)]
    spoken_of = [topic for topic, _ in _topics(whole)[:2]]
    if len(spoken_of) == 2:
        one, other = spoken_of
        first, second = (dict(_topics(part, None)) for part in parts)
        found.append(
            max(
                [(one, other), (other, one)],
                key=lambda pair: log(first.get(pair[0], 0.0)) + log(second.get(pair[1], 0.0)),
            )
        )
    return [pair for pair in dict.fromkeys(found) if all(pair)]


def topics_of(whole: Ranking, parts: Tuple[Ranking, Ranking]) -> Tuple[str, str]:
    """Return the two topics that the parts are likeliest about, as the whole message speaks of them.

    Empty strings when a part can be about none.
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
    rest = [share for topic, share in whole if topic not in _NO_QUESTION]
    return {
        "asks_two": log_odds(asks_two),
        "first_topic": log_odds(rest[0]) if rest else log_odds(0.0),
        "second_topic": log(rest[1]) if len(rest) > 1 else log(0.0),
        "third_topic": log(rest[2]) if len(rest) > 2 else log(0.0),
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
    sure_one, sure_other = (
        dict(_topics(part, None)).get(topic, 0.0) for part, topic in zip(parted.parts, parted.topics)
    )
    spoken_of = {topic for topic, _ in _topics(parted.whole)[:2]}
    side_first, side_second = parted.sides
    is_short = len(parted.way.second.split()) <= _SHORT
    return {
        **form_signs(text, parted.whole, parted.asks_two),
        **signs_of_form(parted.way),
        "sure_first": log_odds(sure_one),
        "sure_second": log_odds(sure_other),
        "surer": log_odds(max(sure_one, sure_other)),
        "less_sure": log_odds(min(sure_one, sure_other)),
        "whole_first": log(shares.get(one, 0.0)),
        "whole_second": log(shares.get(other, 0.0)),
        "whole_less": log(min(shares.get(one, 0.0), shares.get(other, 0.0))),
        "whole_agrees": float(spoken_of == {one, other}),
        "first_of_second": log(second.get(one, 0.0)),
        "second_of_first": log(first.get(other, 0.0)),
        "first_follows": log(first.get(FOLLOW_UP, 0.0)),
        "follows": log(second.get(FOLLOW_UP, 0.0)),
        "outside_first": log(first.get(OUTSIDE, 0.0)),
        "outside_second": log(second.get(OUTSIDE, 0.0)),
        # "..., og hvad koster det?" is another side of the same matter.
        "side_first": side_first,
        "side_second": side_second,
        "side_follows": side_second * second.get(FOLLOW_UP, 0.0),
        "side_short": side_second * is_short,
        "related": float(other in related.get(one, ()) or one in related.get(other, ())),
    }


def _topics(ranking: Ranking, most: Optional[int] = _CONSIDERED) -> List[Tuple[str, float]]:
    """Return the likeliest topics with their shares among all but follow-ups."""
    rest = [(topic, share) for topic, share in ranking if topic != FOLLOW_UP]
    total = sum(share for _, share in rest)
    return [(topic, share / total) for topic, share in rest if topic not in _NO_QUESTION][:most]
