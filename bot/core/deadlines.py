"""Working days and the dates that are counted in them."""

from datetime import date, timedelta
from typing import Container


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Tell whether the municipality works on `day`: Monday to Friday, holidays excepted."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(start: date, days: int, holidays: Container[date]) -> date:
    """Return the date `days` working days after `start`; the day of `start` itself does not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            days -= 1
    return day
