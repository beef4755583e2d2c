"""What the conversation tells beside the form: what a case is routed by."""

import dataclasses
from typing import Any, Dict, List, Optional, Tuple

from rasa_sdk import Tracker

from bot.core.calculations import Mention
from bot.core.inquiries import told_in
from bot.core.languages import LANGUAGE
from bot.core.questions import QUESTIONS


def inquiry_of(tracker: Tracker, summary: str) -> Dict[str, Any]:
    """Return fields of a HandoffRequest: topics, language, and what the visitor's words name.

    What was said last weighs most, and the summary, which tells what it is about, more than all else.
    """
    lines = [event for event in tracker.events if event.get("event") == "user"]
    about = _parsed(next((line for line in reversed(lines) if summary in (line.get("text") or "")), None))
    mentions = [mention for line in lines for mention in _mentions(_parsed(line))]
    told = told_in([*mentions, *_mentions(about)])
    return {
        "topics": _topics(about),
        "language": about.get(LANGUAGE) or "",
        **dataclasses.asdict(told),
    }


def _parsed(line: Optional[Dict[str, Any]]) -> Dict[str, Any]:
    return (line or {}).get("parse_data") or {}


def _topics(parsed: Dict[str, Any]) -> Tuple[str, ...]:
    """Return the topics of a message with several questions; none for an ordinary message."""
    return tuple(item["topic"] for item in parsed.get(QUESTIONS) or [])


def _mentions(parsed: Dict[str, Any]) -> List[Mention]:
    return [
        Mention(item["entity"], item["value"], extra=item.get("extra") or {})
        for item in parsed.get("entities") or []
    ]
