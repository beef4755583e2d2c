"""Dates as they are written in Danish, and letters as they are typed."""

from datetime import date, datetime, timezone

import pytest

from bot.core.danish import clock_time, long_date, long_day, spellings


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 22), "søndag den 22. november 2026"),
        (date(2027, 1, 4), "mandag den 4. januar 2027"),
        (date(2028, 2, 29), "tirsdag den 29. februar 2028"),
        (date(2027, 5, 1), "lørdag den 1. maj 2027"),
    ],
)
def test_a_day_is_written_with_its_weekday(day, text):
    assert long_day(day) == text
    assert long_date(day) == text.split(" den ")[1]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_own_name(month):
    names = {long_date(date(2026, number, 1)) for number in range(1, 13)}
    assert len(names) == 12
    assert long_date(date(2026, month, 1)).endswith(" 2026")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 22, 0, 5, tzinfo=timezone.utc), "kl. 00.05"),
        (datetime(2026, 11, 22, 22, 40, tzinfo=timezone.utc), "kl. 22.40"),
    ],
)
def test_a_time_has_a_full_stop_between_hours_and_minutes(at, text):
    assert clock_time(at) == text


@pytest.mark.parametrize("typed", ["Søge om ÆBLE på Å", "soege om aeble paa aa", "soge  om\nable pa a"])
def test_the_ways_to_type_danish_letters_come_out_alike(typed):
    assert spellings(typed)[-1] == "soge om able pa a"


def test_letters_that_only_happen_to_meet_are_kept_in_the_first_spelling():
    assert spellings("skemaet")[0] == "skemaet"
