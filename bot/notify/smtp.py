"""Hands mails to a mail server."""

import smtplib
import ssl
from typing import Optional, Union

from bot.core.errors import Cause, DeliveryFailed, InvalidSetting
from bot.core.mails import Mail
from bot.core.patience import Patience
from bot.core.ports import Clock
from bot.notify.deadlines import Deadline
from bot.notify.delivery import as_message
from bot.notify.tls import is_loopback, trust

NO_TLS, STARTTLS, TLS = 0, 1, 2
_SECONDS_TO_SAY_GOODBYE = 2
# Answers to MAIL FROM (RFC 5321, 4954): too big is said of the mail, a missing login of us.
_TOO_BIG, _LOGIN_NEEDED, _CLOSING, _NO_ADDRESS = 552, 530, 421, 553
Server = Union["_Plain", "_Encrypted"]


class _Patient:
    """Gives the server longer to take a whole mail than to answer a command; some scan it first."""

    acceptance: float = 60

    def data(self, msg):
        """Send the text of the mail."""
        self.sock.settimeout(self.acceptance)  # type: ignore[attr-defined]
        return super().data(msg)  # type: ignore[misc]


class _Plain(_Patient, smtplib.SMTP):
    pass


class _Encrypted(_Patient, smtplib.SMTP_SSL):
    pass


class SmtpGateway:
    """A mail server. The connection is kept for the next mail until `close`; use it from one thread.

    Args:
        host: name or address of the server.
        port: its port.
        user: login; empty for none.
        password: of the login.
        tls: NO_TLS (to this machine only), STARTTLS, or TLS from the first byte.
        sender: address that mails come from.
        clock: tells the time.
        ca_file: PEM file with further certificate authorities; empty for none.
        patience: how long the server may take.

    Raises:
        InvalidSetting: mails would cross a network unencrypted, or `ca_file` cannot be read.
    """

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        tls: int,
        sender: str,
        clock: Clock,
        ca_file: str = "",
        patience: Patience = Patience(),  # noqa: B008 (frozen)
    ):
        if tls not in (NO_TLS, STARTTLS, TLS):
            raise InvalidSetting(f"GENVEJ_SMTP_TLS is {tls}, but must be 0, 1 or 2")
        if tls == NO_TLS and not is_loopback(host):
            raise InvalidSetting("GENVEJ_SMTP_TLS is 0, but GENVEJ_SMTP_HOST is not this machine")
        self._host, self._port = host, port
        self._user, self._password = user, password
        self._tls = tls
        self._trust = trust(ca_file) if tls else None
        self._sender = sender
        self._clock = clock
        self._patience = patience
        self._server: Optional[Server] = None

    def deliver(self, mail: Mail) -> None:
        """Hand the mail to the server; DeliveryFailed for any refusal or lost connection."""
        message = as_message(mail, self._sender, self._clock)
        with Deadline(self._patience.whole, lambda: self._server.sock if self._server else None) as deadline:
            try:
                if not self._is_open():
                    self._open(deadline)
                deadline.check()
                self._send(message)
            except DeliveryFailed as error:
                if not error.permanent and error.cause is not Cause.BUSY:
                    self._discard()
                raise
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                self._discard()
                slow = not deadline.left or isinstance(error.__context__ or error, TimeoutError)
                raise _failed(error, Cause.UNREACHABLE if slow else Cause.DROPPED) from error

    def close(self) -> None:
        """Say goodbye to the server, if there is a connection."""
        server = self._server
        if server is None:
            return
        with Deadline(_SECONDS_TO_SAY_GOODBYE, lambda: server.sock):
            try:
                if server.sock:
                    server.sock.settimeout(_SECONDS_TO_SAY_GOODBYE)
                server.quit()
            except (smtplib.SMTPException, OSError):
                pass  # it was going anyway
        self._discard()

    def _is_open(self) -> bool:
        """Tell whether the connection of the mail before can be used; one that cannot is given up.

        Asked before anything of this mail is sent, so that nothing has to be guessed about what the server took.
        """
        if self._server is None:
            return False
        try:
            if self._server.sock:
                self._server.sock.settimeout(self._patience.answer)
            if self._server.noop()[0] == 250:
                return True
        except (smtplib.SMTPException, OSError):
            pass
        self._discard()
        return False

    def _open(self, deadline: Deadline) -> None:
        """Connect, encrypt and log in. What fails here would fail for every mail."""
        try:
            if self._tls == TLS:
                server: Server = _Encrypted(context=self._trust, timeout=self._patience.connect)
            else:
                server = _Plain(timeout=self._patience.connect)
            server.acceptance = self._patience.acceptance
            # Told before it is connected: the certificate is checked against it.
            server._host = self._host  # type: ignore[union-attr]
            self._server = server
            code, _ = server.connect(self._host, self._port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, "")
            assert server.sock is not None
            server.sock.settimeout(self._patience.answer)
            if self._tls == STARTTLS:
                server.starttls(context=self._trust)
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            raise _failed(error, Cause.ENCRYPTION) from error
        except (smtplib.SMTPException, OSError) as error:
            raise _failed(error, Cause.UNREACHABLE) from error
        deadline.check()
        if self._user:
            self._log_in(server)

    def _log_in(self, server: Server) -> None:
        try:
            server.login(self._user, self._password)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            raise _failed(error, Cause.LOGIN) from error

    def _send(self, message) -> None:
        assert self._server is not None
        try:
            self._server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            # Without an address there is nobody to refuse.
            codes = [code for code, _ in error.recipients.values()] or [_NO_ADDRESS]
            raise _refused(error, codes[0]) from error
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code == _LOGIN_NEEDED:
                raise _failed(error, Cause.LOGIN) from error
            if error.smtp_code >= 500 and error.smtp_code != _TOO_BIG:
                raise _failed(error, Cause.SENDER) from error
            raise _refused(error, error.smtp_code) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error, error.smtp_code) from error
        except (smtplib.SMTPNotSupportedError, ValueError) as error:
            # An address with letters that the server does not know.
            raise _failed(error, Cause.UNSENDABLE, permanent=True) from error

    def _discard(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _refused(error: smtplib.SMTPException, code: int) -> DeliveryFailed:
    """Return what an answer means: 5xx is for good, 4xx for now (greylisting, a full mailbox), 421 the server's own."""
    if code == _CLOSING:
        return _failed(error, Cause.UNREACHABLE)
    if code >= 500:
        return _failed(error, Cause.REFUSED, permanent=True)
    return _failed(error, Cause.BUSY)


def _failed(error: Exception, cause: Cause, permanent: bool = False) -> DeliveryFailed:
    # The server's words may quote the recipient; the kind of error is enough for a log.
    return DeliveryFailed(type(error).__name__, cause, permanent)
