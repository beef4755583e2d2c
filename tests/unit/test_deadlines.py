"""Working days, with the public holidays of Denmark from the holidays package."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadlines import add_working_days, is_working_day

DENMARK = holidays.country_holidays("DK")


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # an ordinary week
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 5, date(2026, 11, 27)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        # Christmas and New Year: the 25th is a Friday, the 26th a Saturday, 1 January a Friday
        (date(2026, 12, 22), 3, date(2026, 12, 28)),
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 5, date(2027, 1, 4)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        # Easter 2027: Maundy Thursday 25 March, Easter Monday 29 March
        (date(2027, 3, 24), 1, date(2027, 3, 30)),
        (date(2027, 3, 22), 5, date(2027, 4, 1)),
        (date(2027, 3, 26), 1, date(2027, 3, 30)),
        # Ascension Day 6 May and Whit Monday 17 May 2027
        (date(2027, 5, 5), 1, date(2027, 5, 7)),
        (date(2027, 5, 14), 1, date(2027, 5, 18)),
        # leap year, end of the year
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2029, 12, 28), 2, date(2030, 1, 2)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, days, expected):
    assert add_working_days(start, days, DENMARK) == expected


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2027, 3, 25),
        date(2027, 3, 26),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2026, 12, 25),
        date(2028, 12, 26),
        date(2023, 5, 5),
        date(2026, 11, 21),
        date(2026, 11, 22),
    ],
)
def test_a_public_holiday_or_a_weekend_is_no_working_day(day):
    assert not is_working_day(day, DENMARK)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 4, 26), "store bededag, abolished from 2024"),
        (date(2026, 5, 1), "store bededag, abolished from 2024"),
        (date(2026, 6, 5), "Constitution Day is no public holiday"),
        (date(2026, 12, 24), "Christmas Eve is no public holiday"),
        (date(2026, 12, 31), "New Year's Eve is no public holiday"),
        (date(2027, 3, 24), "the day before Maundy Thursday"),
    ],
)
def test_a_day_that_is_no_public_holiday_counts_as_a_working_day(day, name):
    assert is_working_day(day, DENMARK), name


def working_days_after(start, end):
    return sum(is_working_day(start + timedelta(days=n), DENMARK) for n in range(1, (end - start).days + 1))


@given(start=st.dates(date(2020, 1, 1), date(2035, 12, 31)), days=st.integers(1, 60))
def test_the_promised_date_is_a_working_day_with_just_so_many_between(start, days):
    end = add_working_days(start, days, DENMARK)
    assert is_working_day(end, DENMARK)
    assert working_days_after(start, end) == days
