"""The outbox: what is due is claimed by one worker, tried again later and later, and at last set aside."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.errors import Cause, DeliveryFailed
from bot.core.mails import Mail, TextMessage
from bot.core.patience import Patience
from bot.notify.outbox import OutboxDelivery
from bot.storage import tables
from bot.storage.outbox import OutboxRepository, put_in_outbox
from tests.servers import RecordingGateway

MOST_ATTEMPTS = Patience().most_attempts


@pytest.fixture
def outbox(database):
    return OutboxRepository(database)


@pytest.fixture
def gateway():
    return RecordingGateway()


@pytest.fixture
def delivery(outbox, gateway, clock):
    return OutboxDelivery(outbox, gateway, clock)


@pytest.fixture
def put(database, clock):
    def put_mail(number=1):
        mail = Mail(f"<{number}@x.dk>", "bevilling@x.dk", f"Sag {number} æøå", "Hej.\n")
        with database.writing() as connection:
            put_in_outbox(connection, mail, clock(), None)
        return mail

    return put_mail


def row(database):
    with database.reading() as connection:
        return connection.execute(select(tables.outbox)).one()


def test_a_mail_is_delivered_once(delivery, gateway, put, database, clock):
    mail = put()
    assert delivery.deliver_due() == 1
    assert delivery.deliver_due() == 0
    clock.move(days=30)
    assert delivery.deliver_due() == 0
    assert gateway.tried == [mail]
    assert (row(database).state, row(database).attempts, row(database).last_error) == ("sent", 1, "")
    assert row(database).sent_at == clock() - timedelta(days=30)


def test_mails_are_delivered_oldest_first(delivery, gateway, put, clock):
    put(1)
    clock.move(seconds=1)
    put(2)
    clock.move(seconds=1)
    delivery.deliver_due()
    assert [mail.message_id for mail in gateway.delivered] == ["<1@x.dk>", "<2@x.dk>"]


def test_a_mail_put_in_for_later_waits(outbox, put, clock):
    put()
    assert outbox.due(clock() - timedelta(seconds=1)) == []
    assert len(outbox.due(clock())) == 1


def test_no_more_mails_are_taken_than_asked_for(outbox, put, clock):
    for number in range(5):
        put(number)
    assert len(outbox.due(clock(), most=3)) == 3


def test_a_mail_is_claimed_by_one_worker_of_eight(outbox, put, clock, at_once):
    put()
    [waiting] = outbox.due(clock())
    claims = at_once(lambda _: outbox.claim(waiting, clock() + timedelta(minutes=2)), range(8))
    assert sorted(claims) == [False] * 7 + [True]


def test_a_claimed_mail_is_nobody_elses_until_its_lease_ends(outbox, delivery, gateway, put, clock):
    put()
    [waiting] = outbox.due(clock())
    assert outbox.claim(waiting, clock() + timedelta(minutes=2))  # and the worker dies
    assert delivery.deliver_due() == 0
    clock.move(minutes=2, seconds=-1)
    assert delivery.deliver_due() == 0
    clock.move(seconds=1)
    assert delivery.deliver_due() == 1
    assert len(gateway.delivered) == 1


def test_eight_workers_at_once_deliver_every_mail_once(outbox, gateway, put, clock, at_once):
    for number in range(12):
        put(number)
    sent = at_once(lambda _: OutboxDelivery(outbox, gateway, clock).deliver_due(), range(8))
    assert sum(sent) == 12
    assert sorted(mail.message_id for mail in gateway.delivered) == sorted(
        f"<{number}@x.dk>" for number in range(12)
    )


def test_a_refused_mail_is_tried_again_twice_as_late_each_time(delivery, gateway, put, database, clock):
    put()
    gateway.error = DeliveryFailed("SMTPServerDisconnected")
    waits = []
    for _ in range(MOST_ATTEMPTS):
        assert delivery.deliver_due() == 0
        waits.append((row(database).next_at - clock()).total_seconds())
        clock.move(seconds=waits[-1] - 1)
        assert delivery.deliver_due() == 0
        clock.move(seconds=1)
    assert waits == [min(30 * 2**attempt, 8 * 3600) for attempt in range(MOST_ATTEMPTS)]
    assert len(gateway.tried) == MOST_ATTEMPTS
    assert len({mail.message_id for mail in gateway.tried}) == 1


def test_after_the_last_attempt_a_mail_is_set_aside_with_the_reason(delivery, gateway, put, database, clock):
    put()
    gateway.error = DeliveryFailed("SMTPRecipientsRefused")
    for _ in range(MOST_ATTEMPTS):
        delivery.deliver_due()
        clock.move(hours=8)
    assert (row(database).state, row(database).attempts) == ("aside", MOST_ATTEMPTS)
    assert row(database).last_error == "SMTPRecipientsRefused"
    gateway.error = None
    clock.move(days=365)
    assert delivery.deliver_due() == 0


def test_one_bad_mail_does_not_hold_up_the_others(delivery, gateway, put, clock):
    put(1)
    gateway.error = DeliveryFailed("x")
    delivery.deliver_due()
    gateway.error = None
    put(2)
    assert delivery.deliver_due() == 1
    assert [mail.message_id for mail in gateway.delivered] == ["<2@x.dk>"]


def test_a_very_long_reason_is_cut(delivery, gateway, put, database):
    put()
    gateway.error = DeliveryFailed("x" * 5000)
    delivery.deliver_due()
    assert row(database).last_error == "x" * 200


def test_a_worker_that_fails_after_its_lease_does_not_undo_what_another_has_delivered(
    outbox, gateway, put, database, clock
):
    mail = put()

    class Slow:
        def deliver(self, item):
            clock.move(minutes=10)
            assert OutboxDelivery(outbox, gateway, clock).deliver_due() == 1
            raise DeliveryFailed("SMTPServerDisconnected", Cause.DROPPED)

    assert OutboxDelivery(outbox, Slow(), clock).deliver_due() == 0
    assert row(database).state == "sent"
    clock.move(days=1)
    assert OutboxDelivery(outbox, gateway, clock).deliver_due() == 0
    assert gateway.delivered == [mail]


def test_what_is_refused_for_good_is_set_aside_after_three_tries(delivery, gateway, put, database, clock):
    put()
    gateway.error = DeliveryFailed("SMTPDataError", Cause.REFUSED, permanent=True)
    for _ in range(5):
        delivery.deliver_due()
        clock.move(hours=1)
    assert (row(database).state, row(database).attempts, row(database).cause) == ("aside", 3, "refused")


@pytest.mark.parametrize("file", [{}, {"name": "x"}, {"name": "x", "content_type": "a/b", "content": "*"}])
def test_something_that_cannot_be_read_holds_up_no_other(delivery, gateway, put, database, clock, file):
    put(1)
    put(2)
    with database.writing() as connection:
        broken = tables.outbox.update().where(tables.outbox.c.message_id == "<1@x.dk>")
        connection.execute(broken.values(attachments=[file]))
    assert delivery.deliver_due() == 1
    assert [mail.message_id for mail in gateway.delivered] == ["<2@x.dk>"]


def test_a_channel_with_much_to_do_hides_no_other(outbox, put, clock):
    for number in range(5):
        put(number)
    outbox.put(TextMessage("sms-1", "+4512345678", "Hej"), clock() + timedelta(seconds=1))
    found = outbox.due(clock() + timedelta(seconds=1), most=3)
    assert [type(waiting.item) for waiting in found] == [Mail] * 3 + [TextMessage]
