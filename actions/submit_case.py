"""Hands the filled-in form over to the unit and gives the visitor a receipt."""

import asyncio
import hashlib
import json
import logging
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff_form import empty_form, slot
from actions.handoff_inquiry import inquiry_of
from actions.services import services
from bot.bootstrap import Services
from bot.core import contacts
from bot.core.case_links import address
from bot.core.danish import long_day
from bot.core.deciding import PERSON
from bot.core.errors import GenvejError, InvalidInput
from bot.core.handoff import HandoffRequest, Receipt
from bot.core.handoff_form import KEPT

log = logging.getLogger(__name__)


class ActionSubmitCase(Action):
    """Runs when the form ends; does nothing when it was stopped."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_submit_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict]:
        """Store the case and say its reference, unit and date."""
        cleared = [SlotSet(name, value) for name, value in empty_form().items()]
        if tracker.get_slot(slot("consent")) != "yes":
            return cleared
        using = self._services or services()
        phone = using.content.municipality.phone
        try:
            receipt = await asyncio.to_thread(using.handoff.submit, _request(tracker))
        except InvalidInput:
            dispatcher.utter_message(response="utter_handoff_given_up", phone=phone)
            return cleared
        except GenvejError as error:
            log.error("a case could not be stored: %s", type(error).__name__)
            dispatcher.utter_message(response="utter_handoff_failed", phone=phone)
            return _ask_for_consent_again()
        _tell(dispatcher, receipt, using)
        return cleared


def _tell(dispatcher: CollectingDispatcher, receipt: Receipt, using: Services) -> None:
    # The response ends with the day and a full stop. What else there is to say stands behind it, in the same message.
    day = " ".join((f"{long_day(receipt.case.answer_by)}.", *receipt.notes)).removesuffix(".")
    link = address(using.settings.web_address, receipt.token)
    dispatcher.utter_message(
        response="utter_handoff_done",
        reference=receipt.case.reference,
        unit=receipt.unit_name,
        answer_by=day,
        json_message={
            "case": vars(receipt.line),
            "topic": PERSON,
            # Below the response, in the same message.
            "more": using.content.phrases["status"].say("chat_receipt", link=link),
            "unit": {"id": receipt.case.unit, "name": receipt.unit_name},
        },
    )


def _ask_for_consent_again() -> List[Dict]:
    """Open the form anew at its last question: a "ja" tries again with everything that was told."""
    return [
        SlotSet(slot("consent"), None),
        ActiveLoop("handoff_form"),
        SlotSet("requested_slot", slot("consent")),
    ]


def _request(tracker: Tracker) -> HandoffRequest:
    told = {field: tracker.get_slot(slot(field)) or "" for field in KEPT}
    # The same form sent twice, because the first receipt was lost on its way, opens one case.
    content = json.dumps([tracker.sender_id, told], sort_keys=True)
    inquiry = inquiry_of(tracker, told["summary"])
    return HandoffRequest(
        summary=told["summary"],
        company=told["company"],
        cvr=told["cvr"],
        name=told["name"],
        email=contacts.find_email(told["contact"]),
        phone=contacts.find_phone(told["contact"]),
        survey_by=told["survey"],
        # Several questions in the summary have their topics with them; one has set the slot.
        topic=None if inquiry["topics"] else tracker.get_slot("topic"),
        consent=True,
        conversation=tracker.sender_id,
        request_key=hashlib.sha256(content.encode()).hexdigest(),
        **inquiry,
    )
