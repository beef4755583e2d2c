"""What to do with a message whose topic is more or less sure: answer, ask back, or admit that it is not for the bot.

The probabilities are calibrated (bot/understanding/calibration.py), so the step is the one with the least
expected cost. The unit of cost is one question back to the visitor, answered with a tap.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Collection, Dict, Sequence, Tuple

# Another topic answered than was asked about: at worst somebody acts on it.
WRONG_ANSWER = 3.5
# A side of the topic just spoken of: whoever meant its neighbour sees so at a glance. Set on the exchanges of
# data/calibration.
WRONG_AGAIN = 2.5
# Small talk for small talk's sake: a wrong "velbekomme" costs a smile.
WRONG_SMALL_TALK = 2.0
# A question of a business that is told that it lies outside: whoever is sent away does not ask again in other words.
WRONGLY_REFUSED = 4.0
ASKED_BETWEEN = 1.0
# Asked between topics once more by somebody who went on without choosing.
ASKED_AGAIN = 1.2
# Asked between topics, and none of them was it.
ASKED_IN_VAIN = 2.0
REPHRASED = 2.2
MOST_CLARIFIED = 3
# A topic less likely than this is no choice worth reading.
CLARIFY_FROM = 0.03

SMALL_TALK = ("hils", "farvel", "tak", "hjaelp", "er_du_robot")
OUTSIDE = "udenfor_emne"
FOLLOW_UP = "opfoelgning"
PERSON = "tal_med_medarbejder"
# The intent that Rasa itself uses for what was not understood.
FALLBACK = "nlu_fallback"
# These are no topics that a visitor can be asked to choose between.
NOT_CHOOSABLE = (*SMALL_TALK, OUTSIDE, FOLLOW_UP, "ingen_af_dem", "vis_emner")
# Nor is a person, who may be chosen: whoever asks for one has asked about no matter.
NO_MATTER = (*NOT_CHOOSABLE, PERSON)


class Step(Enum):
    """What the bot does next."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    OUTSIDE = "outside"
    REPHRASE = "rephrase"


@dataclass(frozen=True)
class Decision:
    """The step and the topics it concerns: one to answer, two or three to ask between, none otherwise."""

    step: Step
    topics: Tuple[str, ...] = ()


def decide(
    ranking: Sequence[Tuple[str, float]], *, asked_before: bool = False, spoken_of: Collection[str] = ()
) -> Decision:
    """Decide what to do with a message.

    Args:
        ranking: (topic, probability) pairs, the likeliest first.
        asked_before: whether the last reply asked back too.
        spoken_of: the topics that the message may lean on.
    """
    if not ranking:
        return Decision(Step.REPHRASE)
    topic, probability = ranking[0]
    options: Dict[Decision, float] = {Decision(Step.REPHRASE): REPHRASED}
    # Nothing is called outside while a topic is likelier, nor, by its cost, for want of a better idea.
    if topic == OUTSIDE:
        options[Decision(Step.OUTSIDE)] = (1 - probability) * WRONGLY_REFUSED
    else:
        cost = WRONG_SMALL_TALK if topic in SMALL_TALK else WRONG_ANSWER
        if topic in spoken_of:
            cost = WRONG_AGAIN
        options[Decision(Step.ANSWER, (topic,))] = (1 - probability) * cost
    likely = [
        (name, share) for name, share in ranking if share >= CLARIFY_FROM and name not in NOT_CHOOSABLE
    ][:MOST_CLARIFIED]
    if len(likely) > 1:
        missed = 1 - sum(share for _, share in likely)
        between = Decision(Step.CLARIFY, tuple(name for name, _ in likely))
        options[between] = (ASKED_AGAIN if asked_before else ASKED_BETWEEN) + missed * ASKED_IN_VAIN
    return min(options, key=lambda option: options[option])
