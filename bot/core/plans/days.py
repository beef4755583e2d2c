"""The days that somebody wishes for: when they can begin, and when they want to open."""

from dataclasses import dataclass, field
from datetime import date
from typing import Callable, Dict, Iterable, Mapping, Optional, Tuple

from bot.core.calculations import Mention
from bot.core.errors import InvalidInput

START, OPENING = "start", "aabning"
_DAYS_AHEAD = 5 * 366
_DATE, _INVALID_DATE = "dato", "invalid_date"


@dataclass(frozen=True)
class Days:
    """Days by `START` and `OPENING`, and the codes of errors of those that cannot be used."""

    found: Mapping[str, date] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def usable(day: date, today: date) -> date:
    """Return the day; InvalidInput when it is past, or further away than anybody plans."""
    if day < today:
        raise InvalidInput("day_past")
    if (day - today).days > _DAYS_AHEAD:
        raise InvalidInput("day_far")
    return day


def in_order(start: Optional[date], opening: Optional[date]) -> None:
    """Raise InvalidInput when the opening lies before the start."""
    if start and opening and opening < start:
        raise InvalidInput("day_order")


def days_in(text: str, mentions: Iterable[Mention], kind_of: Callable[[str], str], today: date) -> Days:
    """Return the days that a text names behind a word for opening or starting.

    Args:
        text: what somebody wrote.
        mentions: what was found in it; dates that do not exist among them.
        kind_of: tells `START`, `OPENING` or nothing of the words before a date.
        today: to tell what is past.
    """
    found: Dict[str, date] = {}
    wrong: Dict[str, str] = {}
    for mention in mentions:
        if mention.kind not in (_DATE, _INVALID_DATE):
            continue
        kind = kind_of(text[: mention.start])
        if not kind:
            continue
        if mention.kind == _INVALID_DATE:
            wrong[kind] = "day_unreadable"
        # »Til sommer« is no day.
        elif mention.extra.get("precision") == "day":
            try:
                found[kind] = usable(_day(mention.value), today)
            except InvalidInput as error:
                wrong[kind] = error.code
    return Days(found, wrong)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def pair(days: Mapping[str, date]) -> Tuple[Optional[date], Optional[date]]:
    """Return the start and the opening."""
    return days.get(START), days.get(OPENING)
