"""Empties the outbox: everything is delivered, tried again, or set aside for a person to see."""

import logging
from datetime import datetime
from typing import Callable, List, Protocol, Sequence, Set, Tuple, Type

from bot.core.errors import Cause, DeliveryFailed, StorageUnavailable
from bot.core.mails import KINDS, Outgoing, Unreadable, Waiting
from bot.core.patience import Patience, Verdict
from bot.core.ports import Clock
from bot.notify.delivery import Gateway, Gateways, close_if_open

log = logging.getLogger(__name__)


class Outbox(Protocol):
    """Where things wait; see bot/storage/outbox.py."""

    def due(self, at: datetime, kinds: Sequence[Type[Outgoing]]) -> List[Waiting]:
        """Return what of some kinds is due for its next try."""

    def claim(self, waiting: Waiting, until: datetime) -> bool:
        """Take something; False when another worker was first."""

    def sent(self, waiting: Waiting, at: datetime) -> None:
        """Remember that it was accepted."""

    def failed(self, waiting: Waiting, verdict: Verdict) -> None:
        """Remember the failure and what becomes of it."""


class OutboxDelivery:
    """Delivers what is due. A mail goes out once, save when a worker dies between acceptance and commit.

    Use it from one thread; `only` gives one for each kind, for threads of their own.

    Args:
        outbox: where things wait.
        gateway: where they go.
        clock: tells the time.
        patience: how long and how often.
        fraction: gives chance from 0 to 1, for the waits.
        kinds: what is delivered.
        stopped: tells whether nothing new is to be begun any more.
    """

    def __init__(
        self,
        outbox: Outbox,
        gateway: Gateway,
        clock: Clock,
        patience: Patience = Patience(),  # noqa: B008 (frozen)
        fraction: Callable[[], float] = lambda: 1.0,
        kinds: Sequence[Type[Outgoing]] = KINDS,
        stopped: Callable[[], bool] = lambda: False,
    ):
        self._outbox = outbox
        self._gateway = gateway
        self._clock = clock
        self._patience = patience
        self._fraction = fraction
        self._kinds = kinds
        self._stopped = stopped
        # Accepted, but the database did not take the news. It must be told before its lease ends.
        self._untold: List[Tuple[Waiting, datetime]] = []

    def only(self, kind: Type[Outgoing], stopped: Callable[[], bool]) -> "OutboxDelivery":
        """Return what delivers one kind of thing, at the same time as those of the other kinds."""
        gateway = self._gateway.only(kind) if isinstance(self._gateway, Gateways) else self._gateway
        return OutboxDelivery(
            self._outbox, gateway, self._clock, self._patience, self._fraction, (kind,), stopped
        )

    def deliver_due(self) -> int:
        """Try what is due; return how much was accepted.

        A way that does not work (a server that hangs, a login that fails) is left for this round after the first
        try, and so are the tries of what waits for it. StorageUnavailable when the database is away.
        """
        self._tell()
        accepted, begun, blocked = 0, self._clock(), set()  # type: int, datetime, Set[Type]
        try:
            for waiting in self._outbox.due(begun, self._kinds):
                now = self._clock()
                if self._stopped() or (now - begun).total_seconds() > self._patience.round:
                    break
                if type(waiting.item) in blocked:
                    continue
                if self._outbox.claim(waiting, now + self._patience.lease):
                    accepted += self._deliver(waiting, blocked)
        finally:
            close_if_open(self._gateway)
        return accepted

    def _deliver(self, waiting: Waiting, blocked: Set[Type]) -> bool:
        try:
            self._hand_over(waiting)
        except DeliveryFailed as error:
            log.warning("%s %s was not taken: %s", _kind(waiting), waiting.id, error)
            if error.cause.of_the_way:
                blocked.add(type(waiting.item))
            verdict = self._patience.verdict(waiting, error, self._clock(), self._fraction())
            if verdict.set_aside:
                log.error("%s %s is set aside: the console shows it", _kind(waiting), waiting.id)
            self._outbox.failed(waiting, verdict)
            return False
        self._untold.append((waiting, self._clock()))
        self._tell()
        return True

    def _hand_over(self, waiting: Waiting) -> None:
        if isinstance(waiting.item, Unreadable):
            raise DeliveryFailed("Unreadable", Cause.UNSENDABLE, permanent=True)
        if waiting.attempts >= self._patience.most_attempts:
            # Whoever tried it last died of it: nobody was left to set it aside.
            raise DeliveryFailed("TriedTooOften", Cause.UNEXPECTED)
        try:
            self._gateway.deliver(waiting.item)
        except DeliveryFailed:
            raise
        except Exception as error:
            # A mistake of ours in one mail must not hold up the others. Its words may quote somebody.
            log.error("unexpected %s while delivering", type(error).__name__)
            raise DeliveryFailed(type(error).__name__, Cause.UNEXPECTED) from error

    def _tell(self) -> None:
        """Store what was accepted; what the database does not take now is told before anything else is tried."""
        while self._untold:
            waiting, at = self._untold[0]
            try:
                self._outbox.sent(waiting, at)
            except StorageUnavailable:
                # Once more at once: a connection that was cut is replaced by a new one.
                self._outbox.sent(waiting, at)
            del self._untold[0]


def _kind(waiting: Waiting) -> str:
    return {"TextMessage": "sms", "WebhookCall": "call"}.get(type(waiting.item).__name__, "mail")
