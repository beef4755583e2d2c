"""What stands in the address or the form of a plan: answers, wished days, steps that are done."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Callable, Dict, List, Mapping, Optional, Tuple
from urllib.parse import urlencode

from bot.core.errors import InvalidInput
from bot.core.plans.plan import Plan

START, OPENING, DONE, PLAN = "start", "aabning", "gjort", "plan"
_DANISH_DAY = re.compile(r"(\d{1,2})[./ -]{1,2}(\d{1,2})[./ -]{1,2}(\d{4})")
_DAYS_AHEAD = 5 * 366


@dataclass(frozen=True)
class Wishes:
    """What somebody asked for. `wrong` has the error's code of a day that cannot be used, `typed` what they wrote."""

    answers: Mapping[str, str]
    start: Optional[date] = None
    opening: Optional[date] = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


Read = Callable[[str], Optional[str]]
"""Gives the value of a name in an address or a form."""


def wishes(plan: Plan, read: Read, today: date) -> Wishes:
    """Read answers and days; an answer that is none is passed over, a day that is none is told."""
    answers = {
        question.id: value
        for question in plan.questions
        for value in [read(question.id) or ""]
        if question.takes(value)
    }
    days: Dict[str, Optional[date]] = {}
    wrong: Dict[str, str] = {}
    typed = {name: (read(name) or "").strip()[:40] for name in (START, OPENING)}
    for name, text in typed.items():
        try:
            days[name] = _day(text, today)
        except InvalidInput as error:
            wrong[name] = error.code
    return Wishes(answers, days.get(START), days.get(OPENING), wrong, typed)


def _day(text: str, today: date) -> Optional[date]:
    if not text:
        return None
    danish = _DANISH_DAY.fullmatch(text)
    try:
        day = date(*(int(part) for part in reversed(danish.groups()))) if danish else date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("day_unreadable") from None
    if day < today:
        raise InvalidInput("day_past")
    if (day - today).days > _DAYS_AHEAD:
        raise InvalidInput("day_far")
    return day


def pairs(
    answers: Mapping[str, str], start: Optional[date] = None, opening: Optional[date] = None
) -> List[Tuple[str, str]]:
    """Return answers and days as names and values, for an address or for hidden fields."""
    days = [(name, day.isoformat()) for name, day in ((START, start), (OPENING, opening)) if day]
    return [*answers.items(), *days]


def query(found: List[Tuple[str, str]]) -> str:
    """Return names and values as the end of an address, with its question mark; empty for nothing."""
    return f"?{urlencode(found)}" if found else ""
