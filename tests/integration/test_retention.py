"""Cases go when the municipality's time is over, and what is counted of them stays."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from bot.bootstrap import build_services
from bot.commands.retention import report
from bot.commands.worker import JOBS
from bot.core.audit import AuditEntry, AuditKind
from bot.core.cases import CaseState, EventKind, Outcome
from bot.core.mails import Attachment, Mail
from bot.core.retention import Keeping, Retention
from bot.core.staff import StaffRole
from bot.settings import Settings
from bot.storage.audit import AuditRepository
from bot.storage.digests import DigestRepository
from bot.storage.outbox import SENT, SETTLED, OutboxRepository
from bot.storage.retention import RetentionRepository
from bot.storage.rights_tables import audit_log, case_figures
from bot.storage.tables import case_events, outbox, outbox_log
from bot.storage.tables import cases as cases_table
from bot.storage.tables import staff as staff_table

DAYS = 90
MAIL = Mail(
    "<1@x>",
    "anna@firma.dk",
    "Sag",
    "Kære Anna Holm",
    "<p>Kære Anna Holm</p>",
    (Attachment("a.txt", "text/plain", b"x"),),
)
SECOND = timedelta(seconds=1)


@pytest.fixture
def retention(database, clock):
    return lambda **days: Retention(
        RetentionRepository(database),
        AuditRepository(database),
        clock,
        Keeping(**{"cases": DAYS, "mails": 30, "audit": 365, **days}),
    )


@pytest.fixture
def ended(cases, new_case, clock):
    """Store cases that have ended."""

    def store(number=1, ago=timedelta(days=DAYS) + SECOND, mails=(), **changes):
        values = {"state": CaseState.CLOSED, "outcome": Outcome.ANSWERED, "closed_at": clock() - ago}
        return cases.open(new_case(number, **{**values, **changes}), mails, None)

    return store


def rows(database, table):
    with database.reading() as connection:
        return connection.execute(select(table)).all()


def ids(database):
    return sorted(row.id for row in rows(database, cases_table))


def test_a_case_goes_with_history_and_mails_and_its_figures_stay(database, retention, ended, clock):
    ended(mails=[MAIL], created_at=clock() - timedelta(days=100), answer_by=date(2026, 8, 25), misrouted=True)
    with database.writing() as connection:
        connection.execute(
            insert(staff_table).values(id=1, login="a", name="A", role="staff", password_hash="x")
        )
        item = connection.execute(select(outbox.c.id)).scalar_one()
        connection.execute(insert(outbox_log).values(outbox_id=item, at=clock(), kind="settled", staff_id=1))
    assert retention().delete_cases().count == 1
    for table in (cases_table, case_events, outbox, outbox_log):
        assert rows(database, table) == []
    [figures] = rows(database, case_figures)
    assert figures[1:-1] == (
        "bevilling",
        "alkoholbevilling",
        date(2026, 8, 15),
        date(2026, 8, 25),
        date(2026, 8, 25),
        "closed",
        "answered",
        True,
        True,
    )
    assert retention().delete_cases().count == 0
    assert len(rows(database, case_figures)) == 1


@pytest.mark.parametrize(
    ("state", "ago", "goes"),
    [
        (CaseState.CLOSED, timedelta(days=DAYS), False),
        (CaseState.CLOSED, timedelta(days=DAYS) + SECOND, True),
        (CaseState.CLOSED, timedelta(days=DAYS) - SECOND, False),
        (CaseState.WITHDRAWN, timedelta(days=DAYS) + SECOND, True),
        (CaseState.MERGED, timedelta(days=DAYS) + SECOND, True),
        (CaseState.NEW, timedelta(days=999), False),
        (CaseState.CLAIMED, timedelta(days=999), False),
        (CaseState.WAITING, timedelta(days=999), False),
    ],
)
def test_only_what_ended_more_than_so_many_days_ago_goes(database, retention, ended, state, ago, goes):
    ended(state=state, ago=ago)
    assert retention().expired().cases == int(goes)
    assert retention().delete_cases().count == int(goes)
    assert ids(database) == ([] if goes else ["case1"])


def test_nothing_goes_while_the_municipality_has_not_decided(database, retention, ended):
    ended(ago=timedelta(days=9999))
    assert retention(cases=0).delete_cases().count == 0
    assert ids(database) == ["case1"]


@pytest.mark.parametrize(
    ("closed", "answer_by", "kept"),
    [("2026-08-20 23:59", "2026-08-20", True), ("2026-08-21 00:00", "2026-08-20", False)],
)
def test_a_promise_was_kept_when_it_was_answered_on_the_day(
    database, retention, ended, clock, closed, answer_by, kept
):
    moment = clock().fromisoformat(closed).replace(tzinfo=clock().tzinfo)
    ended(ago=clock() - moment, answer_by=date.fromisoformat(answer_by))
    retention().delete_cases()
    assert rows(database, case_figures)[0].kept_promise is kept


def test_a_merged_case_stays_as_long_as_the_one_that_is_answered(database, retention, ended):
    ended(1, ago=timedelta(days=DAYS - 1))
    ended(2, state=CaseState.MERGED, outcome=None, ago=timedelta(days=999), merged_into="case1")
    ended(3, state=CaseState.MERGED, outcome=None, ago=timedelta(days=999), merged_into="case2")
    ended(4)
    assert retention().delete_cases().count == 1
    assert ids(database) == ["case1", "case2", "case3"]


def test_a_part_stays_as_long_as_the_whole_and_the_whole_as_its_parts(database, retention, ended):
    ended(1, ago=timedelta(days=999))
    ended(2, ago=timedelta(days=999), parent="case1")
    ended(3, state=CaseState.CLAIMED, closed_at=None, outcome=None, parent="case1")
    assert retention().delete_cases().count == 0
    assert ids(database) == ["case1", "case2", "case3"]
    with database.writing() as connection:
        connection.execute(cases_table.update().where(cases_table.c.id == "case3").values(parent_id=None))
    assert retention().delete_cases().count == 2
    assert ids(database) == ["case3"]


def test_those_that_hang_together_go_together(database, retention, ended, clock):
    ended(1)
    ended(2, state=CaseState.MERGED, outcome=None, merged_into="case1")
    ended(3, state=CaseState.MERGED, outcome=None, merged_into="case2")
    assert retention().delete_cases().count == 3
    assert ids(database) == []


def test_counting_deletes_nothing_and_tells_what_is_not_in_the_archive(
    database, retention, ended, staff, clock
):
    admin = staff.add("a", "A", StaffRole.ADMIN, (), "x")
    ended(1, mails=[MAIL])
    ended(2)
    taken = AuditEntry(clock(), AuditKind.RECORDS, admin.id, case_id="case2", reference="HEL-2026-000002")
    AuditRepository(database).add([taken])
    counted = retention().expired()
    assert (counted.cases, counted.not_exported) == (2, 1)
    assert ids(database) == ["case1", "case2"]


def test_mails_that_went_out_long_ago_are_emptied_once(database, retention, cases, new_case, clock):
    sent = clock() - timedelta(days=30)
    cases.open(new_case(), [MAIL], None)
    others = {"<2@x>": (SENT, sent), "<3@x>": ("waiting", sent - SECOND), "<4@x>": (SETTLED, sent - SECOND)}
    for message_id in others:
        OutboxRepository(database).put(Mail(message_id, "bo@firma.dk", "Emne", "Kære Bo"), sent)
    with database.writing() as connection:
        for message_id, (state, at) in {"<1@x>": (SENT, sent - SECOND), **others}.items():
            values = {"state": state, "due_at": at, "sent_at": at if state == SENT else None}
            connection.execute(outbox.update().where(outbox.c.message_id == message_id).values(**values))
    assert retention().expired().mails == 2
    assert [retention().empty_mails().count, retention().empty_mails().count] == [2, 0]
    found = {row.message_id: row for row in rows(database, outbox)}
    # Of what belongs to no case nothing stays.
    assert {name: row.body for name, row in found.items()} == {
        "<1@x>": "",
        "<2@x>": "Kære Bo",
        "<3@x>": "Kære Bo",
    }
    # Where it went stays with the case.
    assert (found["<1@x>"].recipient, found["<1@x>"].html, found["<1@x>"].attachments) == (
        "anna@firma.dk",
        "",
        [],
    )


def test_what_belongs_to_no_case_goes_whole_also_when_it_was_emptied_before(
    database, retention, clock, staff
):
    admin = staff.add("a", "A", StaffRole.ADMIN, (), "x")
    DigestRepository(database).send("2026-W30", admin.id, Mail("<d@x>", "a@x", "Uge 30", "Kære A"), clock())
    OutboxRepository(database).put(Mail("<plan@x>", "bo@firma.dk", "Din plan", ""), clock())
    old = clock() - timedelta(days=30) - SECOND
    with database.writing() as connection:
        connection.execute(outbox.update().values(state=SENT, sent_at=old))
        item = connection.execute(select(outbox.c.id).limit(1)).scalar_one()
        connection.execute(
            insert(outbox_log).values(outbox_id=item, at=old, kind="retried", staff_id=admin.id)
        )
    assert retention(mails=0).empty_mails().count == 0
    assert retention().expired().mails == 2
    assert retention().empty_mails().count == 2
    assert rows(database, outbox) == rows(database, outbox_log) == []
    assert retention().expired().mails == 0
    # It is still known who got the letter of which week.
    assert DigestRepository(database).sent_to("2026-W30") == [admin.id]


def test_the_log_of_who_saw_what_lets_go_of_old_lines(database, retention, staff, clock):
    admin = staff.add("a", "A", StaffRole.ADMIN, (), "x")
    audit = AuditRepository(database)
    for ago in (timedelta(days=365) + SECOND, timedelta(days=365), timedelta(0)):
        audit.add([AuditEntry(clock() - ago, AuditKind.READ, admin.id, case_id="case1", reference="R")])
    assert retention().expired().audit == 1
    assert [retention().forget_audit().count, retention().forget_audit().count] == [1, 0]
    assert len(rows(database, audit_log)) == 2


def test_a_case_that_was_opened_again_meanwhile_stays(database, retention, ended, cases, clock, monkeypatch):
    ended(1)
    find = RetentionRepository.expired_cases

    def find_then_reopen(self, before):
        found = find(self, before)
        with database.writing() as connection:
            connection.execute(cases_table.update().values(state="new", closed_at=None))
        return found

    monkeypatch.setattr(RetentionRepository, "expired_cases", find_then_reopen)
    assert retention().delete_cases().count == 0
    assert ids(database) == ["case1"]
    assert EventKind.OPENED in [event.kind for event in cases.events("case1")]


def test_the_worker_deletes_and_the_report_before_it_only_counts(
    address, tmp_path, content, clock, cases, new_case
):
    settings = Settings(database_url=address, var_dir=tmp_path, case_days=DAYS, mail_days=30)
    services = build_services(settings, content=content, clock=clock)
    old = clock() - timedelta(days=DAYS) - SECOND
    services.cases.open(new_case(state=CaseState.WITHDRAWN, closed_at=old), [MAIL], None)
    said = report(services)
    assert "1 cases that ended more than 90 days ago; of 1 nobody has taken the records out" in said
    assert services.cases.get("case1")
    done = {
        job.name: job.work(services).count
        for job in JOBS
        if job.name in ("delete old cases", "empty old mails")
    }
    assert done == {"delete old cases": 1, "empty old mails": 0}
    assert "0 cases" in report(services)
    services.database.close()


def test_the_report_says_when_nobody_has_decided_about_cases(tmp_path, content, clock):
    services = build_services(Settings(var_dir=tmp_path), content=content, clock=clock)
    services.database.migrate()
    assert "GENVEJ_CASE_DAYS is not set" in report(services)
    services.database.close()
