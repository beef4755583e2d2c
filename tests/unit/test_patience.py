"""How long is waited, how often is tried, and when a person has to look."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Cause, DeliveryFailed
from bot.core.mails import Mail, Waiting
from bot.core.patience import Patience

NOON = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
PATIENCE = Patience()
MAIL = Mail("<1@x.dk>", "a@x.dk", "", "")


def verdict(attempts=0, refusals=0, fraction=1.0, **failure):
    failed = DeliveryFailed("x", **failure)
    return PATIENCE.verdict(Waiting(1, attempts, MAIL, refusals), failed, NOON, fraction)


def wait(**given_values):
    return (verdict(**given_values).again_at - NOON).total_seconds()


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1e12))
def test_a_wait_is_bounded_whatever_chance_and_receiver_say(attempts, fraction, asked):
    assert 24 <= wait(attempts=attempts, fraction=fraction, retry_after=asked) <= 24 * 3600


@pytest.mark.parametrize("attempts", range(30))
def test_each_wait_is_twice_as_long_and_chance_spreads_it(attempts):
    longest = min(30 * 2**attempts, 8 * 3600)
    assert wait(attempts=attempts, fraction=1.0) == longest
    assert wait(attempts=attempts, fraction=0.0) == pytest.approx(0.8 * longest)


@pytest.mark.parametrize(("asked", "waited"), [(0, 30), (10, 30), (120, 120), (10**9, 24 * 3600)])
def test_who_asks_us_to_wait_is_heard_within_reason(asked, waited):
    assert wait(retry_after=asked) == waited


def test_a_temporary_failure_is_tried_for_about_three_days():
    tries = [verdict(attempts=number) for number in range(PATIENCE.most_attempts)]
    assert [item.set_aside for item in tries] == [False] * (PATIENCE.most_attempts - 1) + [True]
    whole = sum((item.again_at - NOON for item in tries[:-1]), timedelta())
    assert timedelta(days=2.5) < whole < timedelta(days=4)


def test_what_is_refused_for_good_is_set_aside_after_the_third_time_however_often_it_was_tried():
    assert [verdict(7, refusals, permanent=True).set_aside for refusals in range(3)] == [False, False, True]
    assert not verdict(7, 2, permanent=False).set_aside
    assert verdict(0, 1, permanent=True).refusals == 2
    assert verdict(0, 1, cause=Cause.BUSY).refusals == 1


def test_a_lease_lasts_longer_than_a_delivery_can():
    for patience in (Patience(), Patience(whole=5, margin=3)):
        assert patience.lease > timedelta(seconds=patience.whole)
    assert PATIENCE.connect + PATIENCE.acceptance <= PATIENCE.whole
