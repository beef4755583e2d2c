"""Dates and times as they are written in Danish."""

from datetime import date, datetime

_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_DAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]


def long_date(day: date) -> str:
    """Return `22. november 2026`."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def long_day(day: date) -> str:
    """Return `søndag den 22. november 2026`."""
    return f"{_DAYS[day.weekday()]} den {long_date(day)}"


def clock_time(at: datetime) -> str:
    """Return `kl. 22.40`."""
    return f"kl. {at:%H.%M}"
