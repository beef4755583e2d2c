"""A mail on its way out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mail:
    """A plain-text mail. Its Message-ID stays the same however often delivery is tried."""

    message_id: str
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class WaitingMail:
    """A mail in the outbox and how often its delivery was tried."""

    id: int
    attempts: int
    mail: Mail
