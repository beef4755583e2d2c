"""Talks with leaders, and the invitations that go out with them."""

from datetime import datetime
from typing import Any, List, Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.dialogs import Dialog, mail_key
from bot.core.errors import Conflict, NotFound
from bot.core.mails import Mail
from bot.storage.database import Database
from bot.storage.leader_tables import dialogs
from bot.storage.outbox import put_in_outbox
from bot.storage.tables import outbox

STORED = (
    "id", "unit", "starts_at", "minutes", "place", "name", "company", "email", "about", "created_at", "sequence",
    "cancelled_at",
)  # fmt: skip


def delete_dialogs(connection: Any, ids: Sequence[str]) -> None:
    """Delete talks and the mails about them, to the business and to the leader, within the caller's transaction."""
    for dialog_id in ids:
        theirs = outbox.c.message_id.startswith(f"<{mail_key(dialog_id)}", autoescape=True)
        connection.execute(delete(outbox).where(theirs))
        connection.execute(delete(dialogs).where(dialogs.c.id == dialog_id))


class DialogRepository:
    """Keeps talks; a slot belongs to one alone, because the database says so."""

    def __init__(self, database: Database):
        self._database = database

    def taken(self, unit: str, after: datetime) -> List[datetime]:
        """Return when the talks of a unit begin that are booked for after a moment."""
        query = select(dialogs.c.starts_at).where(
            dialogs.c.unit == unit, dialogs.c.slot.is_not(None), dialogs.c.starts_at > after
        )
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def book(self, dialog: Dialog, token_hash: str, request_key: str, mails: Sequence[Mail]) -> bool:
        """Store a talk with its mails; False when the same form booked it before, Conflict when the slot is taken."""
        values = {name: getattr(dialog, name) for name in STORED}
        try:
            with self._database.writing(durable=True) as connection:
                connection.execute(
                    insert(dialogs).values(
                        **values, slot=dialog.slot, token_hash=token_hash, request_key=request_key
                    )
                )
                for mail in mails:
                    put_in_outbox(connection, mail, dialog.created_at, None)
        except IntegrityError:
            if self._booked_by(request_key):
                return False
            raise Conflict("the slot is taken") from None
        return True

    def find(self, token_hash: str) -> Dialog:
        """Return the talk of a link; NotFound for an unknown one."""
        query = select(*(dialogs.c[name] for name in STORED)).where(dialogs.c.token_hash == token_hash)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("no such talk")
        return Dialog(**row._mapping)

    def cancel(self, dialog: Dialog, mails: Sequence[Mail]) -> None:
        """Free the slot of a talk and let the mails go out; Conflict when it was cancelled before."""
        at = dialog.cancelled_at
        if at is None:
            raise ValueError("a talk that is not cancelled")
        change = (
            update(dialogs)
            .where(dialogs.c.id == dialog.id, dialogs.c.cancelled_at.is_(None))
            .values(slot=None, cancelled_at=at, sequence=dialog.sequence)
        )
        with self._database.writing(durable=True) as connection:
            if connection.execute(change).rowcount == 0:
                raise Conflict("cancelled before")
            for mail in mails:
                put_in_outbox(connection, mail, at, None)

    def delete_held(self, before: datetime, most: int) -> int:
        """Delete at most `most` talks that began before a moment, with their mails in the outbox; return how many."""
        query = select(dialogs.c.id).where(dialogs.c.starts_at < before).limit(most)
        with self._database.writing() as connection:
            old = list(connection.execute(query).scalars())
            delete_dialogs(connection, old)
        return len(old)

    def _booked_by(self, request_key: str) -> bool:
        query = select(dialogs.c.id).where(dialogs.c.request_key == request_key)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None
