"""What waits to be delivered, written in the same transaction as what it tells of."""

import base64
from datetime import datetime
from typing import Any, Callable, Dict, List, Optional, Sequence, Type, Union

from sqlalchemy import insert, select, update

from bot.core.mails import KINDS, Attachment, Mail, Outgoing, TextMessage, Unreadable, Waiting, WebhookCall
from bot.core.patience import Verdict
from bot.storage.database import Database
from bot.storage.tables import outbox

WAITING, SENT, SET_ASIDE, SETTLED = "waiting", "sent", "aside", "settled"
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
            due_at=not_before or at,
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

    def due(self, at: datetime, kinds: Sequence[Type[Outgoing]] = KINDS, most: int = 100) -> List[Waiting]:
        """Return what of some kinds is due for its next try, oldest first; at most `most` of each channel.

        So a channel that does not work holds up none of the others.
        """
        found: list = []
        with self._database.reading() as connection:
            for channel in (_CHANNELS[kind] for kind in kinds):
                query = (
                    select(outbox)
                    .where(outbox.c.channel == channel, outbox.c.state == WAITING, outbox.c.next_at <= at)
                    .order_by(outbox.c.next_at, outbox.c.id)
                    .limit(most)
                )
                found += connection.execute(query)
        found.sort(key=lambda row: (row.next_at, row.id))
        return [Waiting(row.id, row.attempts, _item(row), row.refusals) for row in found]

    def claim(self, waiting: Waiting, until: datetime) -> bool:
        """Take something before delivering it; False when another worker took it first.

        Should this process die, it is due again at `until`.
        """
        change = (
            update(outbox)
            .where(
                outbox.c.id == waiting.id, outbox.c.state == WAITING, outbox.c.attempts == waiting.attempts
            )
            .values(attempts=waiting.attempts + 1, next_at=until, lease_until=until)
        )
        with self._database.writing() as connection:
            return connection.execute(change).rowcount == 1

    def sent(self, waiting: Waiting, at: datetime) -> None:
        """Remember that it was accepted, whatever else has become of it meanwhile."""
        change = (
            update(outbox)
            .where(outbox.c.id == waiting.id)
            .values(state=SENT, sent_at=at, lease_until=None, last_error="", cause="")
        )
        # A power cut after this must not send it again.
        with self._database.writing(durable=True) as connection:
            connection.execute(change)

    def failed(self, waiting: Waiting, verdict: Verdict) -> None:
        """Remember why it was not taken, and when to try again; unless another has taken it over meanwhile."""
        change = (
            update(outbox)
            .where(
                outbox.c.id == waiting.id,
                outbox.c.state == WAITING,
                outbox.c.attempts == waiting.attempts + 1,
            )
            .values(
                state=SET_ASIDE if verdict.set_aside else WAITING,
                next_at=verdict.again_at,
                lease_until=None,
                refusals=verdict.refusals,
                cause=verdict.cause.value,
                last_error=verdict.error[:200],
            )
        )
        with self._database.writing() as connection:
            connection.execute(change)


def _item(row) -> Union[Outgoing, Unreadable]:
    try:
        return _ITEMS[row.channel](row)
    except (LookupError, TypeError, ValueError):
        return Unreadable(row.message_id)


def _mail(row) -> Mail:
    files = tuple(_attachment(file) for file in row.attachments)
    return Mail(row.message_id, row.recipient, row.subject, row.body, row.html, files, row.reply_to)


_ITEMS: Dict[str, Callable[[Any], Outgoing]] = {
    "mail": _mail,
    "sms": lambda row: TextMessage(row.message_id, row.recipient, row.body),
    "webhook": lambda row: WebhookCall(row.message_id, row.recipient, row.body),
}


def _attachment_row(file: Attachment) -> dict:
    content = base64.b64encode(file.content).decode("ascii")
    return {"name": file.name, "content_type": file.content_type, "content": content}


def _attachment(row: dict) -> Attachment:
    return Attachment(row["name"], row["content_type"], base64.b64decode(row["content"], validate=True))
