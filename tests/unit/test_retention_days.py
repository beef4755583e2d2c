"""When a thing is old enough to go."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.core.retention import cutoff

DENMARK = ZoneInfo("Europe/Copenhagen")
SECOND = timedelta(seconds=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("now", "days", "oldest_kept"),
    [
        ("2026-11-27 10:15", 30, "2026-10-28 10:15"),
        ("2027-01-01 00:00", 1, "2026-12-31 00:00"),
        # A leap day counts as any other.
        ("2028-02-29 12:00", 365, "2027-03-01 12:00"),
        ("2028-03-01 12:00", 1, "2028-02-29 12:00"),
        ("2027-03-01 12:00", 1, "2027-02-28 12:00"),
        ("2029-02-28 12:00", 365, "2028-02-29 12:00"),
        ("2032-02-29 12:00", 1461, "2028-02-29 12:00"),
        # A day is a day, also when it had 25 or 23 hours.
        ("2026-10-26 10:00", 1, "2026-10-25 10:00"),
        ("2026-10-25 10:00", 1, "2026-10-24 10:00"),
        ("2026-03-30 10:00", 2, "2026-03-28 10:00"),
        ("2026-03-29 12:00", 1, "2026-03-28 12:00"),
    ],
)
def test_what_is_exactly_so_many_days_old_is_kept_and_a_second_older_goes(now, days, oldest_kept):
    before = cutoff(at(now), days)
    kept = at(oldest_kept).astimezone(timezone.utc)
    assert not kept < before
    assert kept - SECOND < before


@pytest.mark.parametrize("days", [0, -1])
def test_where_nobody_has_decided_nothing_is_ever_old_enough(days):
    assert cutoff(at("2099-01-01 00:00"), days) is None
