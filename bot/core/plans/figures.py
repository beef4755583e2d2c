"""The figures that a plan borrows from topics, as they stand on a day."""

from datetime import date
from typing import Iterable, Mapping, Optional

from bot.core.answering import PLACEHOLDER, Phrases, ShownFact, filled, value
from bot.core.knowledge import Confidence, Fact, Source, Topic
from bot.core.plans.money import Money, money_of
from bot.core.plans.plan import Step
from bot.core.plans.spans import AT_ONCE, Span, span_of


class Figures:
    """Looks figures up by name, in whatever topic they stand.

    An editor may publish a topic without a figure that a plan names: it is unknown then, and nothing breaks.

    Args:
        topics: those of the municipality as they are now.
        today: the day.
        phrases: how an uncertain figure is said.
    """

    def __init__(self, topics: Mapping[str, Topic], today: date, phrases: Phrases):
        self._facts = {
            name: fact for topic in topics.values() if not topic.off for name, fact in topic.facts.items()
        }
        self._today = today
        self._phrases = phrases

    def find(self, names: Iterable[str]) -> Optional[ShownFact]:
        """Return the first figure that there is and that holds on the day."""
        for name in names:
            fact = self._facts.get(name)
            period = fact.on(self._today) if fact else None
            if fact and period:
                return ShownFact(fact, period)
        return None

    def said(self, names: Iterable[str]) -> str:
        """Return a figure in words, with its unit and how old it is; empty when it is not known."""
        found = self.find(names)
        return value(found, self._phrases) if found else ""

    def span(self, step: Step) -> Optional[Span]:
        """Return how long a step takes; None when nobody knows."""
        return AT_ONCE if step.at_once else self._span(step.duration)

    def lead(self, step: Step) -> Optional[Span]:
        """Return how long before the opening a step must be finished; None when it need not."""
        return self._span(step.lead)

    def price(self, step: Step) -> Optional[Money]:
        """Return what a step costs; None when nobody knows."""
        return Money(0) if step.free else self._money(step.price, step.every)

    def capital(self, step: Step) -> Optional[Money]:
        """Return the money that one must have for a step; None for nothing, or when nobody knows."""
        return self._money((step.capital,), "")

    def _span(self, names: Iterable[str]) -> Optional[Span]:
        found = self.find(names)
        try:
            return span_of(found.period.value, found.fact.unit) if found else None
        except ValueError:
            return None

    def _money(self, names: Iterable[str], every: str) -> Optional[Money]:
        found = self.find(names)
        try:
            money = money_of(found.period.value, found.fact.unit) if found else None
        except ValueError:
            return None
        if money is None or found is None:
            return None
        return Money(money.oere, money.every or every, found.fact.confidence is not Confidence.LOW)

    def text(self, topic: Topic, step: Step) -> str:
        """Return what is said about a step, with its figures."""
        if topic.off:
            return topic.off
        own = step.text if set(PLACEHOLDER.findall(step.text)) <= set(topic.facts) else ""
        return self.fill(topic, own or topic.short)

    def fill(self, topic: Topic, text: str) -> str:
        """Put a topic's figures into one of its texts; an honest sentence takes the place of one without them."""
        return filled(topic, text, self._today, self._phrases)[0]

    def sources(self, topic: Topic, step: Step) -> Iterable[Source]:
        """Give the pages behind a step: the one that a visitor should read, and those of its figures."""
        yield page(topic, step.link)
        for names in (step.duration, step.lead, step.price, (step.capital,), (step.for_example,)):
            found = self.find(names)
            if found:
                yield found.fact.source
        for name in PLACEHOLDER.findall(step.text):
            fact: Optional[Fact] = topic.facts.get(name)
            if fact:
                yield fact.source


def page(topic: Topic, source_id: str) -> Source:
    """Return the topic's source of that id, else the first one."""
    return next((source for source in topic.sources if source.id == source_id), topic.sources[0])
