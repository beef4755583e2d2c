"""What the worker does over many things: one that fails stops none of the others, and no round takes them all."""

import logging
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import func, insert, select

from bot.bootstrap import build_services
from bot.commands.worker import JOBS, Worker
from bot.core.cases import CaseState, Contact
from bot.core.one_by_one import MOST, Done
from bot.core.staff import StaffRole
from bot.settings import Settings
from bot.storage import tables
from bot.storage.leader_tables import dialogs
from bot.storage.retention import RetentionRepository
from bot.storage.rights_tables import audit_log, case_figures
from tests.integration.test_digests import MONDAY

DAYS = 30
SECRET = "Anna Holm, CPR 010203-1234"


@pytest.fixture
def services(address, tmp_path, content, clock, database):
    settings = Settings(
        database_url=address, var_dir=tmp_path, conversation_days=DAYS, case_days=DAYS, audit_days=DAYS
    )
    found = build_services(settings, content=content, clock=clock)
    yield found
    found.database.close()


@pytest.fixture
def fails(monkeypatch, caplog):
    """Let a method fail for some, told by one of its arguments."""
    caplog.set_level(logging.INFO)

    def make(thing, name, is_bad):
        real = getattr(thing, name)

        def method(*arguments):
            if is_bad(arguments):
                raise ValueError(SECRET)
            return real(*arguments)

        monkeypatch.setattr(thing, name, method)

    return make


def told(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def ids(services, column):
    with services.database.reading() as connection:
        return sorted(connection.execute(select(column)).scalars())


def test_a_conversation_that_cannot_be_deleted_stays_alone(services, begin, clock, fails, caplog):
    for name in "abc":
        begin(name)
    clock.move(days=DAYS, seconds=1)
    fails(services.conversations, "erase", lambda arguments: arguments == ("b",))
    assert services.silent.delete_old() == Done(2, failing=1)
    assert ids(services, tables.conversations.c.id) == ["b"]
    assert told(caplog) == ["delete old conversations: b failed: ValueError"]


def test_a_case_that_cannot_be_deleted_stays_alone_and_whole(
    services, cases, new_case, clock, fails, caplog, monkeypatch
):
    old = clock() - timedelta(days=DAYS + 1)
    for number in (1, 2, 3):
        cases.open(new_case(number, state=CaseState.CLOSED, closed_at=old), [], None)
    fails(RetentionRepository, "delete_group", lambda arguments: arguments[1] == ["case2"])
    assert services.retention.delete_cases() == Done(2, failing=1)
    assert ids(services, tables.cases.c.id) == ["case2"]
    assert told(caplog) == ["delete old cases: case2 failed: ValueError"]


def test_a_letter_that_cannot_be_written_keeps_nobody_elses_back(services, clock, fails, caplog):
    for login in ("ida", "kaj", "eva"):
        services.staff.add(login, login, StaffRole.LEADER, ("jura",), "x", f"{login}@kommune.dk")
    ida = services.staff.by_login("ida")[0]
    clock.at = MONDAY
    fails(services.digests._writer, "letter", lambda arguments: arguments[1].id == ida.id)
    worker = Worker(services)
    assert worker.round()["digests"] == 2
    assert ids(services, tables.outbox.c.recipient) == ["eva@kommune.dk", "kaj@kommune.dk"]
    assert told(caplog) == [f"digests: {ida.id} failed: ValueError"]
    assert REGISTRY.get_sample_value("genvej_jobs_failing", {"job": "digests"}) == 1


def test_a_reminder_that_cannot_be_written_keeps_no_other_back(survey, fails, caplog):
    for number in (1, 2, 3):
        survey.close(number, Contact(name="A", cvr=f"1015081{number}", email=f"a{number}@firma.dk"))
    survey.clock.move(days=1)
    survey.deliver()
    survey.clock.move(days=7)
    fails(survey.surveys._writer, "reminder", lambda arguments: arguments[0].recipient == "a2@firma.dk")
    assert survey.surveys.remind_due() == Done(2, failing=1)
    assert sorted(row.recipient for row in survey.waiting()) == ["a1@firma.dk", "a3@firma.dk"]
    [line] = told(caplog)
    assert line.startswith("remind of surveys: ")
    assert "010203" not in line + caplog.text
    assert "a2@" not in caplog.text


def many(services, clock, new_case, count):
    """Store things that were old enough to go long ago, straight into their tables."""
    old = clock() - timedelta(days=DAYS + 1)
    case = {column.name: None for column in tables.cases.c}
    case.update(
        unit="bevilling", summary="Øl", name="A", company="B", cvr="", email="", phone="", survey_by=""
    )
    case.update(
        routed_because="", created_at=old, answer_by=old.date(), state="closed", closed_at=old, sought=""
    )
    case.update(misrouted=False, version=1, transcript=[])
    chat = {"page": "", "created_at": old, "last_at": old, "last_number": 0}
    plan = {"plan": "cafe", "answers": {}, "done": [], "created_at": old, "last_at": old}
    talk = dict.fromkeys(("place", "name", "company", "email", "about"), "")
    talk.update(unit="jura", starts_at=old, minutes=30, sequence=0, created_at=old)
    staff = services.staff.add("a", "A", StaffRole.ADMIN, (), "x")
    seen = {"at": old, "kind": "read", "staff_id": staff.id, "case_id": "x", "reference": "R", "details": {}}
    mail = {"recipient": "a@b.dk", "subject": "", "body": "Kære", "state": "sent", "attempts": 1}
    mail.update(next_at=old, created_at=old, due_at=old, sent_at=old, last_error="")
    names = [f"{number:032}" for number in range(count)]
    with services.database.writing() as connection:
        for table, rows in (
            (tables.cases, [{**case, "id": name, "reference": name[-24:]} for name in names]),
            (tables.conversations, [{**chat, "id": name, "token_hash": name} for name in names]),
            (tables.plans, [{**plan, "id": name, "token_hash": name} for name in names]),
            (dialogs, [{**talk, "id": name, "token_hash": name, "request_key": name} for name in names]),
            (tables.outbox, [{**mail, "message_id": name} for name in names]),
            (audit_log, [seen] * count),
        ):
            connection.execute(insert(table), rows)


def test_the_first_round_over_a_large_old_database_takes_a_part_and_the_next_go_on_at_once(
    services, clock, new_case
):
    many(services, clock, new_case, 2 * MOST + 50)
    kinds = {
        "delete old cases",
        "delete old conversations",
        "delete old plans",
        "delete held talks",
        "empty old mails",
        "forget who saw what",
    }
    worker = Worker(services, [job for job in JOBS if job.name in kinds])
    assert [worker.round() for _ in range(4)] == [
        dict.fromkeys(kinds, MOST),
        dict.fromkeys(kinds, MOST),
        dict.fromkeys(kinds, 50),
        {},
    ]
    with services.database.reading() as connection:
        for table in (tables.cases, tables.conversations, tables.plans, dialogs, audit_log):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0, table.name
        assert connection.execute(select(func.count()).select_from(case_figures)).scalar() == 2 * MOST + 50
