"""Calendar files, as RFC 5545 wants them."""

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.core.plans.calendar import Entry, calendar

STAMP = datetime(2026, 11, 27, 0, 5, tzinfo=timezone(timedelta(hours=1)))


def lines(*entries):
    return calendar("Plan: Åbn en café", entries, STAMP).replace("\r\n ", "").split("\r\n")


def test_every_line_ends_with_crlf_and_none_is_bare():
    text = calendar("Plan", [Entry("a@b", date(2027, 1, 4), "Søg", "En\nto\r\ntre")], STAMP)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")


def test_a_day_lasts_until_the_next_one():
    found = lines(Entry("a@b", date(2027, 12, 31), "Søg"))
    assert "DTSTART;VALUE=DATE:20271231" in found
    assert "DTEND;VALUE=DATE:20280101" in found


def test_the_stamp_is_in_utc():
    assert "DTSTAMP:20261126T230500Z" in lines(Entry("a@b", date(2027, 1, 4), "Søg"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Søg, og vent", "Søg\\, og vent"),
        ("a;b", "a\\;b"),
        ("c:\\d", "c:\\\\d"),
        ("en\nto\r\ntre\rfire", "en\\nto\\ntre\\nfire"),
        ("a\0b\x07c", "abc"),
        ('"BEGIN:VEVENT"', '"BEGIN:VEVENT"'),
    ],
)
def test_a_text_is_escaped(text, value):
    found = lines(Entry("a@b", date(2027, 1, 4), text, text))
    assert f"SUMMARY:{value}" in found
    assert f"DESCRIPTION:{value}" in found


@pytest.mark.parametrize("letter", ["a", "ø", "€", "🎂"])
@pytest.mark.parametrize("length", [1, 24, 25, 37, 38, 74, 75, 76, 149, 150, 300])
def test_a_line_is_folded_at_75_octets_and_no_letter_is_torn(letter, length):
    title = letter * length
    text = calendar("Plan", [Entry("a@b", date(2027, 1, 4), title)], STAMP)
    assert all(len(part.encode("utf-8")) <= 75 for part in text.split("\r\n"))
    assert f"SUMMARY:{title}\r\n" in text.replace("\r\n ", "")


def test_a_url_can_begin_no_line_of_its_own():
    found = lines(Entry("a@b", date(2027, 1, 4), "Søg", url="https://x.dk/\r\nATTACH:evil ø"))
    assert "URL:https://x.dk/ATTACH:evil" in found


def test_an_empty_plan_is_a_calendar_still():
    assert lines()[-2] == "END:VCALENDAR"
