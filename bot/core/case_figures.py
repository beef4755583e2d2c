"""What the cases of a period say about how a unit works: how many, how fast, and whether they came to the right place.

Everything is worked out from the history of each case, so that a figure of a week stays what it was, also when a case
is opened again later.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Iterable, List, Mapping, Optional, Sequence, Tuple

from bot.core.cases import Case, CaseEvent, CaseState, EventKind
from bot.core.satisfaction import Estimate, average, share

# Fewer answers of businesses are not shown: somebody could be recognised.
FEWEST_ANSWERS = 5
LOWEST_SCORE, HIGHEST_SCORE = 1, 5
_ANSWERS = (EventKind.ANSWERED, EventKind.CLOSED)
_ENDS = (EventKind.CLOSED, EventKind.WITHDRAWN)


@dataclass(frozen=True)
class Period:
    """From one moment up to, and without, another; both with the municipality's zone, by which days are counted."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def has(self, day: date) -> bool:
        """Tell whether a day belongs to it."""
        return self.first <= day <= self.last

    @property
    def first(self) -> date:
        """The first day."""
        return self.start.date()

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return (self.end - timedelta(seconds=1)).date()

    def before(self) -> "Period":
        """Return the period of as many days that ends where this one begins."""
        days = (self.end.date() - self.start.date()).days
        return days_from(self.start.date() - timedelta(days=days), days, self.start)


def days_from(first: date, days: int, like: datetime) -> Period:
    """Return a period of whole days, from midnight to midnight by the clock of the zone that `like` has."""
    ends = (datetime.combine(day, time(0), like.tzinfo) for day in (first, first + timedelta(days=days)))
    return Period(*ends)


@dataclass(frozen=True)
class History:
    """A case and what happened to it, oldest first."""

    case: Case
    events: Sequence[CaseEvent]


@dataclass(frozen=True)
class Past:
    """A deleted case. Of each thing that is counted it holds the days on which it happened.

    `at_fault` are the closings that say that the bot fell short; `verdicts` tell whether a promised date was kept.
    """

    unit: str
    topic: Optional[str]
    merged: bool
    misrouted: bool
    opened: date
    closed: Tuple[date, ...] = ()
    at_fault: Tuple[date, ...] = ()
    moved: Tuple[date, ...] = ()
    verdicts: Tuple[Tuple[date, bool], ...] = ()


@dataclass(frozen=True)
class Opinion:
    """What a business answered when it was asked how it went; `service` is from 1 to 5."""

    service: int
    comment: str = ""


@dataclass(frozen=True)
class CaseFigures:
    """What a period says of some cases.

    `kept` is the share of promised dates that were kept, `right` the share of the closed cases that had come to the
    right unit at once. `open` and `overdue` are as things stand now. `answers` counts businesses that answered;
    `service` and `comments` are there only when enough did. `moved` counts promised dates that the unit put off.
    """

    new: int = 0
    closed: int = 0
    open: int = 0
    overdue: int = 0
    moved: int = 0
    kept: Optional[Estimate] = None
    right: Optional[Estimate] = None
    answers: int = 0
    service: Optional[Estimate] = None
    comments: Tuple[str, ...] = field(default=())


def figures(
    histories: Iterable[History],
    opinions: Sequence[Opinion],
    period: Period,
    today: date,
    fewest: int = FEWEST_ANSWERS,
    past: Iterable[Past] = (),
) -> CaseFigures:
    """Return the figures of a period; `fewest` is how many answers there must be before any of them is shown.

    `past` are the cases that have been deleted since.
    """
    new = closed = still_open = overdue = moved = right = 0
    kept: List[bool] = []
    for history in histories:
        case = history.case
        # What was put into another case is answered there, and would count twice.
        if case.state is CaseState.MERGED:
            continue
        new += case.created_at in period
        still_open += case.open
        overdue += case.overdue(today)
        moved += sum(event.at in period for event in put_off(history))
        if any(event.at in period for event in closings(history)):
            closed += 1
            right += not case.misrouted
        kept += [verdict for at, verdict in verdicts(history, period.end) if at in period]
    for gone in past:
        if gone.merged:
            continue
        new += period.has(gone.opened)
        moved += sum(map(period.has, gone.moved))
        if any(map(period.has, gone.closed)):
            closed += 1
            right += not gone.misrouted
        kept += [verdict for day, verdict in gone.verdicts if period.has(day)]
    shown = len(opinions) >= fewest
    return CaseFigures(
        new,
        closed,
        still_open,
        overdue,
        moved,
        share(sum(kept), len(kept)),
        share(right, closed),
        len(opinions),
        average([one.service for one in opinions], LOWEST_SCORE, HIGHEST_SCORE) if shown else None,
        tuple(one.comment for one in opinions if one.comment) if shown else (),
    )


def verdicts(history: History, until: datetime) -> List[Tuple[datetime, bool]]:
    """Return when it was settled whether a promised date was kept, and whether it was; up to a moment.

    A promise is kept by the first answer to the business, or by closing, on the promised day at the latest. It is
    broken when that day has ended, whatever comes later, and also when the date was moved only afterwards. While the
    unit waits for the business the date stands still. A case that was opened again has a new promise.
    """
    found: List[Tuple[datetime, bool]] = []
    settled = waiting = ended = False
    for number, event in enumerate(history.events):
        if event.at >= until:
            break
        at = event.at.astimezone(until.tzinfo)
        passed = _passed(event, at)
        if not settled and passed:
            found.append((_day_after(passed, at), False))
            settled = True
        if event.kind in _ANSWERS and not settled:
            day = _promised_at(history, number)
            late = not waiting and day is not None and at.date() > day
            found.append((_day_after(day, at), False) if late and day else (at, True))
            settled = True
        reopened = event.kind is EventKind.REOPENED or (ended and event.kind in _OPENING)
        ended = event.kind in _ENDS or (ended and not reopened)
        settled = ended or (settled and not reopened)
        waiting = event.kind is EventKind.ASKED or (waiting and event.kind not in _RESUMING)
    day = history.case.answer_by
    if not settled and not waiting and history.case.created_at < until and until >= _day_after(day, until):
        found.append((_day_after(day, until), False))
    return found


# What opens a case that had ended, and does less to an open one.
_OPENING = (EventKind.VISITOR_MESSAGE, EventKind.REOPENED_WITH)
_RESUMING = (
    EventKind.RESUMED,
    EventKind.RELEASED,
    EventKind.FORWARDED,
    EventKind.CLOSED,
    EventKind.WITHDRAWN,
    EventKind.VISITOR_MESSAGE,
    EventKind.REOPENED,
)


def _passed(event: CaseEvent, at: datetime) -> Optional[date]:
    """Return the promised date that an event shows to have passed: the leader was told, or it was moved too late."""
    if event.kind is EventKind.ESCALATED and "of" in event.details:
        return date.fromisoformat(event.details["of"])
    if event.kind is EventKind.PROMISED and "from" in event.details:
        before = date.fromisoformat(event.details["from"])
        return before if at.date() > before else None
    return None


def _promised_at(history: History, number: int) -> Optional[date]:
    """Return what was promised when an event happened; None when the case was opened again since.

    The history does not hold every date. Where it is silent the date of the case still holds; where a case was opened
    again, a passed date would have been told to the leader.
    """
    for event in history.events[number + 1 :]:
        if event.kind is EventKind.PROMISED and "from" in event.details:
            return date.fromisoformat(event.details["from"])
        if event.kind in (EventKind.REOPENED, EventKind.RESUMED, *_OPENING):
            return None
    return history.case.answer_by


def _day_after(day: date, like: datetime) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), like.tzinfo)


def closings(history: History) -> List[CaseEvent]:
    """Return each closing of a case."""
    return [event for event in history.events if event.kind is EventKind.CLOSED]


def put_off(history: History) -> List[CaseEvent]:
    """Return each time that the unit put a promised date off."""
    dates = (event for event in history.events if event.kind is EventKind.PROMISED)
    return [event for event in dates if event.details.get("to", "") > event.details.get("from", "")]


def by_unit(
    units: Iterable[str],
    histories: Sequence[History],
    opinions: Mapping[str, Sequence[Opinion]],
    period: Period,
    today: date,
    fewest: int = FEWEST_ANSWERS,
    past: Sequence[Past] = (),
) -> Mapping[str, CaseFigures]:
    """Return the figures of each unit; a case counts where it is now."""
    return {
        unit: figures(
            [one for one in histories if one.case.unit == unit],
            opinions.get(unit, ()),
            period,
            today,
            fewest,
            [one for one in past if one.unit == unit],
        )
        for unit in units
    }
