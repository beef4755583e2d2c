"""Counting on and back from a day by lengths, and the days on which offices are closed though no law says so.

Weeks end on the same weekday, months and years on the same day of the month, or on its last day where that does not
exist (restaurationsloven § 36 a, forældelsesloven § 27). Working days are in bot/core/deadlines.py.
"""

import calendar
from datetime import date, timedelta
from typing import Mapping, Tuple

from bot.core.deadline_rules import Length, Unit

# Offices are closed then, though the law knows no holiday.
CLOSED: Mapping[str, Tuple[int, int]] = {
    "1_maj": (5, 1),
    "grundlovsdag": (6, 5),
    "juleaftensdag": (12, 24),
    "nytaarsaftensdag": (12, 31),
}


def shift(start: date, length: Length, sign: int) -> date:
    """Return the day `length` on from `start` (sign 1) or back from it (sign -1), in days, weeks, months or years."""
    number = sign * length.number
    if length.unit is Unit.DAYS:
        return start + timedelta(days=number)
    if length.unit is Unit.WEEKS:
        return start + timedelta(weeks=number)
    return add_months(start, number * 12 if length.unit is Unit.YEARS else number)


def add_months(start: date, months: int) -> date:
    """Return the same day `months` later (earlier for a negative number), or the last day of that month."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(years, month + 1)[1])
    return date(years, month + 1, day)


def is_closed(day: date) -> bool:
    """Tell whether offices are closed on `day` though it is no public holiday."""
    return (day.month, day.day) in CLOSED.values()
