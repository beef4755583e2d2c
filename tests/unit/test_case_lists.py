"""Which states a list shows, and which cases may be the same matter twice."""

from datetime import date, timedelta

import pytest

from bot.core.case_filter import CaseFilter
from bot.core.cases import ENDED_STATES, OPEN_STATES, CaseState, Contact
from bot.core.duplicates import likely_duplicates, same_visitor
from tests.unit.fakes import NOON, a_case

TODAY = NOON.date()


@pytest.mark.parametrize(
    ("wanted", "states"),
    [
        (CaseFilter(), OPEN_STATES),
        (CaseFilter(ended=True), ENDED_STATES),
        (CaseFilter(state="waiting"), (CaseState.WAITING,)),
        (CaseFilter(state="findes_ikke"), OPEN_STATES),
        (CaseFilter(text="Café"), tuple(CaseState)),
        (CaseFilter(text="Café", state="new"), (CaseState.NEW,)),
        (CaseFilter(text=" "), OPEN_STATES),
        (CaseFilter(text="Café", overdue=True), OPEN_STATES),
    ],
)
def test_the_states_follow_from_what_was_asked_for(wanted, states):
    assert wanted.states == states


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Contact("En anden", email="METTE@cafe.dk"), True),
        (Contact("En anden", cvr="10150817"), True),
        (Contact("En anden", phone="12345678"), True),
        (Contact("Mette Holm", company="Café Ø"), False),
        (Contact("Mette Holm", email="m@cafe.dk", phone="87654321"), False),
    ],
)
def test_a_visitor_is_known_by_an_address_or_a_number(other, same):
    mette = Contact("Mette Holm", "Café Ø", "10150817", "mette@cafe.dk", "12345678")
    assert same_visitor(mette, other) is same_visitor(other, mette) is same


def test_nothing_told_is_nothing_in_common():
    assert not same_visitor(Contact("A"), Contact("A"))


@pytest.mark.parametrize(
    ("days", "state", "likely"),
    [
        (0, CaseState.NEW, True),
        (90, CaseState.WAITING, True),
        (30, CaseState.CLOSED, True),
        (31, CaseState.CLOSED, False),
        (3, CaseState.WITHDRAWN, True),
        (3, CaseState.MERGED, False),
    ],
)
def test_likely_duplicates_are_open_or_came_lately(days, state, likely):
    mette = Contact("Mette", email="mette@cafe.dk")
    other = a_case(id="c2", contact=mette, state=state, created_at=NOON - timedelta(days=days))
    found = likely_duplicates(a_case(contact=mette), [other, a_case(contact=mette), a_case(id="c3")], TODAY)
    assert found == ([other] if likely else [])


def test_the_newest_duplicate_comes_first():
    mette = Contact("Mette", email="mette@cafe.dk")
    cases = [a_case(id=f"c{day}", contact=mette, created_at=NOON - timedelta(days=day)) for day in (3, 2, 4)]
    found = likely_duplicates(a_case(contact=mette), cases, date(2026, 11, 22))
    assert [case.id for case in found] == ["c2", "c3", "c4"]
