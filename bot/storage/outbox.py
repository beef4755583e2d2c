"""What waits to be delivered, written in the same transaction as what it tells of."""

import base64
from datetime import datetime, timedelta
from typing import Dict, List, Optional, Type

from sqlalchemy import insert, select, update

from bot.core.mails import Attachment, Mail, Outgoing, TextMessage, Waiting, WebhookCall
from bot.storage.database import Database
from bot.storage.tables import outbox

WAITING, SENT, SET_ASIDE = "waiting", "sent", "aside"
# Tried for about three days before a person has to look at it.
MOST_ATTEMPTS = 19
_CHANNELS: Dict[Type, str] = {Mail: "mail", TextMessage: "sms", WebhookCall: "webhook"}


def put_in_outbox(
    connection, item: Outgoing, at: datetime, case_id: Optional[str], not_before: Optional[datetime] = None
) -> None:
    """Add something within the caller's transaction; it goes out now, or at `not_before`."""
    connection.execute(
        insert(outbox).values(
            case_id=case_id,
            channel=_CHANNELS[type(item)],
            message_id=item.message_id,
            recipient=item.recipient,
            subject=getattr(item, "subject", ""),
            body=item.body,
            html=getattr(item, "html", ""),
            reply_to=getattr(item, "reply_to", ""),
            attachments=[_attachment_row(file) for file in getattr(item, "attachments", ())],
            state=WAITING,
            attempts=0,
            next_at=not_before or at,
            created_at=at,
            last_error="",
        )
    )


class OutboxRepository:
    """Reads the outbox and remembers how each delivery went."""

    def __init__(self, database: Database):
        self._database = database

    def put(self, item: Outgoing, at: datetime, not_before: Optional[datetime] = None) -> None:
        """Add something that belongs to no case and no other change."""
        with self._database.writing(durable=True) as connection:
            put_in_outbox(connection, item, at, None, not_before)

    def due(self, at: datetime, most: int = 20) -> List[Waiting]:
        """Return what is due for its next try, oldest first."""
        query = (
            select(outbox)
            .where(outbox.c.state == WAITING, outbox.c.next_at <= at)
            .order_by(outbox.c.next_at, outbox.c.id)
            .limit(most)
        )
        with self._database.reading() as connection:
            return [Waiting(row.id, row.attempts, _item(row)) for row in connection.execute(query)]

    def claim(self, waiting: Waiting, until: datetime) -> bool:
        """Take something before delivering it; False when another worker took it first.

        Should this process die, it is due again at `until`.
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

    def sent(self, waiting: Waiting, at: datetime) -> None:
        """Remember that it was accepted."""
        self._set(waiting, state=SENT, sent_at=at, last_error="")

    def failed(self, waiting: Waiting, at: datetime, error: str) -> None:
        """Try again later, each time twice as late (30 s to 8 h); after the last try, set it aside."""
        wait = timedelta(seconds=min(30 * 2**waiting.attempts, 8 * 3600))
        state = SET_ASIDE if waiting.attempts + 1 >= MOST_ATTEMPTS else WAITING
        self._set(waiting, state=state, next_at=at + wait, last_error=error[:200])

    def _set(self, waiting: Waiting, **values) -> None:
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(outbox.c.id == waiting.id).values(**values))


def _item(row) -> Outgoing:
    if row.channel == "sms":
        return TextMessage(row.message_id, row.recipient, row.body)
    if row.channel == "webhook":
        return WebhookCall(row.message_id, row.recipient, row.body)
    files = tuple(_attachment(file) for file in row.attachments)
    return Mail(row.message_id, row.recipient, row.subject, row.body, row.html, files, row.reply_to)


def _attachment_row(file: Attachment) -> dict:
    content = base64.b64encode(file.content).decode("ascii")
    return {"name": file.name, "content_type": file.content_type, "content": content}


def _attachment(row: dict) -> Attachment:
    return Attachment(row["name"], row["content_type"], base64.b64decode(row["content"]))
