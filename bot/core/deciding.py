"""What to do with a message whose topic is more or less sure: answer, ask back, or admit not to know.

The probabilities are calibrated (bot/rasa_ext/topic_model.py), so the bounds follow from costs: a question
back costs the visitor a moment, a wrong answer may cost money.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Sequence, Tuple

ANSWER_FROM = 0.30
CLARIFY_FROM = 0.06
CLARIFY_TOGETHER_FROM = 0.22
MOST_CLARIFIED = 3

SMALL_TALK = ("hils", "farvel", "tak", "hjaelp", "er_du_robot")
OUTSIDE = "udenfor_emne"
FOLLOW_UP = "opfoelgning"
PERSON = "tal_med_medarbejder"
# The intent that Rasa itself uses for what was not understood.
FALLBACK = "nlu_fallback"
# These are no topics that a visitor can be asked to choose between.
NOT_CHOOSABLE = (*SMALL_TALK, OUTSIDE, FOLLOW_UP, "ingen_af_dem", "vis_emner")


class Step(Enum):
    """What the bot does next."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REPHRASE = "rephrase"


@dataclass(frozen=True)
class Decision:
    """The step and the topics it concerns: one to answer, two or three to ask between, none to rephrase."""

    step: Step
    topics: Tuple[str, ...] = ()


def decide(ranking: Sequence[Tuple[str, float]]) -> Decision:
    """Decide on (topic, probability) pairs, the likeliest first."""
    if ranking and ranking[0][1] >= ANSWER_FROM:
        return Decision(Step.ANSWER, (ranking[0][0],))
    likely = [
        (topic, probability)
        for topic, probability in ranking[: MOST_CLARIFIED + 2]
        if probability >= CLARIFY_FROM and topic not in NOT_CHOOSABLE
    ][:MOST_CLARIFIED]
    if len(likely) >= 2 and sum(probability for _, probability in likely) >= CLARIFY_TOGETHER_FROM:
        return Decision(Step.CLARIFY, tuple(topic for topic, _ in likely))
    return Decision(Step.REPHRASE)
