"""A plan as one visitor reads it on one day."""

from dataclasses import dataclass
from datetime import date
from typing import Mapping, Optional, Tuple

from bot.core.knowledge import Source
from bot.core.plans.money import Costs, Money
from bot.core.plans.plan import Plan
from bot.core.plans.schedule import Slot
from bot.core.units import Unit


@dataclass(frozen=True)
class StepView:
    """A step with everything that its topic knows. Times and prices are empty when nobody knows them.

    Attributes:
        id: within the plan.
        title: what to do.
        text: more about it.
        topic: where the bot tells all.
        decides: the name of the authority that decides.
        decides_url: its address.
        own: the municipality itself decides.
        send_to: the name of the authority that receives it, when that is another one.
        unit: whom to ask in the municipality.
        documents: what to have ready, one by one.
        documents_text: the same as the topic says it, when the plan has no list.
        link: the page where it is done.
        time: how long it takes, in words.
        at_once: there is nothing to wait for.
        lead: how long before the opening it must be finished, in words.
        price: what it costs, in words.
        free: it costs nothing.
        every: `month` or `year` when the price comes again.
        money: the price as an amount.
        example: what the example of a price is about, and the price.
        capital: money to have, in words.
        after: ids of the steps before it, with their titles.
        earliest: its dates when everything begins on the first day.
        latest: its dates for the wished opening.
        after_opening: it waits for the opening.
    """

    id: str
    title: str
    text: str
    topic: str
    decides: str
    decides_url: str
    own: bool
    send_to: str
    unit: Optional[Unit]
    documents: Tuple[str, ...]
    documents_text: str
    link: Source
    time: str
    at_once: bool
    lead: str
    price: str
    free: bool
    every: str
    money: Optional[Money]
    example: Tuple[str, str]
    capital: str
    after: Mapping[str, str]
    earliest: Optional[Slot]
    latest: Optional[Slot]
    after_opening: bool


@dataclass(frozen=True)
class PlanView:
    """All of it.

    Attributes:
        plan: what it was made from.
        answers: those that count, by question.
        layers: the steps up to the opening; those of one layer can run at the same time.
        afterwards: the steps after the opening.
        costs: the sums of what is known.
        start: the first day.
        earliest: the earliest opening.
        chain: titles of the steps that decide the earliest opening.
        opening: the wished opening.
        latest_start: the last day to begin on for the wished opening.
        sources: the pages behind it all.
    """

    plan: Plan
    answers: Mapping[str, str]
    layers: Tuple[Tuple[StepView, ...], ...]
    afterwards: Tuple[StepView, ...]
    costs: Costs
    start: date
    earliest: date
    chain: Tuple[str, ...]
    opening: Optional[date]
    latest_start: Optional[date]
    sources: Tuple[Source, ...]

    @property
    def steps(self) -> Tuple[StepView, ...]:
        """All steps in order."""
        return (*(step for layer in self.layers for step in layer), *self.afterwards)

    @property
    def of_unknown_time(self) -> Tuple[StepView, ...]:
        """The steps up to the opening that nobody knows the time of."""
        return tuple(step for step in self.steps if not (step.time or step.at_once or step.after_opening))

    @property
    def of_unknown_price(self) -> Tuple[StepView, ...]:
        """The steps that nobody knows the price of."""
        return tuple(step for step in self.steps if step.money is None)
