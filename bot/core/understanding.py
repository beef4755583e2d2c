"""From a visitor's words to what the bot does about them, with what was spoken of before in view."""

import re
from dataclasses import dataclass
from typing import Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.core.aspects import AspectFinder
from bot.core.deciding import FOLLOW_UP, NOT_CHOOSABLE, Decision, Step, decide
from bot.core.questions import (
    QUESTIONS,
    SPOKEN_OF_AT_JOINT,
    parts_at_joints,
    separate,
    separate_at_joint,
    split,
    too_many,
)

# The name under which an Understood travels through Rasa.
UNDERSTOOD = "understood"
Ranking = Sequence[Tuple[str, float]]
Rank = Callable[[Sequence[str]], Sequence[Ranking]]

# Above this a message speaks for itself, whatever was said before it.
SPEAKS_FOR_ITSELF = 0.75
# How much the words before weigh, how much nearer a related topic lies, and how likely a short message follows up
# at all: tried on made-up pairs of messages, docs/adr/0012.
CARRIED = 0.25
CARRIED_FLOOR = 0.003
NEAR = 10.0
FOLLOWS = 0.1
ASKS_A_SIDE = 0.05
# "Og hvad så med udendørs?": the words after these name another matter.
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:og|men|nå)\s+)*(?:(?:hvad|hva)\s+(?:(?:så|da)\s+)?(?:med|hvis|når)|også|hvis|med)\s+", re.I
)
# How likely it must be: less where the topic before names it as related.
NAMED_FROM = 0.75
NAMED_NEAR_FROM = 0.20
# The power that a single word's probabilities are taken to.
SINGLE_WORD = 0.6
# Messages with more words than this carry their own matter.
_ELLIPTIC_WORDS = 12
# A question about something said before is short when nothing was said before: "hvad koster det?".
_BARE_WORDS = 6


class Before(NamedTuple):
    """What the conversation was about until now: the last topic answered, and the words that led to it."""

    topic: str
    text: str


@dataclass(frozen=True)
class Understood:
    """What a message was understood as."""

    step: Step
    topics: Tuple[str, ...]
    ranking: Tuple[Tuple[str, float], ...]
    aspect: Optional[str] = None
    follow_up: bool = False
    questions: Tuple[Tuple[str, str], ...] = ()

    def as_dict(self) -> dict:
        """Return it as it travels through Rasa."""
        return {
            "step": self.step.value,
            "topics": list(self.topics),
            "aspect": self.aspect,
            "follow_up": self.follow_up,
            QUESTIONS: [{"topic": topic, "text": text} for topic, text in self.questions],
        }


class Understander:
    """Puts together what is known about a message. It keeps nothing between calls.

    Args:
        rank: ranks the topics for several texts, the likeliest first, with calibrated probabilities.
        aspects: finds the side of a topic that a text asks for.
        related: each topic's neighbours, for short messages that go on from one to the other.
    """

    def __init__(
        self,
        rank: Rank,
        aspects: AspectFinder,
        related: Mapping[str, Sequence[str]],
    ):
        self._rank = rank
        self._aspects = aspects
        self._related = related

    def understand(self, text: str, before: Optional[Before] = None) -> Understood:
        """Understand one message."""
        if too_many(text):
            return Understood(Step.REPHRASE, (), ())
        (ranking,) = self._rank([text])
        if len(text.split()) == 1:
            ranking = _softened(ranking)
        questions = self._questions(text, ranking)
        if questions:
            topics = tuple(topic for topic, _ in questions)
            return Understood(Step.ANSWER, topics, tuple(ranking), questions=tuple(questions))
        if before and before.topic:
            ranking = self._in_context(text, ranking, before)
        elif len(text.split()) > _BARE_WORDS or not self._aspects.find(text, True):
            ranking = _without_follow_up(ranking)
        decision = decide(ranking)
        return self._understood(text, ranking, decision, before)

    def _understood(
        self, text: str, ranking: Ranking, decision: Decision, before: Optional[Before]
    ) -> Understood:
        follow_up = decision.topics == (FOLLOW_UP,)
        topics = (before.topic,) if follow_up and before and before.topic else decision.topics
        if follow_up and before and not self._aspects.find(text, True):
            other = self._other_matter(text, before)
            if other:
                return Understood(Step.ANSWER, (other,), tuple(ranking))
        aspect = self._aspects.find(text, follow_up) if decision.step is Step.ANSWER else None
        return Understood(decision.step, topics, tuple(ranking), aspect, follow_up)

    def _other_matter(self, text: str, before: Before) -> Optional[str]:
        """Return the topic that a message like "og hvad så med udendørs?" turns to, or None."""
        rest = _WHAT_ABOUT.sub("", text)
        if rest == text:
            return None
        (ranking,) = self._rank([rest])
        matters = [item for item in ranking if item[0] not in NOT_CHOOSABLE]
        total = sum(share for _, share in matters)
        for topic, share in matters[:3]:
            near = topic in self._related.get(before.topic, ())
            if topic != before.topic and share >= total * (NAMED_NEAR_FROM if near else NAMED_FROM):
                return topic
        return None

    def _questions(self, text: str, ranking: Ranking) -> List[Tuple[str, str]]:
        parts = split(text)
        if len(parts) > 1:
            found = separate(list(zip(parts, self._rank(parts))), ranking)
            if found:
                return found
        # Only where the message speaks of two topics: most have a comma, and a part costs as much as the whole.
        if sum(share >= SPOKEN_OF_AT_JOINT for _, share in ranking[:2]) < 2:
            return []
        pairs = parts_at_joints(text)
        ranked = iter(self._rank([part for pair in pairs for part in pair]))
        parted = (separate_at_joint([(part, next(ranked)) for part in pair], ranking) for pair in pairs)
        return next((found for found in parted if found), [])

    def _in_context(self, text: str, ranking: Ranking, before: Before) -> Ranking:
        """Return the ranking of a short message as one that goes on from `before`."""
        if not ranking or ranking[0][1] >= SPEAKS_FOR_ITSELF or not _elliptic(text):
            return ranking
        (together,) = self._rank([f"{before.text} {text}"])
        carried = dict(together)
        likely: Dict[str, float] = {}
        for topic, alone in ranking:
            near = NEAR if topic in self._related.get(before.topic, ()) else 1.0
            likely[topic] = alone * (carried.get(topic, 0.0) + CARRIED_FLOOR) ** CARRIED * near
        # To speak of the topic before by name, and to ask for a side of something, are ways to follow up.
        shares = dict(ranking)
        asks = self._aspects.likelihood(text)
        follows = shares.get(FOLLOW_UP, 0.0) + shares.get(before.topic, 0.0)
        follows += FOLLOWS + ASKS_A_SIDE * asks
        likely[FOLLOW_UP] = follows * (carried.get(before.topic, 0.0) + CARRIED_FLOOR) ** CARRIED
        if before.topic != FOLLOW_UP:
            likely.pop(before.topic, None)
        total = sum(likely.values())
        return sorted(((topic, value / total) for topic, value in likely.items()), key=lambda item: -item[1])


def _elliptic(text: str) -> bool:
    return len(text.split()) <= _ELLIPTIC_WORDS


def _softened(ranking: Ranking) -> Ranking:
    """Return the ranking of a single word, which says less than the model makes of it ("tilladelse")."""
    softer = [(topic, share**SINGLE_WORD) for topic, share in ranking]
    total = sum(share for _, share in softer)
    return [(topic, share / total) for topic, share in softer]


def _without_follow_up(ranking: Ranking) -> Ranking:
    rest = [(topic, share) for topic, share in ranking if topic != FOLLOW_UP]
    total = sum(share for _, share in rest)
    return [(topic, share / total) for topic, share in rest] if total else ranking
