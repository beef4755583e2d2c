"""The handoff form: asks for what the unit needs, takes corrections, questions and second thoughts."""

from typing import Any, Dict, List, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.saying import say
from actions.services import services
from actions.understanding import ranking_of
from bot.bootstrap import Services
from bot.core.deciding import NOT_CHOOSABLE, PERSON, Step, decide
from bot.core.handoff_form import FIELDS, MOST_MISSES, Kind, Line

STOP: Dict[str, Any] = {"requested_slot": None}


def slot(field: str) -> str:
    """Return the slot that keeps a field of the form."""
    return f"case_{field}"


def empty_form() -> Dict[str, Any]:
    """Return the slots of the form without values, so that nothing told is kept."""
    return {**{slot(field): None for field in FIELDS}, slot("misses"): 0}


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
        filled = {field: tracker.get_slot(slot(field)) for field in FIELDS if field != asked}
        line = using.content.form.read(asked, str(value), filled)
        if line.kind is Kind.VALUE:
            return {slot("misses"): 0, **_slots(line)}
        if line.kind is Kind.CORRECTION:
            dispatcher.utter_message(response="utter_handoff_corrected")
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
        decision = decide(ranking_of(tracker))
        topic = decision.topics[0] if decision.step is Step.ANSWER else None
        if topic is None or topic in (PERSON, *NOT_CHOOSABLE) or not using.assistant.knows(topic):
            dispatcher.utter_message(response="utter_handoff_question_later")
            return
        text = tracker.latest_message.get("text") or ""
        say(dispatcher, using.assistant.answer(topic, using.assistant.aspect_in(text), using.today()))

    def _unusable(self, using: Services, line: Line, asked: str, dispatcher, tracker: Tracker) -> Dict:
        misses = int(tracker.get_slot(slot("misses")) or 0) + 1
        if misses >= MOST_MISSES:
            phone = using.content.municipality.phone
            dispatcher.utter_message(response="utter_handoff_given_up", phone=phone)
            return {**empty_form(), **STOP}
        dispatcher.utter_message(response=f"utter_{line.problem}")
        return {slot(asked): None, slot("misses"): misses}


def _slots(line: Line) -> Dict[str, Any]:
    return {slot(field): value for field, value in line.values.items()}


class ActionAskCaseSummary(Action):
    """Asks what the case is about, and offers to use what was written before the form began."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_ask_case_summary"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Ask, with the visitor's own last question as a button when there is one."""
        question = last_question(tracker)
        buttons = [{"title": f"»{question}«", "payload": question}] if question else []
        dispatcher.utter_message(response="utter_ask_summary", buttons=buttons)
        return []


def last_question(tracker: Tracker, longest: int = 200) -> str:
    """Return the last thing the visitor wrote that was about a topic, or an empty string."""
    topics_to_skip = (*NOT_CHOOSABLE, PERSON)
    for event in reversed(tracker.events):
        if event.get("event") != "user":
            continue
        text = event.get("text") or ""
        intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        if intent not in topics_to_skip and not text.startswith("/") and 0 < len(text) <= longest:
            return text
    return ""
