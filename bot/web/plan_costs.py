"""The cost overview of a plan, in words that a template can show."""

from typing import Any, Dict

from bot.core.plans.money import in_kroner
from bot.core.plans.view import PlanView


def costs(view: PlanView) -> Dict[str, Any]:
    """Return the sums of what is known as text, and the steps with known, unknown and no prices."""
    found = view.costs
    return {
        "once": in_kroner(found.once) if found.once else "",
        "monthly": in_kroner(found.monthly) if found.monthly else "",
        "yearly": in_kroner(found.yearly) if found.yearly else "",
        "capital": in_kroner(found.capital) if found.capital else "",
        "sure": found.sure,
        "priced": [step for step in view.steps if step.price],
        "capitals": [step for step in view.steps if step.capital],
        "unknown": list(view.of_unknown_price),
        "free": [step for step in view.steps if step.free],
    }
