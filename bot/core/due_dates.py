"""From a rule and a day to the last day of a deadline, with every step of the count.

The start itself does not count unless the rule says so (Justitsministeriets vejledning nr. 9533 af 26/6 2018). Working
days are Monday to Friday without public holidays. Store bededag is none since 2024. 1 May, 5 June, 24 and 31 December
are none by law either: they move a last day only where the rule names them, and are mentioned otherwise.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Mapping, Optional, Tuple

from bot.core.counting import is_closed, shift
from bot.core.deadline_rules import (
    DeadlineRule,
    Direction,
    Length,
    Move,
    Unit,
    YearlyDay,
    length_of,
)
from bot.core.deadlines import add_working_days, is_working_day
from bot.core.errors import InvalidInput
from bot.core.knowledge import Knowledge, Period

Holidays = Mapping[date, str]
"""The public holidays of Denmark and their names in Danish."""
# Further away a date is a slip of the finger, and nobody knows what the law will be.
MOST_YEARS = 10


@dataclass(frozen=True)
class Step:
    """One step of the count: the name of its sentence in data/phrases.yml, and the days in it."""

    name: str
    day: Optional[date] = None
    moved_to: Optional[date] = None
    among: Tuple[date, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """A deadline worked out for one start.

    Attributes:
        rule: what it was counted by.
        start: the day it was counted from.
        last_day: the last day on which it is met.
        counted: how, step by step.
        length: the figure with its unit, as the fact shows it; empty for a calendar.
        period: the value of the fact that was used.
        due_for: what a calendar's day is due for.
        passed: the last day lies before today.
    """

    rule: DeadlineRule
    start: date
    last_day: date
    counted: Tuple[Step, ...]
    length: str = ""
    period: Optional[Period] = None
    due_for: str = ""
    passed: bool = False


def work_out(
    rule: DeadlineRule, start: date, knowledge: Knowledge, holidays: Holidays, today: date
) -> Deadline:
    """Return the deadline of `rule` counted from `start`.

    Args:
        rule: how to count.
        start: the decision, the event, or for a calendar the day from which the next due day is sought.
        knowledge: holds the fact with the length; the value on `start` counts.
        holidays: the public holidays of every year in reach.
        today: tells whether the deadline has passed.

    Raises:
        InvalidInput: `date_far` for a start more than MOST_YEARS away, `deadline_unknown` when the fact has no value
            on that day or the topic is switched off.
    """
    if abs(start.year - today.year) > MOST_YEARS:
        raise InvalidInput("date_far", "dato")
    topic = knowledge.get(rule.topic)
    if topic is None or topic.off:
        raise InvalidInput("deadline_unknown", "regel")
    if rule.calendar:
        return _next_due(rule, start, holidays, today)
    fact = topic.facts.get(rule.fact or "")
    period = fact.on(start) if fact else None
    length = length_of(fact, period) if fact and period else None
    if fact is None or period is None or length is None:
        raise InvalidInput("deadline_unknown", "regel")
    counted, reached = _count(rule, start, length, holidays)
    moved: Tuple[Step, ...] = ()
    if length.unit is not Unit.WORKING_DAYS:
        moved, reached = _settle(rule, reached, holidays)
    return Deadline(
        rule=rule,
        start=start,
        last_day=reached,
        counted=(*counted, *moved),
        length=fact.shown(period),
        period=period,
        passed=reached < today,
    )


def _count(
    rule: DeadlineRule, start: date, length: Length, holidays: Holidays
) -> Tuple[Tuple[Step, ...], date]:
    """Return the steps to the day that the bare length leads to, and that day."""
    if length.unit is Unit.WORKING_DAYS:
        reached = add_working_days(start, length.number, holidays)
        return (Step("count_after", start), *_working_days(start, reached, holidays)), reached
    if rule.direction is Direction.BEFORE:
        reached = shift(start, length, -1)
        if rule.full_days:
            reached -= timedelta(days=1)
            return (Step("count_full", start), Step("length_full", reached)), reached
        return (Step("count_before", start), Step("length_before", reached)), reached
    reached = shift(start, length, 1)
    if rule.first_day_counts:
        reached -= timedelta(days=1)
        return (Step("count_from", start), Step("length_after", reached)), reached
    return (
        Step("count_after", start),
        Step("length_after", reached),
        *_month_end(start, reached, length),
    ), reached


def _working_days(start: date, reached: date, holidays: Holidays) -> Tuple[Step, ...]:
    inside = [start + timedelta(days=number) for number in range(1, (reached - start).days + 1)]
    skipped = tuple(day for day in inside if day in holidays and day.weekday() < 5)
    closed = tuple(day for day in inside if is_closed(day) and is_working_day(day, holidays))
    steps = [Step("length_working", reached)]
    if skipped:
        steps.append(Step("skipped", among=skipped))
    if closed:
        steps.append(Step("closed_inside", among=closed))
    return tuple(steps)


def _month_end(start: date, reached: date, length: Length) -> Tuple[Step, ...]:
    by_month = length.unit in (Unit.MONTHS, Unit.YEARS)
    return (Step("month_end", reached),) if by_month and reached.day != start.day else ()


def _settle(rule: DeadlineRule, day: date, holidays: Holidays) -> Tuple[Tuple[Step, ...], date]:
    """Return what a weekend, a holiday or a closed office does to a last day, and the day it becomes."""
    if rule.move is Move.IGNORED:
        return (), day
    if not _is_free(rule, day, holidays):
        return ((Step("closed_day", day),) if is_closed(day) else ()), day
    if rule.move is Move.STAYS:
        return (Step("stays", day),), day
    step = timedelta(days=1 if rule.move is Move.LATER else -1)
    moved = day
    while _is_free(rule, moved, holidays):
        moved += step
    steps = [Step(f"moved_{rule.move.value}", day, moved)]
    if is_closed(moved):
        steps.append(Step("closed_day", moved))
    return tuple(steps), moved


def _is_free(rule: DeadlineRule, day: date, holidays: Holidays) -> bool:
    return not is_working_day(day, holidays) or (day.month, day.day) in rule.closed


def _next_due(rule: DeadlineRule, start: date, holidays: Holidays, today: date) -> Deadline:
    """Return the first due day of a calendar on or after `start`."""
    found = []
    for year in (start.year - 1, start.year, start.year + 1):
        for due in rule.calendar:
            by_law = date(year, due.month, due.day)
            moved, last_day = _settle(rule, by_law, holidays)
            found.append((last_day, by_law, due, moved))
    last_day, by_law, due, moved = min(
        (item for item in found if item[0] >= start), key=lambda item: item[:2]
    )
    return Deadline(
        rule=rule,
        start=start,
        last_day=last_day,
        counted=(Step("law_day", by_law), *moved),
        due_for=_due_for(due, by_law.year),
        passed=last_day < today,
    )


def _due_for(due: YearlyDay, year: int) -> str:
    return due.period.format(year=year, year_before=year - 1)
