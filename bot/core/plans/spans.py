"""How long something takes: from a figure to days, and from a day to another one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Container

from bot.core.deadlines import add_working_days, is_working_day

_WORKING = ("arbejdsdag", "arbejdsdage", "hverdag", "hverdage")
# A month counts with its most days: a date that is a day too late does less harm than one that is too early.
_CALENDAR = {
    "dag": 1,
    "dage": 1,
    "døgn": 1,
    "kalenderdag": 1,
    "kalenderdage": 1,
    "uge": 7,
    "uger": 7,
    "måned": 31,
    "måneder": 31,
}
_NUMBERS = re.compile(r"\d{1,3}(?:-(\d{1,3}))?")


@dataclass(frozen=True)
class Span:
    """A number of working days, or of calendar days."""

    days: int
    working: bool = True


AT_ONCE = Span(0)


def span_of(value: str, unit: str) -> Span:
    """Return the span that a figure tells, of »55-60« the longest; ValueError when it tells none."""
    found = _NUMBERS.fullmatch(value.strip())
    if not found or not (unit in _WORKING or unit in _CALENDAR):
        raise ValueError(f"no span: {value} {unit}")
    days = int(found.group(1) or value)
    return Span(days) if unit in _WORKING else Span(days * _CALENDAR[unit], working=False)


def working_day_from(day: date, holidays: Container[date]) -> date:
    """Return `day`, or the next day on which authorities work."""
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def later(day: date, span: Span, holidays: Container[date]) -> date:
    """Return the working day on which something that begins on `day` has an answer."""
    if span.working:
        return working_day_from(add_working_days(day, span.days, holidays), holidays)
    return working_day_from(day + timedelta(days=span.days), holidays)


def earlier(day: date, span: Span, holidays: Container[date]) -> date:
    """Return the last working day on which something can begin that must have an answer on `day`."""
    day = _working_day_to(day, holidays)
    if not span.working:
        return _working_day_to(day - timedelta(days=span.days), holidays)
    for _ in range(span.days):
        day = _working_day_to(day - timedelta(days=1), holidays)
    return day


def _working_day_to(day: date, holidays: Container[date]) -> date:
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return day
