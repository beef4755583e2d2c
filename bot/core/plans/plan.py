"""What a plan is made of, as it stands in data/plans."""

from dataclasses import dataclass
from typing import Optional, Tuple

from bot.core.knowledge import Authority
from bot.core.plans.conditions import ALWAYS, Condition

YES, NO = "ja", "nej"
# What somebody answers who does not know; it counts as the answer that the question names.
UNSURE = "ved_ikke"


@dataclass(frozen=True)
class Option:
    """One possible answer and what its button says."""

    id: str
    title: str


@dataclass(frozen=True)
class Question:
    """What is asked; `unsure` is the answer that »I do not know« counts as, or empty when no button offers it."""

    id: str
    text: str
    options: Tuple[Option, ...]
    help: str = ""
    ask_when: Condition = ALWAYS
    unsure: str = ""

    def takes(self, value: str) -> bool:
        """Tell whether `value` is an answer to the question; doubt always is."""
        return value == UNSURE or any(option.id == value for option in self.options)


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Texts hold `{fact_id}` of the step's topic. `duration`, `lead` and `price` are names of facts: the first that the
    municipality has counts; with none of them it is unknown.

    Attributes:
        id: within the plan.
        title: what to do, short.
        topic: what the bot knows about it: who decides, sources, documents.
        when: on which answers it belongs to the plan.
        after: ids of steps that must be finished first.
        text: said in the place of the topic's short answer; empty: that one.
        documents: what to have ready; empty: what the topic says.
        duration: how long the answer takes.
        at_once: there is nothing to wait for.
        lead: how long before the opening it must be finished.
        price: what it costs.
        free: it costs nothing.
        every: `month` or `year` when the price comes again.
        for_example: a price that holds for somebody, not for everybody.
        capital: money to have, not to spend.
        link: id of the topic's source where it is done; empty: the first one.
        decides: who decides, when that is not the one whom the topic names.
        send_to: who receives it, when that is not the one who decides.
        after_opening: it waits until the doors are open.
    """

    id: str
    title: str
    topic: str
    when: Condition = ALWAYS
    after: Tuple[str, ...] = ()
    text: str = ""
    documents: Tuple[str, ...] = ()
    duration: Tuple[str, ...] = ()
    at_once: bool = False
    lead: Tuple[str, ...] = ()
    price: Tuple[str, ...] = ()
    free: bool = False
    every: str = ""
    for_example: str = ""
    capital: str = ""
    link: str = ""
    decides: Optional[Authority] = None
    send_to: Optional[Authority] = None
    after_opening: bool = False


@dataclass(frozen=True)
class Plan:
    """Questions and the steps that follow from the answers; `trades` and `topics` are those that lead to it."""

    id: str
    title: str
    description: str
    trades: Tuple[str, ...]
    questions: Tuple[Question, ...]
    steps: Tuple[Step, ...]
    topics: Tuple[str, ...] = ()
    file: str = ""
