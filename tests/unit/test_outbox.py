"""Every mail that is due is tried once a round: accepted, tried again later, and never by two at a time."""

import logging
from datetime import timedelta
from email import message_from_bytes, policy
from typing import NamedTuple

import pytest

from bot.core.errors import DeliveryFailed
from bot.core.mails import Mail
from bot.notify.delivery import FolderGateway
from bot.notify.outbox import OutboxDelivery
from tests.unit.fakes import NOON


class Waiting(NamedTuple):
    id: int
    item: Mail


class FakeOutbox:
    """Remembers what happened to each mail."""

    def __init__(self, *numbers, claimed_by_others=()):
        self.waiting = [Waiting(number, a_mail(number)) for number in numbers]
        self._claimed = set(claimed_by_others)
        self.leases, self.accepted, self.refused = {}, {}, {}

    def due(self, at, most=20):
        return [item for item in self.waiting if item.id not in self.accepted]

    def claim(self, waiting, until):
        if waiting.id in self._claimed:
            return False
        self.leases[waiting.id] = until
        return True

    def sent(self, waiting, at):
        self.accepted[waiting.id] = at

    def failed(self, waiting, at, error):
        self.refused[waiting.id] = (at, error)


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
    assert outbox.refused == {1: (NOON, "SMTPRecipientsRefused")}
    assert outbox.accepted == {2: NOON}
    assert "unit1@" not in caplog.text


def test_an_error_that_is_no_refusal_is_not_swallowed():
    class Broken:
        def deliver(self, mail):
            raise ZeroDivisionError

    outbox = FakeOutbox(1)
    with pytest.raises(ZeroDivisionError):
        delivering(outbox, Broken()).deliver_due()
    assert outbox.accepted == {}


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
