"""While a unit is away, whoever stands in hears of its dates too."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.bootstrap import DENMARK, load_holidays
from bot.core.reminders import Reminders
from bot.core.staff import StaffMember, StaffRole
from bot.core.units import Absence, Units
from tests.servers import MovableClock
from tests.unit.fakes import UNITS, FakeDesk, FakeStaff, a_case, real_mails

ROOT = Path(__file__).resolve().parents[2]
IDA = StaffMember(2, "ida", "Ida", StaffRole.LEADER, ("plan",), "ida@test")
OLE = StaffMember(4, "ole", "Ole", StaffRole.LEADER, ("havn",), "ole@test")
AWAY = Absence(date(2026, 11, 23), date(2026, 12, 4))


def mails_at(when, plan, *staff):
    """Return to whom mails go about a case that plan promised to answer by 27 November."""
    units = Units(replace(unit, **plan) if unit.id == "plan" else unit for unit in UNITS.all())
    desk = FakeDesk(
        a_case(answer_by=date(2026, 11, 27), created_at=datetime(2026, 1, 5, 10, tzinfo=DENMARK), unit="plan")
    )
    clock = MovableClock(datetime.fromisoformat(when).replace(tzinfo=DENMARK))
    people = FakeStaff(*staff)
    Reminders(desk, clock, load_holidays(), units, real_mails(ROOT, people), people).send_due()
    return sorted(mail.recipient for mail in desk.mails)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"absences": (AWAY,), "deputy": "havn"}, ["havn@test", "plan@test"]),
        ({"absences": (replace(AWAY, deputy="havn"),)}, ["havn@test", "plan@test"]),
        ({"absences": (AWAY,)}, ["plan@test"]),
        ({"absences": (AWAY,), "deputy": "closed_down"}, ["plan@test"]),
        ({"absences": (replace(AWAY, last=date(2026, 11, 25)),), "deputy": "havn"}, ["plan@test"]),
        ({"deputy": "havn"}, ["plan@test"]),
    ],
)
def test_a_reminder_reaches_who_stands_in_while_the_unit_is_away(plan, told):
    assert mails_at("2026-11-26 09:00", plan) == told


@pytest.mark.parametrize(
    ("staff", "told"),
    [
        ((IDA, OLE), ["ida@test", "ole@test"]),
        ((OLE,), ["ole@test"]),
        ((), ["havn@test", "plan@test"]),
    ],
)
def test_a_date_that_passes_meanwhile_is_told_to_the_leaders_of_both(staff, told):
    assert mails_at("2026-11-30 09:00", {"absences": (AWAY,), "deputy": "havn"}, *staff) == told
