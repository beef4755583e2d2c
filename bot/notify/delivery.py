"""Hands mails to a mail server, or to a folder when there is none."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Mapping, Protocol, Type

from bot.core.errors import DeliveryFailed
from bot.core.mails import Mail, Outgoing
from bot.core.ports import Clock

log = logging.getLogger(__name__)
_SECONDS_TO_WAIT = 20


class Gateway(Protocol):
    """Somewhere things can be handed over."""

    def deliver(self, item: Outgoing) -> None:
        """Hand it over; DeliveryFailed when it was not taken."""


class MailGateway(Protocol):
    """Somewhere a mail can be handed over."""

    def deliver(self, mail: Mail) -> None:
        """Hand the mail over; DeliveryFailed when it was not taken."""


class Gateways:
    """One gateway for each kind of thing that goes out."""

    def __init__(self, by_kind: Mapping[Type, Any]):
        self._by_kind = by_kind

    def deliver(self, item: Outgoing) -> None:
        """Hand it to the gateway of its kind; DeliveryFailed when there is none."""
        gateway = self._by_kind.get(type(item))
        if gateway is None:
            raise DeliveryFailed("NoGateway")
        gateway.deliver(item)


def as_message(mail: Mail, sender: str, clock: Clock) -> EmailMessage:
    """Return the mail in the form servers take (RFC 5322)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.recipient
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock())
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for file in mail.attachments:
        main, _, sub = file.content_type.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message


class SmtpGateway:
    """A mail server, with STARTTLS and a login where they are configured."""

    def __init__(self, host: str, port: int, user: str, password: str, tls: bool, sender: str, clock: Clock):
        self._host, self._port = host, port
        self._user, self._password = user, password
        self._tls = tls
        self._sender = sender
        self._clock = clock

    def deliver(self, mail: Mail) -> None:
        """Hand the mail to the server; DeliveryFailed for any refusal or lost connection."""
        try:
            with smtplib.SMTP(self._host, self._port, timeout=_SECONDS_TO_WAIT) as server:
                if self._tls:
                    server.starttls(context=ssl.create_default_context())
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(as_message(mail, self._sender, self._clock))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            # The server's words may quote the recipient; the kind of error is enough for a log.
            raise DeliveryFailed(type(error).__name__) from error


class FolderGateway:
    """A folder of .eml files, for a machine without a mail server."""

    def __init__(self, folder: Path, sender: str, clock: Clock):
        self._folder = folder
        self._sender = sender
        self._clock = clock

    def deliver(self, mail: Mail) -> None:
        """Write the mail to a file named by its Message-ID, so that a second try writes the same file."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{mail.message_id.strip('<>').split('@')[0]}.eml"
            path.write_bytes(as_message(mail, self._sender, self._clock).as_bytes())
        except (OSError, ValueError) as error:
            raise DeliveryFailed(type(error).__name__) from error
        log.info("no mail server is configured: a mail was written to %s", path)
