"""What is said to somebody who writes in another language than Danish. The answers themselves are in Danish."""

import dataclasses
from enum import Enum
from typing import Mapping, NamedTuple, Optional, Sequence

from bot.core.conversations import Choice, Reply, Role
from bot.core.deciding import FOLLOW_UP, NOT_CHOOSABLE, PERSON, Step
from bot.core.knowledge import Knowledge

# The name under which the language of a message travels through Rasa.
LANGUAGE = "language"
# ISO 639-1. Bokmål stands for Norwegian. What is not here is met as if it were Danish.
LANGUAGES = ("en", "sv", "nb", "de")
# Whoever writes these can read the titles of Danish topics, and choose between them.
_READS_DANISH = ("sv", "nb")
# Whoever begins like this in another language is told at once what the bot can do.
_OPENINGS = ("hils", "hjaelp", "er_du_robot")


class Saying(Enum):
    """What the visitor's own language changes in the reply."""

    AS_USUAL = "as usual"
    BEFORE_ANSWER = "a line before the answer"
    INTRODUCTION = "what the bot can do"


class Wording(NamedTuple):
    """The sentences of one language, from data/languages.yml."""

    introduction: str
    before_answer: str


def saying_for(language: Optional[str], step: Step, topics: Sequence[str] = ()) -> Saying:
    """Decide how to meet a message in `language` (None: Danish) about which `step` was decided."""
    if language not in LANGUAGES:
        return Saying.AS_USUAL
    if step is Step.ANSWER:
        return _saying_for_topic(topics[0])
    if step is Step.CLARIFY and language in _READS_DANISH:
        return Saying.AS_USUAL
    return Saying.INTRODUCTION


def _saying_for_topic(topic: str) -> Saying:
    if topic in _OPENINGS:
        return Saying.INTRODUCTION
    # Thanks, goodbyes, and the form that leads to a person have no answer that a line could announce.
    unannounced = topic == PERSON or (topic in NOT_CHOOSABLE and topic != FOLLOW_UP)
    return Saying.AS_USUAL if unannounced else Saying.BEFORE_ANSWER


class Languages:
    """Says in the visitor's language what has to be said in it."""

    def __init__(self, wordings: Mapping[str, Wording], knowledge: Knowledge):
        self._wordings = dict(wordings)
        self._knowledge = knowledge

    def with_knowledge(self, knowledge: Knowledge) -> "Languages":
        """Return the same sentences about other topics."""
        return Languages(self._wordings, knowledge)

    def introduce(self, language: str, person: Choice, topic: Optional[str] = None) -> Reply:
        """Tell what the bot can do; `person` is the button that leads to a person.

        Args:
            language: one of LANGUAGES.
            person: the button; the sentence quotes its title, which is in Danish.
            topic: what the message was understood as, where that was sure.
        """
        text = self._wordings[language].introduction.format(person=person.title)
        return Reply(role=Role.BOT, text=text, topic=topic, choices=(person,))

    def announce(self, language: Optional[str], answer: Reply) -> Reply:
        """Return a Danish answer with a line before it in the visitor's language; unchanged for Danish."""
        wording = self._wordings.get(language or "")
        if not wording or not answer.topic:
            return answer
        line = wording.before_answer.format(topic=self._knowledge.title(answer.topic))
        return dataclasses.replace(answer, text=f"{line}\n\n{answer.text}")
