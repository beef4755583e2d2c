"""Dates and times as they are written in Danish, and Danish letters as they are typed."""

import re
from datetime import date, datetime
from typing import Tuple

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
_PLAIN = str.maketrans("æøå", "aoa")
_TWO_LETTERS = re.compile("ae|oe|aa")
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


def spellings(text: str) -> Tuple[str, str]:
    """Return `text` in small letters and on one line, with æ, ø and å as a, o and a.

    First as it was typed, then with ae, oe and aa read as æ, ø and å: »soege« is søge, yet »skemaet« is no »skemæt«.
    """
    typed = " ".join(text.lower().split()).translate(_PLAIN)
    return typed, _TWO_LETTERS.sub(lambda match: match.group()[0], typed)


def plain_letters(text: str) -> str:
    """Return `text` with æ, ø and å as `spellings` has them, and nothing else changed."""
    return text.translate(_PLAIN)
