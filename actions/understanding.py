"""Reads from Rasa's tracker what the message was understood as."""

from typing import List, Optional, Tuple

from rasa_sdk import Tracker

from bot.core.deciding import FALLBACK
from bot.core.questions import QUESTIONS


def text_of(tracker: Tracker) -> str:
    """Return what the visitor wrote; a button's payload counts as nothing written."""
    text = tracker.latest_message.get("text") or ""
    return "" if text.startswith("/") else text


def intent_of(tracker: Tracker) -> str:
    """Return the intent of the last message."""
    return (tracker.latest_message.get("intent") or {}).get("name") or FALLBACK


def ranking_of(tracker: Tracker) -> List[Tuple[str, float]]:
    """Return (topic, probability) as the classifier ranked them, the likeliest first."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [(item["name"], item["confidence"]) for item in ranking if item["name"] != FALLBACK]


def questions_of(tracker: Tracker) -> List[Tuple[str, str]]:
    """Return (topic, text) of each question in a message with several; empty for an ordinary message."""
    return [(item["topic"], item["text"]) for item in tracker.latest_message.get(QUESTIONS) or []]


def entity(tracker: Tracker, name: str) -> Optional[str]:
    """Return the value of an entity that came with a button, or None."""
    return next(tracker.get_latest_entity_values(name), None)
