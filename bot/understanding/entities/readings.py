"""What is made of words that may name a time."""

import re
from datetime import date
from typing import NamedTuple, Optional

DAY, WEEK, MONTH_LONG, SEASON_LONG, YEAR_LONG = "day", "week", "month", "season", "year"
_REACH = 30


class Reading(NamedTuple):
    """What a pattern makes of its match; no value: the day does not exist."""

    value: Optional[date]
    precision: str = DAY
    until: Optional[date] = None
    approximate: bool = False
    sure: bool = True


def day_of(year: int, month: int, day: int) -> Optional[date]:
    """Return the day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def before(text: str, match: "re.Match[str]") -> str:
    """Return the words before a match, as many as can change what it means."""
    return text[max(0, match.start() - _REACH) : match.start()]
