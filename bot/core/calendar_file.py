"""One day as a file for a calendar program, by RFC 5545 (iCalendar).

The event lasts all day (§ 3.6.1, DATE values), so it needs no time zone. Lines end with CRLF and are folded at 75
octets (§ 3.1), texts are escaped (§ 3.3.11). The same UID makes a calendar replace the event and not add it twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Iterator

_LONGEST_LINE = 75


@dataclass(frozen=True)
class DayEvent:
    """What stands in the calendar; `uid` is the same for the same event, for ever."""

    uid: str
    day: date
    summary: str
    description: str
    url: str


def calendar_file(event: DayEvent, at: datetime) -> str:
    """Return the file, written at the moment `at` (with a time zone); it is to be sent as UTF-8."""
    stamp = at.astimezone(timezone.utc)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Genvej//Frister//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"URL:{event.url}",
        # A deadline does not make anybody busy all day.
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """Return a text as the value of a TEXT property: backslash, comma, semicolon and line break escaped."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """Yield a content line in parts of at most 75 octets, none cut inside a letter; each but the first has a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
