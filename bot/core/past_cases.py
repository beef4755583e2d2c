"""What stays of a deleted case so that the figures of a period stay what they were: days, and nothing about anybody."""

from datetime import date, datetime
from typing import Any, Dict, List, Mapping

from bot.core.case_figures import History, closings, put_off, verdicts
from bot.core.cases import Outcome

# How a case ends when the bot was at fault.
BOTS_FAULT = (Outcome.FACT_MISSING.value, Outcome.MISUNDERSTOOD.value)


def days_of(history: History, at: datetime) -> Dict[str, List[Any]]:
    """Return the days of a case that is deleted at a moment with the municipality's zone, ready for JSON."""

    def day(moment: datetime) -> str:
        return moment.astimezone(at.tzinfo).date().isoformat()

    closed = closings(history)
    return {
        "closed": [day(event.at) for event in closed],
        "at_fault": [day(event.at) for event in closed if event.details.get("outcome") in BOTS_FAULT],
        "moved": [day(event.at) for event in put_off(history)],
        "verdicts": [[day(moment), kept] for moment, kept in verdicts(history, at)],
    }


def past_days(days: Mapping[str, List[Any]]) -> Dict[str, Any]:
    """Return what `days_of` made as the fields of a `Past` that it gives."""
    found: Dict[str, Any] = {
        name: tuple(date.fromisoformat(one) for one in days[name]) for name in ("closed", "at_fault", "moved")
    }
    found["verdicts"] = tuple((date.fromisoformat(one), kept) for one, kept in days["verdicts"])
    return found
