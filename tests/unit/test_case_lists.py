"""What a list shows and in which order, and which cases may be the same matter twice."""

from datetime import date, timedelta

import pytest

from bot.core.case_filter import CaseFilter, chosen
from bot.core.cases import ENDED_STATES, OPEN_STATES, CaseState, Contact
from bot.core.duplicates import likely_duplicates, same_visitor
from tests.unit.fakes import NOON, a_case

TODAY = NOON.date()
CASES = [
    a_case(id="late", answer_by=TODAY - timedelta(days=1), claimed_by=7, state=CaseState.CLAIMED),
    a_case(id="soon", answer_by=TODAY, contact=Contact("M", company="CAFÉ Ø & Søn", cvr="10150817")),
    a_case(id="waits", answer_by=TODAY - timedelta(days=9), claimed_by=7, state=CaseState.WAITING),
    a_case(id="old", state=CaseState.CLOSED, closed_at=NOON - timedelta(days=2), reference="HEL-2025-123456"),
    a_case(id="newer", state=CaseState.WITHDRAWN, closed_at=NOON),
]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (CaseFilter(), "waits late soon newer old"),
        (CaseFilter(mine=True), "waits late"),
        (CaseFilter(overdue=True), "late"),
        (CaseFilter(mine=True, overdue=True), "late"),
        (CaseFilter(text="café ø"), "soon"),
        (CaseFilter(text="ØL"), ""),
        (CaseFilter(text="søn café"), "soon"),
        (CaseFilter(text="10150817"), "soon"),
        (CaseFilter(text="hel-2025-"), "old"),
        (CaseFilter(text="  "), "waits late soon newer old"),
        (CaseFilter(text="%"), ""),
    ],
)
def test_a_list_shows_what_was_asked_for_with_the_first_promised_on_top_and_the_last_ended_last(wanted, ids):
    assert [case.id for case in chosen(CASES, wanted, 7, TODAY)] == ids.split()


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
