"""A talk with a leader is booked once, with an invitation to both, and its slot is free again when it is cancelled."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from bot.bootstrap import build_services
from bot.core.dialogs import DialogRequest, slot_text
from bot.core.errors import Conflict, InvalidInput, NotFound, StorageUnavailable
from bot.settings import Settings
from bot.storage.leader_tables import dialogs
from bot.storage.tables import outbox

UNIT = "erhvervsservice"


@pytest.fixture
def services(address, tmp_path, content, database, clock):
    found = build_services(Settings(database_url=address, var_dir=tmp_path), content=content, clock=clock)
    yield found
    found.database.close()


def request(at, **changes):
    values = {"name": "Åse Holm", "company": "Café Ø", "email": "aase@cafe.dk", "about": "Skilte\nog borde"}
    return DialogRequest(slot_text(at), **{**values, **changes})


def rows(services, table):
    with services.database.reading() as connection:
        return connection.execute(select(table)).all()


def book(services, key="a", number=0):
    return services.dialogs.book(UNIT, request(services.dialogs.free(UNIT)[number]), key)


def test_a_talk_is_kept_with_an_invitation_to_the_business_and_to_the_leader(services):
    first = services.dialogs.free(UNIT)[0]
    booked = book(services)
    assert booked.dialog.starts_at == first
    assert first not in services.dialogs.free(UNIT)
    mails = rows(services, outbox)
    assert [mail.recipient for mail in mails] == ["aase@cafe.dk", services.content.units.get(UNIT).mailbox]
    for mail in mails:
        [file] = mail.attachments
        assert file["content_type"] == "text/calendar; method=REQUEST; charset=utf-8"
        assert f"/dialog/aftale/{booked.token}" in mail.body
        assert not {"Åse", "Café", "Skilte"} & set(mail.subject.split())


def test_the_same_form_sent_twice_books_once(services):
    wanted = request(services.dialogs.free(UNIT)[0])
    assert services.dialogs.book(UNIT, wanted, "a").token
    assert services.dialogs.book(UNIT, wanted, "a").token == ""
    assert (len(rows(services, dialogs)), len(rows(services, outbox))) == (1, 2)


def test_of_many_who_want_the_same_slot_at_once_one_gets_it(services, at_once):
    wanted = request(services.dialogs.free(UNIT)[0])
    done = at_once(lambda key: services.dialogs.book(UNIT, wanted, key), "abcd")
    assert sorted(type(one).__name__ for one in done) == ["Booked", *["Conflict"] * 3]
    assert (len(rows(services, dialogs)), len(rows(services, outbox))) == (1, 2)


def test_cancelling_tells_both_and_frees_the_slot_for_another(services, clock):
    booked = book(services)
    clock.move(hours=1)
    gone = services.dialogs.cancel(booked.token)
    assert (gone.sequence, gone.cancelled_at) == (1, clock())
    mails = rows(services, outbox)[2:]
    assert [mail.attachments[0]["content_type"].split("; ")[1] for mail in mails] == ["method=CANCEL"] * 2
    assert {mail.recipient for mail in mails} == {"aase@cafe.dk", services.content.units.get(UNIT).mailbox}
    with pytest.raises(Conflict):
        services.dialogs.cancel(booked.token)
    assert len(rows(services, outbox)) == 4
    assert book(services, "b").dialog.starts_at == booked.dialog.starts_at


def test_what_has_begun_cannot_be_cancelled_and_an_unknown_link_opens_nothing(services, clock):
    booked = book(services)
    clock.at = booked.dialog.starts_at
    with pytest.raises(InvalidInput, match="dialog_over"):
        services.dialogs.cancel(booked.token)
    for token in ("", "x", booked.token + "x", "\ud800"):
        with pytest.raises(NotFound):
            services.dialogs.find(token)


def test_talks_that_were_held_are_deleted_with_their_mails(services, clock):
    booked, later = book(services), book(services, "b", 3)
    clock.at = booked.dialog.starts_at + timedelta(hours=1)
    assert services.dialogs.delete_held(clock()).count == 1
    assert [row.id for row in rows(services, dialogs)] == [later.dialog.id]
    assert len(rows(services, outbox)) == 2


def test_when_the_mail_cannot_be_kept_nothing_is_booked(services):
    with services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO gone")
    with pytest.raises((StorageUnavailable, ProgrammingError)):
        book(services)
    assert rows(services, dialogs) == []
