"""Hands each kind of thing to its gateway; mails to a folder when there is no mail server."""

import logging
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Mapping, Protocol, Type

from bot.core.errors import Cause, DeliveryFailed
from bot.core.mails import Mail, Outgoing
from bot.core.ports import Clock

log = logging.getLogger(__name__)


class Gateway(Protocol):
    """Somewhere things can be handed over. One that keeps something open between them also has `close`."""

    def deliver(self, item: Any) -> None:
        """Hand it over; DeliveryFailed when it was not taken."""


class Gateways:
    """One gateway for each kind of thing that goes out."""

    def __init__(self, by_kind: Mapping[Type, Gateway]):
        self._by_kind = by_kind

    def deliver(self, item: Outgoing) -> None:
        """Hand it to the gateway of its kind.

        DeliveryFailed when there is none: what nobody will ever get must be shown to somebody, not taken silently.
        """
        gateway = self._by_kind.get(type(item))
        if gateway is None:
            raise DeliveryFailed("NoGateway", Cause.NO_GATEWAY, permanent=True)
        gateway.deliver(item)

    def only(self, kind: Type) -> "Gateways":
        """Return the way for one kind of thing, which may be used at the same time as those for the others."""
        return Gateways({key: gateway for key, gateway in self._by_kind.items() if key is kind})

    def close(self) -> None:
        """Close what the gateways keep open."""
        for gateway in self._by_kind.values():
            close_if_open(gateway)


def close_if_open(gateway: Gateway) -> None:
    """Close what a gateway keeps open between two things, if it does."""
    close = getattr(gateway, "close", None)
    if close is not None:
        close()


def as_message(mail: Mail, sender: str, clock: Clock) -> EmailMessage:
    """Return the mail in the form servers take (RFC 5322); DeliveryFailed when it cannot be written so."""
    try:
        return _written(mail, sender, clock)
    except ValueError as error:
        raise DeliveryFailed(type(error).__name__, Cause.UNSENDABLE, permanent=True) from error


def _written(mail: Mail, sender: str, clock: Clock) -> EmailMessage:
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
        except OSError as error:
            raise DeliveryFailed(type(error).__name__, Cause.FOLDER) from error
        log.info("no mail server is configured: a mail was written to %s", path)
