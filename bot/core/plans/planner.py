"""Makes plans for visitors: from answers and a day to steps, dates and costs."""

from datetime import date
from typing import Container, Iterable, List, Mapping, Optional, Sequence, Tuple

from bot.core.answering import Phrases
from bot.core.errors import NotFound
from bot.core.knowledge import Knowledge, Source, Topic
from bot.core.plans.asking import counting, steps_for
from bot.core.plans.beginning import begins
from bot.core.plans.conditions import Answers
from bot.core.plans.figures import Figures, page
from bot.core.plans.money import added
from bot.core.plans.order import Before, befores, layers
from bot.core.plans.plan import Plan, Step
from bot.core.plans.schedule import Slot, backwards, forwards
from bot.core.plans.view import PlanView, StepView
from bot.core.units import Municipality, Units

# What somebody asks who has only said that they want to begin.
BEGINNING = "start_virksomhed"


class Planner:
    """Knows all plans.

    Args:
        plans: by id.
        knowledge: the topics, as they are now.
        units: those of the municipality.
        municipality: to tell its own decisions from those of others.
        phrases: how figures are said.
        holidays: days on which nobody works.
    """

    def __init__(
        self,
        plans: Mapping[str, Plan],
        knowledge: Knowledge,
        units: Units,
        municipality: Municipality,
        phrases: Phrases,
        holidays: Container[date],
    ):
        self._plans = plans
        self._knowledge = knowledge
        self._units = units
        self._municipality = municipality
        self._phrases = phrases
        self._holidays = holidays

    def all(self) -> List[Plan]:
        """Return every plan, by title."""
        return sorted(self._plans.values(), key=lambda plan: plan.title)

    def get(self, plan_id: str) -> Plan:
        """Return the plan; NotFound for an unknown id."""
        if plan_id not in self._plans:
            raise NotFound("no such plan")
        return self._plans[plan_id]

    def beside(self, topic: str) -> List[Plan]:
        """Return the plans that a topic leads to."""
        return [plan for plan in self.all() if topic in plan.topics]

    def offer_key(self, plan: Plan) -> str:
        """Return the phrase of `plan` that offers it: who gets the general plan hears that the trade has none."""
        return "offer_general" if _is_general(plan) else "offer"

    def offered(self, topics: Iterable[str], trades: Iterable[str], text: str) -> Optional[Plan]:
        """Return the plan to offer somebody who named `trades` in a message `text` that is about `topics`.

        They must want to begin: the topic says so, or their own words do. Of several, the one whose trade was named
        first is offered, and the general plan only when no other fits: a café with a gallery is a café.
        """
        about, named = set(topics), list(trades)
        fitting = [
            plan
            for plan in self.all()
            if set(named).intersection(plan.trades)
            and (begins(text) or BEGINNING in about or about.intersection(plan.topics))
        ]
        return min(
            fitting,
            key=lambda plan: (
                _is_general(plan),
                min(map(named.index, set(named).intersection(plan.trades))),
            ),
            default=None,
        )

    def view(
        self,
        plan: Plan,
        given: Answers,
        today: date,
        start: Optional[date] = None,
        opening: Optional[date] = None,
    ) -> PlanView:
        """Return the plan for some answers, as it stands on `today`; it begins on `start`, else today."""
        figures = Figures(self._knowledge.topics, today, self._phrases)
        # A topic that the municipality no longer has would be found by `make content`; a visitor is spared it.
        steps = [step for step in steps_for(plan, given) if self._knowledge.get(step.topic)]
        first, later = _parted(steps)
        before = befores(plan, steps)
        ordered = layers(first, before)
        order = [step.id for layer in ordered for step in layer]
        spans = {step.id: figures.span(step) for step in first}
        leads = {step.id: figures.lead(step) for step in first}
        begins = start or today
        ahead = forwards(order, before, spans, leads, begins, self._holidays)
        back = backwards(order, before, spans, leads, opening, self._holidays) if opening else {}
        titles = {step.id: step.title for step in steps}

        def seen(some: Sequence[Step]) -> Tuple[StepView, ...]:
            return tuple(
                self._seen(step, figures, before, titles, ahead.slots.get(step.id), back.get(step.id))
                for step in some
            )

        prices = [figures.price(step) for step in steps]
        capitals = [figures.capital(step) for step in steps]
        return PlanView(
            plan=plan,
            answers=counting(plan, given),
            layers=tuple(seen(layer) for layer in ordered),
            afterwards=seen([step for layer in layers(later, _among(later, before)) for step in layer]),
            costs=added((price for price in prices if price), (capital for capital in capitals if capital)),
            start=begins,
            earliest=ahead.opening,
            chain=tuple(titles[name] for name in ahead.chain),
            opening=opening,
            latest_start=min((slot.start for slot in back.values()), default=None),
            sources=self._sources(steps, figures),
        )

    def _seen(
        self,
        step: Step,
        figures: Figures,
        before: Before,
        titles: Mapping[str, str],
        earliest: Optional[Slot],
        latest: Optional[Slot],
    ) -> StepView:
        topic = self._topic(step)
        price = figures.price(step)
        example = figures.find((step.for_example,))
        authority = step.decides or topic.authority
        papers = "" if step.documents or topic.off else topic.aspects.get("dokumenter", "")
        return StepView(
            id=step.id,
            title=step.title,
            text=figures.text(topic, step),
            topic=topic.id,
            decides=authority.name,
            decides_url=authority.url,
            own=authority.name == self._municipality.name,
            send_to=step.send_to.name if step.send_to and step.send_to != authority else "",
            unit=self._units.for_topic(topic.id),
            documents=tuple(figures.fill(topic, text) for text in step.documents),
            documents_text=figures.fill(topic, papers),
            link=page(topic, step.link),
            time=figures.said(step.duration) if figures.span(step) else "",
            at_once=step.at_once,
            lead=figures.said(step.lead) if figures.lead(step) else "",
            price=figures.said(step.price) if price else "",
            free=step.free,
            every=price.every if price else "",
            money=price,
            example=(example.fact.label, figures.said((step.for_example,))) if example else ("", ""),
            capital=figures.said((step.capital,)),
            after={name: titles[name] for name in before[step.id]},
            earliest=earliest,
            latest=latest,
            after_opening=step.after_opening,
        )

    def _topic(self, step: Step) -> Topic:
        topic = self._knowledge.get(step.topic)
        if topic is None:
            raise NotFound("no such topic")
        return topic

    def _sources(self, steps: Sequence[Step], figures: Figures) -> Tuple[Source, ...]:
        found = [source for step in steps for source in figures.sources(self._topic(step), step)]
        return tuple({source.url: source for source in found}.values())


def _parted(steps: Sequence[Step]) -> Tuple[List[Step], List[Step]]:
    """Return the steps up to the opening and those after it."""
    return [step for step in steps if not step.after_opening], [step for step in steps if step.after_opening]


def _among(steps: Sequence[Step], before: Before) -> Before:
    """Return what the steps wait for among themselves."""
    names = {step.id for step in steps}
    return {name: tuple(other for other in before[name] if other in names) for name in names}


def _is_general(plan: Plan) -> bool:
    """Tell whether the plan is for every beginner, not for a trade of its own."""
    return BEGINNING in plan.topics
