"""Every mail that is due is tried once a round: accepted, tried again later, and never by two at a time."""

import logging
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from bot.core.errors import Cause, DeliveryFailed, StorageUnavailable
from bot.core.mails import Mail, TextMessage, Unreadable, Waiting
from bot.core.patience import Patience
from bot.notify.delivery import FolderGateway, Gateways
from bot.notify.outbox import OutboxDelivery
from tests.servers import MovableClock
from tests.unit.fakes import NOON


class FakeOutbox:
    """Remembers what happened to each mail."""

    def __init__(self, *numbers, claimed_by_others=()):
        self.waiting = [Waiting(number, 0, a_mail(number)) for number in numbers]
        self._claimed = set(claimed_by_others)
        self.leases, self.accepted, self.refused = {}, {}, {}

    def due(self, at, kinds):
        return [item for item in self.waiting if item.id not in self.accepted]

    def claim(self, waiting, until):
        if waiting.id in self._claimed:
            return False
        self.leases[waiting.id] = until
        return True

    def sent(self, waiting, at):
        self.accepted[waiting.id] = at

    def failed(self, waiting, verdict):
        self.refused[waiting.id] = verdict


class FakeGateway:
    """Takes every mail but those to the addresses it was told to refuse."""

    def __init__(self, *refused):
        self._refused = refused
        self.delivered = []

    def deliver(self, mail):
        if mail.recipient in self._refused:
            raise DeliveryFailed("SMTPRecipientsRefused")
        self.delivered.append(mail)


def a_mail(number=1):
    return Mail(
        f"<{number}.new@helsingor.example>", f"unit{number}@helsingor.dk", "Ny sag æøå", "Hej\n\nSøg her\n"
    )


def delivering(outbox, gateway):
    return OutboxDelivery(outbox, gateway, lambda: NOON)


def test_what_is_due_is_delivered_and_remembered():
    outbox, gateway = FakeOutbox(1, 2), FakeGateway()
    assert delivering(outbox, gateway).deliver_due() == 2
    assert gateway.delivered == [a_mail(1), a_mail(2)]
    assert outbox.accepted == {1: NOON, 2: NOON}


def test_what_was_delivered_is_not_delivered_again():
    outbox, gateway = FakeOutbox(1), FakeGateway()
    service = delivering(outbox, gateway)
    assert [service.deliver_due(), service.deliver_due()] == [1, 0]
    assert len(gateway.delivered) == 1


def test_nothing_due_is_nothing_done():
    assert delivering(FakeOutbox(), FakeGateway()).deliver_due() == 0


def test_a_mail_that_another_worker_has_taken_is_left_alone():
    outbox, gateway = FakeOutbox(1, 2, claimed_by_others=[1]), FakeGateway()
    assert delivering(outbox, gateway).deliver_due() == 1
    assert gateway.delivered == [a_mail(2)]
    assert 1 not in outbox.accepted


def test_a_mail_is_taken_before_it_is_delivered_and_for_a_limited_time():
    outbox = FakeOutbox(1)
    delivering(outbox, FakeGateway()).deliver_due()
    assert timedelta(0) < outbox.leases[1] - NOON <= timedelta(minutes=10)


def test_a_refused_mail_is_set_back_and_the_next_ones_still_go_out(caplog):
    outbox, gateway = FakeOutbox(1, 2), FakeGateway("unit1@helsingor.dk")
    with caplog.at_level(logging.WARNING):
        assert delivering(outbox, gateway).deliver_due() == 1
    assert {number: verdict.error for number, verdict in outbox.refused.items()} == {
        1: "SMTPRecipientsRefused"
    }
    assert outbox.refused[1].again_at > NOON
    assert outbox.accepted == {2: NOON}
    assert "unit1@" not in caplog.text


# what nobody expects


class Broken:
    """A gateway with a mistake in it, or with a server that does not work."""

    def __init__(self, error, on=1):
        self._error, self._on = error, on
        self.delivered, self.closed = [], 0

    def deliver(self, mail):
        if mail == a_mail(self._on):
            raise self._error
        self.delivered.append(mail)

    def close(self):
        self.closed += 1


def test_a_mistake_of_ours_counts_as_a_failure_and_holds_up_no_other(caplog):
    outbox, gateway = FakeOutbox(1, 2), Broken(ZeroDivisionError("unit1@helsingor.dk"))
    assert delivering(outbox, gateway).deliver_due() == 1
    assert outbox.refused[1].cause is Cause.UNEXPECTED
    assert outbox.refused[1].error == "ZeroDivisionError"
    assert gateway.delivered == [a_mail(2)]
    assert "unit1@" not in caplog.text


def test_what_its_workers_died_of_is_set_aside_without_another_try():
    outbox, gateway = FakeOutbox(), FakeGateway()
    outbox.waiting = [Waiting(1, Patience().most_attempts, a_mail())]
    assert delivering(outbox, gateway).deliver_due() == 0
    assert outbox.refused[1].set_aside
    assert gateway.delivered == []


def test_what_cannot_be_read_is_shown_to_somebody_and_holds_up_no_other():
    outbox, gateway = FakeOutbox(1), FakeGateway()
    outbox.waiting.insert(0, Waiting(7, 2, Unreadable("<7@x.dk>"), refusals=2))
    assert delivering(outbox, gateway).deliver_due() == 1
    assert (outbox.refused[7].set_aside, outbox.refused[7].cause) == (True, Cause.UNSENDABLE)


@pytest.mark.parametrize("cause", list(Cause))
def test_a_way_that_does_not_work_is_left_for_this_round(cause):
    outbox, gateway = FakeOutbox(1, 2), Broken(DeliveryFailed("x", cause))
    assert delivering(outbox, gateway).deliver_due() == (0 if cause.of_the_way else 1)
    assert (2 in outbox.leases) is not cause.of_the_way
    assert gateway.closed == 1


def test_a_way_that_does_not_work_holds_up_no_other_way():
    outbox = FakeOutbox(1)
    text = TextMessage("sms-1", "+4512345678", "Hej")
    outbox.waiting.append(Waiting(2, 0, text))
    gateway = Broken(DeliveryFailed("x", Cause.UNREACHABLE))
    assert delivering(outbox, gateway).deliver_due() == 1
    assert gateway.delivered == [text]


def test_what_nothing_is_set_up_for_is_not_taken_silently():
    outbox = FakeOutbox()
    outbox.waiting = [Waiting(1, 0, TextMessage("sms-1", "+4512345678", "Hej"))]
    assert delivering(outbox, Gateways({Mail: FakeGateway()})).deliver_due() == 0
    assert outbox.refused[1].cause is Cause.NO_GATEWAY


def test_a_round_ends_so_that_other_jobs_get_their_turn():
    outbox, gateway, clock = FakeOutbox(1, 2, 3), FakeGateway(), MovableClock()
    deliver = gateway.deliver
    gateway.deliver = lambda mail: (clock.move(seconds=40), deliver(mail))
    assert OutboxDelivery(outbox, gateway, clock).deliver_due() == 2
    assert OutboxDelivery(outbox, gateway, clock).deliver_due() == 1


def test_what_was_accepted_is_told_before_anything_else_is_tried_when_the_database_was_away():
    outbox, gateway, down = FakeOutbox(1, 2), FakeGateway(), [True] * 3
    tell = outbox.sent

    def sent(waiting, at):
        if down:
            down.pop()
            raise StorageUnavailable("OperationalError")
        tell(waiting, at)

    outbox.sent = sent
    service = delivering(outbox, gateway)
    for _ in range(2):
        try:
            service.deliver_due()
        except StorageUnavailable:
            pass
    assert gateway.delivered == [a_mail(1), a_mail(2)]
    assert set(outbox.accepted) == {1, 2}


# without a mail server


def test_without_a_mail_server_a_mail_becomes_one_file_however_often_it_is_tried(tmp_path):
    gateway = FolderGateway(tmp_path / "mail", "genvej@helsingor.example", lambda: NOON)
    gateway.deliver(a_mail())
    gateway.deliver(a_mail())
    [file] = (tmp_path / "mail").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["To"], message["From"]) == ("unit1@helsingor.dk", "genvej@helsingor.example")
    assert (message["Subject"], message["Message-ID"]) == ("Ny sag æøå", "<1.new@helsingor.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOON
    assert message.get_content() == "Hej\n\nSøg her\n"


def test_the_log_says_that_there_is_no_mail_server(tmp_path, caplog):
    with caplog.at_level(logging.INFO):
        FolderGateway(tmp_path, "genvej@helsingor.example", lambda: NOON).deliver(a_mail())
    assert "no mail server" in caplog.text
    assert str(tmp_path) in caplog.text


def test_a_folder_that_cannot_be_written_is_a_failed_delivery(tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(DeliveryFailed):
        FolderGateway(tmp_path / "mail", "genvej@helsingor.example", lambda: NOON).deliver(a_mail())
