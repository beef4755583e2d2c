"""When a business is asked: by day, on working days, whatever the clocks do."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import load_holidays
from bot.core.surveys import Invitation, SurveyRules, Way, later, next_open, reminder_at, send_time

DENMARK = ZoneInfo("Europe/Copenhagen")
HOLIDAYS = load_holidays()
RULES = SurveyRules(DENMARK)


def at(text):
    """Return a time in Denmark; a trailing * is the second of two hours with the same name."""
    return datetime.fromisoformat(text.rstrip("*")).replace(tzinfo=DENMARK, fold=text.endswith("*"))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-24 08:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59:59", "2026-11-24 08:00"),
        ("2026-11-24 19:59:59", "2026-11-24 19:59:59"),
        ("2026-11-24 20:00", "2026-11-25 08:00"),
        ("2026-11-24 23:59", "2026-11-25 08:00"),
        ("2026-11-25 00:00", "2026-11-25 08:00"),
        ("2026-11-25 03:30", "2026-11-25 08:00"),
        # A weekend, from Friday evening on.
        ("2026-11-27 20:00", "2026-11-30 08:00"),
        ("2026-11-28 12:00", "2026-11-30 08:00"),
        ("2026-11-29 23:00", "2026-11-30 08:00"),
        # Christmas 2026: Friday the 25th and Saturday the 26th, then Sunday. The 24th is no holiday by law.
        ("2026-12-23 21:00", "2026-12-24 08:00"),
        ("2026-12-24 20:00", "2026-12-28 08:00"),
        ("2026-12-31 20:00", "2027-01-04 08:00"),
        # Easter 2027: Thursday 25 March to Monday the 29th.
        ("2027-03-24 20:00", "2027-03-30 08:00"),
        ("2027-03-25 10:00", "2027-03-30 08:00"),
        # Ascension Day 2027 is Thursday 6 May; the Friday after is a working day.
        ("2027-05-05 22:00", "2027-05-07 08:00"),
    ],
)
def test_nobody_is_asked_in_the_evening_at_night_in_weekends_or_on_holidays(now, opens):
    assert next_open(at(now), RULES, HOLIDAYS) == at(opens)


def test_a_time_in_another_zone_counts_as_it_is_in_denmark():
    utc = datetime(2026, 11, 24, 19, 0, tzinfo=ZoneInfo("UTC"))
    assert next_open(utc, RULES, HOLIDAYS) == at("2026-11-25 08:00")
    assert next_open(utc - timedelta(minutes=1), RULES, HOLIDAYS) == at("2026-11-24 19:59")


@pytest.mark.parametrize(
    ("closed", "hours", "sent"),
    [
        ("2026-11-23 16:30", 20, "2026-11-24 12:30"),
        # Friday 16:30: twenty hours later is Saturday.
        ("2026-11-27 16:30", 20, "2026-11-30 08:00"),
        ("2026-11-27 16:30", 1, "2026-11-27 17:30"),
        ("2026-11-27 16:30", 0, "2026-11-27 16:30"),
        ("2026-12-23 16:30", 20, "2026-12-24 12:30"),
        ("2026-12-24 11:00", 20, "2026-12-28 08:00"),
        ("2027-03-24 15:00", 20, "2027-03-30 08:00"),
        # Summer time begins on Sunday 28 March 2027, in the night; Easter ends on Monday.
        ("2027-03-26 16:30", 84, "2027-03-30 08:00"),
        # It ends on Sunday 25 October 2026: 72 hours after Friday noon is Monday at eleven.
        ("2026-10-23 12:00", 72, "2026-10-26 11:00"),
        # It begins on Sunday 29 March 2026: 72 hours after Friday noon is Monday at one.
        ("2026-03-27 12:00", 72, "2026-03-30 13:00"),
        # In both hours of the name 02:30, and the one that does not exist.
        ("2026-10-25 02:30", 6, "2026-10-26 08:00"),
        ("2026-10-25 02:30*", 30, "2026-10-26 08:30"),
    ],
)
def test_the_delay_is_counted_in_real_hours_and_then_moved_to_the_day(closed, hours, sent):
    due = later(at(closed), timedelta(hours=hours), DENMARK)
    assert next_open(due, RULES, HOLIDAYS) == at(sent)
    assert next_open(due, RULES, HOLIDAYS).tzinfo is DENMARK


def test_every_hour_of_two_years_leads_to_an_hour_when_the_municipality_is_at_work():
    hour = at("2026-01-01 00:00")
    for number in range(2 * 366 * 24):
        now = later(hour, timedelta(hours=number), DENMARK)
        opens = next_open(now, RULES, HOLIDAYS)
        assert opens >= now
        assert 8 <= opens.hour < 20
        assert opens.weekday() < 5
        assert opens.date() not in HOLIDAYS


@pytest.mark.parametrize(
    ("sent", "reminded"),
    [
        ("2026-11-24 12:30", "2026-12-01 12:30"),
        ("2026-12-18 12:30", "2026-12-28 08:00"),
        ("2026-10-20 19:30", "2026-10-27 18:30"),
        ("2026-03-24 19:30", "2026-03-31 20:30"),
    ],
)
def test_the_reminder_comes_seven_days_later_by_day(sent, reminded):
    invitation = Invitation("a", "bevilling", Way.MAIL, "", "", (), at(sent), at(sent), at(sent))
    found = reminder_at(invitation, RULES, HOLIDAYS)
    assert found == next_open(at(reminded), RULES, HOLIDAYS)


@pytest.mark.parametrize(
    ("message", "now", "waits_for"),
    [
        ("survey.1", "2026-11-24 23:00", "2026-11-25 08:00"),
        ("<reminder.1@x.dk>", "2026-11-28 12:00", "2026-11-30 08:00"),
        ("survey.1", "2026-11-24 12:00", None),
        ("receipt.1", "2026-11-24 23:00", None),
    ],
)
def test_what_waited_for_a_gateway_into_the_night_is_sent_by_day_but_only_surveys(message, now, waits_for):
    assert send_time(message, at(now), RULES, HOLIDAYS) == (at(waits_for) if waits_for else None)


def test_the_holidays_are_those_of_the_tables_above():
    assert date(2026, 12, 25) in HOLIDAYS
    assert date(2026, 12, 24) not in HOLIDAYS
    assert date(2027, 3, 29) in HOLIDAYS
    assert date(2027, 5, 6) in HOLIDAYS
