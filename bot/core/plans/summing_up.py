"""A plan in a few sentences, as it is said in the chat."""

from typing import Iterable, Mapping

from bot.core.answering import Phrases
from bot.core.danish import long_date
from bot.core.plans.money import in_kroner
from bot.core.plans.plan import UNSURE
from bot.core.plans.view import PlanView

_MOST_FIRST = 3


def summary(view: PlanView, given: Mapping[str, str], link: str, phrases: Phrases) -> str:
    """Return how many steps there are, what to begin with, the dates, what it costs, and where to read all of it."""
    first = [step.title for step in (view.layers[0] if view.layers else ())][:_MOST_FIRST]
    said = [phrases.say("chat_summary", steps=str(len(view.steps)))]
    # Numbered, as the steps of an answer are.
    said[0] += "".join(f"\n{number}. {title}" for number, title in enumerate(first, start=1))
    said.append(" ".join(_dates(view, phrases)))
    said.append(" ".join(_costs(view, phrases)))
    if any(given.get(question) == UNSURE for question in view.answers):
        said.append(phrases.say("chat_doubt"))
    said.append(phrases.say("chat_link", link=link))
    return "\n\n".join(said)


def _dates(view: PlanView, phrases: Phrases) -> Iterable[str]:
    earliest = long_date(view.earliest)
    if not view.chain:
        yield phrases.say("chat_no_earliest")
    elif view.of_unknown_time:
        yield phrases.say("chat_earliest_known", day=earliest)
    else:
        yield phrases.say("chat_earliest", day=earliest)
    if view.opening and view.latest_start:
        late = view.latest_start < view.start
        yield phrases.say(
            "chat_late" if late else "chat_opening",
            day=long_date(view.opening),
            latest=long_date(view.latest_start),
        )


def _costs(view: PlanView, phrases: Phrases) -> Iterable[str]:
    costs = view.costs
    amounts = [
        phrases.say(name, amount=in_kroner(oere))
        for name, oere in (
            ("chat_cost_once", costs.once),
            ("chat_cost_month", costs.monthly),
            ("chat_cost_year", costs.yearly),
        )
        if oere
    ]
    if amounts:
        yield phrases.say("chat_costs", amounts=", ".join(amounts).rstrip("."))
        if not costs.sure:
            yield phrases.say("chat_costs_unsure")
    else:
        yield phrases.say("chat_no_costs")
    if costs.capital:
        yield phrases.say("chat_capital", amount=in_kroner(costs.capital))
    if view.of_unknown_price:
        yield phrases.say("chat_unknown", number=str(len(view.of_unknown_price)))
