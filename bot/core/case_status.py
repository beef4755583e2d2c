"""Where a case stands, as its visitor may know it."""

import hmac
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Container, List, Optional, Tuple

from bot.core.answering import Phrases
from bot.core.case_links import token_hash
from bot.core.cases import Case, CaseEvent, CaseState, EventKind
from bot.core.casework import survivor_of
from bot.core.danish import long_day
from bot.core.errors import NotFound
from bot.core.ports import Clock, StatusDesk
from bot.core.units import Municipality, Units

# Then neither the link nor the reference opens a case that has ended; it is kept longer, by the municipality's rules.
LASTS = timedelta(days=90)

# What a visitor reads of the history, and whether with its words. Notes and reasons are the unit's own.
_SHOWN = {
    EventKind.OPENED: False,
    EventKind.CLAIMED: False,
    EventKind.ANSWERED: True,
    EventKind.ASKED: True,
    EventKind.RESUMED: False,
    EventKind.FORWARDED: False,
    EventKind.PROMISED: True,
    EventKind.CLOSED: False,
    EventKind.REOPENED: False,
    EventKind.REOPENED_WITH: False,
    EventKind.MERGED: False,
    EventKind.WITHDRAWN: False,
    EventKind.VISITOR_MESSAGE: True,
}

_WRITTEN = (EventKind.ANSWERED, EventKind.ASKED)


@dataclass(frozen=True)
class Status:
    """A visitor's case, the one that is answered for it (itself, unless it was merged), and what may be read."""

    case: Case
    answered: Case
    events: Tuple[CaseEvent, ...] = ()


class CaseStatus:
    """Finds a visitor's case, by the link or by the reference with the e-mail address that was given."""

    def __init__(self, desk: StatusDesk, clock: Clock):
        self._desk = desk
        self._clock = clock

    def by_link(self, token: str) -> Status:
        """Return the case with what was written; NotFound for a token that is unknown or has run out."""
        status = self._status(self._desk.by_link(token_hash(token)))
        if status is None:
            raise NotFound("the link has run out")
        return replace(status, events=tuple(self._events(status)))

    def by_reference(self, reference: str, email: str) -> Optional[Status]:
        """Return the case without what was written; None alike for an unknown one and another address.

        A reference and an address are easier to come by than the link: they show less, and change nothing.
        """
        case = self._desk.by_reference(reference)
        known = case.contact.email if case else ""
        same = hmac.compare_digest(_plain(known), _plain(email))
        return self._status(case) if case and known and same else None

    def _status(self, case: Case) -> Optional[Status]:
        answered = survivor_of(self._desk, case)
        ended = answered.closed_at
        return None if ended and self._clock() - ended > LASTS else Status(case, answered)

    def _events(self, status: Status) -> List[CaseEvent]:
        case, answered = status.case, status.answered
        found = self._read(case, _SHOWN)
        for part in self._desk.parts(case.id):
            # Units with a part of the case write to the visitor themselves; the rest of what they do is the whole's.
            found += self._read(part, _WRITTEN)
        found.sort(key=lambda event: event.at)
        # Those who share a CVR number are one business and not one person.
        if answered.id != case.id and case.contact.email and _same_address(case, answered):
            since = found[-1].at if found else case.created_at
            found += [event for event in self._read(answered, _SHOWN) if event.at >= since]
        return found

    def _read(self, case: Case, kinds: Container[EventKind]) -> List[CaseEvent]:
        return [_readable(event) for event in self._desk.events(case.id) if event.kind in kinds]


class StatusWords:
    """Says in plain Danish where a case stands."""

    def __init__(self, phrases: Phrases, units: Units, municipality: Municipality):
        self._phrases = phrases
        self._units = units
        self._municipality = municipality

    def unit_name(self, unit: str) -> str:
        """Return the name of a unit, of the one that looks after its cases when it is gone."""
        return self._units.get(unit if self._units.has(unit) else self._municipality.default_unit).name

    def sentences(self, status: Status, today: date) -> List[str]:
        """Return who has the case, and until when an answer can be expected."""
        case, answered = status.case, status.answered
        values = {"unit": self.unit_name(answered.unit), "day": long_day(answered.answer_by)}
        if answered.closed_at:
            values["ended"] = long_day(answered.closed_at.date())
        said = [self._say("merged", other=answered.reference)] if answered.id != case.id else []
        said.append(self._say(f"state_{answered.state.value}", **values))
        if answered.overdue(today):
            said.append(self._say("overdue", phone=self._municipality.phone, **values))
        elif answered.state in (CaseState.NEW, CaseState.CLAIMED):
            said.append(self._say("promise", **values))
        return said

    def label(self, event: CaseEvent) -> str:
        """Return what happened, as a heading."""
        unit = event.details.get("to", "") if event.kind is EventKind.FORWARDED else ""
        return self._say(f"event_{event.kind.value}", unit=self.unit_name(unit) if unit else "")

    def _say(self, key: str, **values: str) -> str:
        return self._phrases.say(key, **values)


def _readable(event: CaseEvent) -> CaseEvent:
    # What was asked by telephone is a case worker's note of it.
    words = _SHOWN[event.kind] and event.details.get("mailed", True)
    return replace(event, staff="", staff_id=None, text=event.text if words else "")


def _same_address(one: Case, other: Case) -> bool:
    return _plain(one.contact.email) == _plain(other.contact.email)


def _plain(email: str) -> bytes:
    return email.strip().lower().encode(errors="replace")
