"""Kept plans on SQLite and on PostgreSQL."""

from datetime import datetime, timezone

import pytest

from bot.core.errors import NotFound
from bot.core.plans.kept import KeptPlan
from bot.storage.plans import PlanRepository

AT = datetime(2026, 11, 27, 10, tzinfo=timezone.utc)


def test_answers_change_and_ticks_stay(database):
    store = PlanRepository(database)
    store.keep(KeptPlan("p1", "cafe", {"form": "aps", "alkohol": "ja"}), "a" * 64, AT)
    store.set_done("p1", "lokale", True, AT)
    store.change_answers("p1", {"alkohol": "nej", "nat": "nej"}, AT)
    kept = store.find("a" * 64)
    assert kept.answers == {"form": "aps", "alkohol": "nej", "nat": "nej"}
    assert kept.done == {"lokale"}


def test_answers_of_a_plan_that_was_deleted_are_not_found(database):
    with pytest.raises(NotFound):
        PlanRepository(database).change_answers("gone", {"alkohol": "nej"}, AT)
