"""What visitors take along of their own, in a form that other programs read: docs/records.md."""

import json
from typing import Any, Dict, Sequence

from sanic.response import HTTPResponse, raw

from bot.bootstrap import DENMARK
from bot.core.conversations import Conversation, Message
from bot.core.plans.kept import KeptPlan
from bot.web.message_json import message_json


def conversation_data(conversation: Conversation, messages: Sequence[Message]) -> HTTPResponse:
    """Return a conversation as the visitor sees it, and what they found useful."""
    document = {
        "schema": "genvej-conversation/1",
        "page": conversation.page,
        "created_at": conversation.created_at.astimezone(DENMARK).isoformat(timespec="seconds"),
        "messages": [{**message_json(message, DENMARK), "useful": message.useful} for message in messages],
    }
    return _file("samtale.json", document)


def plan_data(kept: KeptPlan) -> HTTPResponse:
    """Return everything that is kept of a plan."""
    document = {
        "schema": "genvej-plan/1",
        "plan": kept.plan,
        "answers": dict(kept.answers),
        "done": sorted(kept.done),
        "start": kept.start.isoformat() if kept.start else None,
        "opening": kept.opening.isoformat() if kept.opening else None,
    }
    return _file("plan.json", document)


def _file(name: str, document: Dict[str, Any]) -> HTTPResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    body = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return raw(body, content_type="application/json", headers=headers)
