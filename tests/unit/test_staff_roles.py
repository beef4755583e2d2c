"""What each role sees: a chief every unit's figures and lists, and only of their own units what a business wrote."""

import pytest

from bot.core.case_filter import CaseFilter
from bot.core.case_lists import CaseLists
from bot.core.cases import Contact
from bot.core.casework import Casework
from bot.core.errors import NotAllowed
from bot.core.staff import StaffMember, StaffRole
from tests.unit.fakes import NOON, UNITS, FakeDesk, FakeLister, a_case

BUSINESS = Contact("Mette Holm", "Café Ø", "10150817", "mette@cafe.dk", "12345678")


def member(role, *units):
    return StaffMember(1, "kim", "Kim", role, units)


def casework(*cases):
    return Casework(FakeDesk(*cases), lambda: NOON, (), UNITS, None)


def listed(who):
    cases = [a_case(id="own", contact=BUSINESS), a_case(id="other", unit="havn", contact=BUSINESS)]
    lists = CaseLists(FakeLister(*cases), lambda: NOON)
    return {case.id: case for case in lists.page(who, CaseFilter()).cases}


@pytest.mark.parametrize(
    ("role", "reads_others", "lists_others", "leads", "edits"),
    [
        (StaffRole.STAFF, False, False, False, False),
        (StaffRole.LEADER, False, False, True, False),
        (StaffRole.EDITOR, False, False, False, True),
        (StaffRole.CHIEF, False, True, False, False),
        (StaffRole.ADMIN, True, True, False, True),
    ],
)
def test_each_role_sees_what_it_should(role, reads_others, lists_others, leads, edits):
    who = member(role, "plan")
    own, other = a_case(unit="plan"), a_case(unit="havn")
    assert who.may_see(own)
    assert who.may_list("plan")
    assert who.may_see(other) is reads_others
    assert who.may_list("havn") is lists_others
    assert (who.leads("plan"), who.leads("havn")) == (leads, False)
    assert who.may_edit is edits


def test_a_chief_lists_another_units_case_without_its_words_and_cannot_open_it():
    who = member(StaffRole.CHIEF, "plan")
    found = listed(who)
    assert found["own"].contact == BUSINESS
    assert found["other"].summary == ""
    assert found["other"].contact == Contact("", "Café Ø")
    with pytest.raises(NotAllowed):
        casework(a_case(unit="havn")).read(who, "c1")


def test_a_leader_lists_only_their_own_units():
    assert set(listed(member(StaffRole.LEADER, "plan"))) == {"own"}
