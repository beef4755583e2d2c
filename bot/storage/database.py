"""Opens the database: SQLite with a write-ahead log, or PostgreSQL when it is configured."""

from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One engine, with separate ways in for reading and for writing."""

    def __init__(self, address: str):
        url = make_url(address)
        self._sqlite = url.get_backend_name() == "sqlite"
        if self._sqlite and url.database not in (None, "", ":memory:"):
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        options: Dict[str, Any] = {"pool_pre_ping": True}
        if self._sqlite:
            # Kept open: closing the last connection empties the write-ahead log, which took longer than the write.
            options = {"poolclass": QueuePool, "connect_args": {"timeout": 10, "check_same_thread": False}}
        self.engine: Engine = create_engine(address, future=True, **options)
        if self._sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def reading(self):
        """Give a connection that sees one consistent state."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self):
        """Give a connection in a transaction that is committed at the end, or rolled back on an error."""
        with self.engine.connect().execution_options(genvej_writes=True) as connection:
            with connection.begin():
                yield connection

    def migrate(self) -> None:
        """Bring the tables to the newest version."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.connect().execution_options(genvej_writes=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def alive(self) -> bool:
        """Tell whether the database answers; raises the driver's error when it does not."""
        with self.reading() as connection:
            return connection.exec_driver_sql("SELECT 1").scalar() == 1

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _prepare_sqlite(connection, _record) -> None:
    # pysqlite's own transaction handling begins too late to lock for a write; see _begin_sqlite.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a read that later turns into a write would fail when another wrote in between.
    writes = connection.get_execution_options().get("genvej_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
