"""What is said where no topic is answered: a question back, a search, a person, or that it lies outside."""

from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.offering import another, with_plan
from actions.saying import say
from actions.services import services
from actions.understanding import aspect_of, entity, language_of, now_about, text_of, understood_of
from bot.bootstrap import Services
from bot.core.assistant import as_buttons
from bot.core.context import before_of
from bot.core.conversations import Reply
from bot.core.deciding import OUTSIDE, Step
from bot.core.languages import Saying, saying_for


def _next_step(using: Services, tracker: Tracker, misses: int) -> Reply:
    language = language_of(tracker)
    step, topics = understood_of(tracker)
    if language and saying_for(language, step, topics) is Saying.INTRODUCTION:
        topic = OUTSIDE if step is Step.OUTSIDE else None
        return using.content.languages.introduce(language, using.assistant.person_choice(), topic)
    between = topics if step is Step.CLARIFY else ()
    already = before_of(tracker.get_slot).open
    return using.assistant.not_understood(text_of(tracker), between, misses, aspect_of(tracker), already)


class ActionClarify(Action):
    """Goes one step down the ladder for each message in a row that was not understood."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_clarify"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Say the step and remember that it was taken."""
        using = self._services or services()
        misses = int(tracker.get_slot("misses") or 0)
        reply = _next_step(using, tracker, misses)
        say(dispatcher, with_plan(reply, reply.clarify, tracker, using))
        step = Step.CLARIFY if reply.clarify else Step.REPHRASE
        about = now_about(tracker, step, reply.clarify, side=aspect_of(tracker))
        return [*about, SlotSet("misses", min(misses + 1, 9))]


class ActionOutside(Action):
    """Says that a message lies outside the guide."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_outside"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Say it as data/responses has it, with a button for the topic that may have been meant.

        What a wrongly refused message was about may show in the next one: its words are kept for that.
        """
        choices = another(tracker, self._services or services())
        dispatcher.utter_message(response="utter_udenfor_emne", buttons=as_buttons(choices))
        return now_about(tracker, Step.OUTSIDE, ())


class ActionNoneOfThese(Action):
    """Goes on when none of the topics offered was meant."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_none_of_these"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Offer the themes; if that did not help either, a person."""
        assistant = (self._services or services()).assistant
        misses = int(tracker.get_slot("misses") or 0)
        say(dispatcher, assistant.not_understood("", (), max(misses, 1)))
        return [*now_about(tracker, Step.REPHRASE, ()), SlotSet("misses", min(misses + 1, 9))]


class ActionShowTopics(Action):
    """Lists the topics of a theme as buttons."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_show_topics"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Show the theme that the button named, or all themes."""
        assistant = (self._services or services()).assistant
        say(dispatcher, assistant.topics_of(entity(tracker, "tema") or ""))
        return [SlotSet("misses", 0)]
