"""Dates, times and amounts as they are written in Danish, and Danish letters as they are typed."""

import re
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
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
_SEPARATORS = str.maketrans(",.", ".,")
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


def kroner(amount: Decimal) -> str:
    """Return `1.200.000 kr.`; øre only where there are some, and then cut off, never rounded up."""
    whole = amount == amount.to_integral_value()
    shown = f"{amount:,.0f}" if whole else f"{amount.quantize(Decimal('0.01'), ROUND_DOWN):,}"
    return f"{shown.translate(_SEPARATORS)} kr."


def spellings(text: str) -> Tuple[str, str]:
    """Return `text` in small letters and on one line, with æ, ø and å as a, o and a.

    First as it was typed, then with ae, oe and aa read as æ, ø and å: »soege« is søge, yet »skemaet« is no »skemæt«.
    """
    typed = " ".join(text.lower().split()).translate(_PLAIN)
    return typed, _TWO_LETTERS.sub(lambda match: match.group()[0], typed)


def plain_letters(text: str) -> str:
    """Return `text` with æ, ø and å as `spellings` has them, and nothing else changed."""
    return text.translate(_PLAIN)
