"""A case and its parts go through life together: the visitor has one reference and one date for all of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.cases import CaseState, EventKind
from bot.core.errors import IllegalTransition, InvalidInput
from bot.core.visitor_acts import VisitorActs
from tests.unit.case_office import EVA, FRIDAY, MONDAY, OLE, PIA, ROOT, Office, case
from tests.unit.fakes import UNITS, FakeStaff, real_mails

LATER = date(2026, 12, 4)
WHOLE = case(id="w", state=CaseState.CLAIMED, claimed_by=PIA.id, claimed_name=PIA.name)
PART = case(id="p", reference="HEL-2026-000001-1", unit="havn", parent="w")
MINE = replace(PART, state=CaseState.CLAIMED, claimed_by=EVA.id, claimed_name=EVA.name)
DONE = case(id="p", reference="HEL-2026-000001-1", unit="havn", parent="w", state=CaseState.CLOSED)
CLOSED = case(id="w", state=CaseState.CLOSED)
LONE = case(id="c2", reference="HEL-2026-000002")


def kinds(office, case_id):
    return [event.kind for event in office.desk.events(case_id)]


# the promised date


def test_a_part_that_is_put_off_takes_the_date_of_the_whole_along_and_the_visitor_reads_it():
    office = Office(WHOLE, MINE)
    office.work.promise(EVA, MINE, LATER, "Vi mangler en høring.")
    part, whole = office.desk.get("p"), office.desk.get("w")
    assert (part.answer_by, whole.answer_by, whole.claimed_by) == (LATER, LATER, PIA.id)
    assert kinds(office, "w") == [EventKind.PROMISED]
    assert office.last.details == {
        "from": "2026-11-27",
        "to": "2026-12-04",
        "reference": "HEL-2026-000001-1",
    }
    [mail] = office.desk.mails
    assert (mail.recipient, mail.subject) == ("mette@cafe.dk", "Ny dato for svar i din sag HEL-2026-000001")
    assert "fredag den 4. december 2026" in mail.body
    assert "Vi mangler en høring." in mail.body


def test_a_part_that_is_put_off_within_the_date_of_the_whole_is_nothing_that_the_visitor_was_told():
    whole = replace(WHOLE, answer_by=LATER)
    office = Office(whole, MINE)
    office.work.promise(EVA, MINE, date(2026, 12, 2), "Vi mangler en høring.")
    assert (office.desk.get("w"), office.sent) == (whole, [])


def test_a_part_that_waited_for_the_business_takes_the_date_of_the_whole_along():
    office = Office(WHOLE, MINE)
    office.work.ask(EVA, MINE, "Hvor stort?")
    office.clock.at = MONDAY + timedelta(days=7)
    office.work.resume(EVA, office.desk.get("p"), "2 m²")
    assert office.desk.get("p").answer_by == office.desk.get("w").answer_by == LATER


def test_the_whole_is_not_promised_before_its_parts():
    late = replace(PART, answer_by=LATER)
    whole = replace(WHOLE, answer_by=LATER)
    office = Office(whole, late)
    with pytest.raises(InvalidInput, match="promise_before_part"):
        office.work.promise(PIA, whole, FRIDAY, "Vi er hurtige.")
    assert (office.desk.history, office.sent) == ([], [])
    ended = Office(whole, replace(DONE, answer_by=LATER))
    ended.work.promise(PIA, whole, FRIDAY, "Vi er hurtige.")
    assert ended.desk.get("w").answer_by == FRIDAY


# opening again


def test_a_part_of_a_closed_whole_opens_the_whole_again_and_its_unit_and_the_visitor_hear_of_it():
    office = Office(CLOSED, DONE)
    office.work.reopen(EVA, DONE, "De ringede")
    part, whole = office.desk.get("p"), office.desk.get("w")
    assert (part.state, part.claimed_by) == (CaseState.CLAIMED, EVA.id)
    assert (whole.state, whole.claimed_by, whole.outcome, whole.closed_at) == (
        CaseState.NEW,
        None,
        None,
        None,
    )
    assert whole.answer_by == part.answer_by == date(2026, 11, 30)
    assert kinds(office, "w") == [EventKind.REOPENED_WITH]
    assert office.last.details == {"reference": "HEL-2026-000001-1"}
    assert [(one, subject) for one, subject in office.sent] == [
        ("plan@test", "Sag HEL-2026-000001 er åbnet igen"),
        ("mette@cafe.dk", "Din sag HEL-2026-000001 er åbnet igen"),
    ]


def test_a_part_of_an_open_whole_is_opened_in_sight_of_the_whole():
    office = Office(WHOLE, DONE)
    office.work.reopen(EVA, DONE, "De ringede")
    whole = office.desk.get("w")
    assert (whole.state, whole.claimed_by, whole.version) == (CaseState.CLAIMED, PIA.id, WHOLE.version + 1)
    assert whole.answer_by == date(2026, 11, 30)
    [mail] = office.desk.mails
    assert (mail.recipient, mail.subject) == ("mette@cafe.dk", "Ny dato for svar i din sag HEL-2026-000001")
    assert "mandag den 30. november 2026" in mail.body
    assert "De ringede" not in mail.body


def test_a_part_that_is_opened_again_within_the_date_of_the_whole_writes_to_nobody():
    office = Office(replace(WHOLE, answer_by=LATER), DONE)
    office.work.reopen(EVA, DONE, "De ringede")
    assert (office.desk.get("w").answer_by, office.sent) == (LATER, [])


def test_a_whole_cannot_be_closed_in_the_moment_a_part_is_opened_again():
    office = Office(WHOLE, DONE)
    office.work.reopen(EVA, DONE, "De ringede")
    assert office.desk.get("w").version > WHOLE.version  # so that who closes it from an old page is refused
    with pytest.raises(InvalidInput, match="parts_open"):
        office.work.close(PIA, office.desk.get("w"), "answered", "")


def test_a_part_of_a_merged_whole_is_not_opened_again():
    office = Office(case(id="w", state=CaseState.MERGED, merged_into="c2"), LONE, DONE)
    with pytest.raises(InvalidInput, match="part_of_merged"):
        office.work.reopen(EVA, DONE, "De ringede")
    assert office.desk.history == []


def test_the_parts_that_were_withdrawn_with_a_whole_come_back_with_it():
    office = Office(WHOLE, MINE, case(id="old", unit="miljoe", parent="w", state=CaseState.CLOSED))
    staff = FakeStaff(PIA, EVA)
    mails = real_mails(ROOT, staff)
    visitor = VisitorActs(office.desk, office.clock, (), UNITS, mails, staff)
    gone = visitor.withdraw(WHOLE)
    office.desk.mails.clear()
    office.work.reopen(OLE, gone, "De ringede")
    states = [office.desk.get(name).state for name in ("w", "p", "old")]
    assert states == [CaseState.CLAIMED, CaseState.NEW, CaseState.CLOSED]
    assert office.desk.get("p").answer_by <= office.desk.get("w").answer_by
    assert [one for one, _ in office.sent] == ["mette@cafe.dk", "havn@test"]


# merging


def test_a_whole_with_open_parts_is_not_merged_into_another_case():
    office = Office(WHOLE, PART, LONE)
    with pytest.raises(InvalidInput, match="merge_parts_open"):
        office.work.merge(PIA, WHOLE, "c2")
    assert office.desk.history == []
    ended = Office(WHOLE, DONE, LONE)
    ended.work.merge(PIA, WHOLE, "c2")
    assert ended.desk.get("w").state is CaseState.MERGED


@pytest.mark.parametrize(("mine", "other"), [("p", "c2"), ("c2", "p")])
def test_a_part_is_merged_with_no_other_case(mine, other):
    office = Office(WHOLE, replace(PART, unit="plan"), LONE)
    with pytest.raises(InvalidInput, match="merge_part"):
        office.work.merge(PIA, office.desk.get(mine), other)
    assert office.desk.history == []


def test_who_is_merged_into_a_whole_is_not_promised_more_than_its_parts_can_keep():
    office = Office(replace(WHOLE, answer_by=LATER), replace(PART, answer_by=LATER), LONE)
    office.work.merge(PIA, LONE, "w")
    assert office.desk.get("w").answer_by == LATER
    assert "fredag den 4. december 2026" in office.desk.mails[0].body


# the visitor


def test_a_visitor_reaches_a_part_through_the_whole_alone():
    office = Office(WHOLE, PART)
    staff = FakeStaff(PIA, EVA)
    visitor = VisitorActs(office.desk, office.clock, (), UNITS, real_mails(ROOT, staff), staff)
    assert not visitor.may_withdraw(PART)
    assert not visitor.may_write(PART)
    with pytest.raises(IllegalTransition):
        visitor.withdraw(PART)
    with pytest.raises(IllegalTransition):
        visitor.visitor_message(PART, "Hej")
    assert office.desk.history == []


def test_the_answer_of_a_part_does_not_say_that_the_case_is_closed():
    office = Office(WHOLE, MINE)
    office.work.reply(EVA, MINE, "Ja.", "close", "answered")
    [mail] = office.desk.mails
    assert "lukket din sag" not in mail.body
    assert "vores del af din sag" in mail.body
