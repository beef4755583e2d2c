"""Turns what Rasa's REST channel returns into replies.

Rasa sends the text and buttons of an utterance as one item and what stands beside them as the next, under
`custom`; see actions/saying.py for the other end.
"""

from typing import Any, Dict, List

from bot.core.assistant import BETWEEN_PARAGRAPHS
from bot.core.conversations import CaseLine, Choice, FactLine, Reply, Role, SourceLine, UnitLine


def replies_from(items: List[Dict[str, Any]]) -> List[Reply]:
    """Return one reply per utterance; ValueError for a shape that Rasa does not send."""
    replies: List[Dict[str, Any]] = []
    try:
        for item in items:
            if item.get("text"):
                replies.append({"text": item["text"], "buttons": item.get("buttons") or ()})
            elif item.get("custom") and replies:
                replies[-1].update(item["custom"])
        return [_reply(fields) for fields in replies]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("unknown shape of a reply") from error


def _reply(fields: Dict[str, Any]) -> Reply:
    unit, case = fields.get("unit"), fields.get("case")
    # `more` is what an action adds below a text that is kept in the domain.
    texts = (fields["text"], fields.get("more"))
    return Reply(
        role=Role.BOT,
        text="\n\n".join(part.replace(BETWEEN_PARAGRAPHS, "\n\n") for part in texts if part),
        topic=fields.get("topic"),
        aspect=fields.get("aspect"),
        clarify=tuple(fields.get("clarify", ())),
        choices=tuple(_choice(button) for button in fields["buttons"]),
        sources=tuple(SourceLine(**source) for source in fields.get("sources", ())),
        unit=UnitLine(**unit) if unit else None,
        facts=tuple(FactLine(**fact) for fact in fields.get("facts", ())),
        case=CaseLine(**case) if case else None,
    )


def _choice(button: Dict[str, Any]) -> Choice:
    return Choice(button["title"], button["payload"], button.get("topic"))
