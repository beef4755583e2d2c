"""The log of what editors changed. It only grows."""

from datetime import datetime
from typing import List, Optional, Tuple

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.core.editorial_log import Entry, EntryKind
from bot.core.errors import Conflict
from bot.storage.database import Database
from bot.storage.tables import editorial_log, staff

_ENTRIES = (
    select(editorial_log, staff.c.name)
    .join(staff, staff.c.id == editorial_log.c.staff_id)
    .order_by(editorial_log.c.id)
)


class EditorialRepository:
    """Keeps the entries of bot/core/editorial.py."""

    def __init__(self, database: Database):
        self._database = database

    def newest(self) -> int:
        """Return the id of the newest entry; 0 before the first."""
        with self._database.reading() as connection:
            return connection.execute(select(func.max(editorial_log.c.id))).scalar() or 0

    def after(self, mark: int) -> Tuple[int, List[Entry]]:
        """Return the newest id, and the entries with an id above `mark`, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(_ENTRIES.where(editorial_log.c.id > mark)).all()
        return (rows[-1].id if rows else mark), [_entry(row) for row in rows]

    def entries(self, topic: Optional[str] = None) -> List[Entry]:
        """Return the entries of a topic, or all of them, oldest first."""
        query = _ENTRIES if topic is None else _ENTRIES.where(editorial_log.c.topic == topic)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def add(
        self, topic: str, number: int, kind: EntryKind, staff_id: int, at: datetime, text: str, why: str
    ) -> None:
        """Add an entry; Conflict when the topic has one with this number already."""
        values = {
            "topic": topic,
            "number": number,
            "kind": kind.value,
            "staff_id": staff_id,
            "at": at,
            "text": text,
            "why": why,
        }
        try:
            with self._database.writing(durable=True) as connection:
                if connection.dialect.name == "postgresql":
                    # One after the other: an id that is committed after a higher one would never be noticed.
                    connection.exec_driver_sql("LOCK TABLE editorial_log IN EXCLUSIVE MODE")
                connection.execute(insert(editorial_log).values(**values))
        except IntegrityError as error:
            raise Conflict("the topic was changed by somebody else") from error


def _entry(row) -> Entry:
    return Entry(row.topic, row.number, EntryKind(row.kind), row.at, row.name, row.text, row.why)
