"""The two questions of the handoff form that depend on what was told already."""

from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff_form import slot, tell_where
from actions.services import services
from bot.bootstrap import Services
from bot.core import contacts
from bot.core.cases import Contact
from bot.core.deciding import NO_MATTER
from bot.core.surveys import survey_ways

# In the order in which a visitor checks them.
SHOWN = ("summary", "company", "cvr", "name", "contact")


class ActionAskCaseSummary(Action):
    """Asks what the case is about, and offers to use what was written before the form began."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_ask_case_summary"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Ask, with the visitor's own last question as a button when there is one.

        Whoever asks about what a state authority answers alone is told where to find it first.
        """
        tell_where(dispatcher, tracker, self._services or services(), tracker.get_slot("topic"))
        question = last_question(tracker)
        buttons = [{"title": f"»{question}«", "payload": question}] if question else []
        dispatcher.utter_message(response="utter_ask_summary", buttons=buttons)
        return []


def last_question(tracker: Tracker, longest: int = 200) -> str:
    """Return the last thing the visitor wrote that was about a topic, or an empty string."""
    topics_to_skip = NO_MATTER
    for event in reversed(tracker.events):
        if event.get("event") != "user":
            continue
        text = event.get("text") or ""
        intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        if intent not in topics_to_skip and not text.startswith("/") and 0 < len(text) <= longest:
            return text
    return ""


class ActionAskCaseConsent(Action):
    """Shows what would be sent, and asks whether it may be."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_ask_case_consent"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Repeat every field that has a value."""
        using = self._services or services()
        words = using.content.phrases["form"]
        told = {field: tracker.get_slot(slot(field)) for field in SHOWN}
        lines = [words.say(field, value=value) for field, value in told.items() if value]
        reach = contact_of(told["contact"] or "", tracker.get_slot(slot("survey")) or "")
        way, others = survey_ways(reach, using.takes_texts)
        if others:
            lines.append(words.say(f"survey_{way.value}"))
        titles = [words.say(name) for name in ("yes", *(f"yes_{other.value}" for other in others), "no")]
        buttons = [{"title": title, "payload": title} for title in titles]
        dispatcher.utter_message(response="utter_ask_consent", told="\n".join(lines), buttons=buttons)
        return []


def contact_of(told: str, survey_by: str) -> Contact:
    """Return the ways to reach a visitor that stand in the slot of the contact."""
    return Contact("", email=contacts.find_email(told), phone=contacts.find_phone(told), survey_by=survey_by)
