"""Rasa's working memory of a conversation. Rasa has no call to delete it, so it is done here."""

from typing import Optional

from sqlalchemy import column, delete, inspect, table
from sqlalchemy.engine import Connection

from bot.storage.database import Database

_events = table("events", column("sender_id"))


class TrackerMemory:
    """Forgets what Rasa remembers of a conversation."""

    def __init__(self, database: Database):
        self._database = database

    def shares(self, database: Database) -> bool:
        """Tell whether Rasa's memory lies in this database."""
        return self._database.engine.url == database.engine.url

    def erase(self, conversation_id: str, within: Optional[Connection] = None) -> None:
        """Delete every event of the conversation, in a transaction of the same database where there is one."""
        if within is not None:
            _forget(within, conversation_id)
            return
        with self._database.writing() as connection:
            _forget(connection, conversation_id)


def _forget(connection: Connection, conversation_id: str) -> None:
    # Rasa makes the table at its first start.
    if inspect(connection).has_table("events"):
        connection.execute(delete(_events).where(_events.c.sender_id == conversation_id))
