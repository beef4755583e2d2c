"""A short message after something else was spoken of: which topic it is about, seen from there.

"Og hvad så med udendørs?" says little by itself. What is known of each topic (how likely it is by the message alone,
by both messages together, and how near it lies to the topic before) is weighed; the weights are learned from
conversations of two messages, data/calibration.
"""

import re
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.core.deciding import FOLLOW_UP, NOT_CHOOSABLE, OUTSIDE, PERSON, SMALL_TALK, Step
from bot.core.weighing import Signs, Weights, log

Ranking = Sequence[Tuple[str, float]]
# "Og hvad så med udendørs?": the words after these name what is asked about.
_OPENING = re.compile(
    r"^\W*(?:(?:okay|ok|fint|tak|ja|jamen|og|men|nå)\W+)*"
    r"(?:(?:hvad|hva|hvordan)\s+(?:(?:så|da|er det|så lige)\s+)?(?:med|hvis|når)|også|hvis|med|gælder det også)\s+",
    re.I,
)
_ONLY_LINK = re.compile(r"^\W*(?:(?:og|men|nå|okay|ok)\W+)+", re.I)
# To greet, to thank or to ask for a person leaves what was spoken of as it is.
NO_MATTER = (*NOT_CHOOSABLE, PERSON)
# Messages with more words than this carry their own matter.
_ELLIPTIC_WORDS = 12


class Before(NamedTuple):
    """What the conversation was about until now: the last topic answered, and the words that led to it.

    `asked` are the topics that the bot has just asked between instead of answering. Words without any topic are those
    of a question that named none ("hvad koster det?"); the bot has asked what it is about.
    """

    topic: str = ""
    text: str = ""
    asked: Tuple[str, ...] = ()

    def then(self, text: str, step: Step, topics: Sequence[str], follow_up: bool) -> "Before":
        """Return what the conversation is about after `text` was understood so."""
        if step is Step.ANSWER and topics and topics[-1] not in NO_MATTER:
            return Before(topics[-1], self.text if follow_up and self.text else text)
        if not self.topic and tuple(topics) == (FOLLOW_UP,):
            return Before(text=text)
        if step is Step.CLARIFY:
            return Before(self.topic, self.text if self.asked and self.text else text, tuple(topics))
        return self._replace(asked=())

    @property
    def is_open(self) -> bool:
        """Tell whether the words before still wait for an answer, because it was not clear what they are about."""
        return bool(self.asked or (self.text and not self.topic))

    @property
    def spoken_of(self) -> Tuple[str, ...]:
        """The topics that a message which names none is about; none when nothing was spoken of."""
        return self.asked or ((self.topic,) if self.topic else ())


class Rankings(NamedTuple):
    """What the model makes of a message alone, together with the one before, and without its opening words."""

    alone: Ranking
    together: Ranking
    rest: Optional[Ranking]


def is_elliptic(text: str) -> bool:
    """Tell whether a message is so short that it may lean on the one before."""
    return len(text.split()) <= _ELLIPTIC_WORDS


def rest_of(text: str) -> Optional[str]:
    """Return what stands after "og hvad med" and the like; None when the message does not begin so."""
    for opening in (_OPENING, _ONLY_LINK):
        rest = opening.sub("", text)
        if rest and rest != text:
            return rest
    return None


def in_context(
    text: str,
    rankings: Rankings,
    before: Before,
    related: Mapping[str, Sequence[str]],
    asks_a_side: float,
    weights: Weights,
) -> List[Tuple[str, float]]:
    """Return (topic, probability) for a message after `before`, the likeliest first.

    FOLLOW_UP is no topic here: what follows up is about the topic before.

    Args:
        text: the message.
        rankings: what the model makes of it.
        before: what was spoken of.
        related: each topic's neighbours.
        asks_a_side: how likely the message asks for a side of something (price, time ...), from 0 to 1.
        weights: learned from conversations of two messages.
    """
    options = signs(text, rankings, before, related, asks_a_side)
    shares = weights.shares(list(options.values()))
    return sorted(zip(options, shares), key=lambda item: -item[1])


def signs(
    text: str,
    rankings: Rankings,
    before: Before,
    related: Mapping[str, Sequence[str]],
    asks_a_side: float,
) -> Dict[str, Signs]:
    """Return what speaks for each topic; Args as for `in_context`."""
    alone, together = dict(rankings.alone), dict(rankings.together)
    rest = dict(rankings.rest or ())
    follows = alone.pop(FOLLOW_UP, 0.0)
    together.pop(FOLLOW_UP, None)
    opening = rankings.rest is not None
    neighbours = {near for topic in before.spoken_of for near in related.get(topic, ())}
    words = min(len(text.split()), _ELLIPTIC_WORDS) / _ELLIPTIC_WORDS
    found: Dict[str, Signs] = {}
    for topic, share in alone.items():
        one = {"alone": log(share), "together": log(together.get(topic, 0.0))}
        if opening:
            one["rest"] = log(rest.get(topic, 0.0))
        if topic in neighbours:
            one["near"] = 1.0
        if topic in before.spoken_of:
            one.update(same=1.0, same_follows=log(follows), same_side=asks_a_side, same_words=words)
            one["same_opening"] = float(opening)
        if topic == OUTSIDE:
            one["outside"] = 1.0
        if topic in (*SMALL_TALK, PERSON):
            one["small_talk"] = 1.0
        found[topic] = one
    return found
