"""The handoff form: asks for what the unit needs, takes corrections, questions and second thoughts."""

import dataclasses
from typing import Any, Dict, Optional

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.saying import say
from actions.services import services
from actions.understanding import entity, intent_of, ranking_of, text_of
from bot.bootstrap import Services
from bot.core import contacts
from bot.core.deciding import FALLBACK, NO_MATTER, PERSON, Step, decide
from bot.core.handoff_form import FIELDS, KEPT, MOST_MISSES, Kind, Line
from bot.core.surveys import Way

# A name or a company must not be taken for a wish.
SURELY = 0.8
STOP: Dict[str, Any] = {"requested_slot": None}


def slot(field: str) -> str:
    """Return the slot that keeps a field of the form."""
    return f"case_{field}"


def empty_form() -> Dict[str, Any]:
    """Return the slots of the form without values, so that nothing told is kept."""
    return {**{slot(field): None for field in KEPT}, slot("misses"): 0}


class ValidateHandoffForm(FormValidationAction):
    """Settles each line the visitor writes while the form is open."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "validate_handoff_form"

    def validate_case_summary(self, value: Any, dispatcher, tracker: Tracker, domain: DomainDict) -> Dict:
        """Take what it is about."""
        return self._take("summary", value, dispatcher, tracker)

    def validate_case_company(self, value: Any, dispatcher, tracker: Tracker, domain: DomainDict) -> Dict:
        """Take the company's name."""
        return self._take("company", value, dispatcher, tracker)

    def validate_case_cvr(self, value: Any, dispatcher, tracker: Tracker, domain: DomainDict) -> Dict:
        """Take the CVR number."""
        return self._take("cvr", value, dispatcher, tracker)

    def validate_case_name(self, value: Any, dispatcher, tracker: Tracker, domain: DomainDict) -> Dict:
        """Take the visitor's name."""
        return self._take("name", value, dispatcher, tracker)

    def validate_case_contact(self, value: Any, dispatcher, tracker: Tracker, domain: DomainDict) -> Dict:
        """Take an e-mail address or a phone number."""
        return self._take("contact", value, dispatcher, tracker)

    def validate_case_consent(self, value: Any, dispatcher, tracker: Tracker, domain: DomainDict) -> Dict:
        """Take the visitor's yes to being contacted."""
        return self._take("consent", value, dispatcher, tracker)

    def _take(self, asked: str, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker) -> Dict:
        using = self._services or services()
        if str(value).startswith("/"):
            # A button of an earlier answer, tapped while the form asks for something else.
            self._answer(using, dispatcher, tracker)
            return {slot(asked): None}
        filled = {field: tracker.get_slot(slot(field)) for field in FIELDS if field != asked}
        line = using.content.form.read(asked, str(value), filled)
        # "Ring på 49 28 28 28" is the answer when a number was asked for.
        reach = asked == "contact" and line.kind is Kind.VALUE
        if asked != "summary" and not reach and _wants_a_person(tracker):
            dispatcher.utter_message(
                response="utter_handoff_on_the_way", phone=using.content.municipality.phone
            )
            return {slot(asked): None}
        if line.kind is Kind.VALUE:
            topic = _topic(using, tracker) if asked == "summary" else None
            # What was spoken of before has nothing more to do with it.
            about = {"topic": topic, "said": None, "unanswered": None} if topic else {}
            tell_where(dispatcher, tracker, using, topic)
            return {slot("misses"): 0, **_slots(line), **about}
        if line.kind is Kind.CORRECTION:
            dispatcher.utter_message(response=self._corrected(using, line, tracker))
            return {slot(asked): None, slot("misses"): 0, **_slots(line)}
        if line.kind is Kind.CANCEL or line.kind is Kind.REFUSED:
            phone = using.content.municipality.phone
            dispatcher.utter_message(response=f"utter_handoff_{line.kind.value}", phone=phone)
            return {**empty_form(), **STOP}
        if line.kind is Kind.QUESTION:
            self._answer(using, dispatcher, tracker)
            return {slot(asked): None}
        return self._unusable(using, line, asked, dispatcher, tracker)

    def _answer(self, using: Services, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Answer a question in the middle of the form; the form then asks again."""
        topic = _topic(using, tracker)
        if topic is None:
            dispatcher.utter_message(response="utter_handoff_question_later")
            return
        aspect = entity(tracker, "aspekt") or using.assistant.aspect_in(text_of(tracker))
        reply = using.assistant.answer(topic, aspect, using.today())
        # No buttons here: the form asks again right below.
        say(dispatcher, dataclasses.replace(reply, choices=()))

    def _corrected(self, using: Services, line: Line, tracker: Tracker) -> str:
        """Return what to say to a correction: a wish for a text message may be one that cannot be kept yet."""
        if line.values.get("survey") != Way.SMS.value:
            return "utter_handoff_corrected"
        if not using.takes_texts:
            return "utter_handoff_no_sms"
        has_number = bool(contacts.find_phone(tracker.get_slot(slot("contact")) or ""))
        return "utter_handoff_corrected" if has_number else "utter_handoff_sms_needs_number"

    def _unusable(self, using: Services, line: Line, asked: str, dispatcher, tracker: Tracker) -> Dict:
        misses = int(tracker.get_slot(slot("misses")) or 0) + 1
        if misses >= MOST_MISSES:
            phone = using.content.municipality.phone
            dispatcher.utter_message(response="utter_handoff_given_up", phone=phone)
            return {**empty_form(), **STOP}
        dispatcher.utter_message(response=f"utter_{line.problem}")
        return {slot(asked): None, slot("misses"): misses}


def tell_where(
    dispatcher: CollectingDispatcher, tracker: Tracker, using: Services, topic: Optional[str]
) -> None:
    """Say once who answers a topic that the municipality has no part in; the form goes on for who wants it to."""
    words = using.handoff.sent_on(topic, "chat")
    said = any(event.get("event") == "bot" and event.get("text") == words for event in tracker.events)
    if words and not said:
        dispatcher.utter_message(text=words)


def _wants_a_person(tracker: Tracker) -> bool:
    """Tell whether the visitor asks, within the form, for what the form is about."""
    ranking = ranking_of(tracker)
    return bool(ranking) and ranking[0][0] == PERSON and ranking[0][1] >= SURELY


def _topic(using: Services, tracker: Tracker) -> Optional[str]:
    """Return the topic of the last message when it is a sure one that has an answer, else None."""
    intent = intent_of(tracker)
    if text_of(tracker):
        decision = decide(ranking_of(tracker))
        intent = decision.topics[0] if decision.step is Step.ANSWER else FALLBACK
    known = intent not in (FALLBACK, *NO_MATTER) and using.assistant.knows(intent)
    return intent if known else None


def _slots(line: Line) -> Dict[str, Any]:
    return {slot(field): value for field, value in line.values.items()}
