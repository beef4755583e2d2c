"""How well a message with a known topic was understood, and how much harm a mistake does.

What is judged is what the visitor would have met, not what the classifier ranked first: an answer, a question
back, "I did not understand" or "that is not for me".
"""

from dataclasses import dataclass
from enum import Enum
from typing import Optional, Tuple

from bot.core.deciding import FOLLOW_UP, OUTSIDE, SMALL_TALK
from bot.core.reactions import Reaction


class Result(Enum):
    """What the visitor would have met."""

    RIGHT = "right at once"
    OFFERED = "right after one clarification"
    PARTLY = "partly right"
    WRONG = "confidently wrong"
    REFUSED = "wrongly refused"
    UNANSWERED = "not understood"
    OUTSIDE = "outside recognised"


class Kind(Enum):
    """What a set asks of the bot; each kind has a way of its own to be right."""

    QUESTIONS = "questions"
    LANGUAGES = "other languages"
    EITHER = "either of two topics"
    SEVERAL = "two questions in one message"
    FOLLOW_UPS = "follow-ups"
    CONTEXT = "another topic after a first one"


@dataclass(frozen=True)
class Utterance:
    """A line of a set: the topics that are right, the style it is written in, the text.

    A follow-up, and a message in context, also have the utterance `before` it; a follow-up has its `aspect`.
    """

    topics: Tuple[str, ...]
    style: str
    text: str
    kind: Kind = Kind.QUESTIONS
    aspect: Optional[str] = None
    before: Optional[str] = None

    @property
    def is_outside(self) -> bool:
        """Tell whether the bot ought to say that this is not for it."""
        return OUTSIDE in self.topics


@dataclass(frozen=True)
class Judged:
    """An utterance, what the bot did, and what that is worth."""

    utterance: Utterance
    reaction: Reaction
    result: Result


def judged(utterance: Utterance, reaction: Reaction) -> Judged:
    """Return the utterance together with the judgement on the reaction."""
    return Judged(utterance, reaction, judge(utterance, reaction))


def judge(utterance: Utterance, reaction: Reaction) -> Result:
    """Tell what the reaction means for somebody who asked about the utterance's topics."""
    if FOLLOW_UP in utterance.topics and reaction.follow_up:
        return Result.RIGHT
    if reaction.step == "outside":
        return Result.OUTSIDE if utterance.is_outside else Result.REFUSED
    if reaction.step == "answer" and reaction.topics:
        return _judge_answer(utterance, reaction)
    if reaction.step == "clarify":
        return _judge_offer(utterance, reaction)
    return Result.UNANSWERED


def _judge_answer(utterance: Utterance, reaction: Reaction) -> Result:
    wanted, said = set(utterance.topics), set(reaction.topics)
    if not wanted & said:
        return Result.WRONG
    if utterance.kind is Kind.FOLLOW_UPS:
        # The right topic, but another side of it or all of it: the visitor has to look for the rest.
        return Result.RIGHT if reaction.aspect == utterance.aspect and said == wanted else Result.PARTLY
    if utterance.kind is Kind.SEVERAL:
        # An answer that neither question asked for passes for the answer to the second one.
        if said - wanted:
            return Result.WRONG
        return Result.RIGHT if said == wanted else Result.PARTLY
    return Result.PARTLY if said - wanted else Result.RIGHT


def _judge_offer(utterance: Utterance, reaction: Reaction) -> Result:
    wanted, offered = set(utterance.topics), set(reaction.topics)
    if not wanted & offered:
        return Result.UNANSWERED
    if utterance.kind is Kind.SEVERAL and not wanted <= offered:
        return Result.PARTLY
    return Result.OFFERED


# What a mistake costs the visitor. A wrong answer may be believed, and cost money or break a rule. A refusal sends
# somebody away whom the bot could have helped. Questions back that miss cost a moment more than being asked to
# say it in other words, because the choices have to be read.
HARM_OF_WRONG = 10.0
HARM_OF_REFUSED = 4.0
HARM_OF_MISSED_OFFER = 3.0
HARM_OF_UNANSWERED = 2.0
HARM_OF_PARTLY = 1.0
# Where small talk is what was meant or what was said, nobody acts on the mistake.
SMALL_TALK_FACTOR = 0.2


def harm(item: Judged) -> float:
    """Return the cost of the mistake in points; 0 where there was none. Only the order of the points means anything."""
    if item.result is Result.UNANSWERED:
        points = HARM_OF_MISSED_OFFER if item.reaction.step == "clarify" else HARM_OF_UNANSWERED
    else:
        points = {
            Result.WRONG: HARM_OF_WRONG,
            Result.REFUSED: HARM_OF_REFUSED,
            Result.PARTLY: HARM_OF_PARTLY,
        }.get(item.result, 0.0)
    return points * SMALL_TALK_FACTOR if _is_small_talk(item) else points


def _is_small_talk(item: Judged) -> bool:
    meant, said = set(item.utterance.topics), set(item.reaction.topics)
    return meant <= set(SMALL_TALK) or (bool(said) and said <= set(SMALL_TALK))
