"""Empties the outbox: every mail is delivered, tried again, or set aside for a person to see."""

import logging
from datetime import datetime, timedelta
from typing import List, Protocol

from bot.core.errors import DeliveryFailed
from bot.core.mails import Waiting
from bot.core.ports import Clock
from bot.notify.delivery import Gateway

log = logging.getLogger(__name__)
# A worker that dies while delivering leaves the mail to others after this time.
_LEASE = timedelta(minutes=2)


class Outbox(Protocol):
    """Where mails wait; see bot/storage/outbox.py."""

    def due(self, at: datetime, most: int = 20) -> List[Waiting]:
        """Return the mails whose next try is due."""

    def claim(self, waiting: Waiting, until: datetime) -> bool:
        """Take a mail; False when another worker was first."""

    def sent(self, waiting: Waiting, at: datetime) -> None:
        """Remember that the mail was accepted."""

    def failed(self, waiting: Waiting, at: datetime, error: str) -> None:
        """Remember the failure and when to try again."""


class OutboxDelivery:
    """Delivers what is due. A mail goes out once, save when a worker dies between acceptance and commit."""

    def __init__(self, outbox: Outbox, gateway: Gateway, clock: Clock):
        self._outbox = outbox
        self._gateway = gateway
        self._clock = clock

    def deliver_due(self) -> int:
        """Try every mail that is due; return how many were accepted."""
        accepted = 0
        for waiting in self._outbox.due(self._clock()):
            if self._outbox.claim(waiting, self._clock() + _LEASE):
                accepted += self._deliver(waiting)
        return accepted

    def _deliver(self, waiting: Waiting) -> bool:
        try:
            self._gateway.deliver(waiting.item)
        except DeliveryFailed as error:
            log.warning("mail %s was not taken: %s", waiting.id, error)
            self._outbox.failed(waiting, self._clock(), str(error))
            return False
        self._outbox.sent(waiting, self._clock())
        return True
