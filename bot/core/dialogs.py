"""A talk with a leader: which slots a business may choose, and what is kept of a talk that was booked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Container, FrozenSet, Iterable, List, Mapping, Optional, Tuple
from zoneinfo import ZoneInfo

from bot.core import contacts
from bot.core.deadlines import add_working_days, is_working_day
from bot.core.errors import InvalidInput
from bot.core.ports import Holidays
from bot.core.privacy import storable

LONGEST_ABOUT = 2000


@dataclass(frozen=True)
class DialogOffer:
    """When and how the leader of a unit talks with businesses.

    `times` are the clock times at which a talk of `minutes` begins, by weekday (Monday is 0).
    """

    unit: str
    leader: str
    minutes: int
    place: str
    mailbox: str
    times: Mapping[int, Tuple[time, ...]]


@dataclass(frozen=True)
class DialogRules:
    """What a municipality offers, from `first` to `last` working days ahead, `closed` days left out."""

    offers: Tuple[DialogOffer, ...] = ()
    first: int = 2
    last: int = 20
    closed: FrozenSet[date] = frozenset()

    def offer(self, unit: str) -> Optional[DialogOffer]:
        """Return the offer of a unit's leader, or None."""
        return next((one for one in self.offers if one.unit == unit), None)


@dataclass(frozen=True)
class Dialog:
    """A talk that was booked; `starts_at` has the municipality's zone."""

    id: str
    unit: str
    starts_at: datetime
    minutes: int
    place: str
    name: str
    company: str
    email: str
    about: str
    created_at: datetime
    sequence: int = 0
    cancelled_at: Optional[datetime] = None

    @property
    def ends_at(self) -> datetime:
        """When it ends, by the same clock."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def slot(self) -> str:
        """What it takes from others: the leader's time."""
        return slot_key(self.unit, self.starts_at)


@dataclass(frozen=True)
class DialogRequest:
    """What a business typed: a slot as `2026-12-01T09:00`, and who wants to talk about what."""

    slot: str
    name: str
    company: str
    email: str
    about: str


class _Closed:
    """The days on which nobody works: public holidays, and the days that the municipality is closed."""

    def __init__(self, holidays: Holidays, closed: Container[date]):
        self._holidays = holidays
        self._closed = closed

    def __contains__(self, day: object) -> bool:
        return day in self._closed or day in self._holidays


def slots(
    offer: DialogOffer, rules: DialogRules, now: datetime, holidays: Holidays, taken: Iterable[datetime]
) -> List[datetime]:
    """Return the free slots, the earliest first, with the zone of `now`.

    Days are counted from tomorrow, on working days only. So a slot is never on a weekend, a holiday or a closed day.
    """
    none = _Closed(holidays, rules.closed)
    today = now.date()
    day, last = add_working_days(today, rules.first, none), add_working_days(today, rules.last, none)
    busy = {at.astimezone(now.tzinfo).replace(tzinfo=None) for at in taken}
    found: List[datetime] = []
    while day <= last:
        if is_working_day(day, none):
            for clock in offer.times.get(day.weekday(), ()):
                at = datetime.combine(day, clock)
                if at not in busy:
                    found.append(at.replace(tzinfo=now.tzinfo))
        day += timedelta(days=1)
    return sorted(found)


def slot_key(unit: str, at: datetime) -> str:
    """Return the key of a slot, the same whatever zone the moment is written in."""
    return f"{unit}@{at.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M}"


def checked(request: DialogRequest, free: Iterable[datetime]) -> Tuple[datetime, DialogRequest]:
    """Return the slot that was chosen and what may be stored of the rest; InvalidInput names the first wrong field.

    `dialog_slot_missing` when none was chosen or it is not on offer any more.
    """
    chosen = next((at for at in free if slot_text(at) == request.slot), None)
    if chosen is None:
        raise InvalidInput("dialog_slot_missing" if not request.slot else "dialog_slot_gone", "slot")
    name = contacts.name(storable(request.name), "name")
    company = storable(request.company)
    company = contacts.name(company, "company") if company else ""
    email = contacts.email(request.email.strip())
    about = storable(request.about)
    if not about:
        raise InvalidInput("dialog_about_missing", "about")
    if len(about) > LONGEST_ABOUT:
        raise InvalidInput("dialog_about_long", "about")
    return chosen, DialogRequest(request.slot, name, company, email, about)


def slot_text(at: datetime) -> str:
    """Return how a form names a slot."""
    return f"{at:%Y-%m-%dT%H:%M}"


def mail_key(dialog_id: str) -> str:
    """Return what the Message-IDs of all mails about a talk begin with."""
    return f"dialog-{dialog_id}-"
