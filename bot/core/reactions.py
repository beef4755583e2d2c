"""What the bot would do with a message, read from what Rasa made of it."""

from dataclasses import dataclass, replace
from typing import Any, Callable, Mapping, Optional, Sequence, Tuple

from bot.core.deciding import FALLBACK, FOLLOW_UP, OUTSIDE, decide

Ranking = Sequence[Tuple[str, float]]
FindAspect = Callable[[str], Optional[str]]
# Reads a parsed message; the second argument is the topic that was talked about before, if any.
Read = Callable[[Mapping[str, Any], Optional[str]], "Reaction"]


@dataclass(frozen=True)
class Reaction:
    """What the visitor would meet.

    `step` is answer, clarify, outside or rephrase; `topics` are answered, or asked between. `ranking` is what the
    classifier made of the message, the likeliest first, with probabilities from 0 to 1.
    """

    step: str
    topics: Tuple[str, ...] = ()
    aspect: Optional[str] = None
    follow_up: bool = False
    ranking: Tuple[Tuple[str, float], ...] = ()


def from_ranking(ranking: Ranking) -> Reaction:
    """Return what the bot would do with a message of which only the ranking is known."""
    decision = decide(ranking)
    return _settled(decision.step.value, decision.topics, None, None, ranking)


def from_message(parsed: Mapping[str, Any], before: Optional[str], find_aspect: FindAspect) -> Reaction:
    """Return what the bot would do with a message that its own model has parsed.

    A model that was trained before `understood` was part of a message is read by its ranking.
    """
    ranking = _ranking(parsed)
    understood = parsed.get("understood")
    questions = (understood or parsed).get("questions") or ()
    # Two sides of a topic are two questions about one.
    asked = tuple(dict.fromkeys(question["topic"] for question in questions))
    if understood:
        # What came before is the model's own business here: it has seen the tracker.
        topics = asked or tuple(understood.get("topics") or ())
        found = _settled(understood["step"], topics, None, understood.get("aspect"), ranking)
        return replace(found, follow_up=found.follow_up or bool(understood.get("follow_up")))
    if asked:
        return Reaction("answer", asked, ranking=ranking)
    decision = decide(ranking)
    aspect = find_aspect(parsed.get("text") or "")
    return _settled(decision.step.value, decision.topics, before, aspect, ranking)


def from_plain_rasa(parsed: Mapping[str, Any], before: Optional[str], find_aspect: FindAspect) -> Reaction:
    """Return what a bot would do that answers every intent but Rasa's own nlu_fallback.

    For a fair comparison it gets Genvej's dialogue: the topic that was talked about, and the phrases for aspects.
    """
    intent = (parsed.get("intent") or {}).get("name") or FALLBACK
    step, topics = ("rephrase", ()) if intent == FALLBACK else ("answer", (intent,))
    return _settled(step, topics, before, find_aspect(parsed.get("text") or ""), _ranking(parsed))


def _ranking(parsed: Mapping[str, Any]) -> Tuple[Tuple[str, float], ...]:
    items = parsed.get("intent_ranking") or ()
    return tuple((item["name"], item["confidence"]) for item in items if item["name"] != FALLBACK)


def _settled(
    step: str, topics: Tuple[str, ...], before: Optional[str], aspect: Optional[str], ranking: Ranking
) -> Reaction:
    """Return the reaction to a decision: "outside" is no answer, and a follow-up is about the topic before."""
    follow_up = step == "answer" and topics == (FOLLOW_UP,)
    if follow_up:
        step, topics = ("answer", (before,)) if before else ("rephrase", ())
    if step == "answer" and topics == (OUTSIDE,):
        step, topics = "outside", ()
    return Reaction(step, topics, aspect, follow_up, tuple(ranking))
