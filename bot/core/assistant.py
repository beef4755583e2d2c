"""What the bot says: answers, questions back, and the way to a person, as replies ready to be shown."""

import dataclasses
from datetime import date
from typing import Iterable, List, Optional, Sequence, Tuple

from bot.core.answering import Answer, Phrases, ShownFact, answer
from bot.core.aspects import AspectRecogniser
from bot.core.calculations import Asked, Calculated, Calculations
from bot.core.context import Open
from bot.core.conversations import Choice, FactLine, Reply, Role, SourceLine, UnitLine, iso
from bot.core.deciding import PERSON
from bot.core.knowledge import Knowledge, Topic
from bot.core.search import search
from bot.core.units import Units

MOST_ASPECT_CHOICES = 3
# Stands for an empty line while a text travels through Rasa.
BETWEEN_PARAGRAPHS = "\n \n"
# After so many messages in a row that were not understood, a person is offered.
MOST_MISSES = 2


class Assistant:
    """Turns a decision into a reply. It keeps nothing between calls."""

    def __init__(
        self,
        knowledge: Knowledge,
        units: Units,
        aspects: AspectRecogniser,
        phrases: Phrases,
        calculations: Optional[Calculations] = None,
    ):
        self._knowledge = knowledge
        self._units = units
        self._aspects = aspects
        self._phrases = phrases
        self._calculations = calculations or Calculations()

    def knows(self, topic_id: Optional[str]) -> bool:
        """Tell whether there is something to say on the topic: an answer, or that only others have one."""
        return self._knowledge.get(topic_id) is not None or topic_id in self._knowledge.elsewhere

    def aspect_in(self, text: str) -> Optional[str]:
        """Return the aspect a text asks for, or None."""
        return self._aspects.find(text)

    def answer(
        self,
        topic_id: str,
        aspect: Optional[str],
        today: date,
        *,
        follow_up: bool = False,
        asked: Optional[Asked] = None,
    ) -> Reply:
        """Answer a known topic as it stands on `today`, with its sources and what may be asked next.

        What can be worked out from the figures of the message `asked` is said before the rest.
        """
        made = self._calculations.of(_asking_for(aspect, asked), topic_id, today)
        return self._answer(topic_id, aspect, today, follow_up, made)

    def _answer(
        self, topic_id: str, aspect: Optional[str], today: date, follow_up: bool, made: Optional[Calculated]
    ) -> Reply:
        if topic_id in self._knowledge.elsewhere:
            return Reply(role=Role.BOT, text=self._phrases.say("not_here"), choices=(self.person_choice(),))
        topic = self._knowledge.topics[topic_id]
        if topic.off:
            return self._switched_off(topic)
        found = answer(topic, aspect, today, self._phrases, follow_up=follow_up)
        found = self._calculations.beside(found, made)
        return Reply(
            role=Role.BOT,
            text=found.text,
            topic=topic_id,
            aspect=found.aspect,
            choices=tuple(self._next_choices(topic, found)),
            sources=tuple(
                SourceLine(item.title, item.url, item.checked.isoformat()) for item in found.sources
            ),
            unit=self._unit_line(topic_id),
            facts=tuple(_fact_line(item) for item in found.facts),
        )

    def answer_each(
        self, questions: Sequence[Tuple[str, Optional[str]]], today: date, asked: Optional[Asked] = None
    ) -> Iterable[Reply]:
        """Answer each (topic, side) of a message with several; what can be worked out is said once.

        A person who is asked for beside a matter is a button, and no answer of its own.
        """
        said = set()
        for topic_id, aspect in questions:
            if topic_id == PERSON:
                text = self._phrases.say("person_too")
                yield Reply(Role.BOT, text, PERSON, choices=(self.person_choice(),))
                continue
            made = self._calculations.of(_asking_for(aspect, asked), topic_id, today)
            repeated = made is not None and made.text in said
            yield self._answer(topic_id, aspect, today, False, None if repeated else made)
            said.add(made.text if made else "")

    def another(self, topic_id: str, aspect: Optional[str] = None) -> Tuple[Choice, ...]:
        """Return the button for a topic that may have been meant too, or instead; none when it has no answer."""
        topic = self._knowledge.get(topic_id)
        if topic is None or topic.off:
            return ()
        title = self._phrases.say("perhaps", title=topic.title)
        return (dataclasses.replace(self._topic_choice(topic_id, aspect), title=title),)

    def _switched_off(self, topic: Topic) -> Reply:
        return Reply(
            role=Role.BOT,
            text=topic.off,
            topic=topic.id,
            choices=(self.person_choice(),),
            unit=self._unit_line(topic.id),
        )

    def _unit_line(self, topic_id: str) -> Optional[UnitLine]:
        unit = self._units.for_topic(topic_id)
        return UnitLine(unit.id, unit.name) if unit else None

    def ask_between(self, topic_ids: Sequence[str], aspect: Optional[str] = None) -> Reply:
        """Ask which of two or three topics is meant; a choice leads to the side of it that was asked for."""
        choices = [self._topic_choice(topic_id, aspect) for topic_id in topic_ids]
        return Reply(
            role=Role.BOT,
            text=self._phrases.say("clarify"),
            clarify=tuple(topic_ids),
            choices=(*choices, Choice(self._phrases.say("none_of_these"), "/ingen_af_dem")),
        )

    def ask_what_about(self) -> Reply:
        """Ask what a follow-up without a topic is about."""
        return Reply(role=Role.BOT, text=self._phrases.say("what_about"))

    def not_understood(
        self,
        text: str,
        between: Sequence[str],
        misses: int,
        aspect: Optional[str] = None,
        already: Optional[Open] = None,
    ) -> Reply:
        """Return the next step of the ladder after `misses` messages in a row that were not understood.

        First it asks between likely topics, or for other words; then come the search and a person.

        Args:
            text: the message.
            between: the topics that may be meant, if there are likely ones.
            misses: how many messages before this one were not understood.
            aspect: the side that was asked for.
            already: what the reply before asked back about. The same choice twice helps nobody, unless now a side
                is asked for.
        """
        if misses >= MOST_MISSES:
            return self.offer_person()
        between = [topic_id for topic_id in between if topic_id not in self._knowledge.elsewhere]
        same = already is not None and set(between) == set(already.asked) and aspect == already.side
        if between and not same:
            return self.ask_between(between, aspect)
        return self.rephrase() if misses == 0 else self.offer_search(text)

    def rephrase(self) -> Reply:
        """Ask the visitor to say it in other words."""
        return Reply(role=Role.BOT, text=self._phrases.say("rephrase"), choices=(self.person_choice(),))

    def offer_search(self, text: str) -> Reply:
        """Offer the topics that share words with what was written, or all themes."""
        hits = search(self._knowledge, text)
        choices = [self._topic_choice(topic.id) for topic in hits] or self._theme_choices()
        key = "search_hits" if hits else "search_empty"
        return Reply(role=Role.BOT, text=self._phrases.say(key), choices=(*choices, self.person_choice()))

    def topics_of(self, theme: str) -> Reply:
        """List the topics of a theme; all themes when there is no such theme."""
        topics = sorted(
            (topic for topic in self._knowledge.topics.values() if topic.theme == theme),
            key=lambda topic: topic.title,
        )
        if not topics:
            return Reply(
                role=Role.BOT, text=self._phrases.say("choose_theme"), choices=tuple(self._theme_choices())
            )
        choices = tuple(self._topic_choice(topic.id) for topic in topics)
        return Reply(role=Role.BOT, text=self._phrases.say("choose_topic"), choices=choices)

    def offer_person(self) -> Reply:
        """Offer to hand the visitor over to a person."""
        return Reply(role=Role.BOT, text=self._phrases.say("offer_person"), choices=(self.person_choice(),))

    def person_choice(self) -> Choice:
        """Return the button that leads to a person."""
        return Choice(self._phrases.say("person"), f"/{PERSON}", PERSON)

    def _topic_choice(self, topic_id: str, aspect: Optional[str] = None) -> Choice:
        payload = f'/{topic_id}{{"aspekt":"{aspect}"}}' if aspect and topic_id != PERSON else f"/{topic_id}"
        return Choice(self._knowledge.title(topic_id), payload, topic_id)

    def _theme_choices(self) -> List[Choice]:
        themes = sorted({topic.theme for topic in self._knowledge.topics.values()})
        return [
            Choice(self._phrases.say(f"theme_{theme}"), f'/vis_emner{{"tema":"{theme}"}}') for theme in themes
        ]

    def _next_choices(self, topic: Topic, found: Answer) -> Iterable[Choice]:
        """Offer the other sides of the topic, the most wanted first, and a person."""
        other = [
            aspect
            for aspect in ("pris", "ansoeg", "tid", "krav", "dokumenter", "klage", "kontakt")
            if aspect in topic.aspects and aspect != found.aspect
        ]
        for aspect in other[:MOST_ASPECT_CHOICES]:
            yield Choice(self._aspects.button(aspect), f'/{topic.id}{{"aspekt":"{aspect}"}}', topic.id)
        yield self.person_choice()


def _asking_for(aspect: Optional[str], asked: Optional[Asked]) -> Optional[Asked]:
    return dataclasses.replace(asked, aspect=aspect) if asked else None


def _fact_line(item: ShownFact) -> FactLine:
    return FactLine(
        id=item.fact.id,
        value=item.fact.shown(item.period),
        valid_from=item.valid_from.isoformat(),
        valid_to=iso(item.period.valid_to),
    )


def as_text(text: str) -> str:
    """Return the text without empty lines: Rasa would make a message of its own of each paragraph."""
    return text.replace("\n\n", BETWEEN_PARAGRAPHS)


def as_custom(reply: Reply) -> dict:
    """Return what goes beside the text through Rasa; bot/web/rasa_replies.py reads it."""
    plain = dataclasses.asdict(reply)
    return {key: value for key, value in plain.items() if value and key not in ("role", "text", "choices")}


def as_buttons(choices: Tuple[Choice, ...]) -> List[dict]:
    """Return the choices as Rasa's buttons."""
    return [{"title": item.title, "payload": item.payload, "topic": item.topic} for item in choices]
