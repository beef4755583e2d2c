"""What is deleted is what was looked at: what others do in the meantime is not swept along."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from bot.core.cases import CaseState, Contact
from bot.core.conversations import Conversation, Reply, Role
from bot.core.errors import InvalidInput
from bot.core.mails import Mail
from bot.core.rights import RightsDesk
from bot.core.staff import StaffRole
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.rights import RightsRepository
from bot.storage.rights_tables import audit_log
from bot.storage.tables import cases as cases_table
from bot.storage.tables import outbox
from bot.storage.tracker import TrackerMemory

ANNA = Contact("Anna", email="anna@firma.dk")


@pytest.fixture
def admin(staff):
    return staff.add("admin", "Administrator", StaffRole.ADMIN, (), "x")


@pytest.fixture
def closed(cases, conversations, new_case, clock):
    """A closed case of Anna's, and the conversation it came from."""
    conversations.open(Conversation("t", "x", clock(), clock()), "hash", [Reply(Role.BOT, "Hej")])
    case = new_case(
        1,
        contact=ANNA,
        state=CaseState.CLOSED,
        closed_at=clock() - timedelta(days=1),
        conversation="t",
    )
    return cases.open(case, [], None)


class Meanwhile(TrackerMemory):
    """Lets another connection do something in the middle of an erasure, and waits for it as long as it can go on."""

    def __init__(self, database, act):
        super().__init__(database)
        self._act, self.errors, self.thread = act, [], None

    def erase(self, conversation_id, within=None):
        super().erase(conversation_id, within)
        if self.thread is None:
            self.thread = threading.Thread(target=self._run)
            self.thread.start()
            # On SQLite it waits for the erasure to end.
            self.thread.join(0.5)

    def _run(self):
        try:
            self._act()
        except Exception as error:
            self.errors.append(error)


@pytest.fixture
def erase_while(database, clock, tmp_path, admin):
    tracker = Database(f"sqlite:///{tmp_path / 'tracker.db'}")

    def go(act, scope="all"):
        memory = Meanwhile(tracker, act)
        desk = RightsDesk(RightsRepository(database, memory), AuditRepository(database), clock)
        try:
            return desk.erase(admin, ANNA.email, "request", scope)
        finally:
            memory.thread.join(10)
            assert memory.errors == []

    yield go
    tracker.close()


def erased_references(database):
    with database.reading() as connection:
        query = select(audit_log.c.reference).where(audit_log.c.kind == "erased")
        return sorted(connection.execute(query).scalars())


def test_a_case_opened_meanwhile_stays_whole_and_is_not_logged_as_deleted(
    erase_while, closed, cases, new_case, database
):
    new = new_case(2, contact=ANNA, conversation="another")

    def opens():
        cases.open(new, [Mail("<2.receipt@x>", ANNA.email, "Kvittering", "Tak")], None)

    assert erase_while(opens)["cases"] == 1
    assert cases.get("case2").summary == new.summary
    with database.reading() as connection:
        mails = connection.execute(select(outbox.c.message_id)).scalars().all()
    assert mails == ["<2.receipt@x>"]
    assert erased_references(database) == ["HEL-2026-000001"]


def test_a_case_opened_just_before_is_seen_with_its_bar_and_logged(
    closed, cases, new_case, database, clock, admin, tmp_path
):
    """The desk has looked, and before it deletes another case comes."""

    class Late(RightsRepository):
        def erase(self, *given):
            cases.open(new_case(2, contact=ANNA), [], None)
            return super().erase(*given)

    tracker = Database(f"sqlite:///{tmp_path / 'tracker.db'}")
    desk = RightsDesk(Late(database, TrackerMemory(tracker)), AuditRepository(database), clock)
    with pytest.raises(InvalidInput, match="erase_open"):
        desk.erase(admin, ANNA.email, "request", "")
    assert cases.get("case1")
    assert cases.get("case2")
    tracker.close()


def test_where_rasa_remembers_in_the_same_database_both_are_deleted_together(
    closed, database, clock, admin, address
):
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT)"))
        connection.execute(text("INSERT INTO events VALUES (1, 't'), (2, 'u')"))
    tracker = Database(address)
    desk = RightsDesk(RightsRepository(database, TrackerMemory(tracker)), AuditRepository(database), clock)
    assert desk.erase(admin, ANNA.email, "request", "all")["conversations"] == 1
    with database.reading() as connection:
        assert connection.execute(text("SELECT sender_id FROM events")).scalars().all() == ["u"]
    tracker.close()


def test_a_case_opened_again_meanwhile_is_kept(erase_while, closed, cases, database, address):
    def reopens():
        with database.writing() as connection:
            again = update(cases_table).where(cases_table.c.id == "case1")
            connection.execute(again.values(state="new", closed_at=None))

    gone = erase_while(reopens, "allowed")
    if address.startswith("sqlite"):
        # Closed and not taken out either: kept before it was opened again.
        assert gone["cases"] == 0
        return
    assert gone["cases"] == 0
    assert cases.get("case1").state is CaseState.NEW


def test_a_change_of_what_is_being_deleted_is_looked_at_anew(erase_while, closed, cases, database, address):
    def changes():
        with database.writing() as connection:
            done = connection.execute(update(cases_table).values(version=cases_table.c.version + 1)).rowcount
            # On SQLite it comes after the erasure, when there is nothing left.
            assert done == (0 if address.startswith("sqlite") else 1)

    assert erase_while(changes)["cases"] == 1
    assert erased_references(database) == ["HEL-2026-000001"]
