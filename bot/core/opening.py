"""When a unit reads a case, and by when it aims to answer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Container, Optional

from bot.core.deadlines import add_working_days, is_working_day
from bot.core.units import Unit

# Beyond this an absence is no absence: the unit is said to open on the last day looked at.
_LONGEST_CLOSED = 400


@dataclass(frozen=True)
class Opening:
    """When a unit next reads cases: the day, the clock when its hours are known, and whether that is now."""

    day: date
    clock: Optional[time] = None
    now: bool = False


def next_opening(unit: Unit, at: datetime, holidays: Container[date], away: bool = True) -> Opening:
    """Return when the unit reads what comes at `at` (local time).

    Without known hours it is open on every working day, round the clock. With `away` false its absences do not count.
    """
    for ahead in range(_LONGEST_CLOSED):
        day = at.date() + timedelta(days=ahead)
        if not is_working_day(day, holidays) or (away and unit.absence_on(day)):
            continue
        if not unit.opening:
            return Opening(day, None, now=ahead == 0)
        if day.weekday() not in unit.opening:
            continue
        opens, closes = unit.opening[day.weekday()]
        if ahead > 0 or at.time() < opens:
            return Opening(day, opens)
        if at.time() < closes:
            return Opening(day, opens, now=True)
    return Opening(at.date() + timedelta(days=_LONGEST_CLOSED))


def promised(unit: Unit, at: datetime, opening: Opening, holidays: Container[date]) -> date:
    """Return the date to expect an answer by: the unit's goal in working days, from when it is next open.

    The day on which a case comes never counts; the day on which a closed unit opens again is the first that does.
    """
    start = max(at.date(), opening.day - timedelta(days=1))
    return add_working_days(start, unit.working_days, holidays)
