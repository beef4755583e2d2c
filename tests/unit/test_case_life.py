"""Forwarding, answering, waiting and promising anew: what is stored and who is written to."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.bootstrap import DENMARK
from bot.core.cases import CaseState, Contact, EventKind, Outcome
from bot.core.errors import IllegalTransition, InvalidInput, NotAllowed
from tests.unit.case_office import EVA, FRIDAY, MINE, MONDAY, OLE, PIA, Office

# forwarding


@pytest.mark.parametrize(
    ("misrouted", "was", "counted"), [(True, False, True), (False, False, False), (False, True, True)]
)
def test_a_forwarded_case_is_new_in_the_other_unit_with_its_promise_and_history(misrouted, was, counted):
    office = Office(replace(MINE, misrouted=was))
    office.work.forward(PIA, office.case, "havn", "Det er på kajen", misrouted)
    now = office.case
    assert (now.unit, now.state, now.claimed_by, now.answer_by) == ("havn", CaseState.NEW, None, FRIDAY)
    assert now.misrouted is counted
    assert office.last.details == {"from": "plan", "to": "havn", "misrouted": misrouted}
    assert (office.last.kind, office.last.text) == (EventKind.FORWARDED, "Det er på kajen")
    assert office.sent == [("havn@test", "Sag HEL-2026-000001 er sendt videre til jer")]
    body = office.desk.mails[0].body
    assert "fredag den 27. november 2026" in body
    assert "Mette" not in body
    assert "kajen" not in body


@pytest.mark.parametrize(
    ("unit", "text", "misrouted", "code"),
    [
        ("", "Fordi", True, "unit_missing"),
        ("plan", "Fordi", True, "unit_missing"),
        ("findes_ikke", "Fordi", True, "unit_missing"),
        ("havn", " \u200b", True, "why_missing"),
        ("havn", "x" * 4001, True, "note_long"),
        ("havn", "Fordi", None, "misrouted_missing"),
    ],
)
def test_a_forward_that_lacks_something_is_refused(unit, text, misrouted, code):
    office = Office(MINE)
    with pytest.raises(InvalidInput, match=code):
        office.work.forward(PIA, MINE, unit, text, misrouted)
    assert (office.case, office.sent) == (MINE, [])


def test_who_forwarded_reads_the_case_until_it_ends_and_does_nothing_with_it():
    office = Office(MINE)
    office.work.forward(PIA, MINE, "havn", "Kajen", False)
    assert office.work.read(PIA, "c1") == office.case
    assert not office.work.possible(PIA, office.case).anything
    with pytest.raises(NotAllowed):
        office.work.note(PIA, office.case, "Mere")
    with pytest.raises(NotAllowed):
        office.work.read(OLE, "c1")
    office.work.claim(EVA, office.case)
    office.work.close(EVA, office.case, "answered", "")
    with pytest.raises(NotAllowed):
        office.work.read(PIA, "c1")


# answering


@pytest.mark.parametrize(
    ("then", "state", "kinds", "said"),
    [
        ("stay", CaseState.CLAIMED, [EventKind.ANSWERED], "Har du spørgsmål"),
        ("wait", CaseState.WAITING, [EventKind.ASKED], "står fristen for vores svar stille"),
        (
            "close",
            CaseState.CLOSED,
            [EventKind.ANSWERED, EventKind.CLOSED],
            "Vi har nu lukket din sag",
        ),
    ],
)
def test_a_reply_is_mailed_kept_and_followed_by_what_was_chosen(then, state, kinds, said):
    office = Office(MINE)
    preview = office.work.preview(PIA, MINE, "Ja, I må gerne.\n\nHusk naboerne.", then)
    assert (office.desk.history, office.sent) == ([], [])
    office.work.reply(PIA, MINE, "Ja, I må gerne.\n\nHusk naboerne.", then, "referred")
    assert office.desk.mails == [preview]
    assert (office.case.state, office.case.version) == (state, 2)
    assert [event.kind for _, event in office.desk.history] == kinds
    assert office.desk.history[0][1].text == "Ja, I må gerne.\n\nHusk naboerne."
    assert (preview.recipient, preview.reply_to) == ("mette@cafe.dk", "plan@test")
    for part in ("Hej Mette Holm", "Ja, I må gerne.\n\nHusk naboerne.", said, "Pia Ås\nPlan"):
        assert part in preview.body
    assert "Mette" not in preview.subject
    assert "Café" not in preview.subject


def test_a_reply_that_closes_has_its_outcome():
    office = Office(MINE)
    office.work.reply(PIA, MINE, "Spørg Skat.", "close", "referred")
    assert office.case.outcome is Outcome.REFERRED
    assert office.case.closed_at == MONDAY


@pytest.mark.parametrize(
    ("text", "then", "outcome", "code"),
    [
        ("", "stay", "", "reply_missing"),
        ("x" * 4001, "stay", "", "note_long"),
        ("Ja", "", "", "then_missing"),
        ("Ja", "close", "", "outcome_missing"),
        ("Ja", "close", "done", "outcome_missing"),
    ],
)
def test_a_reply_that_lacks_something_sends_nothing(text, then, outcome, code):
    office = Office(MINE)
    with pytest.raises(InvalidInput, match=code):
        office.work.reply(PIA, MINE, text, then, outcome)
    assert (office.case, office.sent) == (MINE, [])


def test_without_an_address_nobody_replies_from_here_but_the_unit_may_wait():
    by_phone = replace(MINE, contact=Contact("Mette", phone="12345678"))
    office = Office(by_phone)
    with pytest.raises(IllegalTransition):
        office.work.reply(PIA, by_phone, "Ja", "stay")
    office.work.ask(PIA, by_phone, "Hvor stort er skiltet?")
    assert (office.case.state, office.sent, office.last.details) == (CaseState.WAITING, [], {"mailed": False})


def test_a_cpr_number_does_not_go_out_by_mail():
    office = Office(MINE)
    office.work.reply(PIA, MINE, "Ejeren er 010190-1234", "stay")
    assert "010190" not in office.desk.mails[0].body + office.last.text


# the promised date


@pytest.mark.parametrize(
    ("asked", "answered", "promised"),
    [
        # Four working days were left when the unit asked on Monday, and are left when the business has answered.
        (23, date(2026, 11, 23), date(2026, 11, 27)),
        (23, date(2026, 11, 30), date(2026, 12, 4)),
        (27, date(2026, 12, 1), date(2026, 12, 2)),
        # Christmas: 24 December is a working day by law, 25 and 26 December and New Year's Day are not.
        (25, date(2026, 12, 23), date(2026, 12, 28)),
        # It had passed before the unit asked: that is not made good by asking.
        (30, date(2026, 12, 7), date(2026, 11, 27)),
    ],
)
def test_the_date_stands_still_while_the_unit_waits_for_the_business(asked, answered, promised):
    office = Office(MINE)
    office.clock.at = MONDAY.replace(day=asked)
    office.work.ask(PIA, MINE, "Hvor stort?")
    assert not office.case.overdue(date(2027, 1, 1))
    office.clock.at = datetime(answered.year, answered.month, answered.day, 9, tzinfo=DENMARK)
    office.work.resume(PIA, office.case, "2 m²")
    assert (office.case.state, office.case.answer_by) == (CaseState.CLAIMED, promised)
    assert (office.case.waiting_since, office.case.follow_up) == (None, None)


def test_another_date_is_promised_for_a_reason_that_the_visitor_reads():
    office = Office(MINE)
    office.work.promise(OLE, MINE, date(2026, 12, 4), "Vi mangler en høring.")
    assert office.case.answer_by == date(2026, 12, 4)
    assert office.last.details == {"from": "2026-11-27", "to": "2026-12-04"}
    [mail] = office.desk.mails
    assert mail.recipient == "mette@cafe.dk"
    assert "fredag den 4. december 2026" in mail.body
    assert "Vi mangler en høring." in mail.body


@pytest.mark.parametrize(
    "day", [None, FRIDAY, date(2026, 11, 22), date(2026, 11, 28), date(2026, 12, 25), date(2027, 11, 24)]
)
def test_a_date_that_cannot_be_kept_is_not_promised(day):
    office = Office(MINE)
    with pytest.raises(InvalidInput, match="promise_wrong"):
        office.work.promise(PIA, MINE, day, "Fordi")
    assert (office.case, office.sent) == (MINE, [])
