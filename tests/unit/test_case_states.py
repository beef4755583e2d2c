"""Every state a case can be in, and every way from one to the next: the whole table, and nothing besides."""

from dataclasses import replace

import pytest

from bot.core.case_states import STEPS, Change, after, check, flaws, may
from bot.core.cases import ENDED_STATES, OPEN_STATES, CaseEvent, CaseState, EventKind
from bot.core.errors import IllegalTransition
from tests.unit.fakes import NOON, a_case

# By state, in the order new, claimed, waiting, closed, withdrawn, merged; "-" where it cannot happen.
TABLE = """
claimed          claimed    -          -          -        -        -
released         -          new        new        -        -        -
note             new        claimed    waiting    -        -        -
answered         -          claimed    waiting    -        -        -
asked            -          waiting    waiting    -        -        -
resumed          -          -          claimed    -        -        -
forwarded        new        new        new        -        -        -
promised         new        claimed    waiting    -        -        -
closed           -          closed     closed     -        -        -
reopened         -          -          -          claimed  claimed  -
reopened_with    new        claimed    waiting    new      new      -
merged           merged     merged     merged     -        -        -
absorbed         new        claimed    waiting    -        -        -
reminded         new        claimed    waiting    -        -        -
escalated        new        claimed    -          -        -        -
visitor_message  new        claimed    claimed    new      new      -
withdrawn        withdrawn  withdrawn  withdrawn  -        -        -
"""
ROWS = [
    (EventKind(kind), before, to)
    for kind, *row in map(str.split, TABLE.strip().splitlines())
    for before, to in zip(CaseState, row)
]


@pytest.mark.parametrize(("kind", "before", "to"), ROWS)
def test_each_thing_leads_where_it_should_or_nowhere(kind, before, to):
    assert may(kind, before) is (to != "-")
    if to == "-":
        with pytest.raises(IllegalTransition, match=f"that is {before.value} cannot be {kind.value}"):
            after(kind, before)
    else:
        assert after(kind, before).value == to


def test_the_table_holds_every_kind_but_the_opening():
    assert {kind for kind, _, _ in ROWS} == set(EventKind) - {EventKind.OPENED} == set(STEPS)
    assert set(OPEN_STATES) | set(ENDED_STATES) == set(CaseState)


@pytest.mark.parametrize("state", list(CaseState))
def test_a_sound_case_has_no_flaws(state):
    mine = {"claimed_by": 1} if state in (CaseState.CLAIMED, CaseState.WAITING) else {}
    other = {"merged_into": "c2"} if state is CaseState.MERGED else {}
    assert flaws(a_case(state=state, **mine, **other)) == []


@pytest.mark.parametrize(
    "broken",
    [
        a_case(state=CaseState.CLOSED, outcome=None),
        a_case(state=CaseState.CLOSED, closed_at=None),
        a_case(closed_at=NOON),
        a_case(claimed_by=1),
        a_case(state=CaseState.CLAIMED),
        a_case(state=CaseState.WAITING, claimed_by=1, waiting_since=None),
        a_case(state=CaseState.WAITING, claimed_by=1, follow_up=None),
        a_case(follow_up=NOON.date()),
        a_case(state=CaseState.MERGED),
        a_case(state=CaseState.MERGED, merged_into="c1"),
        a_case(merged_into="c2"),
    ],
)
def test_a_broken_case_is_told(broken):
    assert len(flaws(broken)) == 1


CLAIMED = a_case(state=CaseState.CLAIMED, claimed_by=1, version=2)
EVENT = CaseEvent(NOON, EventKind.CLAIMED)


@pytest.mark.parametrize(
    "change",
    [
        Change(a_case(), CLAIMED, ()),
        Change(a_case(), replace(CLAIMED, version=1), (EVENT,)),
        Change(a_case(), replace(CLAIMED, version=3), (EVENT,)),
        Change(a_case(), replace(CLAIMED, id="c2"), (EVENT,)),
        Change(a_case(), replace(CLAIMED, claimed_by=None), (EVENT,)),
        Change(a_case(), CLAIMED, (EVENT, EVENT)),
        Change(a_case(), CLAIMED, (replace(EVENT, kind=EventKind.NOTE),)),
        Change(CLAIMED, a_case(version=3), (replace(EVENT, kind=EventKind.OPENED),)),
    ],
)
def test_a_change_that_does_not_add_up_is_refused(change):
    check(Change(a_case(), CLAIMED, (EVENT,)))
    with pytest.raises(IllegalTransition):
        check(change)
