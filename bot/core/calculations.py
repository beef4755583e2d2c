"""What can be worked out from a visitor's own figures, and said before the general answer: a registry by topic.

A calculation is a function of what was asked, the topic and the day. It returns None when it has nothing to say, and
never raises for what a visitor wrote. Whoever adds one registers it in bot/bootstrap/loading.py.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Callable, Mapping, Optional, Sequence, Tuple

from bot.core.answering import Answer, ShownFact
from bot.core.knowledge import Source


@dataclass(frozen=True)
class Mention:
    """Something a message names.

    Attributes:
        kind: what it is, as bot/understanding/entities/entity.py calls it (»beloeb«, »dato«).
        value: as JSON has it: an amount is a number, a date is 2026-11-25.
        start: where it begins in the text.
        end: where it ends.
        extra: what the words around it say.
    """

    kind: str
    value: Any
    start: int = 0
    end: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A message: its text, what was found in it, and the side of the topic it asks for."""

    text: str
    mentions: Tuple[Mention, ...] = ()
    aspect: Optional[str] = None

    def of_kind(self, kind: str) -> Tuple[Mention, ...]:
        """Return what the message names of one kind, in the order of the text."""
        return tuple(mention for mention in self.mentions if mention.kind == kind)


@dataclass(frozen=True)
class Calculated:
    """A paragraph that was worked out, with the figures and pages that back it; `last` puts it behind the answer."""

    text: str
    facts: Tuple[ShownFact, ...] = ()
    sources: Tuple[Source, ...] = ()
    last: bool = False


Calculation = Callable[[Asked, str, date], Optional[Calculated]]
"""From what was asked, the topic's id and the day to a paragraph."""


class Calculations:
    """Which calculations a topic has."""

    def __init__(self, by_topic: Optional[Mapping[str, Sequence[Calculation]]] = None):
        self._by_topic = {topic: tuple(found) for topic, found in (by_topic or {}).items()}

    def of(self, asked: Optional[Asked], topic: str, day: date) -> Optional[Calculated]:
        """Return what the first calculation with something to say makes of the message, or None."""
        if asked is None:
            return None
        made = (calculation(asked, topic, day) for calculation in self._by_topic.get(topic, ()))
        return next((found for found in made if found), None)

    @staticmethod
    def beside(answer: Answer, made: Optional[Calculated]) -> Answer:
        """Return the answer with what was worked out, its figures and sources first."""
        if made is None:
            return answer
        facts = {item.fact.id: item for item in (*made.facts, *answer.facts)}
        sources = {item.url: item for item in (*made.sources, *answer.sources)}
        return replace(
            answer,
            text="\n\n".join((answer.text, made.text) if made.last else (made.text, answer.text)),
            facts=tuple(facts.values()),
            sources=tuple(sources.values()),
        )
