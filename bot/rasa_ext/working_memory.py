"""Where Rasa keeps what it needs to go on with a conversation. The transcript is elsewhere, in the web tier."""

from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool


class WorkingMemory(SQLTrackerStore):
    """Rasa's SQL store, with its connections kept open when the database is SQLite.

    Rasa opens and closes the file for every read and every write, and waits for the disk each time: that was a
    third of the time of a message. With a write-ahead log a write waits for the disk only at a checkpoint; a
    power cut can lose the last moment of a conversation here, never of a transcript or a case.
    """

    engine: Engine

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ):
        super().__init__(domain, host=host, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite":
            address = self.engine.url
            self.engine.dispose()
            self.engine = create_engine(
                address,
                poolclass=QueuePool,
                connect_args={"check_same_thread": False, "timeout": 3},
                hide_parameters=True,
            )
            event.listen(self.engine, "connect", _prepare)
            self.sessionmaker = sessionmaker(bind=self.engine)


def _prepare(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
