"""A message as the HTTP contract has it (the chat API's Message)."""

import dataclasses
from typing import Any, Dict
from zoneinfo import ZoneInfo

from bot.core.conversations import Message


def message_json(message: Message, zone: ZoneInfo) -> Dict[str, Any]:
    """Return the message with every field of the contract; times in `zone`."""
    reply = message.reply
    return {
        "id": message.number,
        "role": reply.role.value,
        "text": reply.text,
        "at": message.at.astimezone(zone).isoformat(timespec="seconds"),
        "topic": reply.topic,
        "aspect": reply.aspect,
        "clarify": list(reply.clarify),
        "choices": [dataclasses.asdict(choice) for choice in reply.choices],
        "sources": [dataclasses.asdict(source) for source in reply.sources],
        "unit": dataclasses.asdict(reply.unit) if reply.unit else None,
        "facts": [dataclasses.asdict(fact) for fact in reply.facts],
        "case": dataclasses.asdict(reply.case) if reply.case else None,
    }
