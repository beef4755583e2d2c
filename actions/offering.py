"""Offers what was not asked for outright: a plan for who begins in a trade, and what was perhaps meant too."""

from dataclasses import replace
from typing import Iterable, Tuple

from rasa_sdk import Tracker

from actions.understanding import perhaps_of, text_of
from bot.bootstrap import Services
from bot.core.conversations import Choice, Reply
from bot.understanding.entities.entity import TRADE


def another(tracker: Tracker, using: Services) -> Tuple[Choice, ...]:
    """Return the button for the topic that was perhaps meant too, or instead; none for most messages."""
    perhaps = perhaps_of(tracker)
    return using.assistant.another(*perhaps) if perhaps else ()


def with_plan(reply: Reply, topics: Iterable[str], tracker: Tracker, using: Services) -> Reply:
    """Return the reply, with one line and one button more when a plan fits the topics and the message."""
    trades = tuple(tracker.get_latest_entity_values(TRADE))
    plan = using.planner.offered(topics, trades, text_of(tracker)) if trades else None
    if plan is None:
        return reply
    words, address = using.content.phrases["plan"], f"/plan/{plan.id}"
    # The web tier puts into both what the conversation has told, and asks the plan's questions there.
    choice = Choice(words.say("offer_choice"), address)
    others = list(reply.choices)
    # What leads elsewhere stands last.
    at = len(others) - 1 if others else 0
    return replace(
        reply,
        text=f"{reply.text}\n\n{words.say(using.planner.offer_key(plan), link=address)}",
        choices=(*others[:at], choice, *others[at:]),
    )
