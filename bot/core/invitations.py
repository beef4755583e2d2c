"""An invitation that a calendar program takes from a mail: RFC 5545 (iCalendar) by the method of RFC 5546 (iTIP).

The time stands with the zone Europe/Copenhagen and its rules, so that it stays right when the clocks change. The UID is
the same for ever, SEQUENCE grows with each change: so the program finds what is called off.
"""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Iterator, Tuple

from bot.core.calendar_file import escaped, folded

# What EU law has ruled since 1996: the last Sundays of March and October, at 01:00 UTC.
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Person:
    """Somebody who takes part: a name and a mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """A meeting; `starts` and `ends` have the zone Europe/Copenhagen."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    summary: str
    description: str
    place: str
    organizer: Person
    attendees: Tuple[Person, ...]
    cancelled: bool = False


def invitation_file(meeting: Invitation, at: datetime) -> str:
    """Return the file, written at the moment `at` (with a zone); it is to be sent as UTF-8."""
    return "".join(f"{part}\r\n" for line in _lines(meeting, at) for part in folded(line))


def method(meeting: Invitation) -> str:
    """Return what the file asks of a calendar program; the mail says it too, in its content type."""
    return "CANCEL" if meeting.cancelled else "REQUEST"


def _lines(meeting: Invitation, at: datetime) -> Iterator[str]:
    yield from (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Genvej//Dialog//DA",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method(meeting)}",
        *_ZONE,
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}",
        f"SEQUENCE:{meeting.sequence}",
        f"DTSTAMP:{at.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/Copenhagen:{meeting.starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Copenhagen:{meeting.ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{escaped(meeting.summary)}",
        f"DESCRIPTION:{escaped(meeting.description)}",
        f"LOCATION:{escaped(meeting.place)}",
        f"ORGANIZER;CN={_quoted(meeting.organizer.name)}:mailto:{meeting.organizer.email}",
    )
    for person in meeting.attendees:
        yield (
            f"ATTENDEE;CN={_quoted(person.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
            f":mailto:{person.email}"
        )
    yield f"STATUS:{'CANCELLED' if meeting.cancelled else 'CONFIRMED'}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _quoted(name: str) -> str:
    """Return a name as the value of a parameter: in quotation marks, and with none inside (RFC 5545, § 3.2)."""
    return '"{}"'.format(" ".join(name.replace('"', "'").split()))
