"""A plan's dates as a calendar file (RFC 5545): as for one deadline, but many days, and they may move."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Iterable, List

from bot.core.calendar_file import escaped, folded

_CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Entry:
    """A whole day in the calendar; the same `uid` in a later file takes the place of the entry."""

    uid: str
    day: date
    title: str
    text: str = ""
    url: str = ""


def calendar(name: str, entries: Iterable[Entry], stamp: datetime) -> str:
    """Return the file, with CRLF at the end of every line; `stamp` is when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Genvej//Plan//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    made = stamp.astimezone(timezone.utc)
    for entry in entries:
        lines += _event(entry, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(entry: Entry, made: datetime) -> List[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        # Of two files with the same UID the one made later counts.
        f"SEQUENCE:{int(made.timestamp()) // 60}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        # The day after: the end of a whole day is not part of it.
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.title)}",
        "TRANSP:TRANSPARENT",
    ]
    if entry.text:
        lines.append(f"DESCRIPTION:{_text(entry.text)}")
    if entry.url:
        lines.append(f"URL:{re.sub(r'[^!-~]', '', entry.url)}")
    return [*lines, "END:VEVENT"]


def _text(text: str) -> str:
    return escaped(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
