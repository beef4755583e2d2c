"""Slots for a talk with a leader, and the invitation as a calendar program reads it."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.bootstrap import DENMARK, load_holidays
from bot.core.dialogs import DialogOffer, DialogRequest, DialogRules, checked, slot_key, slots
from bot.core.errors import InvalidInput
from bot.core.invitations import Invitation, Person, invitation_file

OFFER = DialogOffer(
    "plan", "lederen", 30, "Rådhuset", "plan@test", {0: (time(9), time(9, 30)), 3: (time(13),)}
)
RULES = DialogRules((OFFER,), first=2, last=10, closed=frozenset([date(2026, 12, 24)]))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


def free(now, taken=(), rules=RULES):
    found = slots(OFFER, rules, at(now), load_holidays(), [at(text) for text in taken])
    return [f"{slot:%m-%d %H:%M}" for slot in found]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # A Friday at 16:30: the second working day is Tuesday.
        ("2026-11-27 16:30", ["12-03 13:00", "12-07 09:00", "12-07 09:30", "12-10 13:00"]),
        # Christmas Eve is closed by us, the 25th and 26th are holidays, and so is the 1st of January.
        (
            "2026-12-17 10:00",
            [
                "12-21 09:00",
                "12-21 09:30",
                "12-28 09:00",
                "12-28 09:30",
                "12-31 13:00",
                "01-04 09:00",
                "01-04 09:30",
            ],
        ),
        # Holy Week: Maundy Thursday, Good Friday and Easter Monday are holidays.
        ("2027-03-22 10:00", ["04-01 13:00", "04-05 09:00", "04-05 09:30", "04-08 13:00"]),
    ],
)
def test_slots_are_counted_in_working_days_and_leave_holidays_and_closed_days_out(now, expected):
    assert free(now) == expected


def test_a_slot_that_is_taken_is_not_shown_also_across_the_change_of_the_clocks():
    assert "10-26 09:00" in free("2026-10-19 10:00")
    assert "10-26 09:00" not in free("2026-10-19 10:00", ["2026-10-26 09:00"])
    assert slot_key("plan", at("2026-10-26 09:00")) == "plan@20261026T0800"
    assert slot_key("plan", at("2026-10-19 09:00")) == "plan@20261019T0700"


RIGHT = {"slot": "2026-12-03T13:00", "name": "Åse", "company": "", "email": "A@b.dk", "about": "Skilte"}


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"slot": ""}, "dialog_slot_missing", "slot"),
        ({"slot": "2026-12-03T13:15"}, "dialog_slot_gone", "slot"),
        ({"slot": "2026-12-03T13:00'--"}, "dialog_slot_gone", "slot"),
        ({"name": " "}, "name_missing", "name"),
        ({"company": "x" * 200}, "name_long", "company"),
        ({"email": "a@b"}, "email_wrong", "email"),
        ({"email": ""}, "email_wrong", "email"),
        ({"about": "\u200b \n"}, "dialog_about_missing", "about"),
        ({"about": "x" * 2001}, "dialog_about_long", "about"),
    ],
)
def test_what_is_wrong_is_named(wrong, code, field):
    with pytest.raises(InvalidInput) as found:
        checked(DialogRequest(**{**RIGHT, **wrong}), [at("2026-12-03 13:00")])
    assert (found.value.code, found.value.field) == (code, field)


def test_a_cpr_number_is_masked():
    _, kept = checked(DialogRequest(**{**RIGHT, "about": "Jeg er 010190-1234"}), [at("2026-12-03 13:00")])
    assert "1234" not in kept.about


def meeting(start="2026-12-03 13:00", **changes):
    values = {
        "uid": "dialog-1@test.dk",
        "sequence": 0,
        "starts": at(start),
        "ends": at(start) + timedelta(minutes=30),
        "summary": "Samtale med Plan; og, mere",
        "description": "Skilte\nog borde " + "æ" * 90,
        "place": "Rådhuset, Stengade 59",
        "organizer": Person("Plan", "plan@test"),
        "attendees": (Person('Åse "Ås" Holm', "aase@b.dk"), Person("Plan", "plan@test")),
    }
    return Invitation(**{**values, **changes})


def lines(invitation):
    text = invitation_file(invitation, at("2026-11-27 16:30"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_the_invitation_asks_both_and_names_zone_uid_and_sequence():
    found = lines(meeting())
    for line in (
        "METHOD:REQUEST",
        "UID:dialog-1@test.dk",
        "SEQUENCE:0",
        "DTSTAMP:20261127T153000Z",
        "DTSTART;TZID=Europe/Copenhagen:20261203T130000",
        "DTEND;TZID=Europe/Copenhagen:20261203T133000",
        'ORGANIZER;CN="Plan":mailto:plan@test',
        "ATTENDEE;CN=\"Åse 'Ås' Holm\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:aase@b.dk",
        'ATTENDEE;CN="Plan";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:plan@test',
        "SUMMARY:Samtale med Plan\\; og\\, mere",
        "STATUS:CONFIRMED",
    ):
        assert line in found
    assert found.index("TZID:Europe/Copenhagen") < found.index("BEGIN:VEVENT")
    assert [found.count(f"{end}:{part}") for part in ("VTIMEZONE", "VEVENT") for end in ("BEGIN", "END")] == [
        1
    ] * 4


def test_a_cancellation_has_the_same_uid_and_a_higher_sequence():
    found = lines(meeting(cancelled=True, sequence=1))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "UID:dialog-1@test.dk", "SEQUENCE:1"} <= set(found)


def test_the_rules_of_the_zone_are_those_of_denmark():
    # The last Sundays of March and October.
    for day, before, after in ((date(2027, 3, 28), 1, 2), (date(2027, 10, 31), 2, 1)):
        midnight = datetime.combine(day, time(0), DENMARK)
        assert day.weekday() == 6
        assert (day + timedelta(days=7)).month != day.month
        assert midnight.utcoffset() == timedelta(hours=before)
        assert midnight.replace(hour=12).utcoffset() == timedelta(hours=after)
