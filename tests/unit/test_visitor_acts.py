"""What a visitor does with their own case, and what the unit hears of it."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import DENMARK, load_holidays
from bot.core.cases import CaseState, Contact, EventKind
from bot.core.errors import Conflict, IllegalTransition, InvalidInput
from bot.core.staff import StaffMember, StaffRole
from bot.core.visitor_acts import VisitorActs
from tests.servers import MovableClock
from tests.unit.fakes import UNITS, FakeDesk, FakeStaff, a_case, real_mails

ROOT = Path(__file__).resolve().parents[2]
PIA = StaffMember(1, "pia", "Pia Ås", StaffRole.STAFF, ("plan",), "pia@test")
METTE = Contact("Mette Holm", email="mette@cafe.dk")
MONDAY = datetime(2026, 11, 23, 10, 15, tzinfo=DENMARK)
FRIDAY = date(2026, 11, 27)


def case(**changes):
    return a_case(**{"contact": METTE, "answer_by": FRIDAY, "created_at": MONDAY, **changes})


class Visit:
    def __init__(self, *cases, clock=None):
        self.clock = clock or MovableClock(MONDAY)
        self.desk = FakeDesk(*cases)
        staff = FakeStaff(PIA)
        self.acts = VisitorActs(self.desk, self.clock, load_holidays(), UNITS, real_mails(ROOT, staff), staff)

    def sent(self):
        return [(mail.recipient, mail.subject) for mail in self.desk.mails]


OPEN = [
    case(),
    case(state=CaseState.CLAIMED, claimed_by=PIA.id),
    case(state=CaseState.WAITING, claimed_by=PIA.id, waiting_since=MONDAY.date()),
]
ENDED = [
    case(state=CaseState.CLOSED, claimed_by=PIA.id, closed_at=MONDAY),
    case(state=CaseState.WITHDRAWN, closed_at=MONDAY),
]


@pytest.mark.parametrize("item", OPEN)
def test_an_open_case_is_withdrawn_and_the_unit_told(item):
    visit = Visit(item)
    assert visit.acts.may_withdraw(item)
    now = visit.acts.withdraw(item)
    assert now == visit.desk.get("c1")
    assert (now.state, now.closed_at, now.outcome) == (CaseState.WITHDRAWN, MONDAY, None)
    [(_, event)] = visit.desk.history
    assert (event.kind, event.staff, event.staff_id) == (EventKind.WITHDRAWN, "", None)
    people = ["plan@test"] + (["pia@test"] if item.claimed_by else [])
    assert visit.sent() == [(person, "Sag HEL-2026-000001 er trukket tilbage") for person in people]


def test_open_parts_are_withdrawn_with_the_case_and_their_units_told():
    done = case(id="p1", unit="miljoe", state=CaseState.CLOSED, claimed_by=PIA.id, parent="c1")
    visit = Visit(case(), done, case(id="p2", unit="havn", parent="c1"))
    assert visit.acts.withdraw(case()).id == "c1"
    states = [visit.desk.get(name).state for name in ("c1", "p1", "p2")]
    assert states == [CaseState.WITHDRAWN, CaseState.CLOSED, CaseState.WITHDRAWN]
    assert [recipient for recipient, _ in visit.sent()] == ["plan@test", "havn@test"]


@pytest.mark.parametrize("item", [*ENDED, case(state=CaseState.MERGED, merged_into="c2")])
def test_what_has_ended_is_not_withdrawn(item):
    visit = Visit(item)
    assert not visit.acts.may_withdraw(item)
    with pytest.raises(IllegalTransition):
        visit.acts.withdraw(item)
    assert visit.sent() == []


@pytest.mark.parametrize(("item", "state"), zip(OPEN, (CaseState.NEW, CaseState.CLAIMED, CaseState.CLAIMED)))
def test_a_message_is_kept_and_gives_the_case_back_to_the_unit(item, state):
    visit = Visit(item)
    now = visit.acts.visitor_message(item, "  Skiltet er 2 m². CPR 010190-1234 ")
    assert (now.state, now.answer_by, now.waiting_since) == (state, FRIDAY, None)
    [(_, event)] = visit.desk.history
    assert (event.kind, event.staff) == (EventKind.VISITOR_MESSAGE, "")
    assert event.text == "Skiltet er 2 m². CPR [CPR-nummer fjernet]"
    people = ["plan@test"] + (["pia@test"] if item.claimed_by else [])
    assert visit.sent() == [(person, "Ny besked i sag HEL-2026-000001") for person in people]
    assert "m²" not in visit.desk.mails[0].body


def test_a_case_that_waited_goes_on_with_the_days_that_were_left():
    visit = Visit(OPEN[2], clock=MovableClock(MONDAY + timedelta(days=14)))
    assert visit.acts.visitor_message(OPEN[2], "Hej").answer_by == date(2026, 12, 11)


@pytest.mark.parametrize("item", ENDED)
@pytest.mark.parametrize(("passed", "reopened"), [({"days": 30}, True), ({"days": 30, "seconds": 1}, False)])
def test_a_message_within_thirty_days_opens_the_case_again(item, passed, reopened):
    visit = Visit(item, clock=MovableClock(MONDAY + timedelta(**passed)))
    assert visit.acts.may_write(item) is reopened
    if not reopened:
        with pytest.raises(IllegalTransition):
            visit.acts.visitor_message(item, "Hej")
        return
    now = visit.acts.visitor_message(item, "Hej")
    assert (now.state, now.claimed_by, now.closed_at, now.outcome) == (CaseState.NEW, None, None, None)
    assert now.answer_by == date(2026, 12, 31)
    recipients = [recipient for recipient, _ in visit.sent()]
    assert recipients == ["plan@test", *(["pia@test"] if item.claimed_by else []), "mette@cafe.dk"]


def test_a_message_to_a_merged_case_reaches_the_one_that_is_answered():
    chain = (
        case(state=CaseState.MERGED, merged_into="c2"),
        case(id="c2", state=CaseState.MERGED, merged_into="c3"),
        case(id="c3", reference="HEL-2026-000003"),
    )
    visit = Visit(*chain)
    assert visit.acts.visitor_message(chain[0], "Hej").id == "c3"
    assert [changed for changed, _ in visit.desk.history] == ["c3"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "visitor_message_missing"),
        (" \u200b\n", "visitor_message_missing"),
        ("x" * 4001, "visitor_message_long"),
    ],
)
def test_a_message_that_cannot_be_taken_is_refused(text, code, content):
    visit = Visit(case())
    with pytest.raises(InvalidInput, match=code):
        visit.acts.visitor_message(case(), text)
    assert visit.desk.history == []
    assert content.phrases["errors"].say(code)


def test_a_message_to_a_case_as_it_was_is_a_conflict():
    visit = Visit(case())
    visit.acts.visitor_message(case(), "Hej")
    with pytest.raises(Conflict):
        visit.acts.withdraw(case())


def test_who_writes_after_withdrawing_gets_the_parts_back_that_went_with_the_case():
    earlier = case(id="c3", parent="c1", unit="havn", state=CaseState.WITHDRAWN, closed_at=MONDAY)
    clock = MovableClock(MONDAY)

    def ticking():
        clock.move(seconds=1)
        return clock()

    visit = Visit(case(), case(id="c2", parent="c1", unit="havn"), earlier, clock=ticking)
    withdrawn = visit.acts.withdraw(visit.desk.get("c1"))
    visit.desk.mails.clear()
    visit.acts.visitor_message(withdrawn, "Jeg vil gerne alligevel")
    assert [visit.desk.get(name).state for name in ("c1", "c2", "c3")] == [
        CaseState.NEW,
        CaseState.NEW,
        CaseState.WITHDRAWN,
    ]
    assert visit.desk.get("c1").answer_by >= visit.desk.get("c2").answer_by
    # The units of both, and the visitor once.
    assert [recipient for recipient, _ in visit.sent()] == ["plan@test", "mette@cafe.dk", "havn@test"]
