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


def working_day_before(day: date, holidays: Container[date]) -> date:
    """Return the last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return day


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """Return how many working days after `start` there are up to and with `end`; 0 when `end` is not later."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
