"""A mail server with encryption and login, one that refuses for good or for now, and one that half hangs."""

import socket
import threading
import time
from contextlib import closing

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from bot.core.errors import Cause, DeliveryFailed, InvalidSetting
from bot.core.mails import Mail
from bot.core.patience import Patience
from bot.notify.smtp import NO_TLS, STARTTLS, TLS, SmtpGateway
from tests.certificates import loopback_certificate
from tests.receiver import dripping
from tests.servers import free_port

MAIL = Mail("<1.new@x.dk>", "bevilling@x.dk", "Ny sag", "Hej.\n")
HURRY = Patience(connect=1, answer=1, acceptance=1, whole=2)


class Server:
    """A mail server that answers as it is told, and counts connections."""

    def __init__(self):
        self.recipient = self.data = "250 OK"
        self.accepted = []
        self.sessions = set()
        self.port = free_port()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        if self.recipient == "drop":
            server.transport.abort()
        return self.recipient

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("250"):
            self.accepted.append(server.transport.get_extra_info("ssl_object") is not None)
            self.sessions.add(session)
        return self.data


def authenticator(server, session, envelope, mechanism, data):
    success = (data.login, data.password) == (b"genvej", b"secret")
    return AuthResult(success=success, handled=False)


@pytest.fixture
def start():
    """Start a mail server of some kind."""
    running = []

    def go(**options):
        handler, tls = Server(), options.pop("implicit", None)

        class Listening(Controller):
            def factory(self):
                return SMTP(handler, hostname="localhost", **options)

        controller = Listening(handler, hostname="127.0.0.1", port=handler.port, ssl_context=tls)
        controller.start()
        running.append(controller)
        return handler

    yield go
    for controller in running:
        controller.stop()


@pytest.fixture
def smtp(clock):
    found = []

    def make(port, tls=NO_TLS, user="", password="secret", ca_file="", patience=HURRY):
        gateway = SmtpGateway("127.0.0.1", port, user, password, tls, "genvej@x.dk", clock, ca_file, patience)
        found.append(gateway)
        return gateway

    yield make
    for gateway in found:
        gateway.close()


@pytest.fixture
def certificate(tmp_path):
    return loopback_certificate(tmp_path)


def failed(gateway, mail=MAIL):
    with pytest.raises(DeliveryFailed) as caught:
        gateway.deliver(mail)
    assert "x.dk" not in str(caught.value)
    return caught.value


def encrypted(start, certificate, tls):
    """Start a server with STARTTLS, or with TLS from the first byte; with a login either way."""
    how = (
        {"tls_context": certificate.server, "require_starttls": True}
        if tls == STARTTLS
        else {"implicit": certificate.server, "auth_require_tls": False}
    )
    return start(authenticator=authenticator, auth_required=True, **how)


@pytest.mark.parametrize("tls", [STARTTLS, TLS])
def test_a_mail_goes_out_encrypted_and_after_a_login(start, smtp, certificate, tls):
    server = encrypted(start, certificate, tls)
    smtp(server.port, tls, "genvej", ca_file=certificate.ca_file).deliver(MAIL)
    assert server.accepted == [True]


@pytest.mark.parametrize("tls", [STARTTLS, TLS])
def test_a_server_that_nobody_vouches_for_gets_neither_mail_nor_password(start, smtp, certificate, tls):
    server = encrypted(start, certificate, tls)
    error = failed(smtp(server.port, tls, "genvej"))
    assert (error.cause, error.permanent) == (Cause.ENCRYPTION, False)
    assert server.accepted == []


@pytest.mark.parametrize(("user", "password"), [("genvej", "wrong"), ("anna", "secret"), ("", "")])
def test_a_login_that_does_not_work_is_no_fault_of_the_mail(start, smtp, certificate, user, password):
    server = encrypted(start, certificate, STARTTLS)
    error = failed(smtp(server.port, STARTTLS, user, password, certificate.ca_file))
    assert (error.cause, error.permanent) == (Cause.LOGIN, False)
    assert error.cause.of_the_way


@pytest.mark.parametrize("host", ["smtp.helsingor.dk", "10.0.0.1", "", "localhost.example"])
def test_without_encryption_mails_go_to_this_machine_only(clock, host):
    with pytest.raises(InvalidSetting, match="GENVEJ_SMTP_TLS"):
        SmtpGateway(host, 25, "", "", NO_TLS, "genvej@x.dk", clock)


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_without_certificates_is_said_at_the_start(clock, tmp_path, content):
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InvalidSetting, match="GENVEJ_CA_FILE"):
        SmtpGateway("127.0.0.1", 25, "", "", TLS, "genvej@x.dk", clock, str(path))


@pytest.mark.parametrize(
    ("recipient", "data", "cause", "permanent"),
    [
        ("550 No such mailbox", "", Cause.REFUSED, True),
        ("551 Not here", "", Cause.REFUSED, True),
        ("450 Greylisted", "", Cause.BUSY, False),
        ("452 Mailbox is full", "", Cause.BUSY, False),
        ("421 Closing", "", Cause.UNREACHABLE, False),
        ("drop", "", Cause.DROPPED, False),
        ("250 OK", "552 Too much", Cause.REFUSED, True),
        ("250 OK", "554 Looks like spam", Cause.REFUSED, True),
        ("250 OK", "451 Try again later", Cause.BUSY, False),
        ("250 OK", "421 Closing", Cause.UNREACHABLE, False),
    ],
)
def test_a_refusal_is_for_good_or_for_now(start, smtp, recipient, data, cause, permanent):
    server = start()
    server.recipient, server.data = recipient, data
    gateway = smtp(server.port)
    error = failed(gateway)
    assert (error.cause, error.permanent) == (cause, permanent)
    server.recipient = server.data = "250 OK"
    gateway.deliver(MAIL)
    assert len(server.accepted) == 1


def test_the_mails_of_a_round_share_a_connection_and_the_next_round_has_its_own(start, smtp):
    server = start()
    gateway = smtp(server.port)
    for _ in range(3):
        gateway.deliver(MAIL)
    assert (len(server.accepted), len(server.sessions)) == (3, 1)
    gateway.close()
    gateway.close()
    gateway.deliver(MAIL)
    assert (len(server.accepted), len(server.sessions)) == (4, 2)


@pytest.mark.parametrize("recipient", ["a@x.dk\nBcc: alle@x.dk", "", "ingen adresse æøå"])
def test_what_cannot_be_sent_as_it_is_will_never_be(start, smtp, recipient):
    server = start(enable_SMTPUTF8=False)
    error = failed(smtp(server.port), Mail("<1@x.dk>", recipient, "Hej", "Hej"))
    assert error.permanent
    assert server.accepted == []


def half_hung(port_of, speak):
    """Listen, and speak with whoever connects until they are gone; `speak` gets the connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with closing(connection), closing(listening):
            try:
                speak(connection)
            except OSError:
                pass

    threading.Thread(target=serve, daemon=True).start()
    port_of.append(listening.getsockname()[1])


def says_nothing(connection):
    connection.recv(1)


def stops_after_the_greeting(connection):
    connection.sendall(b"220 localhost\r\n")
    while connection.recv(1000):
        pass


def says_a_byte_now_and_then(connection):
    connection.settimeout(0.1)
    while True:
        connection.sendall(b"2")
        try:
            if not connection.recv(1000):
                return
        except TimeoutError:
            pass


@pytest.mark.parametrize("tls", [NO_TLS, TLS])
@pytest.mark.parametrize("speak", [says_nothing, stops_after_the_greeting, says_a_byte_now_and_then])
def test_a_server_that_half_hangs_is_given_up_in_time_for_the_lease(smtp, speak, tls):
    port = []
    half_hung(port, speak)
    begun = time.monotonic()
    error = failed(smtp(port[0], tls))
    assert time.monotonic() - begun < HURRY.whole + 1
    assert error.cause in (Cause.UNREACHABLE, Cause.ENCRYPTION)
    assert error.cause.of_the_way


def takes_the_mail_and_drips_its_goodbye(connection):
    reader = connection.makefile("rb")
    connection.sendall(b"220 localhost\r\n")
    answers = {b"DATA": b"354 Go on\r\n", b"EHLO": b"250 localhost\r\n"}
    while not (line := reader.readline()).upper().startswith(b"QUIT"):
        connection.sendall(answers.get(line[:4].upper(), b"250 OK\r\n"))
        if line[:4].upper() == b"DATA":
            while reader.readline() != b".\r\n":
                pass
            connection.sendall(b"250 OK\r\n")
    dripping(b"221 ", b"b")(connection)


def test_a_server_that_does_not_end_its_goodbye_is_left(smtp):
    port = []
    half_hung(port, takes_the_mail_and_drips_its_goodbye)
    gateway = smtp(port[0])
    gateway.deliver(MAIL)
    begun = time.monotonic()
    gateway.close()
    assert time.monotonic() - begun < 5
