"""Reads from Rasa's tracker what the message was understood as."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from bot.core.calculations import Asked, Mention
from bot.core.context import before_of, slots_of
from bot.core.deciding import FALLBACK, Step
from bot.core.languages import LANGUAGE
from bot.core.questions import QUESTIONS
from bot.core.understanding import UNDERSTOOD


def text_of(tracker: Tracker) -> str:
    """Return what the visitor wrote; a button's payload counts as nothing written."""
    text = tracker.latest_message.get("text") or ""
    return "" if text.startswith("/") else text


def intent_of(tracker: Tracker) -> str:
    """Return the intent of the last message."""
    return (tracker.latest_message.get("intent") or {}).get("name") or FALLBACK


def ranking_of(tracker: Tracker) -> List[Tuple[str, float]]:
    """Return (topic, probability) as the message was ranked, the likeliest first."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [(item["name"], item["confidence"]) for item in ranking if item["name"] != FALLBACK]


def questions_of(tracker: Tracker) -> List[Tuple[str, Optional[str]]]:
    """Return (topic, side) of each question of a message with several; none for an ordinary message."""
    return [(item["topic"], item["aspect"]) for item in tracker.latest_message.get(QUESTIONS) or []]


def is_follow_up(tracker: Tracker) -> bool:
    """Tell whether the message named no topic of its own."""
    return bool(_understood(tracker).get("follow_up"))


def aspect_of(tracker: Tracker) -> Optional[str]:
    """Return the side of the topic that the message asked for, or None."""
    return _understood(tracker).get("aspect")


def understood_of(tracker: Tracker) -> Tuple[Step, Tuple[str, ...]]:
    """Return the step that was decided on and its topics; nothing understood for a message without one."""
    understood = _understood(tracker)
    return Step(understood.get("step", Step.REPHRASE.value)), tuple(understood.get("topics") or ())


def perhaps_of(tracker: Tracker) -> Optional[Tuple[str, Optional[str]]]:
    """Return (topic, side) of what may have been meant beside the topic answered, or instead of it; None for most."""
    perhaps = _understood(tracker).get("perhaps")
    return (perhaps["topic"], perhaps["aspect"]) if perhaps else None


def language_of(tracker: Tracker) -> Optional[str]:
    """Return the language of the message when it is clearly not Danish, or None."""
    return tracker.latest_message.get(LANGUAGE)


def entity(tracker: Tracker, name: str) -> Optional[str]:
    """Return the value of an entity that came with a button, or None."""
    return next(tracker.get_latest_entity_values(name), None)


def asked_of(tracker: Tracker) -> Asked:
    """Return the message with the amounts, dates and so on that were found in it."""
    mentions = tuple(
        Mention(
            item["entity"],
            item["value"],
            item.get("start") or 0,
            item.get("end") or 0,
            item.get("extra") or {},
        )
        for item in tracker.latest_message.get("entities") or []
    )
    return Asked(text_of(tracker), mentions)


def now_about(
    tracker: Tracker, step: Step, topics: Sequence[str], follow_up: bool = False, side: Optional[str] = None
) -> List[Dict[str, Any]]:
    """Return the events that keep what the conversation is about after this message, for the one that follows.

    A button has no words; whoever understands the next message reads the topic's title instead.
    """
    before = before_of(tracker.get_slot)
    words = _understood(tracker).get("words") or text_of(tracker)
    after = before.then(words, step, topics, follow_up, side)
    return [SlotSet(name, value) for name, value in slots_of(after).items()]


def _understood(tracker: Tracker) -> Dict[str, Any]:
    """Return what the message was understood as, as it travels through Rasa; empty for a message without that."""
    return tracker.latest_message.get(UNDERSTOOD) or {}
