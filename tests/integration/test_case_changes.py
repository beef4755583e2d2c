"""Changes to cases: whole or not at all, and never made from an old view, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, text

from bot.bootstrap import load_holidays
from bot.core.case_acts import Acts
from bot.core.cases import CaseState, Contact, EventKind, Outcome
from bot.core.errors import Conflict, IllegalTransition
from bot.core.mails import Mail
from bot.core.staff import StaffRole
from bot.storage import tables
from bot.storage.cases import CaseRepository
from bot.storage.outbox import OutboxRepository, put_in_outbox

HOLIDAYS = load_holidays()


@pytest.fixture
def anna(staff):
    return staff.add("anna", "Anna", StaffRole.STAFF, ["bevilling"], "hash")


@pytest.fixture
def bo(staff):
    return staff.add("bo", "Bo", StaffRole.STAFF, ["bevilling"], "hash")


@pytest.fixture
def acts(clock):
    return lambda who=None: Acts(clock(), HOLIDAYS, who)


def mail(name):
    return Mail(f"<{name}@x.dk>", "anna@firma.dk", "Svar", "Hej", "<p>Hej</p>", reply_to="bevilling@x.dk")


def count(database, table):
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_case_goes_through_its_life_and_comes_back_as_it_is_with_its_history(
    cases, new_case, acts, anna, bo
):
    case = cases.open(new_case(), [], None)
    day = date(2026, 12, 4)
    steps = [
        lambda now: acts(anna).claimed(now),
        lambda now: acts(anna).noted(now, "Ringet op"),
        lambda now: acts(anna).promised(now, day, "Høring"),
        lambda now: acts(anna).asked(now, "Hvor stort?", mailed=True),
        lambda now: acts().reminded(now, now.follow_up),
        lambda now: acts().message(now, "2 m²", 5),
        lambda now: acts(bo).forwarded(now, "byggesag", "Skilt", True),
        lambda now: acts().escalated(now, "Ida, Ole"),
        lambda now: acts(bo).claimed(now),
        lambda now: acts(bo).answered(now, "Ja"),
        lambda now: acts(bo).closed(now, Outcome.ANSWERED, ""),
        lambda now: acts(anna).reopened(now, "De ringede", 5),
        lambda now: acts(anna).released(now),
        lambda now: acts().withdrawn(now),
    ]
    for number, step in enumerate(steps, 2):
        change = step(cases.get(case.id))
        cases.apply(change)
        assert cases.get(case.id) == change.after
        assert change.after.version == number
    history = cases.events(case.id)
    assert [event.kind.value for event in history] == [
        "opened", "claimed", "note", "promised", "asked", "reminded", "visitor_message", "forwarded", "escalated",
        "claimed", "answered", "closed", "reopened", "released", "withdrawn",
    ]  # fmt: skip
    assert history[7].details == {"from": "bevilling", "to": "byggesag", "misrouted": True}
    assert (history[7].staff, history[7].staff_id, history[6].staff_id) == ("Bo", bo.id, None)
    assert cases.get(case.id).misrouted


def test_mails_go_to_the_outbox_with_the_change_or_not_at_all(cases, new_case, acts, anna, database):
    case = cases.open(new_case(), [], None)
    change = replace(acts(anna).claimed(case), mails=(mail("1"),))
    cases.apply(change)
    assert count(database, tables.outbox) == 1
    again = replace(acts(anna).noted(cases.get(case.id), "Hej"), mails=(mail("2"), mail("1")))
    with pytest.raises(Exception, match="UNIQUE|unique"):
        cases.apply(again)
    assert (count(database, tables.outbox), len(cases.events(case.id))) == (1, 2)
    assert cases.get(case.id).version == 2


def test_an_answer_to_a_mail_goes_where_the_outbox_says(cases, new_case, acts, anna, database, clock):
    case = cases.open(new_case(), [], None)
    cases.apply(replace(acts(anna).claimed(case), mails=(mail("1"),)))
    assert [waiting.item for waiting in OutboxRepository(database).due(clock())] == [mail("1")]


def test_who_changes_a_case_from_an_old_view_is_told(cases, new_case, acts, anna, bo):
    case = cases.open(new_case(), [], None)
    cases.apply(acts(anna).claimed(case))
    for change in (
        acts(bo).claimed(case),
        acts(bo).noted(case, "Hej"),
        acts(bo).forwarded(case, "jura", "x", True),
    ):
        with pytest.raises(Conflict):
            cases.apply(change)
    assert cases.get(case.id).claimed_by == anna.id
    assert len(cases.events(case.id)) == 2


def test_a_view_that_was_made_up_is_refused(cases, new_case, acts, anna):
    case = cases.open(new_case(), [], None)
    made_up = replace(case, state=CaseState.CLAIMED, claimed_by=anna.id)
    with pytest.raises(Conflict):
        cases.apply(acts(anna).closed(made_up, Outcome.ANSWERED, ""))
    with pytest.raises(IllegalTransition):
        cases.apply(replace(acts(anna).claimed(case), after=replace(case, version=2, state=CaseState.CLOSED)))
    assert cases.get(case.id) == case


DOING = {
    "claim": lambda acts, case: acts.claimed(case),
    "note": lambda acts, case: acts.noted(case, "Hej"),
    "forward": lambda acts, case: acts.forwarded(case, "jura", "x", True),
    "promise": lambda acts, case: acts.promised(case, date(2026, 12, 4), "x"),
    "withdraw": lambda acts, case: acts.withdrawn(case),
    "message": lambda acts, case: acts.message(case, "Hej", 5),
    "remind": lambda acts, case: acts.reminded(case, case.answer_by),
}


@pytest.mark.parametrize("first", DOING)
def test_of_eight_who_change_a_case_at_once_one_does(cases, new_case, acts, staff, at_once, first):
    case = cases.open(new_case(), [], None)
    members = [staff.add(f"s{number}", f"S{number}", StaffRole.STAFF, [], "hash") for number in range(8)]
    others = [DOING[name] for name in ("note", "claim")]
    todo = [
        (DOING[first] if number % 2 else others[number // 2 % 2], who) for number, who in enumerate(members)
    ]
    results = at_once(lambda one: cases.apply(one[0](acts(one[1]), case)), todo)
    assert results.count(None) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 7
    assert cases.get(case.id).version == 2
    assert len(cases.events(case.id)) == 2


def test_two_who_merge_each_others_case_at_once_make_no_circle(cases, new_case, acts, anna, bo, at_once):
    for number in range(1, 13, 2):
        one, other = (cases.open(new_case(number + half), [], None) for half in (0, 1))
        pairs = [(anna, one, other), (bo, other, one)]
        results = at_once(
            lambda pair: cases.apply(*acts(pair[0]).merged(pair[1], pair[2], pair[2].answer_by)), pairs
        )
        assert results.count(None) == 1
        assert sum(isinstance(result, Conflict) for result in results) == 1
        lost, kept = sorted(
            (cases.get(one.id), cases.get(other.id)), key=lambda case: case.merged_into is None
        )
        assert (lost.merged_into, kept.merged_into, kept.state) == (kept.id, None, CaseState.NEW)
        assert [case.id for case in cases.merged_into(kept.id)] == [lost.id]
        assert [event.kind for event in cases.events(kept.id)] == [EventKind.OPENED, EventKind.ABSORBED]


def test_a_watcher_writes_in_the_same_transaction_and_can_undo_it(database, new_case, acts, anna, clock):
    seen = []

    def watcher(connection, change):
        seen.append(change.after.state)
        put_in_outbox(connection, mail(f"watched {len(seen)}"), clock(), change.after.id)
        if change.after.state is CaseState.CLOSED:
            raise RuntimeError("the survey is broken")

    cases = CaseRepository(database, [watcher])
    case = cases.open(new_case(), [], None)
    cases.apply(acts(anna).claimed(case))
    with pytest.raises(RuntimeError):
        cases.apply(acts(anna).closed(cases.get(case.id), Outcome.ANSWERED, ""))
    assert seen == [CaseState.CLAIMED, CaseState.CLOSED]
    assert cases.get(case.id).state is CaseState.CLAIMED
    assert count(database, tables.outbox) == 1


def test_the_cases_of_a_visitor_are_found_by_any_address_or_number(cases, new_case):
    contacts = [
        Contact("A", email="mette@cafe.dk"),
        Contact("B", cvr="10150817"),
        Contact("C", phone="12345678"),
        Contact("D", company="Café Ø"),
    ]
    for number, contact in enumerate(contacts, 1):
        cases.open(new_case(number, contact=contact), [], None)
    mette = Contact("Mette", "Café Ø", "10150817", "mette@cafe.dk", "12345678")
    assert {case.id for case in cases.of_visitor(mette)} == {"case1", "case2", "case3"}
    assert cases.of_visitor(Contact("D", company="Café Ø")) == []


def test_a_case_of_before_the_migration_is_sound(database, cases, new_case):
    cases.open(new_case(), [], None)
    with database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO case_events (case_id, at, kind, text) SELECT id, created_at, 'note', 'x' FROM cases"
            )
        )
    assert cases.events("case1")[-1].details == {}
