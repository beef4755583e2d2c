"""Answers a topic, or one side of it. One action serves all topics."""

from dataclasses import replace
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.offering import another, with_plan
from actions.saying import say
from actions.services import services
from actions.understanding import (
    asked_of,
    aspect_of,
    entity,
    intent_of,
    is_follow_up,
    language_of,
    now_about,
    questions_of,
    understood_of,
)
from bot.bootstrap import Services
from bot.core.deciding import FOLLOW_UP, Step


class ActionAnswer(Action):
    """Says what data/knowledge holds on the topic today."""

    def __init__(self, using: Optional[Services] = None):
        self._services = using

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        """Answer what the message asks, each question for itself; a bare follow-up is about the last topic."""
        using = self._services or services()
        using.follow_editors()
        questions = questions_of(tracker)
        language = language_of(tracker)
        if questions:
            answered = [topic for topic, _ in questions]
            replies = list(using.assistant.answer_each(questions, using.today(), asked_of(tracker)))
            last = replace(replies[-1], choices=(*another(tracker, using), *replies[-1].choices))
            for reply in [*replies[:-1], with_plan(last, answered, tracker, using)]:
                say(dispatcher, using.content.languages.announce(language, reply))
                language = None  # said once is enough
            about = now_about(tracker, Step.ANSWER, answered, is_follow_up(tracker))
            return [*about, SlotSet("misses", 0)]
        asked = entity(tracker, "aspekt")
        intent = intent_of(tracker)
        follow_up = intent == FOLLOW_UP or asked is not None
        _, topics = understood_of(tracker)
        # Several topics may have been spoken of: which of them a follow-up is about was decided with the message.
        topic = (topics or [tracker.get_slot("topic")])[0] if intent == FOLLOW_UP else intent
        aspect = asked or aspect_of(tracker)
        if not using.assistant.knows(topic):
            say(dispatcher, using.assistant.ask_what_about())
            return now_about(tracker, Step.ANSWER, [FOLLOW_UP], side=aspect)
        asking = asked_of(tracker)
        reply = using.assistant.answer(topic, aspect, using.today(), follow_up=follow_up, asked=asking)
        reply = replace(reply, choices=(*another(tracker, using), *reply.choices))
        reply = with_plan(reply, [topic], tracker, using)
        say(dispatcher, using.content.languages.announce(language, reply))
        return [*now_about(tracker, Step.ANSWER, [topic], follow_up), SlotSet("misses", 0)]
