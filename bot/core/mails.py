"""What is on its way out: mails, text messages, and calls to another system."""

from dataclasses import dataclass
from typing import Tuple, Type, Union


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; `content_type` is like `text/calendar`."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail in plain text and, where `html` is not empty, in HTML too.

    Its Message-ID stays the same however often delivery is tried. Answers go to `reply_to`, else to the sender.
    """

    message_id: str
    recipient: str
    subject: str
    body: str
    html: str = ""
    attachments: Tuple[Attachment, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True)
class TextMessage:
    """An SMS; `recipient` is a telephone number like +4512345678."""

    message_id: str
    recipient: str
    body: str


@dataclass(frozen=True)
class WebhookCall:
    """A call to a system of the municipality; `recipient` is its https address, `body` is JSON."""

    message_id: str
    recipient: str
    body: str


@dataclass(frozen=True)
class Unreadable:
    """Something in the outbox that cannot be read, so that nobody can deliver it."""

    message_id: str


Outgoing = Union[Mail, TextMessage, WebhookCall]
KINDS: Tuple[Type[Outgoing], ...] = (Mail, TextMessage, WebhookCall)


@dataclass(frozen=True)
class Waiting:
    """Something in the outbox, how often its delivery was tried, and how often the receiver said never."""

    id: int
    attempts: int
    item: Union[Outgoing, Unreadable]
    refusals: int = 0
