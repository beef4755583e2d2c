"""The weekly letter is due on Monday at seven by the Danish clock, or on the first working day after a holiday."""

from datetime import datetime

import pytest

from bot.bootstrap import DENMARK, load_holidays
from bot.core.digests import week_name, week_to_tell_of


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-23 06:59", None),
        ("2026-11-23 07:00", "2026-W47"),
        ("2026-11-27 16:30", "2026-W47"),
        ("2026-11-29 23:59", "2026-W47"),
        ("2026-11-30 06:59", None),
        # The clocks went forward, and back, on the Sunday before.
        ("2026-03-30 06:59", None),
        ("2026-03-30 07:00", "2026-W13"),
        ("2026-10-26 06:59", None),
        ("2026-10-26 07:00", "2026-W43"),
        # Christmas week, and the first of January on a Friday: week 53.
        ("2026-12-21 07:00", "2026-W51"),
        ("2026-12-28 07:00", "2026-W52"),
        ("2027-01-04 07:00", "2026-W53"),
        # Easter Monday and Whit Monday.
        ("2027-03-29 12:00", None),
        ("2027-03-30 06:59", None),
        ("2027-03-30 07:00", "2027-W12"),
        ("2027-05-17 12:00", None),
        ("2027-05-18 07:00", "2027-W19"),
    ],
)
def test_a_week_is_told_of_from_seven_on_the_first_working_day_after_it(now, week):
    found = week_to_tell_of(at(now), load_holidays())
    assert (week_name(found) if found else None) == week


def test_a_week_without_a_working_day_has_no_letter():
    class Always:
        def __contains__(self, day):
            return True

    assert week_to_tell_of(at("2026-11-27 12:00"), Always()) is None
