"""A case and its parts are stored together or not at all, once for each request."""

import dataclasses

import pytest
from sqlalchemy import func, select

from bot.core.audit import AuditEntry, AuditKind
from bot.core.cases import Case, CaseState
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail
from bot.core.rights import By, Person, RightsDesk
from bot.core.staff import StaffRole
from bot.storage import tables
from bot.storage.audit import AuditRepository
from bot.storage.rights import RightsRepository
from bot.storage.tracker import TrackerMemory


def mail(number):
    return Mail(f"<{number}@x.dk>", "bevilling@x.dk", f"Ny sag {number}", "Der er kommet en sag.")


def counts(database):
    found = (tables.cases, tables.case_events, tables.outbox)
    with database.reading() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in found]


@pytest.fixture
def with_parts(new_case):
    """Make a case and some parts of it, each with a mail of its own."""

    def make(number=1, parts=2):
        whole = new_case(number)
        ids = [f"{whole.id}p{part}" for part in range(1, parts + 1)]
        made = [
            new_case(number, id=name, reference=f"{whole.reference}-{part}", unit="byggesag", parent=whole.id)
            for part, name in enumerate(ids, 1)
        ]
        return whole, [mail(whole.id)], [(part, [mail(part.id)]) for part in made]

    return make


def test_a_case_its_parts_and_their_mails_are_stored_together(cases, with_parts, database):
    whole, mails, parts = with_parts(parts=11)
    assert cases.open(whole, mails, "key", parts) == whole
    assert counts(database) == [12, 12, 12]
    assert cases.get(whole.id).parent is None
    assert cases.get(parts[0][0].id) == parts[0][0]
    assert [part.reference for part in cases.parts(whole.id)] == [part.reference for part, _ in parts]
    with database.reading() as connection:
        rows = connection.execute(select(tables.outbox.c.case_id, tables.outbox.c.message_id)).all()
    assert {row.message_id: row.case_id for row in rows} == {
        f"<{row.case_id}@x.dk>": row.case_id for row in rows
    }


def test_when_the_last_part_cannot_be_stored_nothing_is(cases, with_parts, database):
    whole, mails, parts = with_parts()
    part, _ = parts[-1]
    with pytest.raises(Conflict):
        cases.open(
            whole, mails, "key", [*parts[:-1], (dataclasses.replace(part, reference=whole.reference), [])]
        )
    assert counts(database) == [0, 0, 0]


def test_when_the_last_parts_mail_cannot_be_stored_nothing_is(cases, with_parts, database):
    whole, mails, parts = with_parts()
    with pytest.raises(Conflict):
        cases.open(whole, mails, "key", [*parts[:-1], (parts[-1][0], mails)])  # the same Message-ID twice
    assert counts(database) == [0, 0, 0]
    with pytest.raises(NotFound):
        cases.get(whole.id)


def test_the_same_request_key_opens_the_case_and_its_parts_once(cases, with_parts, database, at_once):
    first = cases.open(*with_parts(1)[:2], "form:1", with_parts(1)[2])

    def again(number):
        whole, mails, parts = with_parts(number)
        return cases.open(whole, mails, "form:1", parts)

    found = at_once(again, range(2, 8))
    assert all(isinstance(case, Case) and case.id == first.id for case in found)
    assert counts(database) == [3, 3, 3]


def test_a_part_that_belongs_to_no_case_is_not_stored(cases, new_case, database):
    with pytest.raises(Conflict):
        cases.open(new_case(1, parent="nothing"), [mail(1)], None)
    assert counts(database) == [0, 0, 0]


def test_a_person_who_knows_the_reference_of_the_whole_gets_its_parts_and_can_have_them_erased(
    cases, with_parts, new_case, database, clock
):
    whole, mails, parts = with_parts()
    cases.open(whole, mails, None, parts)
    cases.open(new_case(2), [], None)
    rights = RightsRepository(database, TrackerMemory(database))
    person = Person(By.REFERENCE, whole.reference)
    assert {case_id for case_id, _ in rights.held(person, clock()).cases} == {
        whole.id,
        *(part.id for part, _ in parts),
    }
    assert rights.erase(person, lambda *_: ((), ()), clock())["cases"] == 3
    assert counts(database) == [1, 1, 0]


@pytest.mark.parametrize(("whole_state", "part_state"), [("claimed", "closed"), ("closed", "claimed")])
def test_a_case_that_must_be_kept_keeps_its_whole_and_its_parts(
    cases, with_parts, staff, database, clock, whole_state, part_state
):
    admin = staff.add("admin", "Admin", StaffRole.ADMIN, (), "x")
    whole, mails, [(part, own)] = with_parts(parts=1)
    states = [
        dataclasses.replace(case, state=CaseState(state), closed_at=clock() if state == "closed" else None)
        for case, state in ((whole, whole_state), (part, part_state))
    ]
    cases.open(states[0], mails, None, [(states[1], own)])
    audit = AuditRepository(database)
    for ended in (one for one in states if not one.open):
        audit.add([AuditEntry(clock(), AuditKind.RECORDS, admin.id, case_id=ended.id)])
    rights = RightsRepository(database, TrackerMemory(database))
    RightsDesk(rights, audit, clock).erase(admin, whole.contact.email, "request", "allowed")
    assert cases.get(part.id).parent == whole.id
    assert cases.get(whole.id)
