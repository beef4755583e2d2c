"""Hands the filled-in form over to the unit and gives the visitor a receipt."""

from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff_form import empty_form, slot
from actions.services import services
from bot.bootstrap import Services
from bot.core import contacts
from bot.core.danish import long_day
from bot.core.deciding import PERSON
from bot.core.errors import InvalidInput
from bot.core.handoff import HandoffRequest


class ActionSubmitCase(Action):
    """Runs when the form ends; does nothing when it was stopped."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_submit_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Store the case and say its reference, unit and date."""
        cleared = [SlotSet(name, value) for name, value in empty_form().items()]
        if tracker.get_slot(slot("consent")) != "yes":
            return cleared
        using = self._services or services()
        try:
            receipt = using.handoff.submit(_request(tracker))
        except InvalidInput:
            dispatcher.utter_message(
                response="utter_handoff_given_up", phone=using.content.municipality.phone
            )
            return cleared
        case = receipt.case
        dispatcher.utter_message(
            response="utter_handoff_done",
            reference=case.reference,
            unit=receipt.unit_name,
            answer_by=long_day(case.answer_by),
            json_message={
                "case": vars(receipt.line),
                "topic": PERSON,
                "unit": {"id": case.unit, "name": receipt.unit_name},
            },
        )
        return cleared


def _request(tracker: Tracker) -> HandoffRequest:
    reach = tracker.get_slot(slot("contact")) or ""
    number = (tracker.latest_message.get("metadata") or {}).get("message")
    return HandoffRequest(
        summary=tracker.get_slot(slot("summary")) or "",
        company=tracker.get_slot(slot("company")) or "",
        cvr=tracker.get_slot(slot("cvr")) or "",
        name=tracker.get_slot(slot("name")) or "",
        email=contacts.find_email(reach),
        phone=contacts.find_phone(reach),
        topic=tracker.get_slot("topic"),
        consent=True,
        conversation=tracker.sender_id,
        request_key=f"{tracker.sender_id}:{number}" if number else None,
    )
