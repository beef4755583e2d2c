"""Who got the weekly letter of which week."""

from datetime import datetime
from typing import List

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.core.mails import Mail
from bot.storage.database import Database
from bot.storage.leader_tables import digests_sent
from bot.storage.outbox import put_in_outbox


class DigestRepository:
    """Remembers each letter in the transaction that puts it in the outbox."""

    def __init__(self, database: Database):
        self._database = database

    def sent_to(self, week: str) -> List[int]:
        """Return the ids of the staff that have the letter of a week, such as 2026-W47."""
        query = select(digests_sent.c.staff_id).where(digests_sent.c.week == week)
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def send(self, week: str, staff_id: int, mail: Mail, at: datetime) -> bool:
        """Put the letter in the outbox; False, and nothing is done, when another worker was first."""
        try:
            with self._database.writing(durable=True) as connection:
                connection.execute(insert(digests_sent).values(week=week, staff_id=staff_id, at=at))
                put_in_outbox(connection, mail, at, None)
        except IntegrityError:
            return False
        return True
