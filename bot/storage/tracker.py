"""Rasa's working memory of a conversation. Rasa has no call to delete it, so it is done here."""

from sqlalchemy import column, delete, inspect, table

from bot.storage.database import Database

_events = table("events", column("sender_id"))


class TrackerMemory:
    """Forgets what Rasa remembers of a conversation."""

    def __init__(self, database: Database):
        self._database = database

    def erase(self, conversation_id: str) -> None:
        """Delete every event of the conversation; Rasa makes the table at its first start."""
        with self._database.writing() as connection:
            if inspect(connection).has_table("events"):
                connection.execute(delete(_events).where(_events.c.sender_id == conversation_id))
