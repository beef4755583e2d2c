"""Units are reminded a working day before the promised date, leaders told when it has passed: once, and at work."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.bootstrap import DENMARK, load_holidays
from bot.core.cases import CaseState, Contact, EventKind
from bot.core.casework import Casework
from bot.core.errors import Conflict
from bot.core.reminders import Reminders
from bot.core.staff import StaffMember, StaffRole
from tests.servers import MovableClock
from tests.unit.fakes import UNITS, FakeDesk, FakeStaff, a_case, real_mails

ROOT = Path(__file__).resolve().parents[2]
PIA = StaffMember(1, "pia", "Pia Ås", StaffRole.STAFF, ("plan",), "pia@test")
IDA = StaffMember(2, "ida", "Ida", StaffRole.LEADER, ("plan",), "ida@test")
KAJ = StaffMember(3, "kaj", "Kaj", StaffRole.LEADER, ("plan", "havn"))
LONG_AGO = datetime(2026, 1, 5, 10, tzinfo=DENMARK)
UNIT = "plan@test"


def at(text):
    """Return a time in Denmark, as `2026-11-27 16:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


class Morning:
    """Reminders over some cases, with a clock that is moved."""

    def __init__(self, *cases, staff=(PIA, IDA, KAJ), now="2026-11-23 10:00"):
        self.clock = MovableClock(at(now))
        self.desk = FakeDesk(*cases)
        parts = load_holidays(), UNITS, real_mails(ROOT, FakeStaff(*staff))
        self.reminders = Reminders(self.desk, self.clock, *parts, FakeStaff(*staff))
        self.work = Casework(self.desk, self.clock, *parts)

    def sent_at(self, *times):
        """Go through times in turn; return which of them something was sent at, and what."""
        found = []
        for text in times:
            self.clock.at = at(text)
            before = len(self.desk.history)
            self.reminders.send_due()
            found += [(text, event.kind.value) for _, event in self.desk.history[before:]]
        return found

    def mails(self):
        return [(mail.recipient, mail.subject.partition(" sag ")[0]) for mail in self.desk.mails]


def due(day, **changes):
    return a_case(answer_by=date.fromisoformat(day), **{"created_at": LONG_AGO, **changes})


@pytest.mark.parametrize(
    ("promised", "reminded", "too_early"),
    [
        ("2026-11-27", "2026-11-26 08:00", "2026-11-26 07:59"),
        # Over the week-end: on Friday, and nothing on Friday afternoon before.
        ("2026-11-30", "2026-11-27 08:00", "2026-11-26 16:30"),
        # Christmas: the days between are holidays, a Saturday and a Sunday.
        ("2026-12-28", "2026-12-24 08:00", "2026-12-23 16:30"),
        # Easter 2027: Thursday 25 March, Good Friday and Easter Monday are holidays.
        ("2027-03-30", "2027-03-24 08:00", "2027-03-23 16:30"),
        # The clocks went back on Sunday 25 October 2026, and forward on Sunday 29 March 2026.
        ("2026-10-27", "2026-10-26 08:00", "2026-10-26 07:59"),
        ("2026-03-31", "2026-03-30 08:00", "2026-03-30 07:59"),
    ],
)
def test_the_unit_is_reminded_the_working_day_before_at_eight(promised, reminded, too_early):
    morning = Morning(due(promised))
    assert morning.sent_at(too_early, reminded, reminded[:10] + " 16:30") == [(reminded, "reminded")]
    assert morning.mails() == [(UNIT, "Husk")]


@pytest.mark.parametrize(
    ("promised", "escalated", "too_early"),
    [
        ("2026-11-26", "2026-11-27 08:00", "2026-11-26 23:59"),
        # Passed on Friday: on Monday, not in the week-end.
        ("2026-11-27", "2026-11-30 08:00", "2026-11-28 10:00"),
        ("2026-12-24", "2026-12-28 08:00", "2026-12-26 10:00"),
        ("2027-03-24", "2027-03-30 08:00", "2027-03-29 16:30"),
        ("2026-10-23", "2026-10-26 08:00", "2026-10-26 07:59"),
    ],
)
def test_the_leader_is_told_the_first_working_morning_after(promised, escalated, too_early):
    morning = Morning(due(promised, reminded_for=date.fromisoformat(promised)))
    assert morning.sent_at(too_early, escalated, escalated[:10] + " 16:30") == [(escalated, "escalated")]
    assert morning.mails() == [("ida@test", "Fristen er gået i")]
    assert morning.desk.history[0][1].text == "Ida, Kaj"


def test_a_clock_in_another_zone_would_not_do():
    utc = at("2026-11-26 08:00").astimezone(timezone.utc)
    assert utc.hour == 7


def test_friday_at_half_past_four_a_case_that_is_due_on_monday_has_been_reminded_of_once():
    morning = Morning(due("2026-11-30"))
    times = [f"2026-11-{day} {hour:02}:30" for day in (26, 27, 28, 29, 30) for hour in (7, 12, 16, 23)]
    assert morning.sent_at(*times) == [("2026-11-27 12:30", "reminded")]
    assert morning.sent_at("2026-12-01 07:30", "2026-12-01 12:30", "2026-12-02 12:30") == [
        ("2026-12-01 12:30", "escalated")
    ]


def test_a_worker_that_was_down_reminds_on_the_promised_day_and_only_escalates_after_it():
    assert Morning(due("2026-11-27")).sent_at("2026-11-27 09:00") == [("2026-11-27 09:00", "reminded")]
    assert Morning(due("2026-11-27")).sent_at("2026-11-30 09:00") == [("2026-11-30 09:00", "escalated")]


def test_a_case_of_today_is_not_reminded_of_today():
    fresh = due("2026-11-24", created_at=at("2026-11-23 09:00"))
    times = "2026-11-23 10:00", "2026-11-24 08:00"
    assert Morning(fresh).sent_at(*times) == [("2026-11-24 08:00", "reminded")]


def test_the_day_a_case_came_is_a_day_in_denmark():
    just_after_midnight = at("2026-11-24 00:30").astimezone(timezone.utc)
    fresh = due("2026-11-25", created_at=just_after_midnight)
    assert Morning(fresh).sent_at("2026-11-24 09:00") == []


def test_who_has_the_case_is_reminded_too_and_named():
    morning = Morning(due("2026-11-27", state=CaseState.CLAIMED, claimed_by=PIA.id))
    morning.sent_at("2026-11-26 08:00")
    assert [recipient for recipient, _ in morning.mails()] == [UNIT, "pia@test"]
    assert "Pia Ås har taget sagen." in morning.desk.mails[0].body
    assert len({mail.message_id for mail in morning.desk.mails}) == 2


@pytest.mark.parametrize(
    "staff",
    [(replace(PIA, email=""),), (replace(PIA, email=UNIT.upper()),), ()],
    ids=["none", "same", "gone"],
)
def test_nobody_is_reminded_twice_at_one_address_or_at_none(staff):
    morning = Morning(due("2026-11-27", state=CaseState.CLAIMED, claimed_by=PIA.id), staff=staff)
    morning.sent_at("2026-11-26 08:00")
    assert len(morning.mails()) == 1


@pytest.mark.parametrize("staff", [(), (KAJ,), (replace(IDA, units=("havn",)),)])
def test_without_a_leader_who_can_be_written_to_the_unit_hears_that_the_date_has_passed(staff):
    morning = Morning(due("2026-11-26"), staff=staff)
    assert morning.sent_at("2026-11-27 08:00") == [("2026-11-27 08:00", "escalated")]
    assert morning.mails() == [(UNIT, "Fristen er gået i")]


def test_every_leader_with_an_address_is_told():
    morning = Morning(due("2026-11-26"), staff=(IDA, replace(KAJ, email="kaj@test")))
    morning.sent_at("2026-11-27 08:00")
    assert [recipient for recipient, _ in morning.mails()] == ["ida@test", "kaj@test"]


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED])
def test_of_a_case_that_has_ended_nobody_hears(state):
    other = {"merged_into": "c2"} if state is CaseState.MERGED else {}
    morning = Morning(due("2026-11-26", state=state, **other))
    assert morning.sent_at("2026-11-25 08:00", "2026-11-26 08:00", "2026-11-27 08:00") == []


def test_a_unit_that_waits_is_reminded_after_ten_working_days_and_again_when_it_asks_again():
    mine = due("2026-11-27", state=CaseState.CLAIMED, claimed_by=PIA.id, contact=Contact("M", email="m@x.dk"))
    morning = Morning(mine)
    morning.work.ask(PIA, mine, "Hvor stort?")
    days = [
        f"2026-{month}-{day:02} 09:00"
        for month, day in [("11", 27), ("11", 30), ("12", 4), ("12", 7), ("12", 8)]
    ]
    assert morning.sent_at(*days) == [("2026-12-07 09:00", "reminded")]
    assert "siden mandag den 23. november 2026" in morning.desk.mails[0].body
    morning.work.ask(PIA, morning.desk.get("c1"), "Og hvor højt?")
    assert morning.sent_at("2026-12-21 09:00", "2026-12-22 09:00", "2026-12-23 09:00") == [
        ("2026-12-22 09:00", "reminded")
    ]


def test_another_unit_is_reminded_of_the_case_it_was_forwarded_and_its_leader_told():
    morning = Morning(due("2026-11-27"), staff=(PIA, IDA, replace(KAJ, email="kaj@test")))
    morning.sent_at("2026-11-26 08:00", "2026-11-30 08:00")
    morning.work.forward(PIA, morning.desk.get("c1"), "havn", "Kajen", True)
    morning.desk.mails.clear()
    assert morning.sent_at("2026-11-30 12:00", "2026-12-01 08:00") == [("2026-11-30 12:00", "escalated")]
    assert [recipient for recipient, _ in morning.mails()] == ["kaj@test"]


def test_a_new_date_is_reminded_of_anew():
    morning = Morning(due("2026-11-27"))
    morning.sent_at("2026-11-26 08:00")
    morning.work.promise(PIA, morning.desk.get("c1"), date(2026, 12, 4), "Høring")
    assert morning.sent_at("2026-11-27 08:00", "2026-12-03 08:00") == [("2026-12-03 08:00", "reminded")]


def test_a_case_that_is_changed_at_the_same_moment_is_left_for_the_next_round():
    morning = Morning(due("2026-11-27"), due("2026-11-27", id="c2"), now="2026-11-26 08:00")
    apply, busy = morning.desk.apply, {"c1"}

    def refusing(*changes):
        if changes[0].before.id in busy:
            raise Conflict("somebody else changed the case first")
        apply(*changes)

    morning.desk.apply = refusing
    assert morning.reminders.send_due() == 1
    busy.clear()
    assert morning.reminders.send_due() == 1
    assert morning.reminders.send_due() == 0


def test_the_case_of_a_unit_that_is_gone_is_the_default_units_to_hear_of():
    morning = Morning(due("2026-11-26", unit="nedlagt"))
    morning.sent_at("2026-11-27 08:00")
    assert morning.mails() == [(UNIT, "Fristen er gået i")]


def test_no_mail_inside_the_house_tells_who_the_business_is():
    contact = Contact("Mette Holm", "Café Ø", "10150817", "mette@cafe.dk", "12345678")
    morning = Morning(due("2026-11-27", contact=contact, summary="Øl på kajen"))
    morning.sent_at("2026-11-26 08:00", "2026-11-30 08:00")
    text = " ".join(mail.subject + mail.body + mail.html for mail in morning.desk.mails)
    assert len(morning.desk.mails) == 2
    assert not [word for word in ("Mette", "Café", "10150817", "12345678", "kajen") if word in text]
    assert "https://console.test/sager/c1" in text


def test_what_was_sent_is_counted_in_the_history_once_for_each_date():
    morning = Morning(due("2026-11-27"))
    start = at("2026-11-23 00:00")
    for hours in range(24 * 14):
        morning.clock.at = start + timedelta(hours=hours)
        morning.reminders.send_due()
    assert [event.kind for _, event in morning.desk.history] == [EventKind.REMINDED, EventKind.ESCALATED]
    assert morning.desk.get("c1").version == 3


def test_a_case_that_cannot_be_reminded_of_holds_up_no_other(caplog):
    # Nobody has it, though it is claimed: no act makes such a case, but a database may hold one.
    broken = due("2026-11-24", id="c1", state=CaseState.CLAIMED, claimed_by=None)
    morning = Morning(broken, due("2026-11-25", id="c2"), now="2026-11-24 10:00")
    assert morning.reminders.send_due() == 1
    assert [case_id for case_id, _ in morning.desk.history] == ["c2"]
    assert "a reminder failed: IllegalTransition" in caplog.text
