"""`python -m tests.integration.outbox_worker DATABASE PORT`: empties an outbox in a hurry until it is killed."""

import os
import random
import sys
import threading
from datetime import datetime, timezone

from bot.core.mails import Mail
from bot.core.patience import Patience
from bot.notify.delivery import Gateways
from bot.notify.outbox import OutboxDelivery
from bot.notify.smtp import NO_TLS, SmtpGateway
from bot.storage.database import Database
from bot.storage.outbox import OutboxRepository

SHORT = Patience(
    first_wait=0.1,
    longest_wait=1,
    most_attempts=12,
    most_refusals=3,
    connect=1,
    answer=2,
    acceptance=4,
    whole=5,
    margin=3,
    round=2,
)


def now() -> datetime:
    """Return the time."""
    return datetime.now(timezone.utc)


def sender(pid: int) -> str:
    """Return the address that tells which process sent a mail."""
    return f"genvej-{pid}@helsingor.example"


def main(address: str, port: str) -> None:
    """Do as bot/commands/worker.py does: a round that fails is followed by the next."""
    smtp = SmtpGateway("127.0.0.1", int(port), "", "", NO_TLS, sender(os.getpid()), now, patience=SHORT)
    outbox = OutboxRepository(Database(address))
    delivery = OutboxDelivery(outbox, Gateways({Mail: smtp}), now, SHORT, random.random)
    pause = threading.Event()
    while True:
        try:
            delivery.deliver_due()
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        pause.wait(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
