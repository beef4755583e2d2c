"""A calendar file is read back as a calendar program reads it: RFC 5545."""

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar_file import DayEvent, calendar_file, folded

AT = datetime(2026, 11, 26, 23, 30, 5, tzinfo=timezone(timedelta(hours=1)))
EVENT = DayEvent(
    "klage-2026-11-05@helsingor.genvej", date(2026, 12, 3), "Sidste dag", "Fx nu", "https://g.example/f?a=1"
)


def read_back(text: str) -> dict:
    """Unfold, split and unescape; the value of each property of the event by its name without parameters."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    found = {}
    for line in inside:
        name, _, value = line.partition(":")
        found[name.partition(";")[0]] = value
    for name in ("SUMMARY", "DESCRIPTION"):
        found[name] = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], found[name])
    return found


def test_the_event_lasts_the_whole_day_and_no_longer():
    found = read_back(calendar_file(EVENT, AT))
    assert (found["DTSTART"], found["DTEND"]) == ("20261203", "20261204")
    assert "DTSTART;VALUE=DATE:20261203" in calendar_file(EVENT, AT)


def test_the_stamp_is_the_clock_in_utc_and_the_uid_stays():
    found = read_back(calendar_file(EVENT, AT))
    assert found["DTSTAMP"] == "20261126T223005Z"
    assert found["UID"] == read_back(calendar_file(EVENT, AT + timedelta(days=9)))["UID"]


@pytest.mark.parametrize("name", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:", "DTSTAMP:", "UID:"])
def test_what_the_standard_demands_stands_there_once(name):
    assert calendar_file(EVENT, AT).count(f"{name}") == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ja, nej; måske",
        "en \\ skråstreg og \\n der ikke er en linje",
        "første linje\nanden linje\r\ntredje\rfjerde",
        "æøå " * 60,
        "ø" * 200,
        "🗓" * 60,
        ",;\\" * 50,
        "",
    ],
)
def test_a_text_is_read_back_as_it_was_written(text):
    event = DayEvent(EVENT.uid, EVENT.day, text, text, EVENT.url)
    found = read_back(calendar_file(event, AT))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert found["SUMMARY"] == found["DESCRIPTION"] == plain


@given(text=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=400))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(text):
    parts = list(folded(f"SUMMARY:{text}"))
    assert all(len(part.encode("utf-8")) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == f"SUMMARY:{text}"
