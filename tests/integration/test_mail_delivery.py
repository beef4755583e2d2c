"""Mails reach a real mail server once, or say in one word why not; without a server they become files."""

import email
import email.policy
import logging

import pytest

from bot.core.errors import DeliveryFailed
from bot.core.mails import Mail
from bot.notify.delivery import FolderGateway
from bot.notify.outbox import OutboxDelivery
from bot.notify.smtp import SmtpGateway
from bot.storage.outbox import OutboxRepository, put_in_outbox
from tests.servers import MailServer, free_port

SENDER = "genvej@helsingor.example"
MAIL = Mail(
    "<case1.new@helsingor.example>", "bevilling@helsingor.example", "Ny sag HEL-2026-1 æøå", "Hej.\n\nÆøå.\n"
)


@pytest.fixture
def server():
    with MailServer() as found:
        yield found


@pytest.fixture
def smtp(clock):
    """Gateways to a port on this machine."""

    def make(port, *, tls=False, user=""):
        return SmtpGateway("127.0.0.1", port, user, "secret", tls, SENDER, clock)

    return make


def read(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_a_mail_arrives_as_it_was_written(server, smtp, clock):
    smtp(server.port).deliver(MAIL)
    [raw] = server.accepted
    mail = read(raw)
    assert mail["From"] == SENDER
    assert mail["To"] == "bevilling@helsingor.example"
    assert mail["Subject"] == "Ny sag HEL-2026-1 æøå"
    assert mail["Message-ID"] == "<case1.new@helsingor.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == clock()
    assert mail.get_content().splitlines() == ["Hej.", "", "Æøå."]


@pytest.mark.parametrize("answer", ["451 Try again later", "550 No such mailbox", "552 Too much"])
def test_a_refused_mail_is_a_failed_delivery_that_quotes_nobody(server, smtp, answer):
    server.answer = answer
    with pytest.raises(DeliveryFailed) as caught:
        smtp(server.port).deliver(MAIL)
    assert str(caught.value) == "SMTPDataError"


def test_a_server_that_is_down_is_a_failed_delivery(smtp):
    with pytest.raises(DeliveryFailed, match="ConnectionRefusedError"):
        smtp(free_port()).deliver(MAIL)


def test_a_server_without_encryption_gets_no_mail_unless_that_is_configured(server, smtp):
    with pytest.raises(DeliveryFailed, match="SMTPNotSupportedError"):
        smtp(server.port, tls=True).deliver(MAIL)
    assert server.accepted == []
    smtp(server.port, tls=False).deliver(MAIL)
    assert len(server.accepted) == 1


def test_a_login_the_server_does_not_take_is_a_failed_delivery(server, smtp):
    with pytest.raises(DeliveryFailed, match="SMTPNotSupportedError"):
        smtp(server.port, user="genvej").deliver(MAIL)
    assert server.accepted == []


def test_a_mail_that_would_smuggle_a_header_is_not_sent_and_holds_up_no_other(database, server, smtp, clock):
    with database.writing() as connection:
        put_in_outbox(connection, Mail("<1@x.dk>", "a@x.dk\nBcc: alle@x.dk", "Hej", "Hej"), clock(), None)
        put_in_outbox(connection, MAIL, clock(), None)
    assert OutboxDelivery(OutboxRepository(database), smtp(server.port), clock).deliver_due() == 1
    assert [read(raw)["To"] for raw in server.accepted] == ["bevilling@helsingor.example"]


def test_the_outbox_tries_a_refused_mail_again_with_the_same_message_id(
    database, server, smtp, clock, caplog
):
    caplog.set_level(logging.DEBUG)
    with database.writing() as connection:
        put_in_outbox(connection, MAIL, clock(), None)
    delivery = OutboxDelivery(OutboxRepository(database), smtp(server.port), clock)
    server.answer = "451 bevilling@helsingor.example is busy"
    assert delivery.deliver_due() == 0
    assert delivery.deliver_due() == 0
    clock.move(seconds=30)
    server.answer = "250 OK"
    assert delivery.deliver_due() == 1
    clock.move(days=1)
    assert delivery.deliver_due() == 0
    assert (len(server.refused), len(server.accepted)) == (1, 1)
    assert read(server.refused[0])["Message-ID"] == read(server.accepted[0])["Message-ID"] == MAIL.message_id
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert ours == ["mail 1 was not taken: SMTPDataError"]


def test_without_a_server_a_mail_becomes_a_file_and_the_log_says_so(tmp_path, clock, caplog):
    caplog.set_level(logging.INFO)
    FolderGateway(tmp_path / "var/mail", SENDER, clock).deliver(MAIL)
    [path] = (tmp_path / "var/mail").iterdir()
    assert path.name == "case1.new.eml"
    assert read(path.read_bytes())["Subject"] == "Ny sag HEL-2026-1 æøå"
    assert "no mail server is configured" in caplog.text
    assert str(path) in caplog.text


def test_a_mail_delivered_twice_is_one_file(tmp_path, clock):
    gateway = FolderGateway(tmp_path, SENDER, clock)
    gateway.deliver(MAIL)
    clock.move(minutes=2)
    gateway.deliver(MAIL)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_to_is_a_failed_delivery(tmp_path, clock):
    (tmp_path / "mail").touch()
    with pytest.raises(DeliveryFailed):
        FolderGateway(tmp_path / "mail", SENDER, clock).deliver(MAIL)
