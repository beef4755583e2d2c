"""Mails that wait to be delivered, written in the same transaction as what they tell of."""

from datetime import datetime, timedelta
from typing import List, Optional

from sqlalchemy import insert, select, update

from bot.core.mails import Mail, WaitingMail
from bot.storage.database import Database
from bot.storage.tables import outbox

WAITING, SENT, SET_ASIDE = "waiting", "sent", "aside"
# Tried for about three days before a person has to look at it.
MOST_ATTEMPTS = 19


def put_in_outbox(connection, mail: Mail, at: datetime, case_id: Optional[str]) -> None:
    """Add a mail within the caller's transaction."""
    connection.execute(
        insert(outbox).values(
            case_id=case_id,
            message_id=mail.message_id,
            recipient=mail.recipient,
            subject=mail.subject,
            body=mail.body,
            state=WAITING,
            attempts=0,
            next_at=at,
            created_at=at,
            last_error="",
        )
    )


class OutboxRepository:
    """Reads the outbox and remembers how each delivery went."""

    def __init__(self, database: Database):
        self._database = database

    def due(self, at: datetime, most: int = 20) -> List[WaitingMail]:
        """Return the mails whose next try is due, oldest first."""
        query = (
            select(outbox)
            .where(outbox.c.state == WAITING, outbox.c.next_at <= at)
            .order_by(outbox.c.next_at, outbox.c.id)
            .limit(most)
        )
        with self._database.reading() as connection:
            return [
                WaitingMail(row.id, row.attempts, Mail(row.message_id, row.recipient, row.subject, row.body))
                for row in connection.execute(query)
            ]

    def claim(self, waiting: WaitingMail, until: datetime) -> bool:
        """Take a mail before delivering it; False when another worker took it first.

        Should this process die, the mail is due again at `until`.
        """
        change = (
            update(outbox)
            .where(
                outbox.c.id == waiting.id, outbox.c.state == WAITING, outbox.c.attempts == waiting.attempts
            )
            .values(attempts=waiting.attempts + 1, next_at=until)
        )
        with self._database.writing() as connection:
            return connection.execute(change).rowcount == 1

    def sent(self, waiting: WaitingMail, at: datetime) -> None:
        """Remember that the mail was accepted."""
        self._set(waiting, state=SENT, sent_at=at, last_error="")

    def failed(self, waiting: WaitingMail, at: datetime, error: str) -> None:
        """Try again later, each time twice as late (30 s to 8 h); after the last try, set it aside."""
        wait = timedelta(seconds=min(30 * 2**waiting.attempts, 8 * 3600))
        state = SET_ASIDE if waiting.attempts + 1 >= MOST_ATTEMPTS else WAITING
        self._set(waiting, state=state, next_at=at + wait, last_error=error[:200])

    def _set(self, waiting: WaitingMail, **values) -> None:
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(outbox.c.id == waiting.id).values(**values))
