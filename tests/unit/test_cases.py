"""Who may do what with a case: the daily work of taking, noting and closing it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.case_filter import CaseFilter
from bot.core.case_lists import CaseLists
from bot.core.case_rights import Possible
from bot.core.cases import CaseState, Contact, EventKind, Outcome
from bot.core.casework import LONGEST_NOTE, Casework
from bot.core.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound
from bot.core.privacy import MASK
from bot.core.staff import StaffMember, StaffRole
from tests.unit.fakes import NOON, UNITS, FakeDesk, FakeLister, FakeStaff, a_case, real_mails

ROOT = Path(__file__).resolve().parents[2]
NEW, CLAIMED, CLOSED = CaseState.NEW, CaseState.CLAIMED, CaseState.CLOSED
PIA = StaffMember(1, "pia", "Pia", StaffRole.STAFF, ("plan", "miljoe"))
OLE = StaffMember(2, "ole", "Ole", StaffRole.STAFF, ("plan",))
EVA = StaffMember(3, "eva", "Eva", StaffRole.STAFF, ("havn",))
NOBODY = StaffMember(4, "ib", "Ib", StaffRole.STAFF)
ADMIN = StaffMember(5, "admin", "Admin", StaffRole.ADMIN)
CLAIMED_BY_PIA = a_case(state=CLAIMED, claimed_by=PIA.id)
WAITS_FOR_PIA = a_case(state=CaseState.WAITING, claimed_by=PIA.id)
WITH_MAIL = Contact("Mette Holm", email="mette@cafe.dk")
OPEN = ("note", "forward", "promise", "merge")


def desk_with(*cases):
    desk = FakeDesk(*cases)
    return desk, Casework(desk, lambda: NOON, (), UNITS, real_mails(ROOT, FakeStaff(PIA, OLE)))


def ids(staff, wanted, *cases):
    return [case.id for case in CaseLists(FakeLister(*cases), lambda: NOON).page(staff, wanted).cases]


@pytest.mark.parametrize(
    ("state", "days", "overdue"),
    [(NEW, 0, False), (NEW, 1, True), (CLAIMED, 1, True), (CLOSED, 1, False), (CaseState.WAITING, 1, False)],
)
def test_a_case_that_is_the_units_turn_is_overdue_from_the_day_after_the_promised_one(state, days, overdue):
    case = a_case(state=state)
    assert case.overdue(case.answer_by + timedelta(days=days)) is overdue


# who sees what


@pytest.mark.parametrize("staff", [PIA, OLE, ADMIN])
def test_who_belongs_to_the_unit_and_the_admin_may_read_its_case(staff):
    case = a_case()
    assert desk_with(case)[1].read(staff, case.id) == case


@pytest.mark.parametrize("staff", [EVA, NOBODY])
def test_nobody_reads_another_units_case(staff):
    with pytest.raises(NotAllowed):
        desk_with(a_case())[1].read(staff, "c1")


def test_a_case_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        desk_with()[1].read(ADMIN, "c1")


@pytest.mark.parametrize(
    ("staff", "unit", "listed"),
    [
        (PIA, None, {"p", "m"}),
        (PIA, "miljoe", {"m"}),
        (PIA, "havn", set()),
        (OLE, None, {"p"}),
        (EVA, None, {"h"}),
        (NOBODY, None, set()),
        (NOBODY, "plan", set()),
        (ADMIN, None, {"p", "m", "h"}),
        (ADMIN, "havn", {"h"}),
        (ADMIN, "no_such_unit", set()),
    ],
)
def test_the_list_holds_the_cases_of_ones_own_units(staff, unit, listed):
    cases = [a_case(id="p"), a_case(id="m", unit="miljoe"), a_case(id="h", unit="havn")]
    assert set(ids(staff, CaseFilter(unit=unit or ""), *cases)) == listed


def test_closed_cases_are_listed_apart():
    cases = a_case(id="n"), a_case(id="t", state=CLAIMED), a_case(id="l", state=CLOSED)
    assert set(ids(ADMIN, CaseFilter(), *cases)) == {"n", "t"}
    assert ids(ADMIN, CaseFilter(ended=True), *cases) == ["l"]


# who does what


@pytest.mark.parametrize(
    ("staff", "case", "possible"),
    [
        (PIA, a_case(), {"claim", *OPEN}),
        (PIA, CLAIMED_BY_PIA, {"release", "ask", "close", *OPEN}),
        (PIA, replace(CLAIMED_BY_PIA, contact=WITH_MAIL), {"release", "ask", "close", "reply", *OPEN}),
        (OLE, replace(CLAIMED_BY_PIA, contact=WITH_MAIL), {"release", *OPEN}),
        (ADMIN, CLAIMED_BY_PIA, {"release", *OPEN}),
        (PIA, WAITS_FOR_PIA, {"release", "ask", "close", "resume", *OPEN}),
        (OLE, WAITS_FOR_PIA, {"release", "resume", *OPEN}),
        (PIA, a_case(state=CLOSED, claimed_by=PIA.id), {"reopen"}),
        (OLE, a_case(state=CaseState.WITHDRAWN), {"reopen"}),
        (PIA, a_case(state=CaseState.MERGED, merged_into="c2"), set()),
        (EVA, a_case(), set()),
        (EVA, a_case(state=CLOSED), set()),
    ],
)
def test_what_is_possible_depends_on_the_state_and_on_whose_case_it_is(staff, case, possible):
    assert desk_with(case)[1].possible(staff, case) == Possible(**dict.fromkeys(possible, True))


def test_a_case_is_claimed_released_claimed_again_and_closed():
    desk, casework = desk_with(a_case())
    casework.claim(PIA, desk.get("c1"))
    casework.release(PIA, desk.get("c1"))
    assert (desk.get("c1").state, desk.get("c1").claimed_by) == (NEW, None)
    casework.claim(OLE, desk.get("c1"))
    casework.close(OLE, desk.get("c1"), "answered", "  Svaret pr. mail ")
    assert (desk.get("c1").state, desk.get("c1").outcome) == (CLOSED, Outcome.ANSWERED)
    kinds = [event.kind for event in casework.history(desk.get("c1"))]
    assert kinds == [EventKind.CLAIMED, EventKind.RELEASED, EventKind.CLAIMED, EventKind.CLOSED]
    last = desk.history[-1][1]
    assert (last.at, last.staff_id, last.text) == (NOON, OLE.id, "Svaret pr. mail")
    assert (desk.get("c1").closed_at, desk.get("c1").version) == (NOON, 5)


@pytest.mark.parametrize("staff", [OLE, ADMIN])
def test_only_who_claimed_a_case_closes_it(staff):
    desk, casework = desk_with(CLAIMED_BY_PIA)
    with pytest.raises(IllegalTransition):
        casework.close(staff, CLAIMED_BY_PIA, "answered", "")
    assert desk.history == []


@pytest.mark.parametrize("staff", [OLE, ADMIN])
def test_whoever_may_see_a_claimed_case_puts_it_back_and_the_history_shows_who(staff):
    desk, casework = desk_with(CLAIMED_BY_PIA)
    casework.release(staff, CLAIMED_BY_PIA)
    assert (desk.get("c1").state, desk.get("c1").claimed_by) == (NEW, None)
    assert [(event.kind, event.staff) for _, event in desk.history] == [(EventKind.RELEASED, staff.name)]


@pytest.mark.parametrize("case", [a_case(), a_case(state=CLOSED, claimed_by=PIA.id)])
def test_what_nobody_has_claimed_is_not_put_back(case):
    desk, casework = desk_with(case)
    with pytest.raises(IllegalTransition):
        casework.release(PIA, case)
    assert desk.history == []


@pytest.mark.parametrize("staff", [EVA, NOBODY])
@pytest.mark.parametrize(
    "doing",
    [
        lambda casework, staff, case: casework.claim(staff, case),
        lambda casework, staff, case: casework.release(staff, case),
        lambda casework, staff, case: casework.note(staff, case, "hej"),
        lambda casework, staff, case: casework.close(staff, case, "answered", ""),
    ],
)
def test_nobody_touches_another_units_case(staff, doing):
    case = replace(a_case(), claimed_by=staff.id)
    desk, casework = desk_with(case)
    with pytest.raises(NotAllowed):
        doing(casework, staff, case)
    assert desk.history == []


def test_who_has_left_the_unit_does_not_close_the_case_they_claimed():
    moved = replace(PIA, units=("havn",))
    with pytest.raises(NotAllowed):
        desk_with(CLAIMED_BY_PIA)[1].close(moved, CLAIMED_BY_PIA, "answered", "")


@pytest.mark.parametrize("case", [CLAIMED_BY_PIA, a_case(state=CLOSED)])
def test_only_a_new_case_is_claimed(case):
    with pytest.raises(IllegalTransition):
        desk_with(case)[1].claim(OLE, case)


# notes and outcomes


@pytest.mark.parametrize("text", ["", "  ", "\n", "\u200b"])
def test_an_empty_note_is_refused(text):
    desk, casework = desk_with(a_case())
    with pytest.raises(InvalidInput, match="note_missing"):
        casework.note(PIA, a_case(), text)
    assert desk.history == []


def test_a_note_is_kept_without_cpr_numbers_and_as_long_as_it_may_be():
    desk, casework = desk_with(a_case())
    casework.note(OLE, a_case(), "Ringede til 010190-1234")
    casework.note(OLE, desk.get("c1"), "x" * LONGEST_NOTE)
    assert [event.text for _, event in desk.history] == [f"Ringede til {MASK}", "x" * LONGEST_NOTE]


@pytest.mark.parametrize(
    "doing",
    [
        lambda casework, text: casework.note(PIA, CLAIMED_BY_PIA, text),
        lambda casework, text: casework.close(PIA, CLAIMED_BY_PIA, "answered", text),
    ],
)
def test_a_text_that_is_too_long_is_refused_and_not_cut(doing, content):
    desk, casework = desk_with(CLAIMED_BY_PIA)
    with pytest.raises(InvalidInput, match="note_long"):
        doing(casework, "x" * (LONGEST_NOTE + 1))
    assert desk.history == []
    assert f"{LONGEST_NOTE:,}".replace(",", ".") in content.phrases["errors"].say("note_long")


def test_a_closed_case_takes_no_notes():
    with pytest.raises(IllegalTransition):
        desk_with(a_case(state=CLOSED))[1].note(PIA, a_case(state=CLOSED), "hej")


@pytest.mark.parametrize("outcome", ["", "done", "ANSWERED", "closed"])
def test_an_unknown_outcome_closes_nothing(outcome):
    desk, casework = desk_with(CLAIMED_BY_PIA)
    with pytest.raises(InvalidInput, match="outcome_missing"):
        casework.close(PIA, CLAIMED_BY_PIA, outcome, "")
    assert desk.get("c1").state is CLAIMED


@pytest.mark.parametrize("outcome", [item.value for item in Outcome])
def test_every_outcome_closes_a_case_and_has_a_danish_name(outcome, content):
    desk, casework = desk_with(CLAIMED_BY_PIA)
    casework.close(PIA, CLAIMED_BY_PIA, outcome, "")
    assert desk.get("c1").outcome.value == outcome
    assert content.phrases["console"].say(f"outcome_{outcome}")
