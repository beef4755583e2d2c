"""The weekly letter to leaders, and the same figures for any period: who sees what, and when it is sent."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Dict, List, Mapping, Optional, Protocol, Sequence, Tuple

from bot.core.case_figures import (
    FEWEST_ANSWERS,
    CaseFigures,
    History,
    Opinion,
    Past,
    Period,
    by_unit,
    days_from,
    figures,
)
from bot.core.deadlines import is_working_day
from bot.core.mails import Mail
from bot.core.one_by_one import Done, OneByOne
from bot.core.ports import Clock, Holidays
from bot.core.staff import StaffMember, StaffRole
from bot.core.unanswered import SaidCounts, Unanswered, of_topics, unanswered
from bot.core.units import Units

# By the municipality's clock, on the first working day of the week.
SENT_FROM = time(7)


class CaseHistories(Protocol):
    """Reads what figures are made of; see bot/storage/case_histories.py."""

    def of(self, start: datetime, end: datetime) -> List[History]:
        """Return every case that was open at some time from `start` up to `end`, or is now, with its history."""

    def past(self, start: datetime, end: datetime) -> List[Past]:
        """Return the deleted cases that had to do with the days from `start` up to `end`."""

    def said(self, start: datetime, end: datetime) -> SaidCounts:
        """Return what was said in chats from `start` up to `end`."""


class Opinions(Protocol):
    """Knows what businesses answered when they were asked how it went."""

    def between(self, start: datetime, end: datetime) -> Mapping[str, Sequence[Opinion]]:
        """Return the answers given from `start` up to `end`, by unit."""


class NoOpinions:
    """Stands in while no business is asked."""

    def between(self, start: datetime, end: datetime) -> Mapping[str, Sequence[Opinion]]:
        """Return nothing."""
        return {}


@dataclass(frozen=True)
class Overview:
    """The figures of a period for somebody: all their units together, and each."""

    period: Period
    whole: CaseFigures
    units: Mapping[str, CaseFigures]
    gaps: Unanswered


class Overviews:
    """Works out figures for who may see them."""

    def __init__(
        self, histories: CaseHistories, opinions: Opinions, units: Units, fewest: int = FEWEST_ANSWERS
    ):
        self._histories = histories
        self._opinions = opinions
        self._units = units
        self._fewest = fewest

    def units_of(self, staff: StaffMember) -> Tuple[str, ...]:
        """Return the units whose figures somebody sees, by name."""
        return tuple(unit.id for unit in self._units.all() if staff.may_list(unit.id))

    def of(self, staff: StaffMember, period: Period, today: date) -> Overview:
        """Return the figures of a period."""
        units = self.units_of(staff)
        cases = self._histories.of(period.start, period.end)
        opinions = self._opinions.between(period.start, period.end)
        past = self._histories.past(period.start, period.end)
        own_past = [one for one in past if one.unit in units]
        own = [one for one in cases if one.case.unit in units]
        answers = [one for unit in units for one in opinions.get(unit, ())]
        each = by_unit(units, own, opinions, period, today, self._fewest, own_past)
        whole = figures(own, answers, period, today, self._fewest, own_past)
        gaps = unanswered(self._histories.said(period.start, period.end), cases, period, past)
        topics = [topic for unit in units for topic in self._units.get(unit).topics]
        return Overview(period, whole, each, of_topics(gaps, topics))


class DigestLog(Protocol):
    """Remembers who got the letter of which week; see bot/storage/digests.py."""

    def sent_to(self, week: str) -> Sequence[int]:
        """Return the ids of the staff that have it."""

    def send(self, week: str, staff_id: int, mail: Mail, at: datetime) -> bool:
        """Put the letter in the outbox and remember it, both or neither; False when another was first."""


class DigestWriter(Protocol):
    """Writes the letter; see bot/notify/digests.py."""

    def letter(self, week: str, staff: StaffMember, now: Overview, before: Overview) -> Mail:
        """Return the letter about a week, compared with the week before."""


class Receivers(Protocol):
    """Knows who has a role."""

    def with_role(self, role: StaffRole) -> List[StaffMember]:
        """Return everybody with a role."""


class Digests:
    """Sends each leader, and the chief, one letter a week."""

    def __init__(
        self,
        overviews: Overviews,
        log: DigestLog,
        writer: DigestWriter,
        staff: Receivers,
        clock: Clock,
        holidays: Holidays,
    ):
        self._overviews = overviews
        self._log = log
        self._writer = writer
        self._staff = staff
        self._clock = clock
        self._holidays = holidays
        self._one_by_one: OneByOne[StaffMember] = OneByOne("digests", lambda member: member.id, clock)

    def send_due(self) -> Done:
        """Send the letters of last week that are due and not sent yet; return how many.

        A letter that cannot be written keeps nobody else's back.
        """
        now = self._clock()
        week = week_to_tell_of(now, self._holidays)
        if week is None:
            return Done()
        name = week_name(week)
        done = set(self._log.sent_to(name))
        receivers = [member for member in self._receivers() if member.id not in done]
        made: Dict[Tuple[str, ...], Tuple[Overview, Overview]] = {}

        def send(member: StaffMember) -> bool:
            units = self._overviews.units_of(member)
            if units not in made:
                made[units] = tuple(  # type: ignore[assignment]
                    self._overviews.of(member, period, now.date()) for period in (week, week.before())
                )
            return self._log.send(name, member.id, self._writer.letter(name, member, *made[units]), now)

        return self._one_by_one.round(lambda most: receivers, send)

    def _receivers(self) -> List[StaffMember]:
        leaders = [member for member in self._staff.with_role(StaffRole.LEADER) if member.units]
        return [member for member in (*leaders, *self._staff.with_role(StaffRole.CHIEF)) if member.email]


def week_to_tell_of(now: datetime, holidays: Holidays) -> Optional[Period]:
    """Return last week once its letter is due: on Monday at seven, or on the first working day after a holiday.

    `now` has the municipality's zone. None before that, and in a week without a single working day.
    """
    monday = now.date() - timedelta(days=now.weekday())
    week = [monday + timedelta(days=number) for number in range(7)]
    day = next((one for one in week if is_working_day(one, holidays)), None)
    if day is None or now < datetime.combine(day, SENT_FROM, now.tzinfo):
        return None
    return days_from(monday - timedelta(days=7), 7, now)


def week_name(week: Period) -> str:
    """Return the name of a week by ISO 8601, such as 2026-W47."""
    year, number, _ = week.first.isocalendar()
    return f"{year}-W{number:02}"
