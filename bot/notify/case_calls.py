"""The call that tells the municipality's case system (ESDH) of a new case; docs/webhooks.md describes it."""

import json
from typing import Sequence

from bot.core.cases import Case
from bot.core.knowledge import Knowledge
from bot.core.mails import WebhookCall
from bot.core.units import Municipality, Units

# How somebody wants to be surveyed is no business of the case system.
_CONTACT = ("name", "company", "cvr", "email", "phone")


class CaseCallWriter:
    """Writes a case as JSON. Unlike the mail it holds everything: the case system keeps the case.

    Args:
        address: of the case system.
        municipality: whose case it is.
        units: tells a unit's name.
        knowledge: tells a topic's title.
        console_address: where staff read the case.
    """

    def __init__(
        self,
        address: str,
        municipality: Municipality,
        units: Units,
        knowledge: Knowledge,
        console_address: str,
    ):
        self._address = address
        self._municipality = municipality
        self._units = units
        self._knowledge = knowledge
        self._console_address = console_address

    def new_case(self, case: Case) -> Sequence[WebhookCall]:
        """Return the call."""
        event = {
            "type": "case.opened",
            "timestamp": case.created_at.isoformat(),
            "data": self._data(case),
        }
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        # No full stop: the standard's signature sets its parts apart with them.
        return [WebhookCall(f"case_{case.id}_opened", self._address, body)]

    def _data(self, case: Case) -> dict:
        unit = self._units.get(case.unit)
        title = self._knowledge.title(case.topic) if case.topic else None
        return {
            "id": case.id,
            "reference": case.reference,
            "municipality": self._municipality.id,
            "unit": {"id": unit.id, "name": unit.name},
            "topic": {"id": case.topic, "title": title} if case.topic else None,
            "summary": case.summary,
            "contact": {name: getattr(case.contact, name) for name in _CONTACT},
            "routed_because": case.routed_because,
            "created_at": case.created_at.isoformat(),
            "answer_by": case.answer_by.isoformat(),
            "link": f"{self._console_address}/sager/{case.id}",
            "transcript": [
                {"role": turn.role.value, "at": turn.at.isoformat(), "text": turn.text, "topic": turn.topic}
                for turn in case.transcript
            ],
        }
