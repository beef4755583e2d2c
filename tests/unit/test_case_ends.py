"""Reopening and merging: what is stored and who is written to; and that nobody acts on what is not theirs."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.cases import CaseState, Contact
from bot.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from tests.unit.case_office import EVA, FRIDAY, MINE, MONDAY, OLE, PIA, Office, case

# reopening


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_a_reopened_case_is_with_who_reopened_it_and_has_a_new_date(state):
    ended = case(state=state, claimed_by=PIA.id)
    office = Office(ended)
    office.work.reopen(OLE, ended, "De ringede")
    now = office.case
    assert (now.state, now.claimed_by, now.outcome, now.closed_at) == (CaseState.CLAIMED, OLE.id, None, None)
    assert (now.answer_by, office.last.text) == (date(2026, 11, 30), "De ringede")
    [mail] = office.desk.mails
    assert (mail.recipient, "mandag den 30. november 2026" in mail.body) == ("mette@cafe.dk", True)


def test_a_case_is_reopened_for_a_reason():
    ended = case(state=CaseState.CLOSED)
    with pytest.raises(InvalidInput, match="why_missing"):
        Office(ended).work.reopen(OLE, ended, " ")


# merging


def test_a_merged_case_points_to_the_other_which_keeps_the_earlier_promise():
    other = case(id="c2", reference="HEL-2026-000002", answer_by=date(2026, 12, 4))
    office = Office(MINE, other)
    office.work.merge(PIA, MINE, "c2")
    lost, kept = office.case, office.desk.get("c2")
    assert (lost.state, lost.merged_into, lost.closed_at) == (CaseState.MERGED, "c2", MONDAY)
    assert (kept.state, kept.answer_by, kept.version) == (CaseState.NEW, FRIDAY, 2)
    assert office.work.merged_into(kept) == [lost]
    [mail] = office.desk.mails
    assert (mail.recipient, mail.subject) == (
        "mette@cafe.dk",
        "Vi har samlet dine sager i HEL-2026-000002",
    )
    assert "fredag den 27. november 2026" in mail.body


@pytest.mark.parametrize(
    "other",
    [
        case(id="c2", state=CaseState.CLOSED),
        case(id="c2", state=CaseState.MERGED, merged_into="c3"),
        case(id="c2", unit="havn"),
        case(id="c2", contact=Contact("Mette Holm", email="en@anden.dk")),
        case(id="c2", contact=Contact("Uden noget")),
    ],
)
def test_only_open_cases_of_the_same_visitor_that_one_may_see_are_merged_into(other):
    office = Office(MINE, other)
    for survivor in ("c2", "c1", "findes-ikke"):
        with pytest.raises(InvalidInput, match="merge_wrong"):
            office.work.merge(PIA, MINE, survivor)
    assert office.desk.history == []


@pytest.mark.parametrize(("parent", "others"), [(None, "c1"), ("whole", "whole"), ("c2", None)])
def test_a_case_is_not_merged_with_a_part_of_itself_nor_two_parts_with_each_other(parent, others):
    mine = replace(MINE, parent=parent)
    office = Office(mine, case(id="c2", parent=others))
    with pytest.raises(InvalidInput, match="merge_wrong"):
        office.work.merge(PIA, mine, "c2")
    assert office.desk.history == []


def test_a_merge_from_an_old_view_changes_neither_case():
    office = Office(MINE, case(id="c2"))
    office.work.note(OLE, MINE, "Ringet")
    with pytest.raises(Conflict):
        office.work.merge(PIA, MINE, "c2")
    assert office.desk.get("c2").version == 1
    assert office.case.state is CaseState.CLAIMED


ACTS = {
    "claim": lambda work, staff, item: work.claim(staff, item),
    "release": lambda work, staff, item: work.release(staff, item),
    "note": lambda work, staff, item: work.note(staff, item, "Hej"),
    "reply": lambda work, staff, item: work.reply(staff, item, "Hej", "stay"),
    "preview": lambda work, staff, item: work.preview(staff, item, "Hej"),
    "ask": lambda work, staff, item: work.ask(staff, item, "Hej"),
    "resume": lambda work, staff, item: work.resume(staff, item, ""),
    "close": lambda work, staff, item: work.close(staff, item, "answered", ""),
    "forward": lambda work, staff, item: work.forward(staff, item, "miljoe", "Hej", True),
    "promise": lambda work, staff, item: work.promise(staff, item, date(2026, 12, 4), "Hej"),
    "reopen": lambda work, staff, item: work.reopen(staff, item, "Hej"),
    "merge": lambda work, staff, item: work.merge(staff, item, "c2"),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_anything_to_another_units_case(act):
    office = Office(MINE, case(id="c2"))
    with pytest.raises(NotAllowed):
        ACTS[act](office.work, EVA, MINE)
    assert office.desk.history == []


@pytest.mark.parametrize("act", ["reply", "preview", "ask", "close"])
def test_only_who_has_the_case_answers_for_it(act):
    office = Office(MINE, case(id="c2"))
    with pytest.raises(IllegalTransition):
        ACTS[act](office.work, OLE, MINE)
    assert office.desk.history == []
